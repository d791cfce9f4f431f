import type { MatrixAnswer } from '../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../query/matrix/reduce.ts';
import { terminalTable } from './terminal-table.ts';
import { reasonNotices } from './words/reasons.ts';

/** The rows of a matrix as a table for a terminal of so many columns; empty without rows. */
export function matrixTable(answer: MatrixAnswer, columns?: number): string {
  const rows = [
    ...answer.rows.map((row) => cells(row, false)),
    ...answer.ignoredRows.map((row) => cells(row, true)),
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
    row.result ? String(row.result.number) : '0',
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
