import { type Instant, instant } from '../domain/names.ts';
import { parseDate } from '../store/resolve.ts';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';

/** `--since`: the beginning of what is shown. */
export const sinceOption = {
  since: {
    type: 'text',
    whyNot: (text) =>
      timeOf(text) === undefined ? 'is not a date such as 2026-01-31 or 2026-01-31T12:00' : undefined,
    about: 'Only what happened since: a date, or a date with a time (UTC unless it has a zone)',
  },
} as const satisfies Record<string, Option>;

/** The moment that `--since` names; a day means its beginning. */
export function sinceIn(given: Arguments): Instant | undefined {
  const time = timeOf(given.text('since'));
  return time === undefined ? undefined : instant(new Date(time));
}

function timeOf(text: string): number | undefined {
  return parseDate(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
}
