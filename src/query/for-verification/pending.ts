import type { VerificationResult } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { findBranch, findTag, isOnBranch, isTagged } from '../asked.ts';
import type { PublishedPact } from '../publications.ts';
import type { VerificationRequest } from './request.ts';
import { anySuccess, successesOf } from './successes.ts';

/** Whether a failure of the content would be news to the provider, and for which of its tags. */
export interface Pending {
  readonly pending: boolean;
  /** The provider's tags for which it is; none when a branch decides. */
  readonly pendingTags: readonly string[];
  readonly otherTags: readonly string[];
}

/**
 * Whether the content of a pact is pending for the provider version that asks: no version of its branch has verified
 * it, nor one of another branch before this one began (selectors.md §6). Results of work in progress count, too.
 * @throws NotLoaded
 */
export function pendingState(now: Snapshot, request: VerificationRequest, pact: PublishedPact): Pending {
  const { provider, providerVersionBranch: branch, providerVersionTags: tags } = request;
  const successes = successesOf(now, pact.consumer, provider, pact.publication.sha);
  if (branch !== undefined) {
    return { pending: isPendingForBranch(now, request, branch, successes), pendingTags: [], otherTags: [] };
  }
  if (tags.length === 0) return { pending: successes.length === 0, pendingTags: [], otherTags: [] };
  const pendingTags = tags.filter((tag) => isPendingForTag(now, request, tag, successes));
  return {
    pending: pendingTags.length > 0,
    pendingTags,
    otherTags: tags.filter((tag) => !pendingTags.includes(tag)),
  };
}

function isPendingForBranch(
  now: Snapshot,
  { provider }: VerificationRequest,
  branch: string,
  successes: readonly VerificationResult[],
): boolean {
  const began = findBranch(now, provider, branch)?.createdAt;
  return !anySuccess(
    now,
    successes,
    (version, result) =>
      isOnBranch(version, branch) ||
      (version.branches.length > 0 && (began === undefined || result.createdAt < began)),
  );
}

function isPendingForTag(
  now: Snapshot,
  { provider }: VerificationRequest,
  tag: string,
  successes: readonly VerificationResult[],
): boolean {
  const firstUse = findTag(now, provider, tag)?.createdAt;
  return !anySuccess(
    now,
    successes,
    (version, result) =>
      isTagged(version, tag) ||
      (version.tags.length > 0 && (firstUse === undefined || result.createdAt < firstUse)),
  );
}
