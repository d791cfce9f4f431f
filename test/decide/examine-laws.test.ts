import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/decide/examine.ts';
import { placeOf } from '../../src/decide/examine-places.ts';
import { isSound, type Rule } from '../../src/decide/finding.ts';
import { repair } from '../../src/decide/repair.ts';
import type { Folder } from '../../src/domain/tree.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { anyFact, anyStep, played, type Step } from '../helpers/any-story.ts';
import type { Story } from '../helpers/story.ts';
import { filesOf, withTexts } from './examining.ts';

const steps = fc.array(anyStep, { minLength: 5, maxLength: 25 });
const pick = fc.nat({ max: 1_000_000 });

/** What happens to one file of a tree; undefined when it does not fit that file, or changes nothing. */
type Damage = (
  files: ReadonlyMap<string, string>,
  path: string,
  dice: number,
) => Record<string, string | undefined> | undefined;

const damages = {
  deleted: (_, path) => ({ [path]: undefined }),
  emptied: (_, path) => ({ [path]: '' }),
  'cut off': (files, path) => ({ [path]: textOf(files, path).slice(0, textOf(files, path).length / 2) }),
  'left with a conflict': (files, path) => ({
    [path]: `<<<<<<< HEAD\n${files.get(path)}=======\n>>>>>>> theirs\n`,
  }),
  'in another layout': (files, path) =>
    path.endsWith('.json') ? { [path]: ` ${textOf(files, path)}` } : undefined,
  minified: (files, path) => {
    const text = path.endsWith('.json') ? minified(textOf(files, path)) : undefined;
    return text === undefined ? undefined : { [path]: text };
  },
  copied: (files, path) => {
    // Beside these two lies what is none of the store's business.
    if (path === 'gitpact.yaml' || path === 'results/last.json') return undefined;
    return { [path.replace(/[^/]+(\.\w+)$/, 'copy$1')]: files.get(path) };
  },
  'copied to other two digits': (files, path) => {
    const to = path.replace(/\/[0-9a-f]{2}\/(?=[^/]+$)/, '/00/');
    return to.includes('/00/') && !files.has(to) ? { [to]: files.get(path) } : undefined;
  },
  'overwritten by another': (files, path, dice) => {
    const other = [...files.keys()][dice % files.size] ?? path;
    // Branches of two pacticipants, and the orders of two contents, may say the same by right.
    const alike = [/\/branches\//, /\.order\.json$/].some((kind) => kind.test(path) && kind.test(other));
    return alike ? undefined : { [path]: files.get(other) };
  },
} as const satisfies Record<string, Damage>;

function textOf(files: ReadonlyMap<string, string>, path: string): string {
  return files.get(path) ?? '';
}

function minified(text: string): string | undefined {
  try {
    return `${JSON.stringify(JSON.parse(text))}\n`;
  } catch {
    return undefined;
  }
}

/** Whether the store could have come about without this file: nothing there tells that it was. */
function couldBeWithout(root: Folder, path: string): boolean {
  const files = filesOf(root);
  const others = [...files].filter(([other]) => other !== path && placeOf(other)?.kind !== undefined);
  const now = snapshotOf(root);
  if (/\.order\.json$|^webhooks\//.test(path)) return true;
  if (path === 'results/last.json') return !others.some(([other]) => other.startsWith('results/'));
  if (/^pacticipants\/[^/]+\/pacticipant\.yaml$/.test(path)) {
    const [, name = ''] = path.split('/');
    return !others.some(([other]) => other.split('/').includes(name));
  }
  if (path.startsWith('environments/')) {
    const uuid = /uuid: (\S+)/.exec(textOf(files, path))?.[1] ?? '';
    return !others.some(([other, text]) => other.includes('/versions/') && text.includes(uuid));
  }
  if (path.includes('/branches/')) return !textOf(files, path).includes('"head"');
  if (/^results\/.*\.json$/.test(path)) {
    const number = /~(\d+)\.json$/.exec(path)?.[1];
    return !others.some(
      ([other, text]) => other.endsWith('integration.json') && text.includes(`"number":${number}}`),
    );
  }
  if (!path.includes('/versions/')) return false;
  const { pacticipant, number } = JSON.parse(textOf(files, path));
  const version = now.version(pacticipant, number);
  return (
    version?.deployments.length === 0 &&
    version.releases.length === 0 &&
    now.latestVersion(pacticipant) !== version &&
    !now.branches(pacticipant).some(({ head }) => head === number) &&
    !now.tags(pacticipant).some(({ latest }) => latest === number) &&
    !now.providerNames().some((provider) => now.integration(pacticipant, provider)?.latest === number) &&
    !version.tags.some(({ createdAt, name }) => now.tag(pacticipant, name)?.createdAt === createdAt) &&
    !others.some(
      ([other]) => other.startsWith(`results/provider/${pacticipant}/`) && other.includes(`/${number}~`),
    )
  );
}

function damaged(root: Folder, how: keyof typeof damages, which: number, dice: number) {
  const files = filesOf(root);
  const path = [...files.keys()][which % files.size] ?? '';
  const texts = (damages[how] as Damage)(files, path, dice);
  const changes = texts && Object.entries(texts).some(([at, text]) => files.get(at) !== text);
  return changes ? { path, root: withTexts(root, texts) } : undefined;
}

const anyDamage = fc.constantFrom(...(Object.keys(damages) as (keyof typeof damages)[]));

describe('one damage to a sound store', () => {
  it.each(Object.keys(damages) as (keyof typeof damages)[])('is found when a file is %s', (how) => {
    let found = 0;
    fc.assert(
      fc.property(steps, pick, pick, (history, which, dice) => {
        const { root } = played(history);
        const broken = damaged(root, how, which, dice);
        fc.pre(broken !== undefined && !(how === 'deleted' && couldBeWithout(root, broken.path)));
        expect(examine(broken?.root ?? root), broken?.path).not.toEqual([]);
        found += 1;
      }),
      { numRuns: 150 },
    );
    expect(found).toBeGreaterThan(50);
  });
});

describe('--repair', () => {
  it('leaves a sound store as it is', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { root } = played(history);
        expect(repair(root)).toEqual({ root, repaired: [], remaining: [] });
        expect(repair(root).root).toBe(root);
      }),
      { numRuns: 60 },
    );
  });

  it('brings back the very same tree when only derived files and the layout of records were damaged', () => {
    const some = fc.array(fc.tuple(anyDamage, pick, pick), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(steps, some, (history, blows) => {
        const { root } = played(history);
        const broken = blows.reduce((tree, [how, which, dice]) => {
          const blow = damaged(tree, how, which, dice);
          const derived = blow && placeOf(blow.path)?.kind === 'derived' && how !== 'copied';
          const layout = how === 'in another layout' || how === 'minified';
          const tests = blow?.path.endsWith('.tests.json');
          return blow && (derived || (layout && !tests)) ? blow.root : tree;
        }, root);
        fc.pre(broken !== root);
        const { root: mended, remaining } = repair(broken);
        expect(remaining).toEqual([]);
        expect(filesOf(mended)).toEqual(filesOf(root));
      }),
      { numRuns: 150 },
    );
  });

  it('is done when it is done, says what remains, and changes no fact, whatever the damage', () => {
    const some = fc.array(fc.tuple(anyDamage, pick, pick), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(steps, some, (history, blows) => {
        const broken = blows.reduce(
          (tree, [how, which, dice]) => damaged(tree, how, which, dice)?.root ?? tree,
          played(history).root,
        );
        const { root, repaired, remaining } = repair(broken);
        expect(remaining).toEqual(examine(root));
        expect(repair(root).root).toBe(root);
        expect(root === broken).toBe(repaired.length === 0);
        const renumbered = repaired.some(({ rule }) => rule === 'number-taken' || rule === 'slot-taken');
        if (!renumbered) expect(sayings(root)).toEqual(sayings(broken));
      }),
      { numRuns: 80 },
    );
  });
});

