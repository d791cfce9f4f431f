import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inForce } from '../../src/decide/effective.ts';
import { examine } from '../../src/decide/examine.ts';
import { placeOf } from '../../src/decide/examine-places.ts';
import { judge, nothingStands, type Standing } from '../../src/decide/standing.ts';
import {
  emptyFolder,
  entriesOf,
  type Folder,
  file,
  nodeAt,
  textOf,
  withNode,
} from '../../src/domain/tree.ts';
import { anyStep, beginning, type Step } from '../helpers/any-story.ts';

const policy = `people:
  friend: { email: friend@example.org }
rules:
  - { who: friend, may: everything }
`;

/** A commit of a history: the state after it, and who made it. */
interface Made {
  readonly root: Folder;
  readonly isFriend: boolean;
}

function historyOf(
  steps: readonly { readonly step: Step; readonly isFriend: boolean }[],
  text = policy,
): readonly Made[] {
  let past = beginning;
  const first = { root: withNode(past.root, 'policy.yaml', file(text)), isFriend: true };
  const rest = steps.map(({ step, isFriend }) => {
    past = step(past);
    return { root: withNode(past.root, 'policy.yaml', file(text)), isFriend };
  });
  return [first, ...rest];
}

function standingAfter(history: readonly Made[]): Standing {
  let standing = nothingStands;
  for (const [index, { root, isFriend }] of history.entries()) {
    const before = history[index - 1]?.root ?? emptyFolder;
    const author = { email: `${isFriend ? 'friend' : 'foe'}@example.org` };
    standing = judge(before, root, author, standing).standing;
  }
  return standing;
}

function effectiveAfter(history: readonly Made[]): Folder {
  const last = history.at(-1);
  if (!last) throw new Error('a history has a beginning');
  return inForce(last.root, standingAfter(history));
}

function filesOf(folder: Folder, at = ''): [string, string][] {
  return [...entriesOf(folder)].flatMap(([name, node]): [string, string][] =>
    node.kind === 'folder' ? filesOf(node, `${at}${name}/`) : [[at + name, textOf(node)]],
  );
}

const anyCommit = (isFriend: fc.Arbitrary<boolean>) => fc.record({ step: anyStep, isFriend });
const friends = fc.array(anyCommit(fc.constant(true)), { maxLength: 12 });
const foes = fc.array(anyCommit(fc.constant(false)), { maxLength: 8 });
const everybody = fc.array(anyCommit(fc.boolean()), { maxLength: 14 });

/** The facts that a state has, each by itself, with what never changes of it: by a reader of files that knows no records. */
function factsOf(root: Folder): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  for (const [path, text] of filesOf(root)) {
    if (path.startsWith('results/provider/')) facts.set(path, text);
    if (!/^pacticipants\/[^/]+\/versions\//.test(path)) continue;
    const { tags = [], branches = [], pacts = [], deployments = [], releases = [] } = JSON.parse(text);
    for (const { name } of tags) facts.set(`${path} tag ${name}`, '');
    for (const { name } of branches) facts.set(`${path} branch ${name}`, '');
    for (const { provider, revision, sha } of pacts) facts.set(`${path} pact ${provider} ${revision}`, sha);
    for (const { uuid, environment } of [...deployments, ...releases])
      facts.set(`${path} is in ${uuid}`, environment);
  }
  return facts;
}

/**
 * What is in force by the simplest model: of each commit of a friend what it added and took away, of a foe's nothing. A
 * version that is taken away goes with all that hangs on it.
 */
function naively(history: readonly Made[]): ReadonlyMap<string, string> {
  const standing = new Map<string, string>();
  let before: ReadonlyMap<string, string> = new Map();
  let last = emptyFolder;
  for (const { root, isFriend } of history) {
    const after = factsOf(root);
    if (isFriend) {
      for (const key of before.keys()) if (!after.has(key)) standing.delete(key);
      for (const key of standing.keys()) if (isGone(key, last, root)) standing.delete(key);
      for (const [key, value] of after) if (!before.has(key)) standing.set(key, value);
    }
    [before, last] = [after, root];
  }
  return standing;
}

function isGone(key: string, before: Folder, after: Folder): boolean {
  const path = key.replace(/\.json .*$/, '.json');
  return nodeAt(before, path) !== undefined && nodeAt(after, path) === undefined;
}

