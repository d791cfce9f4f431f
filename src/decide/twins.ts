import { groupBy } from '../domain/grouping.ts';
import { byCodePoint, type Instant } from '../domain/names.ts';
import type { Deployment } from '../domain/records.ts';
import { isDeployed } from '../domain/version.ts';
import { type Facts, factsOf, type Located, pacticipantFolder } from './fact.ts';

/*
 * What two histories both gave, each in its own, before Git merged them: the order of a version, the number of a result,
 * a slot of an environment. Time tells which of the two comes first, as it would have been had they known each other.
 */

/** Something with a number that nothing beside it may have, too. */
interface Numbered {
  readonly path: string;
  readonly number: number;
  readonly createdAt: Instant;
}

/** Records in a line of numbers, by path. */
export type Line = readonly Numbered[];

/** The versions of each pacticipant by their orders, lowest first; those of the same by time. */
export function linesOfVersions(facts: Facts): readonly Line[] {
  const versions = groupBy(factsOf(facts, 'version'), ({ path }) => pacticipantFolder(path));
  return [...versions.values()].map((group) =>
    inLine(group.map(({ path, record: { order, createdAt } }) => ({ path, number: order, createdAt }))),
  );
}

/** All results by their numbers, lowest first; those of the same by time. */
export function lineOfResults(facts: Facts): Line {
  return inLine(
    factsOf(facts, 'result').map(({ path, record: { number, createdAt } }) => ({ path, number, createdAt })),
  );
}

function inLine(items: readonly Numbered[]): Line {
  return [...items].sort(
    (a, b) => a.number - b.number || byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.path, b.path),
  );
}

/** The new numbers of those whose own is taken, and of those that must make room, by path. */
export function newNumbers(line: Line): ReadonlyMap<string, number> {
  const given = new Map<string, number>();
  let last = 0;
  for (const { path, number } of line) {
    const next = Math.max(number, last + 1);
    if (next !== number) given.set(path, next);
    last = next;
  }
  return given;
}

/** A current deployment, and the version it hangs on. */
export interface Occupant {
  readonly version: Located<'version'>;
  readonly deployment: Deployment;
}

/** The current deployments of every slot (pacticipant, environment, application instance) with more than one, by time. */
export function crowdedSlots(facts: Facts): readonly (readonly Occupant[])[] {
  const occupants = factsOf(facts, 'version').flatMap((version): Occupant[] =>
    version.record.deployments.filter(isDeployed).map((deployment) => ({ version, deployment })),
  );
  const slots = groupBy(occupants, ({ version, deployment: { environment, target } }) =>
    JSON.stringify([pacticipantFolder(version.path), environment, target]),
  );
  return [...slots.values()]
    .filter((slot) => slot.length > 1)
    .map((slot) => [...slot].sort((a, b) => byTime(a.deployment, b.deployment)));
}

function byTime(a: Deployment, b: Deployment): number {
  return byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.uuid, b.uuid);
}
