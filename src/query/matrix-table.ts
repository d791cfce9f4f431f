import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import type { MatrixAnswer } from './matrix/matrix.ts';
import type { MatrixRow } from './matrix/reduce.ts';
import { type GridVersion, standingVersion } from './matrix-grid.ts';

/** A row of the matrix, with what marks its versions. */
export interface TableRow {
  readonly row: MatrixRow;
  readonly consumer: GridVersion;
  /** Absent where there is no provider version. */
  readonly provider?: GridVersion;
  /** Whether it does not count, for it was asked to be ignored. */
  readonly isIgnored: boolean;
}

/** The rows of an answer as a table shows them: those that count, then the ignored ones. @throws NotLoaded */
export function tableRows(now: Snapshot, answer: MatrixAnswer): readonly TableRow[] {
  const rows = [...answer.rows, ...answer.ignoredRows];
  const versions = new Set(
    rows.flatMap(({ consumerVersion, providerVersion }) => [consumerVersion, providerVersion]),
  );
  const standings = new Map<Version | undefined, GridVersion>(
    gather(versions, (version) =>
      version ? [[version, standingVersion(now, version)] as const] : [],
    ).flat(),
  );
  const ignored = new Set(answer.ignoredRows);
  return rows.flatMap((row) => {
    const consumer = standings.get(row.consumerVersion);
    const provider = standings.get(row.providerVersion);
    return consumer
      ? [{ row, consumer, ...(provider ? { provider } : {}), isIgnored: ignored.has(row) }]
      : [];
  });
}
