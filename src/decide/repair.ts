import { type File, type Folder, file, fileAt, withNode } from '../domain/tree.ts';
import { writeResult } from '../format/contracts.ts';
import { writeVersion } from '../format/versions.ts';
import { examine } from './examine.ts';
import { resultPlace } from './examine-places.ts';
import type { Correction } from './examined.ts';
import { type Facts, factsOf, type Located } from './fact.ts';
import { aboutRule, areFactsWhole, type Finding } from './finding.ts';
import { rebuilt } from './rebuild.ts';
import { survey } from './survey.ts';
import { crowdedSlots, lineOfResults, linesOfVersions, newNumbers } from './twins.ts';

/** A store after its repair. */
export interface Repaired {
  /** The same object when there was nothing to repair. */
  readonly root: Folder;
  /** What was not as it should be, and is now. */
  readonly repaired: readonly Finding[];
  /** What is for a human. */
  readonly remaining: readonly Finding[];
}

/**
 * Mends what follows from the facts: records in another form are written canonically, numbers and slots that a merge gave
 * twice are told apart by time, derived files are made anew. What cannot be read, is in the wrong place or is foreign
 * stays as it is, and as long as facts are not whole so do the files that follow from them.
 * @throws NotLoaded
 */
export function repair(root: Folder): Repaired {
  const before = examine(root);
  if (!before.some(isRepairable)) return { root, repaired: [], remaining: before };
  const tidy = corrected(root, survey(root).corrections);
  const after = areFactsWhole(before) ? derivedAnew(settled(tidy)) : tidy;
  const remaining = examine(after);
  const left = new Set(remaining.map(keyOf));
  return {
    root: after,
    repaired: before.filter((one) => isRepairable(one) && !left.has(keyOf(one))),
    remaining,
  };
}

function isRepairable({ rule }: Finding): boolean {
  return aboutRule(rule).repair !== undefined;
}

function keyOf({ path, rule, text }: Finding): string {
  return JSON.stringify([path, rule, text]);
}

function corrected(root: Folder, corrections: readonly Correction[]): Folder {
  return corrections.reduce((tree, { path, text }) => withNode(tree, path, withText(tree, path, text)), root);
}

function withText(root: Folder, path: string, text: string | undefined): File | undefined {
  if (text === undefined) return undefined;
  const mode = fileAt(root, path)?.mode;
  return mode === undefined ? file(text) : { ...file(text), mode };
}

function settled(root: Folder): Folder {
  const { facts, strange } = survey(root);
  const leave = new Set(strange);
  const results = renumberedResults(root, facts, leave);
  const gone = results.map(({ from }) => ({ path: from, node: undefined }));
  const come = results.map(({ to, node }) => ({ path: to, node }));
  const moved = [...gone, ...come].reduce((tree, { path, node }) => withNode(tree, path, node), root);
  return corrected(moved, settledVersions(facts, leave));
}

/** Versions with the orders that are theirs, and without the deployments that later ones replaced. */
function settledVersions(facts: Facts, leave: ReadonlySet<string>): Correction[] {
  const orders = new Map(linesOfVersions(facts).flatMap((line) => [...newNumbers(line)]));
  const ends = new Map(
    crowdedSlots(facts).flatMap((slot) =>
      slot
        .slice(0, -1)
        .map(({ deployment }, index) => [deployment, slot[index + 1]?.deployment.createdAt] as const),
    ),
  );
  return factsOf(facts, 'version').flatMap(({ path, record }): Correction[] => {
    if (leave.has(path)) return [];
    const order = orders.get(path) ?? record.order;
    const deployments = record.deployments.map((deployment) => {
      const undeployedAt = ends.get(deployment);
      return undeployedAt === undefined ? deployment : { ...deployment, undeployedAt };
    });
    const text = writeVersion({ ...record, order, deployments });
    return text === writeVersion(record) ? [] : [{ path, text }];
  });
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly node: File | undefined;
}

/** Every result of a number that is taken, with its test results, at the place of its new number. */
function renumberedResults(root: Folder, facts: Facts, leave: ReadonlySet<string>): Move[] {
  const numbers = newNumbers(lineOfResults(facts));
  return factsOf(facts, 'result').flatMap(({ path, record }: Located<'result'>): Move[] => {
    const number = numbers.get(path);
    if (number === undefined || leave.has(path)) return [];
    const to = resultPlace({ ...record, number }, path);
    const testsAt = (place: string) => place.replace(/\.json$/, '.tests.json');
    const tests = fileAt(root, testsAt(path));
    return [
      { from: path, to, node: withText(root, path, writeResult({ ...record, number })) },
      ...(tests ? [{ from: testsAt(path), to: testsAt(to), node: tests }] : []),
    ];
  });
}

/** The tree with its derived files as they should be; files that gitpact does not know, or not all of, stay as they are. */
function derivedAnew(root: Folder): Folder {
  const { known, strange } = survey(root);
  return strange.reduce((tree, path) => withNode(tree, path, fileAt(root, path)), rebuilt(known));
}
