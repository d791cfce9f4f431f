import { byCodePoint, type PacticipantName, type VersionNumber } from '../domain/names.ts';
import type { VerificationResult } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { currentPublications } from '../domain/version.ts';
import { findBranch, findPresences } from './asked.ts';
import { both } from './both.ts';
import { integrations } from './integrations.ts';
import {
  findHeadPact,
  findLatestPact,
  findLatestPactOnBranch,
  findMainHeadPact,
  findPactOfVersion,
  type Pair,
} from './latest-pacts.ts';
import { neighbourhood } from './neighbourhood.ts';
import type { PublishedPact } from './publications.ts';
import { findLatestResult, findLatestResultFor } from './verification-status.ts';

/**
 * How a pact stands with its provider: the newest result for its content passed or failed, nobody ever verified any content
 * of the pair, or there are results, but none for what is looked at: the contract or the provider has `changed` since.
 */
export type NetworkState = 'verified' | 'failed' | 'unverified' | 'changed';

/** The states, the worst first. */
export const networkStates: readonly NetworkState[] = ['failed', 'unverified', 'changed', 'verified'];

/** Which part of the network to look at. Names are as asked: they may name nothing. */
export interface NetworkQuestion {
  /** Only what is deployed or released there, version by version; else the main branches, or the newest pacts. */
  readonly environment?: string;
  /** Only the newest pacts of versions on this branch of the consumer; without an environment. */
  readonly branch?: string;
  /** Only these and their neighbours. */
  readonly pacticipants?: readonly string[];
  /** Only what has this label, and its neighbours. */
  readonly label?: string;
  /** How many steps away neighbours may be; everything that is connected when absent. */
  readonly depth?: number;
  /** How many pacticipants at the most: the nearest, of these the ones with the most integrations. */
  readonly most?: number;
}

/** A pacticipant of the network. */
export interface NetworkNode {
  readonly name: PacticipantName;
  readonly displayName: string;
  readonly labels: readonly string[];
  /** Its versions in the environment that was asked about; empty when something there needs it and it is not there. */
  readonly live?: readonly VersionNumber[];
}

/** A consumer and its provider; of several live versions, what is worst among them. */
export interface NetworkEdge extends Pair {
  readonly state: NetworkState;
  /** The pact that the state speaks of. */
  readonly pact: PublishedPact;
  /** The provider version that it speaks of: which gave the result, or is live. */
  readonly providerVersion?: VersionNumber;
  readonly result?: VerificationResult;
}

/** Who consumes what of whom, and how it stands. */
export interface Network {
  /** By name in code point order. */
  readonly nodes: readonly NetworkNode[];
  /** By consumer, then provider, in code point order. */
  readonly edges: readonly NetworkEdge[];
  /** What the limit left out. */
  readonly leftOut: { readonly pacticipants: number; readonly integrations: number };
}

/**
 * The network of integrations, or the part of it that was asked about. Without an environment, the pact of an integration
 * is that of the head of its consumer's main branch, else the newest there is. @throws NotLoaded
 */
export function network(now: Snapshot, question: NetworkQuestion = {}): Network {
  const live = question.environment === undefined ? undefined : liveVersions(now, question.environment);
  const { branch } = question;
  const [known, pairs] = both(
    () => (live ? [...live.keys()] : branch === undefined ? now.pacticipantNames() : []),
    () => (live ? livePairs(now, live) : pairsWithPacts(now, branch)),
  );
  const names = new Set([...known, ...pairs.flatMap(({ consumer, provider }) => [consumer, provider])]);
  const starts = startsOf(now, [...names], question);
  const part = neighbourhood([...names], pairs, starts, question);
  const [nodes, edges] = both(
    () => gather([...part.names].sort(byCodePoint), (name) => nodeFor(now, name, live)),
    () => gather([...part.pairs].sort(byPair), (pair) => edgeOf(now, pair, live, branch)),
  );
  return { nodes, edges: edges.filter((edge) => edge !== undefined), leftOut: part.leftOut };
}

type LiveVersions = ReadonlyMap<PacticipantName, ReadonlySet<VersionNumber>>;

function liveVersions(now: Snapshot, environment: string): LiveVersions {
  const live = new Map<PacticipantName, Set<VersionNumber>>();
  for (const { pacticipant, version } of findPresences(now, environment)) {
    live.set(pacticipant, (live.get(pacticipant) ?? new Set()).add(version));
  }
  return live;
}

