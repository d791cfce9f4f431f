import { describe, expect, it } from 'vitest';
import { planClean } from '../../src/query/retention/plan.ts';
import {
  type KeepSelector,
  parseKeepBranchSelectors,
  parseKeepSelectors,
  type RetentionRules,
  usualBranchSelectors,
  usualVersionSelectors,
} from '../../src/query/retention/rules.ts';
import { type Story, story } from '../helpers/story.ts';

const usual: RetentionRules = {
  versions: usualVersionSelectors,
  branches: usualBranchSelectors,
  versionLimit: 1000,
  branchLimit: 1000,
};

function plan(past: Story, rules: Partial<RetentionRules> = {}) {
  return planClean(past.snapshot(), { ...usual, ...rules }, past.at);
}

function named(versions: readonly { pacticipant: string; number: string }[]): string[] {
  return versions.map(({ pacticipant, number }) => `${pacticipant} ${number}`);
}

/** The worked example of ui.md §8.1, 200 days old. */
const example = story({ firstTagAsBranch: false })
  .creates('prod', true)
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
  .deploys('Foo 1', 'prod')
  .publishes('Foo 2', 'Bar', { content: 1, branch: 'old' })
  .publishes('Foo 3', 'Bar', { content: 1, branch: 'main' })
  .publishes('Foo 4', 'Bar', { content: 1, branch: 'main', tags: ['t'] })
  .publishes('Foo 5', 'Bar', { content: 1, branch: 'main' })
  .versions('Bar 10')
  .waits(200);

describe('a clean-up by the usual rules', () => {
  it('deletes a stale branch and, at once, the version that was only its head', () => {
    const { branchesToDelete, versionsToDelete, versionsToKeep } = plan(example);
    expect(branchesToDelete.map(({ pacticipant, branch }) => [pacticipant, branch.name])).toEqual([
      ['Foo', 'old'],
    ]);
    expect(named(versionsToDelete)).toEqual(['Foo 2', 'Foo 3']);
    expect(named(versionsToKeep)).toEqual(['Bar 10', 'Foo 1', 'Foo 4', 'Foo 5']);
  });

  it('tells how many versions each rule keeps, and adds none that is there', () => {
    expect(plan(example).keptBy).toEqual([
      { selector: { tag: true, latest: true }, count: 1 },
      { selector: { branch: true, latest: true }, count: 1 },
      { selector: { latest: true }, count: 2 },
      { selector: { deployed: true }, count: 1 },
      { selector: { released: true }, count: 0 },
      { selector: { maxAge: 90 }, count: 0 },
    ]);
  });

  it('deletes the oldest first, up to the limit', () => {
    const { versionsToDelete, versionsLeftOver } = plan(example, { versionLimit: 1 });
    expect(named(versionsToDelete)).toEqual(['Foo 2']);
    expect(named(versionsLeftOver)).toEqual(['Foo 3']);
  });

  it('leaves a branch beyond the limit, with its head', () => {
    const { branchesToDelete, versionsToDelete } = plan(example, { branchLimit: 0 });
    expect(branchesToDelete).toEqual([]);
    expect(named(versionsToDelete)).toEqual(['Foo 3']);
  });

  it('keeps what an environment or a branch that stays still needs, whatever the selectors', () => {
    const rules = { versions: [{ pacticipant: 'Nobody' }], branches: [] };
    expect(named(plan(example, rules).versionsToKeep)).toEqual(['Foo 1', 'Foo 2', 'Foo 5']);
  });

  it('counts age by date', () => {
    const past = story().publishes('Foo 1', 'Bar').publishes('Foo 2', 'Bar');
    const rules = { versions: [{ maxAge: 3 }] };
    expect(named(plan(past.waits(3.9), rules).versionsToDelete)).toEqual([]);
    expect(named(plan(past.waits(4), rules).versionsToDelete)).toEqual(['Foo 1', 'Foo 2']);
  });

  it('keeps all branches without rules for them', () => {
    expect(plan(example, { branches: [] }).branchesToDelete).toEqual([]);
  });

  it.each([
    ['of the age', [{ maxAge: 200 }], []],
    ['of the name', [{ branch: 'old' }], []],
    ['of another name', [{ branch: 'new' }], ['old']],
    ['of another pacticipant', [{ pacticipant: 'Bar', branch: 'old' }], ['old']],
  ])('sorts out branches %s', (_what, branches, gone) => {
    expect(plan(example, { branches }).branchesToDelete.map(({ branch }) => branch.name)).toEqual(gone);
  });
});

