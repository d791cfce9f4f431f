/** One name, or several: `A, B and C`. */
export function andList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The same in quotes: `'a', 'b' and 'c'`. */
export function quotedList(words: readonly string[]): string {
  return andList(words.map((word) => `'${word}'`));
}
