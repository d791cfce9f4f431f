import type { VerificationResult } from '../../domain/records.ts';
import type { PublishedPact } from '../publications.ts';

/** A pact beside one of its results, or alone. */
export interface Line extends PublishedPact {
  readonly result?: VerificationResult;
}

/** The newest publications first. */
export function byNewestPublication(a: PublishedPact, b: PublishedPact): number {
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
 * Joins pacts with the results of their contents, but makes no line that cannot be among the `limit` newest: a content
 * with thousands of results is published by hundreds of versions.
 */
export function newestLines(
  limit: number | undefined,
): (pact: PublishedPact, results: readonly VerificationResult[]) => readonly Line[] {
  const sorted = new Map<readonly VerificationResult[], readonly VerificationResult[]>();
  return (pact, results) => {
    if (results.length === 0) return [pact];
    if (limit === undefined || results.length <= limit) return results.map((result) => ({ ...pact, result }));
    const byAge = sorted.get(results) ?? [...results].sort(byNewestResult);
    sorted.set(results, byAge);
    return newestFor(pact, results, byAge, limit).map((result) => ({ ...pact, result }));
  };
}

/** Results later than the publication go by their own age, the others are as old as the publication: by number. */
function newestFor(
  { publication }: PublishedPact,
  byNumber: readonly VerificationResult[],
  byAge: readonly VerificationResult[],
  limit: number,
): readonly VerificationResult[] {
  const newest: VerificationResult[] = [];
  for (const result of byAge) {
    if (newest.length === limit || result.createdAt <= publication.createdAt) break;
    newest.push(result);
  }
  for (let i = byNumber.length - 1; i >= 0 && newest.length < limit; i -= 1) {
    const result = byNumber[i];
    if (result && result.createdAt <= publication.createdAt) newest.push(result);
  }
  return newest;
}

function byNewestResult(a: VerificationResult, b: VerificationResult): number {
  return newestFirst(a.createdAt, b.createdAt) || b.number - a.number;
}

function lastAction({ publication, result }: Line): string {
  return result && result.createdAt > publication.createdAt ? result.createdAt : publication.createdAt;
}

function newestFirst(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
