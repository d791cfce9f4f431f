import { escapeHidden } from '../domain/hidden-characters.ts';
import type { World } from './world.ts';

/** What begins a colour. */
const colour = '\x1b';

/** An escape that begins no colour. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const commanding = /\x1b(?!\[[\d;]*m)/g;

/**
 * The world with hidden characters but tabs, line ends and colours shown by their escapes, `\u202e`: a name may hold
 * them, and a terminal would obey them. In JSON, where names are in quotes, that is the same name.
 */
export function withoutControls(world: World): World {
  const visible = (text: string) => escapeHidden(text, `\t\n${colour}`).replace(commanding, '\\u001b');
  return { ...world, out: (text) => world.out(visible(text)), err: (text) => world.err(visible(text)) };
}
