import { groupBy } from '../domain/grouping.ts';
import type { BranchName, PactSha, VersionNumber } from '../domain/names.ts';
import type { Environment } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { both } from './both.ts';
import { type Pair, pactsOfPair } from './latest-pacts.ts';
import type { PublishedPact } from './publications.ts';

/** A distinct content of a pair, and when it was in use. */
export interface TimelineContent {
  readonly sha: PactSha;
  /** The pact that brought it, and the newest that has it. */
  readonly first: PublishedPact;
  readonly last: PublishedPact;
  /** How many consumer versions have it. */
  readonly versions: number;
  /** The branches whose head has it, in code point order. */
  readonly heads: readonly BranchName[];
  /** The environments a version with it is in, in code point order. */
  readonly environments: readonly Environment[];
  /** How many provider versions say, in their newest result for it, that they honour it, and how many that they do not. */
  readonly passed: number;
  readonly failed: number;
}

/** What is to be known of each distinct content of a pair, in the order in which they first came. @throws NotLoaded */
export function contentTimeline(now: Snapshot, pair: Pair): readonly TimelineContent[] {
  const [pacts, [branches, live]] = both(
    () => pactsOfPair(now, pair),
    () =>
      both(
        () => now.branches(pair.consumer),
        () => liveVersions(now, pair),
      ),
  );
  return gather(groupBy(pacts, ({ publication }) => publication.sha).values(), (same) => {
    const [first, last] = [same[0], same.at(-1)];
    if (!first || !last) return [];
    const { sha } = first.publication;
    const numbers = new Set(same.map(({ consumerVersion }) => consumerVersion.number));
    const verdicts = verdictsOf(now, pair, sha);
    return {
      sha,
      first,
      last,
      versions: same.length,
      heads: branches.filter(({ head }) => head !== undefined && numbers.has(head)).map(({ name }) => name),
      environments: [
        ...new Set(live.filter(({ version }) => numbers.has(version)).map((one) => one.environment)),
      ],
      passed: verdicts.filter((success) => success).length,
      failed: verdicts.filter((success) => !success).length,
    };
  }).flat();
}

/** The distinct contents of a pair, in the order in which they first came. @throws NotLoaded */
export function contentShasByAge(now: Snapshot, pair: Pair): readonly PactSha[] {
  return [...new Set(pactsOfPair(now, pair).map(({ publication }) => publication.sha))];
}

interface LiveVersion {
  readonly environment: Environment;
  readonly version: VersionNumber;
}

/** The consumer's versions in each environment, each version once. */
function liveVersions(now: Snapshot, { consumer }: Pair): readonly LiveVersion[] {
  return gather(now.environments(), (environment) => {
    const here = now.presences(environment.name).filter(({ pacticipant }) => pacticipant === consumer);
    return [...new Set(here.map(({ version }) => version))].map((version) => ({ environment, version }));
  }).flat();
}

function verdictsOf(now: Snapshot, { consumer, provider }: Pair, sha: PactSha): readonly boolean[] {
  const newest = new Map<VersionNumber, boolean>();
  for (const { providerVersion, success } of now.results(consumer, provider, sha)) {
    newest.set(providerVersion, success);
  }
  return [...newest.values()];
}
