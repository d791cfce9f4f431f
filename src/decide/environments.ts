import { displayNameOf } from '../domain/display-name.ts';
import { GitpactError } from '../domain/failure.ts';
import type { EnvironmentName, Instant } from '../domain/names.ts';
import type { Contact, Environment } from '../domain/records.ts';
import { gather } from '../domain/tree.ts';
import type { Draft } from '../format/draft.ts';
import { uuidFrom } from './deployments.ts';
import { savePresences, saveVersion } from './upkeep.ts';

/** What an environment shall be (domain.md §7). */
export interface EnvironmentRequest {
  readonly name: EnvironmentName;
  readonly displayName?: string | undefined;
  readonly production: boolean;
  readonly contacts: readonly Contact[];
  readonly at: Instant;
}

function described(request: EnvironmentRequest) {
  const { name, production, contacts } = request;
  return { name, displayName: request.displayName ?? displayNameOf(name), production, contacts };
}

function refuseTaken(draft: Draft, name: EnvironmentName): void {
  if (!draft.now.environment(name)) return;
  throw new GitpactError('environment-exists', `name '${name}' is already used by an existing environment.`, {
    hint: 'Choose another name, or update the environment that has it.',
  });
}

/** Makes an environment. @throws GitpactError `environment-exists`, `name-clash` */
export function createEnvironment(draft: Draft, request: EnvironmentRequest): Environment {
  refuseTaken(draft, request.name);
  const uuid = uuidFrom('environment', request.name, request.at);
  const made: Environment = { uuid, ...described(request), createdAt: request.at };
  draft.putEnvironment(made);
  return made;
}

/** Replaces everything an environment says of itself; its name may change. @throws GitpactError `environment-exists` */
export function updateEnvironment(
  draft: Draft,
  before: Environment,
  request: EnvironmentRequest,
): Environment {
  const { uuid, createdAt } = before;
  const after: Environment = { uuid, ...described(request), createdAt, updatedAt: request.at };
  if (before.name !== after.name) {
    refuseTaken(draft, after.name);
    const presences = draft.now.presences(before.name);
    savePresences(draft, before.name, []);
    draft.moveEnvironment(before.name, after.name);
    savePresences(draft, after.name, presences);
  }
  draft.putEnvironment(after);
  return after;
}

/** Removes an environment and everything that was ever recorded as deployed or released there (domain.md §7). */
export function deleteEnvironment(draft: Draft, environment: Environment): void {
  savePresences(draft, environment.name, []);
  const { now } = draft;
  const versions = gather(now.pacticipantNames(), (name) => now.versions(name)).flat();
  const isHere = (record: { readonly environment: string }) => record.environment === environment.uuid;
  for (const version of versions) {
    const { deployments, releases } = version;
    const gone = [...deployments, ...releases].filter(isHere);
    if (gone.length === 0) continue;
    for (const { uuid } of gone) draft.dropDeploymentPointer(uuid);
    saveVersion(draft, {
      ...version,
      deployments: deployments.filter((deployment) => !isHere(deployment)),
      releases: releases.filter((release) => !isHere(release)),
    });
  }
  draft.dropEnvironment(environment.name);
}