describe('each selector', () => {
  const past = story({ firstTagAsBranch: false })
    .creates('test')
    .creates('prod', true)
    .publishes('Foo 1', 'Bar', { branch: 'main', tags: ['a'] })
    .deploys('Foo 1', 'test')
    .publishes('Foo 2', 'Bar', { branch: 'main', tags: ['a', 'b'] })
    .deploys('Foo 2', 'prod')
    .publishes('Foo 3', 'Bar', { branch: 'main' })
    .releases('Foo 3', 'test')
    .publishes('Foo 4', 'Bar', { branch: 'feat' })
    .publishes('Foo 5', 'Bar', { branch: 'feat' })
    .publishes('Baz 1', 'Bar');

  it.each<[selector: KeepSelector, kept: string[]]>([
    [{ latest: true }, ['Baz 1', 'Foo 5']],
    [{ latest: true, pacticipant: 'Foo' }, ['Foo 5']],
    [{ tag: true }, ['Foo 1', 'Foo 2']],
    [{ tag: 'b' }, ['Foo 2']],
    [{ tag: 'a', latest: true }, ['Foo 2']],
    [{ tag: 'none' }, []],
    [{ branch: true }, ['Foo 1', 'Foo 2', 'Foo 3', 'Foo 4', 'Foo 5']],
    [{ branch: 'feat' }, ['Foo 4', 'Foo 5']],
    [{ branch: true, latest: true }, ['Foo 3', 'Foo 5']],
    [{ mainBranch: true }, ['Foo 1', 'Foo 2', 'Foo 3']],
    [{ mainBranch: true, latest: true }, ['Foo 3']],
    [{ mainBranch: true, branch: 'feat' }, []],
    [{ deployed: true }, ['Foo 1', 'Foo 2']],
    [{ deployed: true, environment: 'prod' }, ['Foo 2']],
    [{ released: true }, ['Foo 3']],
    [{ released: true, environment: 'prod' }, []],
    [{ environment: 'test' }, ['Foo 1', 'Foo 3']],
    [{ environment: 'nowhere' }, []],
    [{ deployed: true, released: true }, []],
    [{ deployed: true, tag: 'b' }, ['Foo 2']],
    [{ maxAge: 0 }, ['Baz 1', 'Foo 1', 'Foo 2', 'Foo 3', 'Foo 4', 'Foo 5']],
  ])('%j keeps %j', (selector, kept) => {
    const { keptBy } = plan(past, { versions: [selector] });
    expect(keptBy[0]).toEqual({ selector, count: kept.length });
    const others = ['Foo 1', 'Foo 2', 'Foo 3', 'Foo 5'];
    expect(named(plan(past, { versions: [selector] }).versionsToKeep)).toEqual(
      [...new Set([...kept, ...others])].sort(),
    );
  });
});

describe('a version that no rule keeps stays for its result', () => {
  const published = story()
    .publishes('Web 1', 'Api', { content: 1, branch: 'main' })
    .creates('prod')
    .deploys('Web 1', 'prod');
  const rules = { versions: [{ deployed: true }], branches: [] };
  const kept = (past: Story) => {
    const { versionsToKeep, needed } = plan(past, rules);
    return [named(versionsToKeep).filter((name) => name.startsWith('Api')), needed];
  };

  it.each<[what: string, past: Story, versions: string[], needed: number]>([
    [
      'while nobody else verified the pact',
      published.verifies('Api 1', 'Web 1', 'passed', { branch: 'main' }).branches('Api 2', 'main'),
      ['Api 1', 'Api 2'],
      1,
    ],
    [
      'but only the newest',
      published
        .verifies('Api 1', 'Web 1', 'passed', { branch: 'main' })
        .verifies('Api 2', 'Web 1', 'passed', { branch: 'main' })
        .branches('Api 3', 'main'),
      ['Api 2', 'Api 3'],
      1,
    ],
    [
      'not when a version that stays verified it, too',
      published
        .verifies('Api 1', 'Web 1', 'passed', { branch: 'main' })
        .verifies('Api 2', 'Web 1', 'passed', { branch: 'main' }),
      ['Api 2'],
      0,
    ],
    [
      'when the one that stays failed',
      published
        .verifies('Api 1', 'Web 1', 'passed', { branch: 'main' })
        .verifies('Api 2', 'Web 1', 'failed', { branch: 'main' }),
      ['Api 1', 'Api 2'],
      1,
    ],
    [
      'rather one of the main branch',
      published
        .verifies('Api 1', 'Web 1', 'passed', { branch: 'main' })
        .verifies('Api 2', 'Web 1', 'passed', { branch: 'feat' })
        .branches('Api 3', 'main')
        .branches('Api 4', 'feat'),
      ['Api 1', 'Api 3', 'Api 4'],
      1,
    ],
    ['not when all failed', published.verifies('Api 1', 'Web 1', 'failed').versions('Api 2'), [], 0],
    ['without a branch, too', published.verifies('Api 1', 'Web 1').versions('Api 2'), ['Api 1'], 1],
  ])('%s', (_what, past, versions, needed) => {
    expect(kept(past)).toEqual([versions, needed]);
  });
});

describe('selectors as JSON', () => {
  it('take the names of the Pact Broker and ours', () => {
    expect(
      parseKeepSelectors([
        { max_age: 3, main_branch: true },
        { maxAge: 0, tag: true },
      ]),
    ).toEqual({
      selectors: [
        { maxAge: 3, mainBranch: true },
        { maxAge: 0, tag: true },
      ],
    });
    expect(parseKeepBranchSelectors(null)).toEqual({ selectors: [] });
  });

  it('are complained about all at once', () => {
    const asked = [{ latest: 'yes', colour: 1 }, {}, 'x', { max_age: -1, tag: '', __proto__: null }];
    const where = (parsed: ReturnType<typeof parseKeepSelectors>) =>
      'complaints' in parsed ? parsed.complaints.map((complaint) => complaint.where) : [];
    expect(where(parseKeepSelectors(asked))).toEqual([
      '1.latest',
      '1.colour',
      '2',
      '3',
      '4.max_age',
      '4.tag',
    ]);
    expect(where(parseKeepSelectors(JSON.parse('[{"constructor": true}]')))).toEqual(['1.constructor']);
  });

  it('must say something', () => {
    expect(parseKeepSelectors([])).toEqual({
      complaints: [{ where: '', text: 'You must specify which versions to keep' }],
    });
    expect(parseKeepSelectors({})).toEqual({
      complaints: [{ where: '', text: 'must be a list of selectors' }],
    });
  });
});
