import { escapeHidden } from '../domain/hidden-characters.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The text as a reader sees its characters. */
export function characters(text: string): readonly string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** The text with hidden characters shown, cut in the middle (`a long…name`) where it has more than `most` characters. */
export function elided(text: string, most: number): string {
  const shown = characters(escapeHidden(text));
  if (shown.length <= most) return shown.join('');
  const tail = Math.floor((most - 1) / 3);
  return `${shown.slice(0, most - 1 - tail).join('')}…${tail > 0 ? shown.slice(-tail).join('') : ''}`;
}
