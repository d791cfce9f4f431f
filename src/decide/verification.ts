import { GitpactError } from '../domain/failure.ts';
import type { Instant, PacticipantName, PactSha, VersionNumber } from '../domain/names.ts';
import type { AnsweredSelector, VerificationResult } from '../domain/records.ts';
import { gather } from '../domain/tree.ts';
import type { Draft } from '../format/draft.ts';
import { ensureVersion } from './versions.ts';

/** A verification result to record (domain.md §6). */
export interface ResultToRecord {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
  readonly providerVersion: VersionNumber;
  readonly success: boolean;
  readonly buildUrl?: string | undefined;
  readonly verifiedBy?: unknown;
  /** JSON text. */
  readonly testResults?: string | undefined;
  readonly wip?: boolean | undefined;
  readonly pending?: boolean | undefined;
  readonly selectors?: readonly AnsweredSelector[] | undefined;
  readonly at: Instant;
}

/**
 * Records what a provider version said of a content, under the next number.
 * @throws GitpactError `pact-missing` when the pair never had this content.
 */
export function recordResult(draft: Draft, result: ResultToRecord): VerificationResult {
  const { consumer, provider, sha, providerVersion, success, at } = result;
  const integration = draft.now.integration(consumer, provider);
  if (!integration || draft.now.content(consumer, provider, sha) === undefined) {
    throw new GitpactError(
      'pact-missing',
      `No pact between ${consumer} and ${provider} has the content ${sha}.`,
      {
        hint: 'Publish the pact first; `gitpact log` lists the contents of a pair.',
      },
    );
  }
  const version = ensureVersion(draft, provider, providerVersion, at);
  const number = draft.now.lastResultNumber + 1;
  const recorded: VerificationResult = {
    consumer,
    provider,
    sha,
    providerVersion,
    number,
    success,
    createdAt: at,
    ...(result.buildUrl === undefined ? {} : { buildUrl: result.buildUrl }),
    ...(result.verifiedBy === undefined ? {} : { verifiedBy: result.verifiedBy }),
    wip: result.wip ?? false,
    ...(result.pending === undefined ? {} : { pending: result.pending }),
    ...(result.selectors === undefined || result.selectors.length === 0
      ? {}
      : { selectors: result.selectors }),
    providerTags: version.tags.map(({ name }) => name),
    ...(result.testResults === undefined ? {} : { hasTestResults: true as const }),
  };
  draft.putResult(recorded, result.testResults);
  draft.putLastResultNumber(number);
  draft.putIntegration({
    ...integration,
    contractDataUpdatedAt: at,
    lastResult: { sha, providerVersion, number },
  });
  return recorded;
}

/** Removes a result; the one before it counts again. */
export function removeResult(draft: Draft, result: VerificationResult): void {
  draft.dropResult(result);
  saveLastResult(draft, result.consumer, result.provider);
}

/** Derives the newest result of a pair anew, from all its results. */
export function saveLastResult(draft: Draft, consumer: PacticipantName, provider: PacticipantName): void {
  const integration = draft.now.integration(consumer, provider);
  if (!integration) return;
  const newest = gather(draft.now.contentShas(consumer, provider), (sha) =>
    draft.now.resultPointers(consumer, provider, sha).at(-1),
  ).reduce((a, b) => (a === undefined || (b !== undefined && b.number > a.number) ? b : a), undefined);
  const { lastResult: _, ...rest } = integration;
  draft.putIntegration(newest ? { ...rest, lastResult: newest } : rest);
}
