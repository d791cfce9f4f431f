import type { Publication, VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { currentPublications } from '../domain/version.ts';
import { isTagged } from './asked.ts';
import { type Pair, pactsOfPair, pactsWithTag } from './latest-pacts.ts';
import { type PublishedPact, pactOf } from './publications.ts';

/**
 * How the latest pact stands with the latest result for any content of its kind (api.md §7): `stale` passed with another
 * content, `failed_pending` failed as expected of a pending one.
 */
export type VerificationStatus = 'never' | 'success' | 'stale' | 'failed' | 'failed_pending';

/** The status of the latest pact with the latest result; either may be missing. */
export function verificationStatus(
  latest: Publication | undefined,
  result: VerificationResult | undefined,
): VerificationStatus {
  if (!latest || !result) return 'never';
  if (!result.success) return result.pending ? 'failed_pending' : 'failed';
  return result.sha === latest.sha ? 'success' : 'stale';
}

/** The newest result for any content of the pair. @throws NotLoaded */
export function findLatestResult(
  now: Snapshot,
  { consumer, provider }: Pair,
): VerificationResult | undefined {
  const last = now.integration(consumer, provider)?.lastResult;
  if (!last) return undefined;
  return now
    .resultsBy(consumer, provider, last.sha, last.providerVersion)
    .find((result) => result.number === last.number);
}

/** The newest result for the content of a pact. @throws NotLoaded */
export function findLatestResultFor(now: Snapshot, pact: PublishedPact): VerificationResult | undefined {
  return now.results(pact.consumer, pact.provider, pact.publication.sha).at(-1);
}

/** The newest result for any content of the versions with a consumer tag. @throws NotLoaded */
export function findLatestResultForTag(
  now: Snapshot,
  pair: Pair,
  tag: string,
): VerificationResult | undefined {
  return newestResultFor(now, pair, pactsWithTag(now, pair, tag));
}

/** The newest result for any content of the versions without a tag. @throws NotLoaded */
export function findLatestUntaggedResult(now: Snapshot, pair: Pair): VerificationResult | undefined {
  const untagged = pactsOfPair(now, pair).filter(({ consumerVersion }) => consumerVersion.tags.length === 0);
  return newestResultFor(now, pair, untagged);
}

/** The newest result for any content of the versions that are on a branch. @throws NotLoaded */
export function findLatestResultOnBranches(now: Snapshot, pair: Pair): VerificationResult | undefined {
  const branched = pactsOfPair(now, pair).filter(
    ({ consumerVersion }) => consumerVersion.branches.length > 0,
  );
  return newestResultFor(now, pair, branched);
}

function newestResultFor(
  now: Snapshot,
  { consumer, provider }: Pair,
  pacts: readonly PublishedPact[],
): VerificationResult | undefined {
  const shas = new Set(pacts.map(({ publication }) => publication.sha));
  return gather(shas, (sha) => now.results(consumer, provider, sha).at(-1)).reduce(newer, undefined);
}

/** The newest result for any content of the versions with a consumer tag, by provider versions with a tag. @throws NotLoaded */
export function findLatestResultBetweenTags(
  now: Snapshot,
  pair: Pair,
  consumerTag: string,
  providerTag: string,
): VerificationResult | undefined {
  const { consumer, provider } = pair;
  const shas = new Set(pactsWithTag(now, pair, consumerTag).map(({ publication }) => publication.sha));
  const results = gather(shas, (sha) => now.results(consumer, provider, sha)).flat();
  return gather(results, (result) => {
    const version = now.version(provider, result.providerVersion);
    return version && isTagged(version, providerTag) ? result : undefined;
  }).reduce(newer, undefined);
}

/** The pacts of a consumer version, each with the newest result for its content. @throws NotLoaded */
export function latestResultsOfVersion(
  now: Snapshot,
  version: Version,
): readonly { readonly pact: PublishedPact; readonly result: VerificationResult | undefined }[] {
  return gather(currentPublications(version), (publication) => {
    const pact = pactOf(version, publication);
    return { pact, result: findLatestResultFor(now, pact) };
  });
}

function newer(
  a: VerificationResult | undefined,
  b: VerificationResult | undefined,
): VerificationResult | undefined {
  if (!a || !b) return a ?? b;
  return b.number > a.number ? b : a;
}
