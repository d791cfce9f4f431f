import type { World } from './world.ts';

/** Control characters but tab, newline and the start of a colour: a name may hold them, a terminal would obey them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const commanding = /[\x00-\x08\x0b-\x1a\x1c-\x1f]|\x1b(?!\[[\d;]*m)/g;

/** The world with control characters shown as pictures (`␛`) in what is printed; JSON has none and stays as it is. */
export function withoutControls(world: World): World {
  const visible = (text: string) =>
    text.replace(commanding, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)));
  return { ...world, out: (text) => world.out(visible(text)), err: (text) => world.err(visible(text)) };
}
