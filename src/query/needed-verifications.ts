import { groupBy } from '../domain/grouping.ts';
import type { Instant, PacticipantName, PactSha } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { publicationOf } from '../domain/version.ts';
import { allPairs } from './dashboard.ts';
import { byNames, findLatestPact, type Pair } from './latest-pacts.ts';
import { type PublishedPact, pactOf } from './publications.ts';
import { type RequiredVerification, requiredVerifications } from './required-verifications.ts';

/** A content that matters now, and who should verify it and has not. */
export interface NeededVerification extends Pair {
  /** The pacts that have this content, newest first. */
  readonly pacts: readonly PublishedPact[];
  readonly required: readonly RequiredVerification[];
}

/**
 * The contents that no event would have to tell of if everybody had listened: of each pair the newest, those at the heads
 * of the consumer's branches that moved since `since` and of its main branch, and those that are live; as far as the head of
 * the provider's main branch or a live version of it has said nothing of them.
 * @throws NotLoaded
 */
export function neededVerifications(now: Snapshot, since: Instant): readonly NeededVerification[] {
  const pairs = [...allPairs(now)].sort(byNames);
  const consumers = [...new Set(pairs.map(({ consumer }) => consumer))];
  const versions = new Map(
    gather(consumers, (consumer) => [consumer, liveVersions(now, consumer, since)] as const),
  );
  return gather(pairs, (pair) => ofPair(now, pair, versions.get(pair.consumer) ?? [])).flat();
}

function ofPair(now: Snapshot, pair: Pair, versions: readonly Version[]): readonly NeededVerification[] {
  const { consumer, provider } = pair;
  const latest = findLatestPact(now, pair);
  const current = versions.flatMap((version) => {
    const publication = publicationOf(version, provider);
    return publication ? [pactOf(version, publication)] : [];
  });
  const pacts = new Map(
    [...(latest ? [latest] : []), ...current].map((pact) => [pact.consumerVersion.number, pact]),
  );
  const byContent = groupBy(pacts.values(), ({ publication }) => publication.sha);
  return gather(byContent, ([sha, sharing]) => {
    const required = requiredVerifications(now, consumer, provider, sha as PactSha);
    const newest = [...sharing].sort((a, b) => b.consumerVersion.order - a.consumerVersion.order);
    return required.length > 0 ? [{ consumer, provider, pacts: newest, required }] : [];
  }).flat();
}

/** The heads of a consumer's branches that moved lately, that of its main branch, and what is live of it. */
function liveVersions(now: Snapshot, consumer: PacticipantName, since: Instant): readonly Version[] {
  const mainBranch = now.pacticipant(consumer)?.mainBranch;
  const heads = now
    .branches(consumer)
    .filter(({ name, updatedAt }) => name === mainBranch || updatedAt >= since)
    .map(({ head }) => head);
  const live = gather(now.environments(), ({ name }) =>
    now.presences(name).filter(({ pacticipant }) => pacticipant === consumer),
  ).flat();
  const numbers = new Set(
    [...heads, ...live.map(({ version }) => version)].filter((number) => number !== undefined),
  );
  return gather(numbers, (number) => now.version(consumer, number)).filter(
    (version) => version !== undefined,
  );
}
