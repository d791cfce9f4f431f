import { escapeHidden } from '../domain/hidden-characters.ts';

/**
 * What Markdown, or a host that looks for references in what comes of it, would take for more than the character that it is
 * (CommonMark 0.31, GitHub's and GitLab's extensions).
 */
const alive = new RegExp(
  [
    // At the beginning: a list, a quote, a line, code.
    /^[ +=>-]|(?<=^\d{1,9})[.)]/u,
    // Code, emphasis, links, HTML, formulas, cells of a table; mentions, issues, labels.
    /[\\`*~[\]<|$#@]/u,
    // Emphasis, but not within a word.
    /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u,
    // Entities, requests to merge, milestones, alerts.
    /[&!%^](?=["#\p{L}\p{N}])/u,
    // Addresses, and emoji by their names.
    /:(?=\/\/|[\w+-]+:)|(?<=www)\./u,
    /(?<=(?<![a-z0-9])GH)-(?=\d)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
);

/** Hosts look for these in the text that Markdown has become: only a comment keeps them from what follows. */
const references = /[@#!$%&~^:-]/;

/**
 * A sentence that holds names, as text in Markdown, in a paragraph or an item of a list: what could begin markup, HTML, a
 * link or a reference becomes an entity, and everything else stays as it is.
 */
export function markdownText(text: string): string {
  return escapeHidden(text).replace(alive, (character, offset: number) => {
    const isReference = references.test(character) && !(character === '-' && offset === 0);
    return `&#${character.codePointAt(0) ?? 0};${isReference ? '<!-- -->' : ''}`;
  });
}
