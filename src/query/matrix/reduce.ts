import { GitpactError } from '../../domain/failure.ts';
import { byCodePoint } from '../../domain/names.ts';
import type { Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import type { Line } from './limit.ts';
import type { LatestBy } from './question.ts';

/** A pact and what one provider version said of it. */
export interface MatrixRow extends Line {
  /** Absent where no provider version that was asked about has a result. */
  readonly providerVersion?: Version;
}

/** What the result of a row says: it passed, it failed, or there is none. */
export function successOf(row: MatrixRow): boolean | null {
  return row.result?.success ?? null;
}

/** The lines with the records of their provider versions. @throws NotLoaded */
export function rowsOf(now: Snapshot, lines: readonly Line[]): readonly MatrixRow[] {
  return gather(lines, (line) => {
    if (!line.result) return line;
    const providerVersion = now.version(line.provider, line.result.providerVersion);
    if (!providerVersion) {
      throw new GitpactError(
        'store-damaged',
        `There is a verification result of version ${line.result.providerVersion} of ${line.provider}, which does not exist.`,
        { hint: 'Run `gitpact fsck` to find and repair what is inconsistent.' },
      );
    }
    return { ...line, providerVersion };
  });
}

/**
 * Keeps the row with the newest provider version, by order of creation, of those that say the same; of several such rows
 * that of the oldest action. Only for `cp` can a group mix what was verified with what was not: if nobody verified its row of
 * the newest action, that row is kept (matrix.md §5.3).
 */
export function latestRows(rows: readonly MatrixRow[], latestBy: LatestBy | undefined): readonly MatrixRow[] {
  if (latestBy === undefined) return rows;
  const kept = new Map<string, MatrixRow>();
  for (const row of rows) {
    const key = groupOf(row, latestBy);
    const before = kept.get(key);
    if (!before || (before.providerVersion && orderOf(row) >= orderOf(before))) kept.set(key, row);
  }
  return [...kept.values()];
}

function groupOf(row: MatrixRow, latestBy: LatestBy): string {
  const parts: string[] = [row.consumer, row.provider];
  if (latestBy !== 'cp') parts.push(row.consumerVersion.number);
  if (latestBy === 'cvpv') parts.push(row.providerVersion?.number ?? '');
  return parts.join('\n');
}

function orderOf(row: MatrixRow): number {
  return row.providerVersion?.order ?? 0;
}

/** The order of rows in an answer (matrix.md §5.5): by name, newest versions first, what nobody verified on top. */
export function byNamesAndNewest(a: MatrixRow, b: MatrixRow): number {
  return (
    byCodePoint(a.consumer, b.consumer) ||
    b.consumerVersion.order - a.consumerVersion.order ||
    b.publication.revision - a.publication.revision ||
    byCodePoint(a.provider, b.provider) ||
    newestOnTop(a.providerVersion, b.providerVersion) ||
    (b.result?.number ?? 0) - (a.result?.number ?? 0)
  );
}

function newestOnTop(a: Version | undefined, b: Version | undefined): number {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  return b.order - a.order;
}
