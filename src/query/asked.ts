import {
  type BranchName,
  branchName,
  byCodePoint,
  type EnvironmentName,
  type PacticipantName,
  type TagName,
  type VersionNumber,
  whyNotAName,
} from '../domain/names.ts';
import type { Branch, Environment, Pacticipant, Presence, TagIndex, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';

/*
 * Questions name things by the text that somebody typed. A text that cannot be a name names nothing; these look-ups
 * answer `undefined` for it instead of failing.
 */

/** The text as the name of a pacticipant, whether or not there is one; undefined when it cannot be a name. */
export function asPacticipantName(name: string): PacticipantName | undefined {
  return whyNotAName(name) ? undefined : (name as PacticipantName);
}

/** The pacticipant somebody asked for by `name`. @throws NotLoaded */
export function findPacticipant(now: Snapshot, name: string): Pacticipant | undefined {
  const known = asPacticipantName(name);
  return known === undefined ? undefined : now.pacticipant(known);
}

/** Every pacticipant, by name whatever its case (api.md §9). @throws NotLoaded */
export function allPacticipants(now: Snapshot): readonly Pacticipant[] {
  return gather(now.pacticipantNames(), (name) => now.pacticipant(name))
    .filter((pacticipant) => pacticipant !== undefined)
    .sort((a, b) => byCodePoint(a.name.toLowerCase(), b.name.toLowerCase()));
}

/** Whether there is a pacticipant of this name. @throws NotLoaded */
export function knowsPacticipant(now: Snapshot, name: string): boolean {
  const known = asPacticipantName(name);
  return known !== undefined && now.hasPacticipant(known);
}

/** The version somebody asked for by `number`. @throws NotLoaded */
export function findVersion(
  now: Snapshot,
  pacticipant: PacticipantName,
  number: string,
): Version | undefined {
  return whyNotAName(number) ? undefined : now.version(pacticipant, number as VersionNumber);
}

/** The branch somebody asked for by `name`. @throws NotLoaded */
export function findBranch(
  now: Pick<Snapshot, 'branch'>,
  pacticipant: PacticipantName,
  name: string,
): Branch | undefined {
  return whyNotAName(name) ? undefined : now.branch(pacticipant, name as BranchName);
}

/** The main branch has one of these names more often than not; what it is called is in a file. */
export const usualMainBranches: readonly BranchName[] = ['main', 'master'].map(branchName);

/** The head of the branch somebody asked for by `name`: the version added to it last (domain.md §3.2). @throws NotLoaded */
export function findHead(
  now: Pick<Snapshot, 'branch' | 'version'>,
  pacticipant: PacticipantName,
  name: string,
): Version | undefined {
  const head = findBranch(now, pacticipant, name)?.head;
  return head === undefined ? undefined : now.version(pacticipant, head);
}

/** The use of a tag on a pacticipant's versions. @throws NotLoaded */
export function findTag(
  now: Pick<Snapshot, 'tag'>,
  pacticipant: PacticipantName,
  name: string,
): TagIndex | undefined {
  return whyNotAName(name) ? undefined : now.tag(pacticipant, name as TagName);
}

/** The newest version that carries the tag. @throws NotLoaded */
export function findLatestTagged(
  now: Pick<Snapshot, 'tag' | 'version'>,
  pacticipant: PacticipantName,
  name: string,
): Version | undefined {
  const latest = findTag(now, pacticipant, name)?.latest;
  return latest === undefined ? undefined : now.version(pacticipant, latest);
}

/** Whether the version was added to the branch somebody asked for. */
export function isOnBranch(version: Version, branch: string): boolean {
  return version.branches.some(({ name }) => name === branch);
}

/** Whether the version carries the tag somebody asked for. */
export function isTagged(version: Version, tag: string): boolean {
  return version.tags.some(({ name }) => name === tag);
}

/** The environment somebody asked for by `name`. @throws NotLoaded */
export function findEnvironment(now: Snapshot, name: string): Environment | undefined {
  return whyNotAName(name) ? undefined : now.environment(name as EnvironmentName);
}

/** Whether there is an environment of this name. @throws NotLoaded */
export function knowsEnvironment(now: Snapshot, name: string): boolean {
  return whyNotAName(name) === undefined && now.hasEnvironment(name as EnvironmentName);
}

/** What is deployed or released in the environment somebody asked for; nothing in an unknown one. @throws NotLoaded */
export function findPresences(now: Snapshot, environment: string): readonly Presence[] {
  return whyNotAName(environment) ? [] : now.presences(environment as EnvironmentName);
}

/** The distinct versions of a pacticipant that are in an environment now, by rising order. @throws NotLoaded */
export function versionsInEnvironment(
  now: Snapshot,
  pacticipant: PacticipantName,
  environment: string,
): readonly Version[] {
  return gather(numbersInEnvironment(now, pacticipant, environment), (number) =>
    now.version(pacticipant, number),
  )
    .filter((version) => version !== undefined)
    .sort((a, b) => a.order - b.order);
}

/** The numbers of the versions of a pacticipant that are in an environment now. @throws NotLoaded */
export function numbersInEnvironment(
  now: Snapshot,
  pacticipant: PacticipantName,
  environment: string,
): Iterable<VersionNumber> {
  return numbersByPacticipant(findPresences(now, environment)).get(pacticipant) ?? [];
}

type NumbersByPacticipant = ReadonlyMap<PacticipantName, ReadonlySet<VersionNumber>>;

/** What was made of the presences of an environment: a hub asks for those of all its neighbours. */
const grouped = new WeakMap<readonly Presence[], NumbersByPacticipant>();

function numbersByPacticipant(presences: readonly Presence[]): NumbersByPacticipant {
  const known = grouped.get(presences);
  if (known) return known;
  const numbers = new Map<PacticipantName, Set<VersionNumber>>();
  for (const { pacticipant, version } of presences) {
    numbers.set(pacticipant, (numbers.get(pacticipant) ?? new Set()).add(version));
  }
  grouped.set(presences, numbers);
  return numbers;
}
