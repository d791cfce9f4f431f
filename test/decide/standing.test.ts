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

function historyOf(steps: readonly { readonly step: Step; readonly isFriend: boolean }[]): readonly Made[] {
  let past = beginning;
  const first = { root: withPolicy(past.root), isFriend: true };
  const rest = steps.map(({ step, isFriend }) => {
    past = step(past);
    return { root: withPolicy(past.root), isFriend };
  });
  return [first, ...rest];
}

function withPolicy(root: Folder): Folder {
  return withNode(root, 'policy.yaml', file(policy));
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

/** YAML that was put together again is the same record in another form; what only counts up may have gone on. */
function comparable([path, text]: [string, string]): string {
  return `${path}\n${placeOf(path)?.kind === 'derived' ? text.trim() : text}`;
}
