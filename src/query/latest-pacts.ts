import { byCodePoint, type PacticipantName, type PactSha } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findHead, findLatestTagged, findPacticipant, findVersion, isOnBranch, isTagged } from './asked.ts';
import { findPact, type PublishedPact } from './publications.ts';

/*
 * Which pact an address means; the Pact Broker's addresses differ in this (api.md §3.1). "Latest" is the version of the
 * greatest order that has a pact, "head" the branch's head only, with or without one.
 */

/** A consumer and a provider. */
export interface Pair {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
}

/** By consumer, then provider, whatever the case of their names (api.md §9). */
export function byNames(a: Pair, b: Pair): number {
  return (
    byCodePoint(a.consumer.toLowerCase(), b.consumer.toLowerCase()) ||
    byCodePoint(a.provider.toLowerCase(), b.provider.toLowerCase())
  );
}

/** The pact of one consumer version: `…/version/V`. @throws NotLoaded */
export function findPactOfVersion(now: Snapshot, pair: Pair, number: string): PublishedPact | undefined {
  return findPact(findVersion(now, pair.consumer, number), pair.provider);
}

/** The pact of the newest version that has one: `…/latest`. @throws NotLoaded */
export function findLatestPact(now: Snapshot, pair: Pair): PublishedPact | undefined {
  const latest = now.integration(pair.consumer, pair.provider)?.latest;
  return latest === undefined ? undefined : findPactOfVersion(now, pair, latest);
}

/** The pact of the newest version that has the tag and a pact: `…/latest/TAG`. @throws NotLoaded */
export function findLatestTaggedPact(now: Snapshot, pair: Pair, tag: string): PublishedPact | undefined {
  const latest = findLatestTagged(now, pair.consumer, tag);
  if (!latest) return undefined;
  return findPact(latest, pair.provider) ?? newestPact(now, pair, (version) => isTagged(version, tag));
}

/** The pact of the newest version that has a pact and no tag: `…/latest-untagged`. @throws NotLoaded */
export function findLatestUntaggedPact(now: Snapshot, pair: Pair): PublishedPact | undefined {
  const latest = findLatestPact(now, pair);
  if (!latest || latest.consumerVersion.tags.length === 0) return latest;
  return newestPact(now, pair, (version) => version.tags.length === 0);
}

/** The pact of the newest version on the branch that has one: `…/branch/B/latest`. @throws NotLoaded */
export function findLatestPactOnBranch(now: Snapshot, pair: Pair, branch: string): PublishedPact | undefined {
  const latest = findLatestPact(now, pair);
  if (!latest || isOnBranch(latest.consumerVersion, branch)) return latest;
  return newestPact(now, pair, (version) => isOnBranch(version, branch));
}

/** The pact of the branch's head, if it has one: `…/branch/B/latest/versions`. @throws NotLoaded */
export function findHeadPact(now: Snapshot, pair: Pair, branch: string): PublishedPact | undefined {
  return findPact(findHead(now, pair.consumer, branch), pair.provider);
}

/** The pact of the main branch's head, if it has one: `…/branch/latest/versions`. @throws NotLoaded */
export function findMainHeadPact(now: Snapshot, pair: Pair): PublishedPact | undefined {
  const mainBranch = findPacticipant(now, pair.consumer)?.mainBranch;
  return mainBranch === undefined ? undefined : findHeadPact(now, pair, mainBranch);
}

/** The pact of the newest version that has this content: `…/pact-version/SHA`. @throws NotLoaded */
export function findPactWithContent(now: Snapshot, pair: Pair, sha: PactSha): PublishedPact | undefined {
  const latest = findLatestPact(now, pair);
  if (latest?.publication.sha === sha) return latest;
  return pactsOfPair(now, pair).findLast(({ publication }) => publication.sha === sha);
}

/** The pact of the newest earlier version that has another content: `…/previous-distinct`. @throws NotLoaded */
export function findPreviousDistinctPact(now: Snapshot, pact: PublishedPact): PublishedPact | undefined {
  return pactsOfPair(now, pact).findLast(
    ({ consumerVersion, publication }) =>
      consumerVersion.order < pact.consumerVersion.order && publication.sha !== pact.publication.sha,
  );
}

/** Every pact of a pair, by rising order of the versions: `…/versions`. @throws NotLoaded */
export function pactsOfPair(now: Snapshot, { consumer, provider }: Pair): readonly PublishedPact[] {
  return now
    .versions(consumer)
    .map((version) => findPact(version, provider))
    .filter((pact) => pact !== undefined);
}

/** Every pact of the versions on a branch, by rising order: `…/branch/B`. @throws NotLoaded */
export function pactsOnBranch(now: Snapshot, pair: Pair, branch: string): readonly PublishedPact[] {
  return pactsOfPair(now, pair).filter(({ consumerVersion }) => isOnBranch(consumerVersion, branch));
}

/** Every pact of the versions with a tag, by rising order: `…/tag/TAG`. @throws NotLoaded */
export function pactsWithTag(now: Snapshot, pair: Pair, tag: string): readonly PublishedPact[] {
  return pactsOfPair(now, pair).filter(({ consumerVersion }) => isTagged(consumerVersion, tag));
}

/** What `find` finds for each consumer of a provider, in order of their names. @throws NotLoaded */
export function pactsByConsumer(
  now: Snapshot,
  provider: PacticipantName,
  find: (pair: Pair) => PublishedPact | undefined,
): readonly PublishedPact[] {
  return gather(now.consumersOf(provider), (consumer) => find({ consumer, provider })).filter(
    (pact) => pact !== undefined,
  );
}

/** The latest pact of every pair, by provider and consumer: `/pacts/latest`. @throws NotLoaded */
export function latestPacts(now: Snapshot): readonly PublishedPact[] {
  return gather(now.providerNames(), (provider) =>
    pactsByConsumer(now, provider, (pair) => findLatestPact(now, pair)),
  ).flat();
}

function newestPact(
  now: Snapshot,
  pair: Pair,
  accept: (version: Version) => boolean,
): PublishedPact | undefined {
  return pactsOfPair(now, pair).findLast(({ consumerVersion }) => accept(consumerVersion));
}
