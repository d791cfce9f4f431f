import type { Instant } from '../../domain/names.ts';
import type { Markup } from './page.ts';

/**
 * A moment: its date and time in UTC, which the script turns into how long ago that was, with the moment for who hovers. So
 * a page says the same whenever it is made.
 */
export function Moment({ at }: { readonly at: Instant }): Markup {
  const words = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return <time datetime={at}>{words}</time>;
}
