import type { PacticipantName } from '../../domain/names.ts';
import type { Version } from '../../domain/records.ts';
import { isNameOnly } from '../version-selectors.ts';
import type { ConcernedPair } from './integrations.ts';
import type { MatrixQuestion } from './question.ts';
import { type MatrixRow, successOf } from './reduce.ts';
import { isVersion, type ResolvedSelector } from './selectors.ts';

/** The version or versions of a pacticipant that a reason speaks of. */
export interface Subject {
  readonly pacticipant: string;
  /** The number that was found, or asked for in vain. */
  readonly version?: string;
  readonly state: 'any' | 'found' | 'missing' | 'no-pacticipant';
  readonly latest?: true;
  readonly tag?: string;
  readonly branch?: string;
  readonly mainBranch?: true;
  readonly environment?: string;
  /** One of several versions that the same selector means. */
  readonly oneOfMany?: true;
  /** No selector tells which version is meant: it is that of the row. */
  readonly fromRow?: true;
}

/** A reason that names both sides of a pact. */
interface AboutPact<K extends string> {
  readonly kind: K;
  readonly consumer: Subject;
  readonly provider: Subject;
}

/**
 * Why the answer is what it is (matrix.md §6.1). `hidden-live-version`, `latest-of-any-branch` and `limited` are gitpact's
 * own warnings: the Pact Broker says nothing there.
 */
export type Reason =
  | { readonly kind: 'cannot-ignore'; readonly subject: Subject }
  | { readonly kind: 'no-destination' }
  | { readonly kind: 'no-version-number' }
  | AboutPact<'hidden-live-version'>
  | { readonly kind: 'latest-of-any-branch'; readonly pacticipants: readonly string[] }
  | { readonly kind: 'limited'; readonly limit: number }
  | { readonly kind: 'version-missing'; readonly subject: Subject }
  | AboutPact<'no-verified-pact'>
  | AboutPact<'verification-failed'>
  | { readonly kind: 'all-verified' }
  | { readonly kind: 'nothing-missing' };

/** Everything an answer is explained from. */
export interface Findings {
  readonly question: MatrixQuestion;
  readonly specified: readonly ResolvedSelector[];
  readonly inferred: readonly ResolvedSelector[];
  readonly ignore: readonly ResolvedSelector[];
  /** Rows that count, in order. */
  readonly rows: readonly MatrixRow[];
  /** Required pairs without a row. */
  readonly uncovered: readonly ConcernedPair[];
  /** Live versions without a result beside one that has it. */
  readonly hidden: readonly MatrixRow[];
  /** Whether the limit may have left out rows. */
  readonly isCut: boolean;
}

/** The specified selectors that mean no version and are not ignored. */
export function missingVersions(specified: readonly ResolvedSelector[]): readonly ResolvedSelector[] {
  return specified.filter(({ found, ignored }) => found === 'none' && !ignored);
}

/** Warnings, then errors if there are any, else successes; each said once (matrix.md §6.1). */
export function reasonsFor(findings: Findings): readonly Reason[] {
  const errors = errorsIn(findings);
  const said = new Map<string, Reason>();
  for (const reason of [...warningsIn(findings), ...(errors.length > 0 ? errors : successesIn(findings))]) {
    const words = JSON.stringify(reason);
    if (!said.has(words)) said.set(words, reason);
  }
  return [...said.values()];
}