function pairsWithPacts(now: Snapshot, branch: string | undefined): readonly Pair[] {
  const pairs = integrations(now).filter(({ latest }) => latest !== undefined);
  if (branch === undefined) return pairs;
  return gather(pairs, (pair) => (findPactOn(now, pair, branch) ? [pair] : [])).flat();
}

/** Looks at all versions of a consumer only where it has the branch. */
function findPactOn(now: Snapshot, pair: Pair, branch: string): PublishedPact | undefined {
  if (!findBranch(now, pair.consumer, branch)) return undefined;
  return findHeadPact(now, pair, branch) ?? findLatestPactOnBranch(now, pair, branch);
}

function livePairs(now: Snapshot, live: LiveVersions): readonly Pair[] {
  return gather(live, ([consumer, numbers]) => {
    const versions = gather(numbers, (number) => now.version(consumer, number));
    const providers = new Set(
      versions.flatMap((version) =>
        version ? currentPublications(version).map(({ provider }) => provider) : [],
      ),
    );
    return [...providers].map((provider) => ({ consumer, provider }));
  }).flat();
}

/** The pacticipants that a neighbourhood is looked for around; undefined when everything is asked for. */
function startsOf(
  now: Snapshot,
  names: readonly PacticipantName[],
  { pacticipants, label }: NetworkQuestion,
): readonly PacticipantName[] | undefined {
  if (pacticipants === undefined && label === undefined) return undefined;
  const named = names.filter((name) => pacticipants?.includes(name) ?? true);
  if (label === undefined) return named;
  return gather(named, (name) => {
    const labels = now.pacticipant(name)?.labels ?? [];
    return labels.some((one) => one.name === label) ? [name] : [];
  }).flat();
}

function nodeFor(now: Snapshot, name: PacticipantName, live: LiveVersions | undefined): NetworkNode {
  const pacticipant = now.pacticipant(name);
  return {
    name,
    displayName: pacticipant?.displayName ?? name,
    labels: pacticipant?.labels.map((label) => label.name) ?? [],
    ...(live ? { live: [...(live.get(name) ?? [])] } : {}),
  };
}

/** How the pair stands; undefined when it has no pact any more. */
function edgeOf(
  now: Snapshot,
  pair: Pair,
  live: LiveVersions | undefined,
  branch: string | undefined,
): NetworkEdge | undefined {
  const standings = live ? liveStandings(now, pair, live) : newestStanding(now, pair, branch);
  return standings.reduce<NetworkEdge | undefined>(
    (worst, one) =>
      !worst || networkStates.indexOf(one.state) < networkStates.indexOf(worst.state) ? one : worst,
    undefined,
  );
}

function newestStanding(now: Snapshot, pair: Pair, branch: string | undefined): readonly NetworkEdge[] {
  const pact =
    branch === undefined
      ? (findMainHeadPact(now, pair) ?? findLatestPact(now, pair))
      : findPactOn(now, pair, branch);
  if (!pact) return [];
  const last = findLatestResult(now, pair);
  const isOfContent = last?.sha === pact.publication.sha;
  return [standing(pact, isOfContent || !last ? last : findLatestResultFor(now, pact), last !== undefined)];
}

/** How each live version of the consumer stands with each one of the provider. */
function liveStandings(now: Snapshot, pair: Pair, live: LiveVersions): readonly NetworkEdge[] {
  const pacts = gather(live.get(pair.consumer) ?? [], (number) => findPactOfVersion(now, pair, number));
  const providers = [...(live.get(pair.provider) ?? [])];
  const isKnown = now.integration(pair.consumer, pair.provider)?.lastResult !== undefined;
  return gather(pacts, (pact) => {
    if (!pact) return [];
    if (providers.length === 0) return [standing(pact, undefined, false)];
    return gather(providers, (number) => {
      const { consumer, provider, publication } = pact;
      const result = now.resultsBy(consumer, provider, publication.sha, number).at(-1);
      return { ...standing(pact, result, isKnown), providerVersion: number };
    });
  }).flat();
}

function standing(
  pact: PublishedPact,
  result: VerificationResult | undefined,
  wasVerified: boolean,
): NetworkEdge {
  const { consumer, provider } = pact;
  if (!result) return { consumer, provider, pact, state: wasVerified ? 'changed' : 'unverified' };
  const { providerVersion, success } = result;
  return { consumer, provider, pact, providerVersion, result, state: success ? 'verified' : 'failed' };
}

function byPair(a: Pair, b: Pair): number {
  return byCodePoint(a.consumer, b.consumer) || byCodePoint(a.provider, b.provider);
}
