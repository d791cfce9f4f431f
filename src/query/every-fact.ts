import type { PacticipantName } from '../domain/names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';

/**
 * Touches every pacticipant, version, branch and integration, and the names of all contents and results, so that few rounds
 * load all of them. @throws NotLoaded
 */
export function reachEveryFact(now: Snapshot): void {
  const all: readonly (() => unknown)[] = [
    () =>
      gather(now.pacticipantNames(), (name) => [
        now.pacticipant(name),
        now.versions(name),
        now.branches(name),
      ]),
    () => gather(now.environments(), ({ name }) => now.presences(name)),
    () => gather(now.providerNames(), (provider) => reachPacts(now, provider)),
  ];
  gather(all, (reach) => reach());
}

function reachPacts(now: Snapshot, provider: PacticipantName): void {
  gather(now.consumersOf(provider), (consumer) => {
    const contents = () =>
      gather(now.contentShas(consumer, provider), (sha) => now.resultPointers(consumer, provider, sha));
    gather([() => now.integration(consumer, provider), contents], (reach) => void reach());
  });
}