/** What the facts say, whatever their layout. */
function sayings(root: Folder): ReadonlyMap<string, unknown> {
  const facts = [...filesOf(root)].filter(([path]) => {
    const kind = placeOf(path)?.kind;
    return (
      kind !== 'derived' && kind !== 'arrangement' && !/integration\.json$|^results\/last\.json$/.test(path)
    );
  });
  return new Map(
    facts.map(([path, text]) => {
      try {
        return [path, JSON.parse(text)];
      } catch {
        return [path, text];
      }
    }),
  );
}

describe('after a merge of two histories, each of which added versions of its own', () => {
  const factsOf = (...numbers: readonly string[]): fc.Arbitrary<readonly Step[]> =>
    fc.array(
      anyFact.filter((step) => numbers.some((number) => toldNumber(step) === number)),
      { minLength: 3, maxLength: 10 },
    );

  it('--repair makes one sound store of both', () => {
    const met = new Set<Rule>();
    fc.assert(
      fc.property(
        factsOf('1'),
        factsOf('2'),
        factsOf('3'),
        fc.array(fc.boolean(), { minLength: 1 }),
        (before, ours, theirs, coins) => {
          const base = played(before);
          const [one, other] = [
            played(ours, deployed('Ant 2', base)),
            played(theirs, deployed('Cat 3', deployed('Ant 3', base))),
          ];
          const merged = merge(base.root, one.root, other.root, coins);
          const { root, remaining, repaired } = repair(merged);
          for (const { rule } of repaired) met.add(rule);
          expect(remaining).toEqual([]);
          expect(isSound(examine(root))).toBe(true);
          for (const { root: side } of [one, other]) {
            for (const name of snapshotOf(side).pacticipantNames()) {
              const numbers = snapshotOf(root)
                .versions(name)
                .map(({ number }) => number);
              expect(numbers).toEqual(
                expect.arrayContaining(
                  snapshotOf(side)
                    .versions(name)
                    .map(({ number }) => number),
                ),
              );
            }
          }
        },
      ),
      { numRuns: 70 },
    );
    expect([...met].sort()).toEqual(['number-taken', 'slot-taken', 'stale']);
  });
});

function deployed(version: string, past: Story): Story {
  return past.versions(version).deploys(version, 'test');
}

/** The number of the version that a step records something of. */
function toldNumber(step: Step): string | undefined {
  return /"(?:publishes|verifies|deploys|releases|version)":"\w+ (\d)"/.exec(fc.stringify(step))?.[1];
}

/** A three-way merge by files; where both sides changed one, coins tell which, and derived files keep the conflict. */
function merge(base: Folder, ours: Folder, theirs: Folder, coins: readonly boolean[]): Folder {
  const [was, one, other] = [filesOf(base), filesOf(ours), filesOf(theirs)];
  const paths = [...new Set([...was.keys(), ...one.keys(), ...other.keys()])];
  const texts = paths.map((path, index) => {
    const [before, mine, yours] = [was.get(path), one.get(path), other.get(path)];
    if (mine === yours || before === yours) return [path, mine] as const;
    if (before === mine) return [path, yours] as const;
    if (placeOf(path)?.kind === 'derived')
      return [path, `<<<<<<<\n${mine}=======\n${yours}>>>>>>>\n`] as const;
    return [path, coins[index % coins.length] ? mine : yours] as const;
  });
  return withTexts(base, Object.fromEntries(texts));
}
