import { displayNameOf } from '../domain/display-name.ts';
import type { BranchName, Instant, PacticipantName, TagName, VersionNumber } from '../domain/names.ts';
import type { Branch, Pacticipant, Version } from '../domain/records.ts';
import { hasTag, isOnBranch } from '../domain/version.ts';
import type { Draft } from '../format/draft.ts';
import { deployTaggedVersion } from './deployments.ts';
import { saveBranch, savePacticipant, saveVersion } from './upkeep.ts';

const firstTagSeconds = 10;

/** The pacticipant, made when it is not there (domain.md §1.1, implicit creation). */
export function ensurePacticipant(draft: Draft, name: PacticipantName, at: Instant): Pacticipant {
  const known = draft.now.pacticipant(name);
  if (known) return known;
  const made: Pacticipant = { name, displayName: displayNameOf(name), labels: [], createdAt: at };
  savePacticipant(draft, made);
  return made;
}

/**
 * The version, made with the next order when it is not there; its pacticipant too (domain.md §2.1, §2.2). One that is made
 * in passing, by a tag, a branch, a result or a single pact, counts as touched already, as in the Pact Broker.
 */
export function ensureVersion(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  at: Instant,
  how: 'in passing' | 'on purpose' = 'in passing',
): Version {
  const known = draft.now.version(pacticipant, number);
  if (known) return known;
  ensurePacticipant(draft, pacticipant, at);
  const made: Version = {
    pacticipant,
    number,
    order: (draft.now.latestVersion(pacticipant)?.order ?? 0) + 1,
    createdAt: at,
    ...(how === 'in passing' ? { updatedAt: at } : {}),
    branches: [],
    tags: [],
    pacts: [],
    deployments: [],
    releases: [],
  };
  saveVersion(draft, made);
  return made;
}

/** Sets the build URL of a version; undefined clears it. */
export function setBuildUrl(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  buildUrl: string | undefined,
  at: Instant,
): void {
  const version = ensureVersion(draft, pacticipant, number, at, 'on purpose');
  if (version.buildUrl === buildUrl) return;
  const { buildUrl: _, ...rest } = version;
  const touched = version.createdAt === at ? {} : { updatedAt: at };
  saveVersion(draft, { ...rest, ...(buildUrl === undefined ? {} : { buildUrl }), ...touched });
}

/**
 * Adds a version to a branch. A version newly added becomes the head, whatever its order; one already there only
 * touches the branch when that was last touched over a minute ago (domain.md §3.1, §3.2).
 */
export function addToBranch(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: BranchName,
  at: Instant,
  auto = false,
): { created: boolean } {
  const version = ensureVersion(draft, pacticipant, number, at);
  const known = draft.now.branch(pacticipant, name);
  const branch: Branch = known ?? { name, createdAt: at, updatedAt: at };
  const created = !isOnBranch(version, name);
  if (created) {
    const membership = auto ? { name, createdAt: at, auto: true as const } : { name, createdAt: at };
    saveVersion(draft, { ...version, branches: [...version.branches, membership] });
    saveBranch(draft, pacticipant, name, { ...branch, head: number, updatedAt: touched(branch, at) });
  } else if (touched(branch, at) !== branch.updatedAt) {
    saveBranch(draft, pacticipant, name, { ...branch, updatedAt: at });
  }
  detectMainBranch(draft, pacticipant, name, at);
  return { created };
}

function touched(branch: Branch, at: Instant): Instant {
  return Date.parse(at) - Date.parse(branch.updatedAt) > 60_000 ? at : branch.updatedAt;
}

/** Makes a branch or tag of a candidate name the main branch of a pacticipant without one (domain.md §1.4). */
function detectMainBranch(draft: Draft, name: PacticipantName, candidate: BranchName, at: Instant): void {
  const pacticipant = draft.now.pacticipant(name);
  if (!pacticipant || pacticipant.mainBranch !== undefined) return;
  if (draft.now.settings.mainBranchCandidates.includes(candidate)) {
    savePacticipant(draft, { ...pacticipant, mainBranch: candidate, updatedAt: at });
  }
}

/**
 * Puts a tag on a version through the tag service: the first tag of a young version without tags and branches becomes
 * its branch, and a candidate name the main branch (domain.md §3.3, §4).
 */
export function addTag(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: TagName,
  at: Instant,
): { created: boolean } {
  const version = ensureVersion(draft, pacticipant, number, at);
  const age = (Date.parse(at) - Date.parse(version.createdAt)) / 1000;
  const untouched = version.tags.length === 0 && version.branches.length === 0;
  if (draft.now.settings.firstTagAsBranch && untouched && age <= firstTagSeconds) {
    addToBranch(draft, pacticipant, number, name as string as BranchName, at, true);
  }
  const created = tagVersion(draft, pacticipant, number, name, at);
  detectMainBranch(draft, pacticipant, name as string as BranchName, at);
  return { created };
}

function tagVersion(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: TagName,
  at: Instant,
): boolean {
  const version = ensureVersion(draft, pacticipant, number, at);
  if (hasTag(version, name)) return false;
  saveVersion(draft, { ...version, tags: [...version.tags, { name, createdAt: at }] });
  return true;
}

/**
 * Puts a tag on a version as `PUT …/tags/T` does: as {@link addTag}, and a tag with the name of an environment records
 * a deployment there (domain.md §4).
 */
export function putTag(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: TagName,
  at: Instant,
): { created: boolean } {
  const result = addTag(draft, pacticipant, number, name, at);
  if (draft.now.settings.deployTagsNamedLikeEnvironments)
    deployTaggedVersion(draft, pacticipant, number, name, at);
  return result;
}

/** Marks a version as described anew. */
export function touchVersion(draft: Draft, version: Version, at: Instant): void {
  saveVersion(draft, { ...version, updatedAt: at });
}

/** Makes the tags of a version exactly these, without the tag service's effects (domain.md §2.1, PUT version). */
export function replaceTags(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  names: readonly TagName[],
  at: Instant,
): void {
  const version = ensureVersion(draft, pacticipant, number, at);
  const wanted = [...new Set(names)];
  const kept = version.tags.filter(({ name }) => wanted.includes(name));
  const added = wanted.filter((name) => !hasTag(version, name)).map((name) => ({ name, createdAt: at }));
  saveVersion(draft, { ...version, tags: [...kept, ...added] });
}

/** Takes a tag off a version; false when it was not there. */
export function removeTag(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: TagName,
): boolean {
  const version = draft.now.version(pacticipant, number);
  if (!version || !hasTag(version, name)) return false;
  saveVersion(draft, { ...version, tags: version.tags.filter((tag) => tag.name !== name) });
  return true;
}
