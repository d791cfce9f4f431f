import type { BranchName, EnvironmentName, Instant, TagName, VersionNumber } from '../../domain/names.ts';
import type { Branch, Pacticipant, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { isDeployed, isSupported } from '../../domain/version.ts';
import type { KeepBranchSelector, KeepSelector } from './rules.ts';

/** A pacticipant as selectors look at it, without the branches that are to go. */
export interface Kin {
  readonly pacticipant: Pacticipant;
  /** By rising order. */
  readonly versions: readonly Version[];
  /** The head of each branch that stays. */
  readonly heads: ReadonlyMap<BranchName, VersionNumber | undefined>;
  readonly newestTagged: ReadonlyMap<TagName, VersionNumber>;
  /** The uuids of environments, by name. */
  readonly environments: ReadonlyMap<EnvironmentName, string>;
}

/** A pacticipant with the branches that stay. @throws NotLoaded */
export function kinOf(
  now: Snapshot,
  pacticipant: Pacticipant,
  branches: readonly Branch[],
  environments: ReadonlyMap<EnvironmentName, string>,
): Kin {
  const { name } = pacticipant;
  return {
    pacticipant,
    versions: now.versions(name),
    heads: new Map(branches.map((branch) => [branch.name, branch.head])),
    newestTagged: new Map(now.tags(name).map((tag) => [tag.name, tag.latest])),
    environments,
  };
}

const day = 24 * 60 * 60 * 1000;

/** Whether `then` lies on a date at most `days` before that of `today`, in UTC. */
export function isWithin(then: Instant, days: number, today: Instant): boolean {
  const first = Date.parse(today.slice(0, 10)) - days * day;
  return Date.parse(then.slice(0, 10)) >= first;
}

/** Whether a selector keeps a branch of the pacticipant (ui.md §8.1, step 1); the main one always stays. */
export function keepsBranch(
  selector: KeepBranchSelector,
  pacticipant: Pacticipant,
  branch: Branch,
  today: Instant,
): boolean {
  return (
    (selector.pacticipant === undefined || selector.pacticipant === pacticipant.name) &&
    (selector.branch === undefined || selector.branch === branch.name) &&
    (selector.maxAge === undefined || isWithin(branch.updatedAt, selector.maxAge, today))
  );
}

/** Whether a selector keeps a version: all its members must hold (ui.md §8.1, step 2). */
export function keepsVersion(selector: KeepSelector, kin: Kin, version: Version, today: Instant): boolean {
  const { pacticipant, tag, branch, mainBranch, latest, maxAge } = selector;
  return (
    (pacticipant === undefined || pacticipant === version.pacticipant) &&
    (maxAge === undefined || isWithin(version.createdAt, maxAge, today)) &&
    (!(branch || mainBranch) || isOnBranchMeant(selector, kin, version)) &&
    (!tag || hasTagMeant(selector, kin, version)) &&
    (!latest || Boolean(tag || branch || mainBranch) || kin.versions.at(-1)?.number === version.number) &&
    isWhereMeant(selector, kin, version)
  );
}

function isOnBranchMeant({ branch, mainBranch, latest }: KeepSelector, kin: Kin, version: Version): boolean {
  return version.branches.some(
    ({ name }) =>
      kin.heads.has(name) &&
      (branch === undefined || branch === true || branch === name) &&
      (!mainBranch || name === kin.pacticipant.mainBranch) &&
      (!latest || kin.heads.get(name) === version.number),
  );
}

function hasTagMeant({ tag, latest }: KeepSelector, kin: Kin, version: Version): boolean {
  return version.tags.some(
    ({ name }) =>
      (tag === true || tag === name) && (!latest || kin.newestTagged.get(name) === version.number),
  );
}

function isWhereMeant(
  { environment, deployed, released }: KeepSelector,
  kin: Kin,
  version: Version,
): boolean {
  if (environment === undefined && !deployed && !released) return true;
  const uuid = kin.environments.get(environment as EnvironmentName);
  const isThere = (presence: { environment: string }) =>
    environment === undefined || presence.environment === uuid;
  const isLive = version.deployments.filter(isDeployed).some(isThere);
  const isOut = version.releases.filter(isSupported).some(isThere);
  if (deployed || released) return (!deployed || isLive) && (!released || isOut);
  return isLive || isOut;
}
