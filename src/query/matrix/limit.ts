import type { Instant } from '../../domain/names.ts';
import type { VerificationResult } from '../../domain/records.ts';
import type { PublishedPact } from '../publications.ts';

/** A result, and the moment by which a line with it is as old as it is. */
export interface DatedResult {
  readonly result: VerificationResult;
  readonly at: Instant;
}

/** A pact beside one of its results, or alone. */
export interface Line extends PublishedPact, Partial<DatedResult> {}

function byNewestPublication(a: PublishedPact, b: PublishedPact): number {
  return (
    newestFirst(a.publication.createdAt, b.publication.createdAt) ||
    b.consumerVersion.order - a.consumerVersion.order ||
    b.publication.revision - a.publication.revision
  );
}

/** The newest action first: the later of publication and result, then publication, then result (matrix.md §5.2). */
export function byNewestAction(a: Line, b: Line): number {
  return (
    newestFirst(lastAction(a), lastAction(b)) ||
    byNewestPublication(a, b) ||
    (b.result?.number ?? 0) - (a.result?.number ?? 0)
  );
}

/** The `limit` newest of the pacts. */
export function newestPacts(
  pacts: readonly PublishedPact[],
  limit: number | undefined,
): readonly PublishedPact[] {
  if (limit === undefined || pacts.length <= limit) return pacts;
  return [...pacts].sort(byNewestPublication).slice(0, limit);
}

/**
 * Pacts beside the results of their contents, the `limit` newest lines of them. Makes hardly any other line: a content
 * with thousands of results is published by hundreds of versions.
 */
export function newestLines(
  pacts: readonly PublishedPact[],
  resultsOf: (pact: PublishedPact) => readonly DatedResult[],
  limit: number | undefined,
): readonly Line[] {
  if (limit === undefined) {
    return pacts.flatMap((pact) => {
      const results = resultsOf(pact);
      return results.length === 0 ? [pact] : results.map((dated) => ({ ...pact, ...dated }));
    });
  }
  const byAge = ageOrder();
  let newest: readonly Line[] = [];
  for (const pact of pacts) {
    const results = resultsOf(pact);
    const lines: Line[] = [...newest];
    const oldest = newest.length < limit ? undefined : newest.at(-1);
    if (results.length === 0) lines.push(pact);
    for (const dated of newestFor(pact, results, byAge(results), limit)) {
      const line = { ...pact, ...dated };
      if (oldest && byNewestAction(oldest, line) < 0) break;
      lines.push(line);
    }
    newest = lines.sort(byNewestAction).slice(0, limit);
  }
  return newest;
}

/** Sorts each list of results once, the newest first. */
function ageOrder(): (results: readonly DatedResult[]) => readonly DatedResult[] {
  const sorted = new Map<readonly DatedResult[], readonly DatedResult[]>();
  return (results) => {
    const known = sorted.get(results) ?? [...results].sort(byNewestResult);
    sorted.set(results, known);
    return known;
  };
}

/** Results later than the publication go by their own age, the others are as old as the publication: by number. */
function newestFor(
  { publication }: PublishedPact,
  byNumber: readonly DatedResult[],
  byAge: readonly DatedResult[],
  limit: number,
): readonly DatedResult[] {
  const newest: DatedResult[] = [];
  for (const dated of byAge) {
    if (newest.length === limit || dated.at <= publication.createdAt) break;
    newest.push(dated);
  }
  for (let i = byNumber.length - 1; i >= 0 && newest.length < limit; i -= 1) {
    const dated = byNumber[i];
    if (dated && dated.at <= publication.createdAt) newest.push(dated);
  }
  return newest;
}

function byNewestResult(a: DatedResult, b: DatedResult): number {
  return newestFirst(a.at, b.at) || b.result.number - a.result.number;
}

function lastAction({ publication, at }: Line): string {
  return at !== undefined && at > publication.createdAt ? at : publication.createdAt;
}

function newestFirst(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
