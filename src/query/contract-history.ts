import { groupBy } from '../domain/grouping.ts';
import { parseJson } from '../domain/json.ts';
import {
  byCodePoint,
  type EnvironmentName,
  type Instant,
  type PactSha,
  type VersionNumber,
} from '../domain/names.ts';
import type { Presence, VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { both } from './both.ts';
import { diffPacts, type PactDiff } from './diff.ts';
import { type Pair, pactsOfPair } from './latest-pacts.ts';
import type { PublishedPact } from './publications.ts';

/** A result, and the provider version that gave it. */
export interface Verification {
  readonly result: VerificationResult;
  readonly providerVersion?: Version;
}

/** That a version with a content is or was in an environment. */
export interface Stay {
  readonly environment: EnvironmentName;
  readonly kind: Presence['kind'];
  readonly version: VersionNumber;
  /** The application instance; absent for the only one. */
  readonly target?: string;
  readonly from: Instant;
  /** Absent while it is there. */
  readonly until?: Instant;
}

/** What became of one content of a contract. */
export interface Chapter {
  readonly sha: PactSha;
  /** Every pact that has the content, by rising order of the consumer versions; at least one. */
  readonly pacts: readonly PublishedPact[];
  /** The pact before: of the same branch, else of the main branch, else of any. */
  readonly before?: PublishedPact;
  /** What changed since the pact before. */
  readonly diff?: PactDiff;
  /** The newest result of each provider version, by rising number. */
  readonly verifications: readonly Verification[];
  /** In order of arrival. */
  readonly stays: readonly Stay[];
}

/** The history of a contract, or its newest part. */
export interface ContractHistory extends Pair {
  /** How many distinct contents there are in all. */
  readonly contents: number;
  /** The newest first, by the version that brought it. */
  readonly chapters: readonly Chapter[];
}

/** Which part of a history is wanted. */
export interface HistoryPart {
  /** Only contents that were published for the first time at or after this moment. */
  readonly since?: Instant;
  /** How many contents at the most, the newest. */
  readonly limit?: number;
}

/** What became of each distinct content of a pair. Looks at all versions of the consumer. @throws NotLoaded */
export function contractHistory(
  now: Snapshot,
  pair: Pair,
  { since, limit = Number.POSITIVE_INFINITY }: HistoryPart = {},
): ContractHistory {
  const pacts = pactsOfPair(now, pair);
  const byContent = groupBy(pacts, ({ publication }) => publication.sha);
  const wanted = [...byContent.values()]
    .toReversed()
    .filter(([first]) => since === undefined || (first && first.publication.createdAt >= since))
    .slice(0, limit);
  const chapters = gather(wanted, (same) => chapterOf(now, pair, pacts, same)).flat();
  return { ...pair, contents: byContent.size, chapters };
}

/** What became of the content that `same` of all `pacts` have. */
function chapterOf(
  now: Snapshot,
  pair: Pair,
  pacts: readonly PublishedPact[],
  same: readonly PublishedPact[],
): readonly Chapter[] {
  const [first] = same;
  if (!first) return [];
  const { sha } = first.publication;
  const before = pactBefore(now, pacts, first);
  const [diff, [verifications, stays]] = both(
    () => before && diffBetween(now, before, first),
    () =>
      both(
        () => verificationsOf(now, pair, sha),
        () => staysOf(now, same),
      ),
  );
  return [
    { sha, pacts: same, ...(before ? { before } : {}), ...(diff ? { diff } : {}), verifications, stays },
  ];
}

function pactBefore(
  now: Snapshot,
  pacts: readonly PublishedPact[],
  first: PublishedPact,
): PublishedPact | undefined {
  const earlier = pacts.slice(0, pacts.indexOf(first));
  const on = (branches: readonly string[]) =>
    earlier.findLast(({ consumerVersion }) =>
      consumerVersion.branches.some(({ name }) => branches.includes(name)),
    );
  const mainBranch = now.pacticipant(first.consumer)?.mainBranch;
  return (
    on(first.consumerVersion.branches.map(({ name }) => name)) ??
    on(mainBranch === undefined ? [] : [mainBranch]) ??
    earlier.at(-1)
  );
}

function diffBetween(now: Snapshot, before: PublishedPact, after: PublishedPact): PactDiff {
  const textOf = ({ consumer, provider, publication }: PublishedPact) =>
    now.content(consumer, provider, publication.sha) ?? 'null';
  const [was, is] = both(
    () => textOf(before),
    () => textOf(after),
  );
  return diffPacts(parseJson(was), parseJson(is));
}

function verificationsOf(now: Snapshot, { consumer, provider }: Pair, sha: PactSha): readonly Verification[] {
  const newest = new Map<VersionNumber, VerificationResult>();
  for (const result of now.results(consumer, provider, sha)) newest.set(result.providerVersion, result);
  return gather(newest.values(), (result) => {
    const providerVersion = now.version(provider, result.providerVersion);
    return { result, ...(providerVersion ? { providerVersion } : {}) };
  }).sort((a, b) => a.result.number - b.result.number);
}

function staysOf(now: Snapshot, pacts: readonly PublishedPact[]): readonly Stay[] {
  const names = new Map(now.environments().map(({ uuid, name }) => [uuid, name]));
  return pacts
    .flatMap(({ consumerVersion: { number, deployments, releases } }) => [
      ...deployments.map((one) => ({ ...one, kind: 'deployed' as const, number, end: one.undeployedAt })),
      ...releases.map((one) => ({
        ...one,
        kind: 'released' as const,
        number,
        end: one.supportEndedAt,
        target: undefined,
      })),
    ])
    .flatMap(({ environment: uuid, kind, number, target, createdAt, end }): readonly Stay[] => {
      const environment = names.get(uuid);
      if (environment === undefined) return [];
      return [
        {
          environment,
          kind,
          version: number,
          ...(target === undefined ? {} : { target }),
          from: createdAt,
          ...(end === undefined ? {} : { until: end }),
        },
      ];
    })
    .sort((a, b) => byCodePoint(a.from, b.from));
}
