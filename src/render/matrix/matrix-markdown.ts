import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../../query/matrix/reduce.ts';
import { codeCell } from '../markdown-code.ts';
import { reasonNotices } from '../words/reasons.ts';

/** How many rows the table shows: the summary of a job on GitHub takes a megabyte. */
const maxRows = 200;

/**
 * The matrix in GitHub's Markdown, for the summary of a job: the counts, a table, and the notices. Names are shown as code,
 * so that they cannot mention people or become markup. Ends with a line break.
 */
export function matrixMarkdown(answer: MatrixAnswer): string {
  const { success, failed, unknown, ignored } = answer.counts;
  const counts = [
    `✅ ${success} passed`,
    `❌ ${failed} failed`,
    `❔ ${unknown} not verified`,
    ...(ignored === undefined ? [] : [`${ignored} ignored`]),
  ];
  const rows = [
    ...answer.rows.map((row) => line(row, false)),
    ...answer.ignoredRows.map((row) => line(row, true)),
  ];
  const shown = rows.slice(0, maxRows);
  const more = rows.length - shown.length;
  const head = '| Consumer | Version | Provider | Version | Result |\n|---|---|---|---|---|';
  const notices = reasonNotices(answer).map(({ text }) => `- ${plain(text)}`);
  const parts = [
    `**${counts.join(', ')}**`,
    rows.length === 0 ? 'No data.' : [head, ...shown].join('\n'),
    ...(more > 0 ? [`… and ${more} more rows.`] : []),
    ...(notices.length > 0 ? [notices.join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function line(row: MatrixRow, ignored: boolean): string {
  const success = successOf(row);
  const word = success === null ? '❔ not verified' : success ? '✅ passed' : '❌ failed';
  const cells = [
    codeCell(row.consumer),
    codeCell(row.consumerVersion.number),
    codeCell(row.provider),
    row.providerVersion ? codeCell(row.providerVersion.number) : '',
    ignored ? `${word} (ignored)` : word,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A sentence that may hold names, with everything escaped that could be markup or a mention. */
function plain(text: string): string {
  return escapeHidden(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>@-]/g, (mark) => (mark === '@' ? '&#64;' : `\\${mark}`));
}
