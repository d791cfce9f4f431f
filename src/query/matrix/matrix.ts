import { GitpactError } from '../../domain/failure.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findPresences } from '../asked.ts';
import { both } from '../both.ts';
import type { VersionSelector } from '../version-selectors.ts';
import { foreseeResults } from './foresight.ts';
import { hiddenRows } from './hidden.ts';
import { type ConcernedPair, concernedPairs } from './integrations.ts';
import { complaintsAbout, type Destination, type MatrixQuestion } from './question.ts';
import { missingVersions, type Reason, reasonsFor } from './reasons.ts';
import { byNamesAndNewest, latestRows, type MatrixRow, rowsOf, successOf } from './reduce.ts';
import { linesFor } from './rows.ts';
import { isIgnored, type ResolvedSelector, resolveSelectors } from './selectors.ts';

/** Whether everything fits together: `unknown` means that nobody has looked yet, and wins over `no`. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** The answer of the matrix (matrix.md §2, §6). */
export interface MatrixAnswer {
  readonly verdict: Verdict;
  /** The verdict as the Pact Broker spells it: true, false, null. */
  readonly deployable: boolean | null;
  readonly counts: {
    readonly success: number;
    readonly failed: number;
    readonly unknown: number;
    /** Absent when nothing was to be ignored. */
    readonly ignored?: number;
  };
  /** Warnings, then errors or else successes. */
  readonly reasons: readonly Reason[];
  /** Rows that count, in order. */
  readonly rows: readonly MatrixRow[];
  /** Rows of ignored versions, in order. */
  readonly ignoredRows: readonly MatrixRow[];
}

const deployable = { yes: true, no: false, unknown: null } as const;

/**
 * Which versions work together, and whether the versions asked about may be deployed (matrix.md §4.2).
 * @throws GitpactError `bad-request` with every complaint.
 * @throws NotLoaded
 */
export function matrix(now: Snapshot, question: MatrixQuestion): MatrixAnswer {
  both(
    () => refuseIfWrong(now, question),
    () => touch(now, question),
  );
  const meaning = meaningOf(now, question);
  const { found, hidden, isCut } = findRows(now, question, meaning);
  const { ignore, specified, pairs } = meaning;
  const isOut = (row: MatrixRow) =>
    isIgnored(row.consumer, row.consumerVersion, ignore) ||
    isIgnored(row.provider, row.providerVersion, ignore);
  const rows = found.filter((row) => !isOut(row));
  const ignoredRows = found.filter(isOut);
  const uncovered = uncoveredPairs(pairs, found);
  const verdict = verdictOn(specified, rows, uncovered);
  const countOf = (success: boolean | null) => rows.filter((row) => successOf(row) === success).length;
  return {
    verdict,
    deployable: deployable[verdict],
    counts: {
      success: countOf(true),
      failed: countOf(false),
      unknown: uncovered.length + countOf(null),
      ...(ignore.length > 0 ? { ignored: ignoredRows.length } : {}),
    },
    reasons: reasonsFor({
      ...meaning,
      question,
      rows,
      uncovered,
      isCut,
      hidden: hidden.filter((row) => !isOut(row)),
    }),
    rows,
    ignoredRows,
  };
}

/** What a question turned out to be about. */
interface Meaning {
  readonly ignore: readonly ResolvedSelector[];
  readonly specified: readonly ResolvedSelector[];
  readonly inferred: readonly ResolvedSelector[];
  readonly pairs: readonly ConcernedPair[];
}

function meaningOf(
  now: Snapshot,
  { selectors, destination = {}, ignore: ignored = [] }: MatrixQuestion,
): Meaning {
  const ignore = resolveSelectors(now, ignored, 'ignore');
  const specified = resolveSelectors(now, selectors, 'specified', ignore);
  const infers = Object.values(destination).some(Boolean);
  const pairs = concernedPairs(now, specified, infers || specified.length === 1);
  const [inferred] = both(
    () => (infers ? resolveSelectors(now, neighbours(pairs, specified, destination), 'inferred') : []),
    () => foreseeResults(now, specified, destination),
  );
  return { ignore, specified, inferred, pairs };
}

interface FoundRows {
  /** In order. */
  readonly found: readonly MatrixRow[];
  /** Those of live versions that are hidden; they are among `found` when asked strictly. */
  readonly hidden: readonly MatrixRow[];
  /** Whether the limit may have left out others. */
  readonly isCut: boolean;
}

function findRows(
  now: Snapshot,
  { latestBy, success, limit, limitWithin = 'store', strict = now.settings.strict }: MatrixQuestion,
  { specified, inferred }: Meaning,
): FoundRows {
  const selectors = [...specified, ...inferred];
  const { lines, isCut } = linesFor(now, selectors, { lastOnly: latestBy !== undefined, limit, limitWithin });
  const all = rowsOf(now, lines);
  const hidden = hiddenRows(now, all, selectors);
  const found = [...latestRows(all, latestBy), ...(strict ? hidden : [])]
    .filter((row) => !success || success.includes(successOf(row)))
    .sort(byNamesAndNewest);
  return { found, hidden: strict ? [] : hidden, isCut };
}

/** Names at once what the first steps need one after the other; says nothing. */
function touch(now: Snapshot, { selectors, destination = {} }: MatrixQuestion): void {
  gather(
    [
      () => now.settings,
      () => findPresences(now, destination.environment ?? ''),
      () => resolveSelectors(now, selectors, 'specified'),
    ],
    (read) => read(),
  );
}

function refuseIfWrong(now: Snapshot, question: MatrixQuestion): void {
  const complaints = complaintsAbout(now, question);
  if (complaints.length === 0) return;
  throw new GitpactError('bad-request', complaints.join('\n'), {
    complaints: complaints.map((text) => ({ where: '', text })),
  });
}

/** A selector for every neighbour that the question does not name: its versions at the destination. */
function neighbours(
  pairs: readonly ConcernedPair[],
  specified: readonly ResolvedSelector[],
  destination: Destination,
): readonly VersionSelector[] {
  const names = new Set<string>(pairs.flatMap(({ consumer, provider }) => [consumer, provider]));
  for (const { asked } of specified) names.delete(asked.pacticipant);
  return [...names].map((pacticipant) => ({ ...destination, pacticipant }));
}

function uncoveredPairs(
  pairs: readonly ConcernedPair[],
  rows: readonly MatrixRow[],
): readonly ConcernedPair[] {
  const covered = new Set(rows.map(({ consumer, provider }) => `${consumer}\n${provider}`));
  return pairs.filter(
    ({ required, consumer, provider }) => required && !covered.has(`${consumer}\n${provider}`),
  );
}

function verdictOn(
  specified: readonly ResolvedSelector[],
  rows: readonly MatrixRow[],
  uncovered: readonly ConcernedPair[],
): Verdict {
  if (missingVersions(specified).length > 0) return 'no';
  if (uncovered.length > 0 || rows.some((row) => successOf(row) === null)) return 'unknown';
  return rows.every((row) => successOf(row)) ? 'yes' : 'no';
}
