import type { VerificationResult } from '../../domain/records.ts';
import type { PublishedPact } from '../publications.ts';

/** A pact beside one of its results, or alone. */
export interface Line extends PublishedPact {
  readonly result?: VerificationResult;
}

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
  resultsOf: (pact: PublishedPact) => readonly VerificationResult[],
  limit: number | undefined,
): readonly Line[] {
  if (limit === undefined) {
    return pacts.flatMap((pact) => {
      const results = resultsOf(pact);
      return results.length === 0 ? [pact] : results.map((result) => ({ ...pact, result }));
    });
  }
  const byAge = ageOrder();
  let newest: readonly Line[] = [];
  for (const pact of pacts) {
    const results = resultsOf(pact);
    const lines: Line[] = [...newest];
    const oldest = newest.length < limit ? undefined : newest.at(-1);
    if (results.length === 0) lines.push(pact);
    for (const result of newestFor(pact, results, byAge(results), limit)) {
      const line = { ...pact, result };
      if (oldest && byNewestAction(oldest, line) < 0) break;
      lines.push(line);
    }
    newest = lines.sort(byNewestAction).slice(0, limit);
  }
  return newest;
}

/** Sorts each list of results once, the newest first. */
function ageOrder(): (results: readonly VerificationResult[]) => readonly VerificationResult[] {
  const sorted = new Map<readonly VerificationResult[], readonly VerificationResult[]>();
  return (results) => {
    const known = sorted.get(results) ?? [...results].sort(byNewestResult);
    sorted.set(results, known);
    return known;
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
