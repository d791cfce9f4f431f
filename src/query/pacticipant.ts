import type { Branch, Pacticipant, TagIndex } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findPacticipant } from './asked.ts';
import { both } from './both.ts';
import { allPairs } from './dashboard.ts';
import { byNames } from './latest-pacts.ts';
import { type GridVersion, standingVersion } from './matrix-grid.ts';
import { type IntegrationRow, integrationRow } from './overview.ts';

/** A pacticipant with everything that hangs on it. */
export interface PacticipantFacts {
  readonly pacticipant: Pacticipant;
  /** Newest first; not more than were asked for. */
  readonly versions: readonly GridVersion[];
  readonly moreVersions: number;
  /** The ones changed last come first. */
  readonly branches: readonly Branch[];
  readonly tags: readonly TagIndex[];
  readonly consumes: readonly IntegrationRow[];
  readonly provides: readonly IntegrationRow[];
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
  const [versions, rows] = both(
    () => gather(all.slice(-most), (version) => standingVersion(now, version)),
    () => gather(pairs, (pair) => integrationRow(now, pair)).filter((row) => row !== undefined),
  );
  const sorted = rows.sort(byNames);
  return {
    pacticipant,
    versions: versions.reverse(),
    moreVersions: all.length - versions.length,
    branches: [...branches].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
    tags,
    consumes: sorted.filter(({ consumer }) => consumer === pacticipant.name),
    provides: sorted.filter(({ provider }) => provider === pacticipant.name),
  };
}