const sorted = (facts: ReadonlyMap<string, string>) => [...facts].sort(([a], [b]) => (a < b ? -1 : 1));

describe('what is in force', () => {
  it('is what lies there, as long as everybody keeps to the policy', () => {
    fc.assert(
      fc.property(friends, (steps) => {
        const history = historyOf(steps);
        expect(standingAfter(history).overlay.size).toBe(0);
        expect(effectiveAfter(history)).toBe(history.at(-1)?.root);
      }),
    );
  });

  it('is what was there before, whatever is done by those who may not', () => {
    fc.assert(
      fc.property(friends, foes, (before, after) => {
        const [whole, kept] = [historyOf([...before, ...after]), historyOf(before)];
        const left = filesOf(kept.at(-1)?.root ?? effectiveAfter(kept));
        expect(filesOf(effectiveAfter(whole)).map(comparable).sort()).toEqual(left.map(comparable).sort());
      }),
    );
  });

  it('has the facts of friends and none of foes, as the simplest model has them', () => {
    fc.assert(
      fc.property(everybody, (steps) => {
        const history = historyOf(steps);
        expect(sorted(factsOf(effectiveAfter(history)))).toEqual(sorted(naively(history)));
      }),
      { numRuns: 400 },
    );
  });

  it('has what follows from its facts, and no two deployments in one place', () => {
    fc.assert(
      fc.property(everybody, (steps) => {
        const found = examine(effectiveAfter(historyOf(steps)));
        const about = found.filter(({ rule }) => rule === 'stale' || rule === 'slot-taken');
        expect(about).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const by = (isFriend: boolean, step: Step) => ({ step, isFriend });

const deployed: readonly Step[] = [
  (past) =>
    past.creates('prod', true).publishes('Web 1', 'Api').publishes('Web 2', 'Api').publishes('Web 3', 'Api'),
  (past) => past.deploys('Web 1', 'prod'),
  (past) => past.deploys('Web 2', 'prod'),
  (past) => past.deploys('Web 3', 'prod'),
];

it('ends a deployment with the next that is in force, when the one that ended it is not', () => {
  const history = historyOf(deployed.map((step, index) => by(index !== 2, step)));
  const presentAfter = (commits: readonly Made[]) =>
    JSON.parse(new Map(filesOf(effectiveAfter(commits))).get('deployments/prod.json') ?? '[]');
  expect(presentAfter(history)).toMatchObject([{ version: '3' }]);
  expect(presentAfter(history.slice(0, -1))).toMatchObject([{ version: '1' }]);
  const files = filesOf(effectiveAfter(history)).filter(([path]) => path.includes('/versions/'));
  const current = files
    .flatMap(([, text]) => JSON.parse(text).deployments ?? [])
    .filter(({ undeployedAt }) => !undeployedAt);
  expect(current).toHaveLength(1);
});

it('points to no deployment that is not in force, though its author may deploy elsewhere', () => {
  const text = policy.replace('rules:', 'rules:\n  - { who: anyone, may: deployments, in: test }');
  const history = historyOf(
    deployed.map((step, index) => by(index !== 2, step)),
    text,
  );
  const pointers = (root: Folder) =>
    filesOf(root).filter(([path]) => path.startsWith('deployments/by-uuid/'));
  expect(
    pointers(effectiveAfter(history))
      .map(([, found]) => JSON.parse(found).version)
      .sort(),
  ).toEqual(['1', '3']);
});

it('takes along what a change that is taken would have made itself: names, and the content that it names', () => {
  const publishes: Step = (past) => past.publishes('Web 1', 'Api', { content: 1 });
  const again: Step = (past) => past.publishes('Web 2', 'Api', { content: 1 });
  const effective = effectiveAfter(historyOf([by(false, publishes), by(true, again)]));
  expect(examine(effective).filter(({ path }) => path !== 'policy.yaml')).toEqual([]);
  const paths = filesOf(effective).map(([path]) => path);
  expect(paths.filter((path) => path.includes('/versions/'))).toEqual([expect.stringContaining('/2.json')]);
  expect(paths.filter((path) => path.includes('/content/'))).not.toEqual([]);
});

/** YAML that was put together again is the same record in another form; what only counts up may have gone on. */
function comparable([path, text]: [string, string]): string {
  return `${path}\n${placeOf(path)?.kind === 'derived' ? text.trim() : text}`;
}
