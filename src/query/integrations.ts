import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import type { Integration } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';

/**
 * Every pair that has or had a pact, the one with the newest pact or result first (api.md §9), of several in one
 * publication the oldest. `search` keeps those with
 * this text in the name of either side, in any case.
 * @throws NotLoaded
 */
export function integrations(now: Snapshot, search = ''): readonly Integration[] {
  const wanted = search.toLowerCase();
  const isWanted = (...names: readonly PacticipantName[]) =>
    names.some((name) => name.toLowerCase().includes(wanted));
  const found = gather(now.providerNames(), (provider) =>
    gather(
      now.consumersOf(provider).filter((consumer) => isWanted(consumer, provider)),
      (consumer) => now.integration(consumer, provider),
    ),
  );
  return found
    .flat()
    .filter((integration) => integration !== undefined)
    .sort(
      (a, b) =>
        byCodePoint(b.contractDataUpdatedAt, a.contractDataUpdatedAt) ||
        byCodePoint(a.createdAt, b.createdAt) ||
        byCodePoint(a.consumer, b.consumer) ||
        byCodePoint(a.provider, b.provider),
    );
}

/**
 * The pairs of everything that is connected to a pacticipant, by whole waves of neighbours; stops once at least `most`
 * pacticipants are known (api.md §9). The oldest integration first.
 * @throws NotLoaded
 */
export function connectedIntegrations(
  now: Snapshot,
  start: PacticipantName,
  most = Infinity,
): readonly Integration[] {
  const all = oldestFirst(now, integrations(now));
  const known = new Set<PacticipantName>([start]);
  const touches = ({ consumer, provider }: Integration) => known.has(consumer) || known.has(provider);
  let reached: readonly Integration[] = [];
  while (true) {
    const wave = all.filter(touches);
    if (wave.length === reached.length) return reached;
    reached = wave;
    for (const { consumer, provider } of wave) known.add(consumer).add(provider);
    if (known.size >= most) return reached;
  }
}

/** By creation; those of one publication in the order in which their consumer published them. @throws NotLoaded */
function oldestFirst(now: Snapshot, all: readonly Integration[]): readonly Integration[] {
  const placed = gather(all, (integration) => {
    const pacts = now.versions(integration.consumer).flatMap((version) => version.pacts);
    return { integration, place: pacts.findIndex(({ provider }) => provider === integration.provider) };
  });
  return placed
    .sort((a, b) => byCodePoint(a.integration.createdAt, b.integration.createdAt) || a.place - b.place)
    .map(({ integration }) => integration);
}
