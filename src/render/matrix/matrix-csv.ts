import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../../query/matrix/reduce.ts';

const head = [
  'consumer',
  'consumerVersion',
  'consumerBranches',
  'consumerTags',
  'provider',
  'providerVersion',
  'providerBranches',
  'providerTags',
  'success',
  'resultNumber',
  'verifiedAt',
  'publishedAt',
  'pactSha',
  'ignored',
];

/**
 * The rows of a matrix as CSV (RFC 4180, but lines end in a line feed), with a line of titles. Several branches or tags are
 * apart by a line feed in quotes; hidden characters are shown by their escapes; `success` is true, false, or empty where there is no result.
 */
export function matrixCsv(answer: MatrixAnswer): string {
  const rows = [
    ...answer.rows.map((row) => cells(row, false)),
    ...answer.ignoredRows.map((row) => cells(row, true)),
  ];
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

function cells(row: MatrixRow, ignored: boolean): readonly string[] {
  const { consumer, consumerVersion, provider, providerVersion, publication, result } = row;
  const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name).join('\n');
  return [
    consumer,
    consumerVersion.number,
    names(consumerVersion.branches),
    names(consumerVersion.tags),
    provider,
    providerVersion?.number ?? '',
    names(providerVersion?.branches),
    names(providerVersion?.tags),
    String(successOf(row) ?? ''),
    String(result?.number ?? ''),
    result?.createdAt ?? '',
    publication.createdAt,
    publication.sha,
    String(ignored),
  ];
}

function field(text: string): string {
  const shown = escapeHidden(text, '\n\t');
  return /[",\n\r]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
