import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import type { Environment, VerificationResult } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { both } from './both.ts';
import { allPairs, standingOf, type VersionStanding } from './dashboard.ts';
import { byNames, findLatestPact, type Pair } from './latest-pacts.ts';
import { type NetworkEdge, network } from './network.ts';
import type { PublishedPact } from './publications.ts';
import { findLatestResult, findLatestResultFor, type VerificationStatus } from './verification-status.ts';

/** How the pact that is live in an environment stands there. */
export interface LiveStanding {
  readonly environment: Environment;
  readonly edge: NetworkEdge;
}

/** An integration, and how its newest contract stands. */
export interface IntegrationRow extends Pair {
  readonly labels: { readonly consumer: readonly string[]; readonly provider: readonly string[] };
  /** Its newest pact. */
  readonly pact: PublishedPact;
  /** What the consumer version of that pact is known by. */
  readonly standing: VersionStanding;
  readonly status: VerificationStatus;
  /** The newest result for that very content, else for any content of the pair. */
  readonly result?: VerificationResult;
}

/** One integration at a glance. */
export interface OverviewRow extends IntegrationRow {
  /** Where it is live, production last. */
  readonly live: readonly LiveStanding[];
}

/** Every integration that has a pact, and what it can be chosen by. */
export interface Overview {
  /** By consumer, then provider, whatever the case of their names. */
  readonly rows: readonly OverviewRow[];
  readonly labels: readonly string[];
  readonly environments: readonly Environment[];
  readonly pacticipants: number;
  /** Those that have no contract with anybody. */
  readonly alone: readonly PacticipantName[];
}

/** Every integration at a glance. @throws NotLoaded */
export function overview(now: Snapshot): Overview {
  const environments = productionLast(now.environments());
  const [found, networks] = both(
    () => gather(allPairs(now), (pair) => integrationRow(now, pair)).filter((row) => row !== undefined),
    () => gather(environments, ({ name }) => network(now, { environment: name })),
  );
  const live = new Map<string, LiveStanding[]>();
  environments.forEach((environment, index) => {
    for (const edge of networks[index]?.edges ?? []) {
      const standings = live.get(keyOf(edge)) ?? [];
      standings.push({ environment, edge });
      live.set(keyOf(edge), standings);
    }
  });
  const names = now.pacticipantNames();
  const integrated = new Set(found.flatMap(({ consumer, provider }) => [consumer, provider]));
  return {
    rows: found.map((row) => ({ ...row, live: live.get(keyOf(row)) ?? [] })).sort(byNames),
    labels: [...new Set(found.flatMap(({ labels }) => [...labels.consumer, ...labels.provider]))].sort(
      byCodePoint,
    ),
    environments,
    pacticipants: names.length,
    alone: names.filter((name) => !integrated.has(name)),
  };
}

/** Environments in the order in which versions go through them, as far as that is known. */
export function productionLast(environments: readonly Environment[]): readonly Environment[] {
  return [...environments].sort(
    (a, b) => Number(a.production) - Number(b.production) || byCodePoint(a.name, b.name),
  );
}

/** How the newest pact stands: with its own newest result; with none, there may be one for what it was before. @throws NotLoaded */
export function standingOfPact(
  now: Snapshot,
  pact: PublishedPact,
): { readonly status: VerificationStatus; readonly result?: VerificationResult } {
  const last = findLatestResult(now, pact);
  const own = last?.sha === pact.publication.sha ? last : findLatestResultFor(now, pact);
  if (own) {
    const status = own.success ? 'success' : own.pending ? 'failed_pending' : 'failed';
    return { status, result: own };
  }
  return last ? { status: 'stale', result: last } : { status: 'never' };
}

/** How a pair stands; undefined when it has no pact any more. @throws NotLoaded */
export function integrationRow(now: Snapshot, pair: Pair): IntegrationRow | undefined {
  const pact = findLatestPact(now, pair);
  if (!pact) return undefined;
  const [[consumer, provider], [standing, stands]] = both(
    () =>
      both(
        () => labelsOf(now, pair.consumer),
        () => labelsOf(now, pair.provider),
      ),
    () =>
      both(
        () => standingOf(now, pact.consumerVersion),
        () => standingOfPact(now, pact),
      ),
  );
  return { ...pair, labels: { consumer, provider }, pact, standing, ...stands };
}

function labelsOf(now: Snapshot, name: Pair['consumer']): readonly string[] {
  return now.pacticipant(name)?.labels.map((label) => label.name) ?? [];
}

function keyOf({ consumer, provider }: Pair): string {
  return `${consumer}\n${provider}`;
}
