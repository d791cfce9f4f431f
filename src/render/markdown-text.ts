import { escapeHidden } from '../domain/hidden-characters.ts';

/**
 * A sentence that holds names, as text in Markdown: whatever could begin markup, HTML, a link or a table's cell becomes an
 * entity, which Markdown never reads as syntax. Hosts look for mentions in what comes of it: a comment keeps `@` apart.
 */
export function markdownText(text: string): string {
  return escapeHidden(text).replace(
    /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic} ,.’]|\.(?=\S)|^\d+\.|www(?=\.)/gu,
    (match) =>
      [...match]
        .map((character) => `&#${character.codePointAt(0) ?? 0};${character === '@' ? '<!-- -->' : ''}`)
        .join(''),
  );
}
