import type { EnvironmentName, PacticipantName, VersionNumber } from '../../../domain/names.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { Around } from '../../../render/hal/deployment.ts';

/** Which version is where. */
export interface Placed {
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
  readonly environment: EnvironmentName;
}

/** What the document of a deployment or release tells beside it. @throws NotLoaded */
export function around(now: Snapshot, { pacticipant, version, environment }: Placed): Around {
  const [of, where] = [now.version(pacticipant, version), now.environment(environment)];
  return { ...(of ? { version: of } : {}), ...(where ? { environment: where } : {}) };
}

/** ` (application instance blue)`, or nothing for the only instance. */
export function instanceWords(target: string | undefined): string {
  return target === undefined ? '' : ` (application instance ${target})`;
}
