import { byCodePoint, type PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { asPacticipantName } from '../asked.ts';
import { both } from '../both.ts';
import { isVersion, type ResolvedSelector } from './selectors.ts';

/** A pair that a question is about; `required` when its answer needs a result (matrix.md §4.4). */
export interface ConcernedPair {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly required: boolean;
}

/**
 * The pairs the specified selectors are part of, by consumer and provider name. A consumer needs its providers; a
 * provider never needs its consumers. `withNeighbours` looks beyond the specified pacticipants, one step.
 * @throws NotLoaded
 */
export function concernedPairs(
  now: Snapshot,
  specified: readonly ResolvedSelector[],
  withNeighbours: boolean,
): readonly ConcernedPair[] {
  const names = new Set(specified.map((selector) => selector.asked.pacticipant));
  const pairs = new Map<string, ConcernedPair>();
  const [consumed, provided] = both(
    () => gather(specified, (selector) => providersOf(now, selector)).flat(),
    () => (withNeighbours ? gather(names, (name) => consumersOf(now, name)).flat() : []),
  );
  for (const { consumer, provider } of consumed) {
    if (withNeighbours || names.has(provider)) {
      pairs.set(`${consumer}\n${provider}`, { consumer, provider, required: true });
    }
  }
  for (const { consumer, provider } of provided) {
    const key = `${consumer}\n${provider}`;
    if (!pairs.has(key)) pairs.set(key, { consumer, provider, required: false });
  }
  return [...pairs.values()].sort(
    (a, b) => byCodePoint(a.consumer, b.consumer) || byCodePoint(a.provider, b.provider),
  );
}

interface Pair {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
}

function providersOf(now: Snapshot, { asked, found }: ResolvedSelector): readonly Pair[] {
  const consumer = found === 'any' || isVersion(found) ? asPacticipantName(asked.pacticipant) : undefined;
  if (consumer === undefined) return [];
  const providers = new Set<PacticipantName>();
  for (const { pacts } of isVersion(found) ? [found] : now.versions(consumer)) {
    for (const { provider } of pacts) providers.add(provider);
  }
  return [...providers].map((provider) => ({ consumer, provider }));
}

function consumersOf(now: Snapshot, name: string): readonly Pair[] {
  const provider = asPacticipantName(name);
  return provider === undefined ? [] : now.consumersOf(provider).map((consumer) => ({ consumer, provider }));
}
