import type { VersionNumber } from '../domain/names.ts';
import type { Environment, Presence, VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findHead } from './asked.ts';
import { both } from './both.ts';
import { standingOf, type VersionStanding } from './dashboard.ts';
import { type Pair, pactsOfPair } from './latest-pacts.ts';
import type { PublishedPact } from './publications.ts';

/** An environment that a version is in, and how it came there. */
export interface Place {
  readonly environment: Environment;
  readonly kind: Presence['kind'];
}

/** A version with everything that marks it, as on an axis of the grid. */
export interface GridVersion extends VersionStanding {
  /** The environments it is in now, in code point order of their names; each once for each kind. */
  readonly places: readonly Place[];
}

/** A consumer version, and what each provider version said of its pact. */
export interface GridRow extends GridVersion {
  readonly pact: PublishedPact;
  /** Whether the row above has the same content, so that all results are the same. */
  readonly isSameAsAbove: boolean;
  /** The newest result of each column's version, in the order of the columns; undefined where there is none. */
  readonly results: readonly (VerificationResult | undefined)[];
}

/** Consumer versions × provider versions of a pair, newest first on both axes. */
export interface MatrixGrid extends Pair {
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridVersion[];
  /** How many versions with a pact, and how many with a result, are not shown. */
  readonly leftOut: { readonly consumers: number; readonly providers: number };
}

/**
 * Which versions of a pair work together. Shows the newest `most` versions of each side that have a pact or a result, and
 * beside them every one that is in an environment or the head of the main branch. @throws NotLoaded
 */
export function matrixGrid(now: Snapshot, pair: Pair, most = 30): MatrixGrid {
  const [pacts, contents] = both(
    () => pactsOfPair(now, pair),
    () => resultsByContent(now, pair),
  );
  const [shownPacts, providers] = both(
    () => pactsThatMatter(now, pair, pacts, most),
    () => providersThatMatter(now, pair, contents, most),
  );
  const [rows, columns] = both(
    () => gather(shownPacts, (pact) => ({ pact, axis: standingVersion(now, pact.consumerVersion) })),
    () => gather(providers.shown, (version) => standingVersion(now, version)),
  );
  return {
    ...pair,
    rows: rows.map(({ pact, axis }, index) => ({
      ...axis,
      pact,
      isSameAsAbove: rows[index - 1]?.pact.publication.sha === pact.publication.sha,
      results: columns.map(({ version }) => contents.get(pact.publication.sha)?.get(version.number)),
    })),
    columns,
    leftOut: { consumers: pacts.length - shownPacts.length, providers: providers.leftOut },
  };
}

/** Of each content, the newest result of each provider version. */
type ResultsByContent = ReadonlyMap<string, ReadonlyMap<VersionNumber, VerificationResult>>;

function resultsByContent(now: Snapshot, { consumer, provider }: Pair): ResultsByContent {
  return new Map(
    gather(now.contentShas(consumer, provider), (sha) => {
      const results = now.results(consumer, provider, sha);
      return [sha, new Map(results.map((result) => [result.providerVersion, result]))] as const;
    }),
  );
}

function pactsThatMatter(
  now: Snapshot,
  { consumer }: Pair,
  pacts: readonly PublishedPact[],
  most: number,
): readonly PublishedPact[] {
  const marked = markedVersions(now, consumer);
  const newest = new Set(pacts.slice(-most));
  return pacts.filter((pact) => newest.has(pact) || marked.has(pact.consumerVersion.number)).toReversed();
}

interface Providers {
  readonly shown: readonly Version[];
  readonly leftOut: number;
}

/** The provider versions of the newest results, and those that are marked and have one. */
function providersThatMatter(
  now: Snapshot,
  { provider }: Pair,
  contents: ResultsByContent,
  most: number,
): Providers {
  const newest = new Map<VersionNumber, number>();
  for (const results of contents.values()) {
    for (const [version, { number }] of results) {
      newest.set(version, Math.max(number, newest.get(version) ?? 0));
    }
  }
  const marked = markedVersions(now, provider);
  const byNewestResult = [...newest].sort(([, a], [, b]) => b - a).map(([number]) => number);
  const wanted = new Set([...byNewestResult.slice(0, most), ...marked]);
  const shown = gather(wanted, (number) => now.version(provider, number))
    .filter((version) => version !== undefined)
    .sort((a, b) => b.order - a.order);
  return { shown, leftOut: [...newest.keys()].filter((number) => !wanted.has(number)).length };
}

/** The versions that are in an environment, and the head of the main branch. */
function markedVersions(now: Snapshot, pacticipant: Version['pacticipant']): ReadonlySet<VersionNumber> {
  const [live, head] = both(
    () => gather(now.environments(), ({ name }) => now.presences(name)).flat(),
    () => findHead(now, pacticipant, now.pacticipant(pacticipant)?.mainBranch ?? ''),
  );
  return new Set([
    ...live.filter((presence) => presence.pacticipant === pacticipant).map(({ version }) => version),
    ...(head ? [head.number] : []),
  ]);
}

/** A version with the names it is the newest of and the environments it is in. @throws NotLoaded */
export function standingVersion(now: Snapshot, version: Version): GridVersion {
  const [standing, places] = both(
    () => standingOf(now, version),
    () => placesOf(now, version),
  );
  return { ...standing, places };
}

function placesOf(now: Snapshot, { pacticipant, number }: Version): readonly Place[] {
  return gather(now.environments(), (environment) => {
    const here = now
      .presences(environment.name)
      .filter((presence) => presence.pacticipant === pacticipant && presence.version === number);
    return [...new Set(here.map(({ kind }) => kind))].map((kind) => ({ environment, kind }));
  }).flat();
}