function warningsIn(findings: Findings): readonly Reason[] {
  const { specified, ignore, hidden, question } = findings;
  const { environment, tag, branch, mainBranch } = question.destination ?? {};
  const warnings: Reason[] = ignore
    .filter(({ found }) => found === 'none' || found === 'no-pacticipant')
    .map((selector) => ({ kind: 'cannot-ignore', subject: subjectOf(selector) }));
  const nowhere = [environment, tag, branch, mainBranch || undefined].every((place) => place === undefined);
  if (specified.length === 1 && nowhere) warnings.push({ kind: 'no-destination' });
  const asked = specified.map((selector) => selector.asked);
  if (
    asked.some((selector) => !isNameOnly(selector)) &&
    asked.every((selector) => selector.version === undefined)
  ) {
    warnings.push({ kind: 'no-version-number' });
  }
  const anyBranch = new Set(
    [...specified, ...findings.inferred].filter(isLatestOfAnyBranch).map(({ asked }) => asked.pacticipant),
  );
  if (anyBranch.size > 0) warnings.push({ kind: 'latest-of-any-branch', pacticipants: [...anyBranch] });
  for (const row of hidden) warnings.push(aboutRow('hidden-live-version', row, findings));
  if (findings.isCut) warnings.push({ kind: 'limited', limit: question.limit ?? 0 });
  return warnings;
}

/** Whether the version found is the newest of all, whatever branch it is from. */
function isLatestOfAnyBranch({ asked, found }: ResolvedSelector): boolean {
  return (
    asked.latest === true &&
    isVersion(found) &&
    !asked.mainBranch &&
    [asked.branch, asked.tag, asked.environment].every((criterion) => criterion === undefined)
  );
}

function errorsIn(findings: Findings): readonly Reason[] {
  const missing = missingVersions(findings.specified);
  if (missing.length > 0) {
    return missing.map((selector) => ({ kind: 'version-missing', subject: subjectOf(selector) }));
  }
  const selectors = [...findings.specified, ...findings.inferred];
  return [
    ...findings.uncovered.map(
      ({ consumer, provider }): Reason => ({
        kind: 'no-verified-pact',
        consumer: sideOf(consumer, undefined, selectors),
        provider: sideOf(provider, undefined, selectors),
      }),
    ),
    ...findings.rows
      .filter((row) => successOf(row) === false)
      .map((row) => aboutRow('verification-failed', row, findings)),
    ...findings.rows
      .filter((row) => successOf(row) === null)
      .map((row) => aboutRow('no-verified-pact', row, findings)),
  ];
}

/** What to say where there is no error. */
function successesIn({ rows }: Findings): readonly Reason[] {
  return [{ kind: rows.length === 0 ? 'nothing-missing' : 'all-verified' }];
}

function aboutRow<K extends string>(kind: K, row: MatrixRow, findings: Findings): AboutPact<K> {
  const selectors = [...findings.specified, ...findings.inferred];
  return {
    kind,
    consumer: sideOf(row.consumer, row.consumerVersion, selectors),
    provider: sideOf(row.provider, row.providerVersion, selectors),
  };
}

/** How to speak of one side: as it was asked for where that is clear, else by its own version (matrix.md §6.2). */
function sideOf(
  pacticipant: PacticipantName,
  version: Version | undefined,
  selectors: readonly ResolvedSelector[],
): Subject {
  const asked = selectors.filter((selector) => selector.asked.pacticipant === pacticipant);
  const meant =
    asked.length === 1
      ? asked[0]
      : asked.find(({ found }) => version && isVersion(found) && found.number === version.number);
  if (meant) return subjectOf(meant);
  if (!version) return { pacticipant, state: 'any', fromRow: true };
  return { pacticipant, version: version.number, state: 'found', fromRow: true };
}

function subjectOf({ asked, found, branch, oneOfMany }: ResolvedSelector): Subject {
  const version = isVersion(found) ? found.number : asked.version;
  return {
    pacticipant: asked.pacticipant,
    ...(version === undefined ? {} : { version }),
    state: isVersion(found) ? 'found' : found === 'none' ? 'missing' : found,
    ...(asked.latest ? { latest: true } : {}),
    ...(asked.tag === undefined ? {} : { tag: asked.tag }),
    ...(branch === undefined ? {} : { branch }),
    ...(asked.mainBranch ? { mainBranch: true } : {}),
    ...(asked.environment === undefined ? {} : { environment: asked.environment }),
    ...(oneOfMany ? { oneOfMany: true } : {}),
  };
}
