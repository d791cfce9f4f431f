import type { Branch, Environment, Pacticipant, Presence, TagIndex } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findPacticipant } from './asked.ts';
import { both } from './both.ts';
import { allPairs } from './dashboard.ts';
import { byNames } from './latest-pacts.ts';
import { type GridVersion, standingVersion } from './matrix-grid.ts';
import { type IntegrationRow, integrationRow, productionLast } from './overview.ts';

/** A pacticipant with everything that hangs on it. */
export interface PacticipantFacts {
  readonly pacticipant: Pacticipant;
  /** Newest first; not more than were asked for. */
  readonly versions: readonly GridVersion[];
  readonly moreVersions: number;
  /** The ones changed last come first. */
  readonly branches: readonly Branch[];
  readonly tags: readonly TagIndex[];
  /** Every environment: where it could be deployed. */
  readonly environments: readonly Environment[];
  readonly consumes: readonly IntegrationRow[];
  readonly provides: readonly IntegrationRow[];
  /** Where its versions are, production last. */
  readonly places: readonly PacticipantPlace[];
}

/** That a version is in an environment. */
interface PacticipantPlace {
  readonly environment: Environment;
  readonly presence: Presence;
}

/** Everything about a pacticipant, with its newest `most` versions. @throws NotLoaded */
export function pacticipantFacts(now: Snapshot, name: string, most = 50): PacticipantFacts | undefined {
  const pacticipant = findPacticipant(now, name);
  if (!pacticipant) return undefined;
  const [[all, pairs], [branches, tags]] = both(
    () =>
      both(
        () => now.versions(pacticipant.name),
        () => allPairs(now).filter((pair) => Object.values(pair).includes(pacticipant.name)),
      ),
    () =>
      both(
        () => now.branches(pacticipant.name),
        () => now.tags(pacticipant.name),
      ),
  );
  const [[versions, places], rows] = both(
    () =>
      both(
        () => gather(all.slice(-most), (version) => standingVersion(now, version)),
        () => placesOf(now, pacticipant),
      ),
    () => gather(pairs, (pair) => integrationRow(now, pair)).filter((row) => row !== undefined),
  );
  const sorted = rows.sort(byNames);
  return {
    pacticipant,
    versions: versions.reverse(),
    moreVersions: all.length - versions.length,
    branches: [...branches].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
    tags,
    environments: now.environments(),
    consumes: sorted.filter(({ consumer }) => consumer === pacticipant.name),
    provides: sorted.filter(({ provider }) => provider === pacticipant.name),
    places,
  };
}

function placesOf(now: Snapshot, { name }: Pacticipant): readonly PacticipantPlace[] {
  return gather(productionLast(now.environments()), (environment) =>
    now
      .presences(environment.name)
      .filter(({ pacticipant }) => pacticipant === name)
      .map((presence) => ({ environment, presence })),
  ).flat();
}
