/**
 * Characters that a terminal obeys or that show as nothing: control characters (C0, DEL, C1), line separators, marks that
 * turn the direction of writing, and zero-width ones. A joiner inside of an emoji shows as that emoji.
 */
const hidden =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;

/** The text with each hidden character as its escape in JSON, `\u202e`, but for those in `kept`. */
export function escapeHidden(text: string, kept = ''): string {
  return text.replace(hidden, (character) => (kept.includes(character) ? character : escapeOf(character)));
}

function escapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
