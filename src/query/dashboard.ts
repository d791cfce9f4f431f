import { byCodePoint } from '../domain/names.ts';
import type { VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findBranch, findHead, findLatestTagged } from './asked.ts';
import {
  findLatestPact,
  findLatestPactOnBranch,
  findLatestTaggedPact,
  findPactOfVersion,
  type Pair,
} from './latest-pacts.ts';
import { findPact, type PublishedPact } from './publications.ts';
import {
  findLatestResult,
  findLatestResultFor,
  findLatestResultForTag,
  findLatestResultOnBranches,
  type VerificationStatus,
  verificationStatus,
} from './verification-status.ts';

/**
 * By what the rows of a dashboard are chosen (ui.md §3.1); `all` is every row there is, `latest` one for each pair, `api`
 * what the Pact Broker's `/dashboard` tells: the newest pact, those of tags and those live somewhere, each with the
 * result for its very content.
 */
export type DashboardView = 'latest' | 'branch' | 'tag' | 'environment' | 'all' | 'api';

/** A consumer version that matters, its pact, and how it stands. */
export interface DashboardRow {
  readonly pact: PublishedPact;
  /** Whether it is the newest pact of its pair. */
  readonly isLatest: boolean;
  readonly consumer: VersionStanding;
  /** The result shown, for this content or the newest of its kind. */
  readonly result?: VerificationResult;
  /** The version that gave the result. */
  readonly provider?: VersionStanding;
  readonly status: VerificationStatus;
}

/** A version with the names it is the newest of. */
export interface VersionStanding {
  readonly version: Version;
  readonly headBranches: readonly string[];
  readonly latestTags: readonly string[];
}

/**
 * The pacts that matter of the pairs: the newest, the newest of each branch and tag, those live in an environment (api.md
 * §8). By consumer and provider name in any case, the newest version first.
 * @throws NotLoaded
 */
export function dashboard(
  now: Snapshot,
  view: DashboardView,
  pairs: readonly Pair[],
): readonly DashboardRow[] {
  const live = ['environment', 'all', 'api'].includes(view)
    ? liveVersions(now)
    : new Map<string, Set<string>>();
  return gather(pairs, (pair) => rowsOfPair(now, view, pair, live))
    .flat()
    .sort(
      (a, b) =>
        byCodePoint(a.pact.consumer.toLowerCase(), b.pact.consumer.toLowerCase()) ||
        byCodePoint(a.pact.provider.toLowerCase(), b.pact.provider.toLowerCase()) ||
        b.pact.consumerVersion.order - a.pact.consumerVersion.order,
    );
}

/** The pairs there are, for a dashboard of everything. @throws NotLoaded */
export function allPairs(now: Snapshot): readonly Pair[] {
  return gather(now.providerNames(), (provider) =>
    now.consumersOf(provider).map((consumer) => ({ consumer, provider })),
  ).flat();
}

type LiveVersions = ReadonlyMap<string, ReadonlySet<string>>;

function liveVersions(now: Snapshot): LiveVersions {
  const live = new Map<string, Set<string>>();
  for (const { pacticipant, version } of gather(now.environments(), ({ name }) =>
    now.presences(name),
  ).flat()) {
    const numbers = live.get(pacticipant) ?? new Set();
    live.set(pacticipant, numbers.add(version));
  }
  return live;
}

function rowsOfPair(
  now: Snapshot,
  view: DashboardView,
  pair: Pair,
  live: LiveVersions,
): readonly DashboardRow[] {
  const latest = findLatestPact(now, pair);
  if (!latest) return [];
  const shows = (other: DashboardView) => view === other || view === 'all';
  const { consumer } = pair;
  const found = gather(
    [
      () => (['latest', 'all', 'api'].includes(view) ? [latest] : []),
      () =>
        shows('branch') ? gather(now.branches(consumer), ({ name }) => newestOnBranch(now, pair, name)) : [],
      () =>
        shows('tag') || view === 'api'
          ? gather(now.tags(consumer), ({ name }) => findLatestTaggedPact(now, pair, name))
          : [],
      () => gather(live.get(consumer) ?? [], (number) => findPactOfVersion(now, pair, number)),
    ],
    (choose) => choose(),
  )
    .flat()
    .filter((pact) => pact !== undefined);
  const byVersion = new Map(found.map((pact) => [pact.consumerVersion.number, pact]));
  return gather(byVersion.values(), (pact) => rowFor(now, view, pact, latest));
}

/** The head's pact, or that of the newest version on the branch when the head has none. */
function newestOnBranch(now: Snapshot, pair: Pair, branch: string): PublishedPact | undefined {
  return (
    findPact(findHead(now, pair.consumer, branch), pair.provider) ?? findLatestPactOnBranch(now, pair, branch)
  );
}

function rowFor(
  now: Snapshot,
  view: DashboardView,
  pact: PublishedPact,
  latest: PublishedPact,
): DashboardRow {
  const consumer = standingOf(now, pact.consumerVersion);
  const result = resultFor(now, view, pact, consumer);
  const providerVersion = result && now.version(pact.provider, result.providerVersion);
  return {
    pact,
    isLatest: latest.consumerVersion.number === pact.consumerVersion.number,
    consumer,
    ...(result ? { result } : {}),
    ...(providerVersion ? { provider: standingOf(now, providerVersion) } : {}),
    status: verificationStatus(pact.publication, result),
  };
}

/**
 * Which result a row shows (ui.md §2.2, §3.2): for the head of a branch that of the content, else the newest of any branch;
 * by tag the newest of the tag.
 */
function resultFor(
  now: Snapshot,
  view: DashboardView,
  pact: PublishedPact,
  { headBranches, latestTags: [tag] }: VersionStanding,
): VerificationResult | undefined {
  if (view === 'api') return findLatestResultFor(now, pact);
  if (view === 'branch' || (view === 'all' && headBranches.length > 0)) {
    return findLatestResultFor(now, pact) ?? findLatestResultOnBranches(now, pact);
  }
  return view === 'tag' && tag !== undefined
    ? findLatestResultForTag(now, pact, tag)
    : findLatestResult(now, pact);
}

/** The branches a version is the head of, the oldest branch first, and the tags it is the newest of. @throws NotLoaded */
export function standingOf(now: Snapshot, version: Version): VersionStanding {
  const isThis = (other: Version | undefined) => other?.number === version.number;
  const names = (list: readonly { readonly name: string }[], find: (name: string) => Version | undefined) =>
    gather(list, ({ name }) => (isThis(find(name)) ? [name] : [])).flat();
  const madeAt = (name: string) => findBranch(now, version.pacticipant, name)?.createdAt ?? '';
  return {
    version,
    headBranches: names(version.branches, (name) => findHead(now, version.pacticipant, name)).sort((a, b) =>
      byCodePoint(madeAt(a), madeAt(b)),
    ),
    latestTags: names(version.tags, (name) => findLatestTagged(now, version.pacticipant, name)),
  };
}
