import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import type { Pair } from './latest-pacts.ts';

/** Part of a network, and how much a limit left out of it. */
interface Neighbourhood {
  readonly names: ReadonlySet<PacticipantName>;
  readonly pairs: readonly Pair[];
  readonly leftOut: { readonly pacticipants: number; readonly integrations: number };
}

/**
 * What lies at most `depth` steps from one of `starts` (everything, when there are none), along pairs in either
 * direction; of that the `most` pacticipants that are nearest and, as near, have the most pairs.
 */
export function neighbourhood(
  all: readonly PacticipantName[],
  pairs: readonly Pair[],
  starts: readonly PacticipantName[] | undefined,
  { depth = Number.POSITIVE_INFINITY, most = Number.POSITIVE_INFINITY },
): Neighbourhood {
  const distances = starts ? distancesFrom(starts, pairs, depth) : new Map(all.map((name) => [name, 0]));
  const distanceOf = (name: PacticipantName) => distances.get(name) ?? Number.POSITIVE_INFINITY;
  const reached = pairs.filter(
    ({ consumer, provider }) =>
      Math.min(distanceOf(consumer), distanceOf(provider)) < (starts ? depth : Number.POSITIVE_INFINITY),
  );
  const degrees = degreesIn(reached);
  const names = [...distances.keys()].sort(
    (a, b) =>
      distanceOf(a) - distanceOf(b) || (degrees.get(b) ?? 0) - (degrees.get(a) ?? 0) || byCodePoint(a, b),
  );
  const kept = new Set(names.slice(0, most));
  const among = reached.filter(({ consumer, provider }) => kept.has(consumer) && kept.has(provider));
  return {
    names: kept,
    pairs: among,
    leftOut: {
      pacticipants: names.length - kept.size,
      integrations: reached.length - among.length,
    },
  };
}

function distancesFrom(
  starts: readonly PacticipantName[],
  pairs: readonly Pair[],
  depth: number,
): ReadonlyMap<PacticipantName, number> {
  const neighbours = new Map<PacticipantName, PacticipantName[]>();
  const connect = (from: PacticipantName, to: PacticipantName) => {
    const known = neighbours.get(from);
    if (known) known.push(to);
    else neighbours.set(from, [to]);
  };
  for (const { consumer, provider } of pairs) {
    connect(consumer, provider);
    connect(provider, consumer);
  }
  const distances = new Map(starts.map((name) => [name, 0]));
  let wave: readonly PacticipantName[] = starts;
  for (let distance = 1; distance <= depth && wave.length > 0; distance += 1) {
    const next = new Set(wave.flatMap((name) => neighbours.get(name) ?? []));
    wave = [...next].filter((name) => !distances.has(name));
    for (const name of wave) distances.set(name, distance);
  }
  return distances;
}

function degreesIn(pairs: readonly Pair[]): ReadonlyMap<PacticipantName, number> {
  const degrees = new Map<PacticipantName, number>();
  for (const { consumer, provider } of pairs) {
    for (const name of new Set([consumer, provider])) degrees.set(name, (degrees.get(name) ?? 0) + 1);
  }
  return degrees;
}
