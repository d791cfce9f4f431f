import { escapeHidden } from '../domain/hidden-characters.ts';

/**
 * A text as code in Markdown, where it can mention nobody and become no markup. In a table, use {@link codeCell}.
 */
export function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A text as code in a cell of a table: hidden characters shown, cut after 200 characters. */
export function codeCell(text: string): string {
  return inlineCode(shortened(escapeHidden(text))).replaceAll('|', '\\|');
}

/** The beginning of a text that is longer than 200 characters. */
export function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199).toWellFormed()}…` : text;
}

/** The length of the longest run of backticks. */
export function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
