import { byCodePoint, type Instant, instant, type PacticipantName } from '../../domain/names.ts';
import type { VerificationResult } from '../../domain/records.ts';
import type { Snapshot, Head as SnapshotHead } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findBranch, findTag, isOnBranch } from '../asked.ts';
import { findPact, type PublishedPact } from '../publications.ts';
import type { AppliedSelector, Criterion } from './applied-selector.ts';
import type { VerificationRequest } from './request.ts';
import { anySuccess, successesOf } from './successes.ts';

/** A pact that is work in progress: the head of a branch or tag that nobody asked for and nobody verified yet. */
export interface WipPact {
  readonly pact: PublishedPact;
  readonly selectors: readonly AppliedSelector[];
  /** The provider's tags for which it is; none when a branch decides. May repeat. */
  readonly pendingTags: readonly string[];
}

/** How long a success on another branch keeps a content from being work in progress (selectors.md §8.5). */
const lookbackDays = 30;

/** Tells one content from another: those that were asked for explicitly are never work in progress. */
export function contentOf({ consumer, publication }: PublishedPact): string {
  return `${consumer}\n${publication.sha}`;
}

/**
 * The pacts that are work in progress for the provider version that asks, by consumer and consumer version (selectors.md
 * §8). `explicit` names the contents that are verified anyway.
 * @throws NotLoaded
 */
export function wipPacts(
  now: Snapshot,
  request: VerificationRequest,
  explicit: ReadonlySet<string>,
  at: Instant,
): readonly WipPact[] {
  const { providerVersionBranch: branch, providerVersionTags: tags, includeWipPactsSince: since } = request;
  if (since === undefined) return [];
  const heads = headsOf(now, request.provider, since).filter(({ pact }) => !explicit.has(contentOf(pact)));
  if (branch !== undefined) {
    const left = unverified(now, heads, (successes) =>
      wasVerifiedForBranch(now, request, branch, successes, at),
    );
    return merged(left.map((head) => ({ ...head, pendingTags: [] })));
  }
  const left = gather(tags, (tag) => {
    const firstUse = findTag(now, request.provider, tag)?.createdAt;
    return unverified(now, heads, (successes) => wasVerifiedForTag(tag, firstUse, successes)).map((head) => ({
      ...head,
      pendingTags: [tag],
    }));
  });
  return merged(left.flat().sort((a, b) => Number(isTagHead(b)) - Number(isTagHead(a))));
}

/** The pact of the head of one branch or tag. */
export interface Head {
  readonly pact: PublishedPact;
  readonly selectors: readonly AppliedSelector[];
}

function isTagHead({ selectors }: Pick<Head, 'selectors'>): boolean {
  return selectors[0]?.kind === 'latest-tagged';
}

/**
 * The pacts of the heads of all branches, then of all tags, that were published after `since`; the oldest versions first,
 * the branches of one as it was added to them, its tags by name.
 * @throws NotLoaded
 */
export function headsOf(now: Snapshot, provider: PacticipantName, since: Instant): readonly Head[] {
  const heads = gather(now.consumersOf(provider), (consumer) => {
    return newerThan(since, now.heads(consumer)).flatMap((head): readonly Head[] => {
      const pact = findPact(head.version, provider);
      if (!pact || pact.publication.createdAt <= since) return [];
      return [{ pact, selectors: [{ ...criterionOf(head), version: head.version }] }];
    });
  })
    .flat()
    .sort((a, b) => a.pact.consumerVersion.order - b.pact.consumerVersion.order || placeOf(a) - placeOf(b));
  return [...heads.filter((head) => !isTagHead(head)), ...heads.filter(isTagHead)];
}

/** Of heads that are newest first. */
function newerThan(since: Instant, heads: readonly SnapshotHead[]): readonly SnapshotHead[] {
  const end = heads.findIndex(({ publishedAt }) => publishedAt <= since);
  return end < 0 ? heads : heads.slice(0, end);
}

function criterionOf(head: SnapshotHead): Criterion {
  return head.kind === 'branch'
    ? { kind: 'branch', branch: head.name }
    : { kind: 'latest-tagged', tag: head.name };
}

/** Which of the version's branches this is the head of; tags keep the order of their names. */
function placeOf({ selectors, pact }: Head): number {
  const [selector] = selectors;
  const { branches } = pact.consumerVersion;
  return selector?.kind === 'branch' ? branches.findIndex(({ name }) => name === selector.branch) : 0;
}

/** The heads whose content was not verified, as far as `wasVerified` makes of its successful results. */
function unverified(
  now: Snapshot,
  heads: readonly Head[],
  wasVerified: (successes: readonly VerificationResult[]) => boolean,
): readonly Head[] {
  const contents = new Map(heads.map(({ pact }) => [contentOf(pact), pact]));
  const verified = new Map(
    gather(contents, ([content, { consumer, provider, publication }]) => {
      const successes = successesOf(now, consumer, provider, publication.sha).filter((result) => !result.wip);
      return [content, wasVerified(successes)] as const;
    }),
  );
  return heads.filter(({ pact }) => !verified.get(contentOf(pact)));
}

/** A success of the last 30 days, on the branch or elsewhere before the branch's first version (selectors.md §8.2). */
function wasVerifiedForBranch(
  now: Snapshot,
  { provider }: VerificationRequest,
  branch: string,
  successes: readonly VerificationResult[],
  at: Instant,
): boolean {
  const oldest = instant(new Date(Date.parse(at) - lookbackDays * 24 * 60 * 60 * 1000));
  const recent = successes.filter((result) => result.createdAt >= oldest);
  if (anySuccess(now, recent, (version) => isOnBranch(version, branch))) return true;
  if (!anySuccess(now, recent, ({ branches }) => branches.length > 0)) return false;
  const began = beginningOf(now, provider, branch);
  return anySuccess(
    now,
    recent,
    ({ branches }, result) => branches.length > 0 && (began === undefined || result.createdAt < began),
  );
}

/** When the first version on the branch was made. */
function beginningOf(now: Snapshot, provider: PacticipantName, branch: string): Instant | undefined {
  if (!findBranch(now, provider, branch)) return undefined;
  return now.versions(provider).find((version) => isOnBranch(version, branch))?.createdAt;
}

/** A success by a version that had the tag at that moment, or another one before this tag's first use (selectors.md §8.3). */
function wasVerifiedForTag(
  tag: string,
  firstUse: Instant | undefined,
  successes: readonly VerificationResult[],
): boolean {
  return successes.some(
    ({ providerTags, createdAt }) =>
      providerTags.includes(tag) ||
      (providerTags.length > 0 && (firstUse === undefined || createdAt < firstUse)),
  );
}

/** One entry for each content: the newest version's pact, with the selectors and tags of all. */
function merged(candidates: readonly WipPact[]): readonly WipPact[] {
  const byContent = new Map<string, WipPact>();
  for (const candidate of candidates) {
    const before = byContent.get(contentOf(candidate.pact));
    const newer = before && before.pact.consumerVersion.order > candidate.pact.consumerVersion.order;
    byContent.set(contentOf(candidate.pact), {
      pact: newer ? before.pact : candidate.pact,
      selectors: [...(before?.selectors ?? []), ...candidate.selectors],
      pendingTags: [...(before?.pendingTags ?? []), ...candidate.pendingTags],
    });
  }
  return [...byContent.values()].sort(
    (a, b) =>
      byCodePoint(a.pact.consumer, b.pact.consumer) ||
      a.pact.consumerVersion.order - b.pact.consumerVersion.order,
  );
}
