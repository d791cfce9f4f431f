import type {
  BranchName,
  EnvironmentName,
  PacticipantName,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findHead, usualMainBranches } from '../query/asked.ts';

/*
 * A decision reads one record after another, and each that is not here yet would be a trip of its own to the host. These
 * look at what a decision is going to read, all that does not depend on each other at once.
 */

/** What is known of a publication before anything is read. */
interface ForeseenPublication {
  readonly consumer: PacticipantName;
  readonly version: VersionNumber;
  readonly branch?: BranchName | undefined;
  readonly tags: readonly TagName[];
  readonly contracts: readonly { readonly provider: PacticipantName }[];
}

/** Looks at what publishing pacts reads. @throws NotLoaded naming all of a round */
export function foreseePublication(now: Snapshot, request: ForeseenPublication): void {
  const { consumer, version, branch, tags, contracts } = request;
  look([
    () => now.pacticipant(consumer),
    () => now.version(consumer, version),
    () => now.latestVersion(consumer),
    () => branch !== undefined && findHead(now, consumer, branch),
    () => gather(tags, (tag) => now.tag(consumer, tag)),
    () => gather(contracts, ({ provider }) => lookAtPair(now, consumer, provider)),
    () => lookAtLive(now, new Set(contracts.map(({ provider }) => provider))),
  ]);
}

/** Looks at what recording a deployment reads. @throws NotLoaded naming all of a round */
export function foreseeDeployment(
  now: Snapshot,
  pacticipant: PacticipantName,
  version: VersionNumber,
  environment: EnvironmentName,
): void {
  look([
    () => now.version(pacticipant, version),
    () => now.environment(environment),
    () =>
      gather(now.presences(environment), (presence) =>
        presence.pacticipant === pacticipant ? now.version(pacticipant, presence.version) : undefined,
      ),
  ]);
}

function lookAtPair(now: Snapshot, consumer: PacticipantName, provider: PacticipantName): void {
  look([
    () => {
      const mainBranch: BranchName | undefined = now.pacticipant(provider)?.mainBranch;
      return mainBranch !== undefined && findHead(now, provider, mainBranch);
    },
    () => gather(usualMainBranches, (name) => now.branch(provider, name)),
    () => {
      const latest = now.integration(consumer, provider)?.latest;
      return latest !== undefined && now.version(consumer, latest);
    },
  ]);
}

function lookAtLive(now: Snapshot, providers: ReadonlySet<PacticipantName>): void {
  look([
    () => now.environments(),
    () =>
      gather(now.environmentsInSight(), (name) =>
        gather(now.presences(name), ({ pacticipant, version }) =>
          providers.has(pacticipant) ? now.version(pacticipant, version) : undefined,
        ),
      ),
  ]);
}

function look(questions: readonly (() => unknown)[]): void {
  gather(questions, (ask) => ask());
}
