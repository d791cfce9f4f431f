import type { Instant } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findBranch, findTag } from '../asked.ts';
import { both } from '../both.ts';
import type { PublishedPact } from '../publications.ts';
import { type AppliedSelector, byMetadataOrder, bySelectorOrder } from './applied-selector.ts';
import type { PactMetadata } from './metadata.ts';
import { type Pending, pendingState } from './pending.ts';
import type { VerificationRequest } from './request.ts';
import { byNameIgnoringCase, type Selected, selectPacts } from './select.ts';
import { contentOf, headsOf, wipPacts } from './wip.ts';

/** A content to verify: the newest pact that has it, and why it is to be verified. */
export interface PactToVerify extends PublishedPact, Pending {
  /** Chosen as work in progress, not by a selector of the request. */
  readonly wip: boolean;
  /** What chose it, in the order to tell. */
  readonly selectors: readonly AppliedSelector[];
}

/**
 * The pacts a provider is to verify, each content once: those its selectors choose, then those that are work in progress
 * (selectors.md §4). `at` is the present; successes count for 30 days against being work in progress.
 * @throws NotLoaded
 */
export function pactsForVerification(
  now: Snapshot,
  request: VerificationRequest,
  at: Instant,
): readonly PactToVerify[] {
  const [selected] = both(
    () => selectPacts(now, request),
    () => touch(now, request),
  );
  const groups = byContent(selected);
  const explicit = gather(groups.values(), (group) => toVerify(now, request, group));
  const wip = wipPacts(now, request, new Set(groups.keys()), at).map(
    ({ pact, selectors, pendingTags }): PactToVerify => ({
      ...pact,
      selectors,
      wip: true,
      pending: true,
      pendingTags,
      otherTags: [],
    }),
  );
  return [...explicit.sort(byConsumerVersion), ...wip];
}

/** Names at once what later steps need whatever is selected; says nothing. */
function touch(now: Snapshot, request: VerificationRequest): void {
  const {
    provider,
    providerVersionBranch: branch,
    providerVersionTags: tags,
    includeWipPactsSince,
  } = request;
  gather(
    [
      () => branch !== undefined && findBranch(now, provider, branch),
      () => branch === undefined && gather(tags, (tag) => findTag(now, provider, tag)),
      () => includeWipPactsSince !== undefined && headsOf(now, provider, includeWipPactsSince),
    ],
    (read) => read(),
  );
}

/** What a verifier is to send back with its result for the pact; `pending` only where it was asked for. */
export function metadataFor(pact: PactToVerify, includePendingStatus: boolean): PactMetadata {
  if (pact.wip) return { wip: true };
  return {
    selectors: pact.selectors.toSorted(byMetadataOrder).map(answeredSelector),
    ...(includePendingStatus ? { pending: pact.pending } : {}),
  };
}

/** The selector as it was asked: where a fallback was taken, not the fallback. */
function answeredSelector(selector: AppliedSelector): NonNullable<PactMetadata['selectors']>[number] {
  const isLatest = ['latest', 'latest-tagged', 'branch', 'every-branch'].includes(selector.kind);
  const isMainAsked = selector.kind === 'main-branch' && !selector.byDefault;
  return {
    ...(selector.kind === 'branch' ? { branch: selector.insteadOf ?? selector.branch } : {}),
    ...(selector.kind === 'every-branch' ? { branch: 'true' } : {}),
    ...('tag' in selector ? { tag: ('insteadOf' in selector && selector.insteadOf) || selector.tag } : {}),
    ...(isLatest || isMainAsked ? { latest: true } : {}),
    ...('named' in selector && selector.named ? { environment: selector.environment.name } : {}),
    consumerVersion: selector.version.number,
  };
}

function byContent(selected: readonly Selected[]): ReadonlyMap<string, readonly Selected[]> {
  const groups = new Map<string, Selected[]>();
  for (const selection of selected) {
    const group = groups.get(contentOf(selection.pact)) ?? [];
    group.push(selection);
    groups.set(contentOf(selection.pact), group);
  }
  return groups;
}

function toVerify(now: Snapshot, request: VerificationRequest, group: readonly Selected[]): PactToVerify {
  const { pact } = group.reduce((newest, other) =>
    other.pact.consumerVersion.order > newest.pact.consumerVersion.order ? other : newest,
  );
  const pending: Pending = request.includePendingStatus
    ? pendingState(now, request, pact)
    : { pending: false, pendingTags: [], otherTags: [] };
  return {
    ...pact,
    ...pending,
    wip: false,
    selectors: group.map(({ selector }) => selector).sort(bySelectorOrder),
  };
}

function byConsumerVersion(a: PactToVerify, b: PactToVerify): number {
  return byNameIgnoringCase(a.consumer, b.consumer) || a.consumerVersion.order - b.consumerVersion.order;
}
