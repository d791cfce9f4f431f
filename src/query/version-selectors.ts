import type { PacticipantName } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import {
  asPacticipantName,
  findHead,
  findLatestTagged,
  findPacticipant,
  findVersion,
  isOnBranch,
  isTagged,
  versionsInEnvironment,
} from './asked.ts';

/**
 * Which versions of a pacticipant somebody means; every criterion given must hold (matrix.md §4.1). Texts are as
 * asked: they may name nothing. With a branch, `latest` means its head, otherwise the version of the greatest order.
 */
export interface VersionSelector {
  readonly pacticipant: string;
  readonly version?: string;
  readonly latest?: boolean;
  readonly tag?: string;
  readonly branch?: string;
  readonly mainBranch?: boolean;
  readonly environment?: string;
}

/** Whether the selector names a pacticipant and nothing more: every version is meant. */
export function isNameOnly(selector: VersionSelector): boolean {
  return (
    selector.version === undefined &&
    selector.tag === undefined &&
    selector.branch === undefined &&
    selector.environment === undefined &&
    !selector.latest &&
    !selector.mainBranch
  );
}

/**
 * The versions a selector means, by rising order; none when its pacticipant does not exist. Looks at all versions of
 * the pacticipant only when it has to: for every version of a tag or branch, or for a name alone.
 * @throws NotLoaded
 */
export function findVersions(now: Snapshot, selector: VersionSelector): readonly Version[] {
  const name = asPacticipantName(selector.pacticipant);
  const branches = branchesMeant(now, selector);
  if (name === undefined || branches === 'none') return [];
  const found = candidates(now, name, selector, branches).filter(
    (version) =>
      (selector.version === undefined || version.number === selector.version) &&
      (selector.tag === undefined || isTagged(version, selector.tag)) &&
      branches.every((branch) => isMeantOnBranch(now, version, branch, selector.latest === true)),
  );
  return selector.latest && branches.length === 0 ? found.slice(-1) : found;
}

/** The names of the branches a version must be on; `none` when the main branch is wanted and there is none. */
function branchesMeant(now: Snapshot, selector: VersionSelector): readonly string[] | 'none' {
  const named = selector.branch === undefined ? [] : [selector.branch];
  if (!selector.mainBranch) return named;
  const mainBranch = findPacticipant(now, selector.pacticipant)?.mainBranch;
  return mainBranch === undefined ? 'none' : [...named, mainBranch];
}

/** A superset of the versions meant, the smallest that can be had without looking at all versions. */
function candidates(
  now: Snapshot,
  name: PacticipantName,
  selector: VersionSelector,
  branches: readonly string[],
): readonly Version[] {
  if (selector.environment !== undefined) return versionsInEnvironment(now, name, selector.environment);
  if (selector.version !== undefined) return only(findVersion(now, name, selector.version));
  const [branch] = branches;
  if (selector.latest) {
    if (branch !== undefined) return only(findHead(now, name, branch));
    return only(
      selector.tag === undefined ? now.latestVersion(name) : findLatestTagged(now, name, selector.tag),
    );
  }
  if (selector.tag !== undefined && !findLatestTagged(now, name, selector.tag)) return [];
  return now.versions(name);
}

function isMeantOnBranch(now: Snapshot, version: Version, branch: string, headOnly: boolean): boolean {
  if (headOnly) return findHead(now, version.pacticipant, branch)?.number === version.number;
  return isOnBranch(version, branch);
}

function only<T>(item: T | undefined): readonly T[] {
  return item === undefined ? [] : [item];
}
