import { createHash } from 'node:crypto';
import { GitpactError } from '../domain/failure.ts';
import type { EnvironmentName, Instant, PacticipantName, TagName, VersionNumber } from '../domain/names.ts';
import type { Deployment, Environment, Presence, Release, Version } from '../domain/records.ts';
import { isDeployed, isSupported } from '../domain/version.ts';
import type { Draft } from '../format/draft.ts';
import { foreseeDeployment } from './foresight.ts';
import { savePresences, saveVersion } from './upkeep.ts';

/** A uuid (version 4 in form) that follows from what it names, so that a decision needs no randomness. */
export function uuidFrom(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function requireVersion(draft: Draft, pacticipant: PacticipantName, number: VersionNumber): Version {
  const version = draft.now.version(pacticipant, number);
  if (version) return version;
  throw new GitpactError('version-missing', `No version ${number} of ${pacticipant} found.`, {
    hint: 'Publish its pacts or verification results first: that is what makes a version known.',
  });
}

function requireEnvironment(draft: Draft, name: EnvironmentName): Environment {
  const environment = draft.now.environment(name);
  if (environment) return environment;
  const known = draft.now.environments().map((other) => other.name);
  throw new GitpactError('environment-missing', `Environment with name '${name}' does not exist.`, {
    hint:
      known.length > 0
        ? `There are: ${known.join(', ')}. Make a new one with \`gitpact create-environment --name ${name}\`.`
        : `Make it with \`gitpact create-environment --name ${name}\`.`,
  });
}

/** What a deployment is recorded for. */
export interface DeploymentRequest {
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
  readonly environment: EnvironmentName;
  /** The application instance; blank is the same as none. */
  readonly target?: string | undefined;
  readonly at: Instant;
  readonly auto?: boolean;
}

/**
 * Records a version as deployed: it becomes the current one of its slot (pacticipant, environment, application
 * instance), and the one before is marked as undeployed. The same version again changes nothing (domain.md §8.2).
 * @throws GitpactError `version-missing`, `environment-missing`
 */
export function recordDeployment(draft: Draft, request: DeploymentRequest): Deployment {
  const { pacticipant, version: number, at } = request;
  foreseeDeployment(draft.now, pacticipant, number, request.environment);
  const version = requireVersion(draft, pacticipant, number);
  const environment = requireEnvironment(draft, request.environment);
  const target = request.target === '' ? undefined : request.target;
  const inSlot = (presence: Presence) =>
    presence.kind === 'deployed' && presence.pacticipant === pacticipant && presence.target === target;
  const presences = draft.now.presences(environment.name);
  const before = presences.find(inSlot);
  if (before?.version === number) {
    const current = version.deployments.find(({ uuid }) => uuid === before.uuid);
    if (current) return current;
  }
  if (before) closeDeployment(draft, pacticipant, before, at);
  const deployment: Deployment = {
    uuid: uuidFrom(
      'deployed',
      pacticipant,
      number,
      environment.uuid,
      target ?? '',
      at,
      `${version.deployments.length}`,
    ),
    environment: environment.uuid,
    ...(target === undefined ? {} : { target }),
    createdAt: at,
    ...(request.auto ? { auto: true as const } : {}),
  };
  const latest = draft.now.version(pacticipant, number) ?? version;
  saveVersion(draft, { ...latest, deployments: [...latest.deployments, deployment] });
  const { uuid, createdAt } = deployment;
  const presence: Presence = {
    kind: 'deployed',
    uuid,
    pacticipant,
    version: number,
    ...(target === undefined ? {} : { target }),
    createdAt,
  };
  savePresences(draft, environment.name, [...presences.filter((other) => other !== before), presence]);
  draft.putDeploymentPointer(uuid, { pacticipant, version: number });
  return deployment;
}

function closeDeployment(draft: Draft, pacticipant: PacticipantName, presence: Presence, at: Instant): void {
  const version = draft.now.version(pacticipant, presence.version);
  if (!version) return;
  const deployments = version.deployments.map((deployment) =>
    deployment.uuid === presence.uuid ? { ...deployment, undeployedAt: at } : deployment,
  );
  saveVersion(draft, { ...version, deployments });
}

/** Records a deployment when an environment has the name of the tag (domain.md §4). */
export function deployTaggedVersion(
  draft: Draft,
  pacticipant: PacticipantName,
  version: VersionNumber,
  tag: TagName,
  at: Instant,
): void {
  const name = tag as string as EnvironmentName;
  if (/\s/.test(name) || !draft.now.environment(name)) return;
  recordDeployment(draft, { pacticipant, version, environment: name, at, auto: true });
}

/** Marks a current deployment as undeployed; one that is not current stays as it is (domain.md §8.3). */
export function undeploy(draft: Draft, uuid: string, at: Instant): Deployment | undefined {
  const version = draft.now.versionOfDeployment(uuid);
  const deployment = version?.deployments.find((one) => one.uuid === uuid);
  if (!version || !deployment) return undefined;
  if (!isDeployed(deployment)) return deployment;
  const ended: Deployment = { ...deployment, undeployedAt: at };
  saveVersion(draft, {
    ...version,
    deployments: version.deployments.map((one) => (one === deployment ? ended : one)),
  });
  removePresence(draft, deployment.environment, uuid);
  return ended;
}

function removePresence(draft: Draft, environmentUuid: string, uuid: string): void {
  const environment = draft.now.environments().find((one) => one.uuid === environmentUuid);
  if (!environment) return;
  const presences = draft.now.presences(environment.name);
  savePresences(
    draft,
    environment.name,
    presences.filter((presence) => presence.uuid !== uuid),
  );
}

/**
 * Records a version as released and supported. A version is released to an environment once; again re-opens ended
 * support (domain.md §9).
 * @throws GitpactError `version-missing`, `environment-missing`
 */
export function recordRelease(
  draft: Draft,
  request: {
    readonly pacticipant: PacticipantName;
    readonly version: VersionNumber;
    readonly environment: EnvironmentName;
    readonly at: Instant;
  },
): { release: Release; created: boolean } {
  const { pacticipant, version: number, at } = request;
  foreseeDeployment(draft.now, pacticipant, number, request.environment);
  const version = requireVersion(draft, pacticipant, number);
  const environment = requireEnvironment(draft, request.environment);
  const before = version.releases.find((release) => release.environment === environment.uuid);
  if (before && isSupported(before)) return { release: before, created: false };
  const release: Release = before
    ? { uuid: before.uuid, environment: environment.uuid, createdAt: before.createdAt, updatedAt: at }
    : {
        uuid: uuidFrom('released', pacticipant, number, environment.uuid, at),
        environment: environment.uuid,
        createdAt: at,
      };
  saveVersion(draft, {
    ...version,
    releases: [...version.releases.filter((one) => one !== before), release],
  });
  savePresences(draft, environment.name, [
    ...draft.now.presences(environment.name),
    { kind: 'released', uuid: release.uuid, pacticipant, version: number, createdAt: release.createdAt },
  ]);
  draft.putDeploymentPointer(release.uuid, { pacticipant, version: number });
  return { release, created: !before };
}

/** Ends the support of a released version; one that has ended stays as it is (domain.md §9). */
export function endSupport(draft: Draft, uuid: string, at: Instant): Release | undefined {
  const version = draft.now.versionOfDeployment(uuid);
  const release = version?.releases.find((one) => one.uuid === uuid);
  if (!version || !release) return undefined;
  if (!isSupported(release)) return release;
  const ended: Release = { ...release, supportEndedAt: at, updatedAt: at };
  saveVersion(draft, {
    ...version,
    releases: version.releases.map((one) => (one === release ? ended : one)),
  });
  removePresence(draft, release.environment, uuid);
  return ended;
}
