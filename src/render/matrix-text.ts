import type { MatrixAnswer } from '../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../query/matrix/reduce.ts';
import { terminalTable } from './terminal-table.ts';
import { reasonNotices } from './words/reasons.ts';

/** The rows of a matrix as a table for a terminal of so many columns, with the numbers of results; empty without rows. */
export function matrixTable(answer: MatrixAnswer, columns?: number): string {
  return table(answer, columns, ({ result }) => result?.number ?? 0);
}

/**
 * The same, with the place of each result in a list of all of them, which follows: its address, and whether it is a success
 * (matrix.md §2 has the addresses; the list is that of the Pact Broker's command line).
 */
export function matrixWithResults(
  answer: MatrixAnswer,
  addressOf: (row: MatrixRow) => string,
  columns?: number,
): string {
  const rows = [...answer.rows, ...answer.ignoredRows].filter(({ result }) => result !== undefined);
  const places = new Map(rows.map((row, index) => [row, index + 1]));
  const told = table(answer, columns, (row) => places.get(row) ?? 0);
  if (rows.length === 0) return told;
  const lines = rows.map(
    (row, index) => `${index + 1}. ${addressOf(row)} (${successOf(row) ? 'success' : 'failure'})`,
  );
  const title = 'VERIFICATION RESULTS';
  return `${told}\n${[title, '-'.repeat(title.length), ...lines].join('\n')}\n`;
}

function table(
  answer: MatrixAnswer,
  columns: number | undefined,
  numberOf: (row: MatrixRow) => number,
): string {
  const rows = [
    ...answer.rows.map((row) => [...cells(row, false), String(numberOf(row))]),
    ...answer.ignoredRows.map((row) => [...cells(row, true), String(numberOf(row))]),
  ];
  if (rows.length === 0) return '';
  return `${terminalTable(['CONSUMER', 'C.VERSION', 'PROVIDER', 'P.VERSION', 'SUCCESS?', 'RESULT'], rows, columns)}\n`;
}

function cells(row: MatrixRow, ignored: boolean): string[] {
  const success = successOf(row);
  const said = success === null ? 'unknown' : String(success);
  return [
    row.consumer,
    row.consumerVersion.number,
    row.provider,
    row.providerVersion?.number ?? 'unknown',
    ignored ? `${said} [ignored]` : said,
  ];
}

/** A matrix as stable JSON: verdict, counts, notices and rows. */
export function matrixJson(answer: MatrixAnswer): unknown {
  const { counts } = answer;
  return {
    summary: {
      deployable: answer.deployable,
      verdict: answer.verdict,
      reason: reasonNotices(answer)
        .map(({ text }) => text)
        .join('\n'),
      ...counts,
    },
    notices: reasonNotices(answer).map(({ type, text }) => ({ type, text })),
    matrix: [
      ...answer.rows.map((row) => rowJson(row, false)),
      ...answer.ignoredRows.map((row) => rowJson(row, true)),
    ],
  };
}

function rowJson(row: MatrixRow, ignored: boolean) {
  const { providerVersion, result } = row;
  return {
    consumer: { name: row.consumer, version: { number: row.consumerVersion.number } },
    provider: { name: row.provider, version: providerVersion ? { number: providerVersion.number } : null },
    pact: { sha: row.publication.sha, createdAt: row.publication.createdAt },
    verificationResult: result
      ? { success: result.success, number: result.number, verifiedAt: result.createdAt }
      : null,
    ...(ignored ? { ignored: true } : {}),
  };
}
