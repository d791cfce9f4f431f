import { describe, expect, it } from 'vitest';
import { pacticipantName, versionNumber } from '../../src/domain/names.ts';
import {
  allPairs,
  type DashboardRow,
  type DashboardView,
  dashboard,
  standingOf,
} from '../../src/query/dashboard.ts';
import type { Pair } from '../../src/query/latest-pacts.ts';
import { type Story, story } from '../helpers/story.ts';

const empty = story({ firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false })
  .creates('test')
  .creates('prod', true);
const pair: Pair = { consumer: pacticipantName('Foo'), provider: pacticipantName('Bar') };

/** `Foo 4 stale by Bar 1`: the version, how it stands, and whose result says so. */
function told({ pact, status, result }: DashboardRow): string {
  const by = result ? ` by ${result.provider} ${result.providerVersion}` : '';
  return `${pact.consumer} ${pact.consumerVersion.number} ${status}${by}`;
}

function rows(past: Story, view: DashboardView, pairs?: readonly Pair[]): readonly string[] {
  const now = past.snapshot();
  return dashboard(now, view, pairs ?? allPairs(now)).map(told);
}

const past = empty
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['dev'] })
  .verifies('Bar 1', 'Foo 1', 'passed', { branch: 'main', tags: ['prod'] })
  .deploys('Foo 1', 'prod')
  .publishes('Foo 2', 'Bar', { content: 2, branch: 'main' })
  .publishes('Foo 3', 'Bar', { content: 3, branch: 'feat' })
  .publishes('Foo 4', 'Bar', { content: 4, tags: ['dev'] })
  .publishes('ant 1', 'Bar', { content: 1 });

describe('the rows of the dashboard (api.md §8, ui.md §3.1)', () => {
  it.each<[view: DashboardView, rows: readonly string[]]>([
    ['latest', ['ant 1 never', 'Foo 4 stale by Bar 1']],
    ['branch', ['Foo 3 stale by Bar 1', 'Foo 2 stale by Bar 1']],
    ['tag', ['Foo 4 stale by Bar 1']],
    ['environment', ['Foo 1 success by Bar 1']],
    [
      'all',
      [
        'ant 1 never',
        'Foo 4 stale by Bar 1',
        'Foo 3 stale by Bar 1',
        'Foo 2 stale by Bar 1',
        'Foo 1 success by Bar 1',
      ],
    ],
    ['api', ['ant 1 never', 'Foo 4 never', 'Foo 1 success by Bar 1']],
  ])('by %s', (view, expected) => {
    expect(rows(past, view)).toEqual(expected);
  });

  it('has the newest pact of a branch whose head has none', () => {
    expect(rows(past.branches('Foo 9', 'feat'), 'branch', [pair])).toEqual([
      'Foo 3 stale by Bar 1',
      'Foo 2 stale by Bar 1',
    ]);
  });

  it('has a pact with a tag that is not the newest, where clients ask', () => {
    expect(rows(past.publishes('Foo 5', 'Bar', { content: 5, tags: ['x'] }), 'api', [pair])).toEqual([
      'Foo 5 never',
      'Foo 4 never',
      'Foo 1 success by Bar 1',
    ]);
  });

  it('leaves out branches, tags and live versions that have no pact of the pair', () => {
    const other = past
      .publishes('Foo 5', 'Baz', { content: 5, branch: 'baz', tags: ['baz'] })
      .deploys('Foo 5', 'test');
    for (const view of ['branch', 'tag', 'environment', 'all', 'api'] as const)
      expect(rows(other, view, [pair]), view).toEqual(rows(past, view, [pair]));
  });

  it('has none for a pair without a pact', () => {
    expect(rows(past, 'all', [{ consumer: pair.provider, provider: pair.consumer }])).toEqual([]);
  });

  it('are in order of the lower-case names of consumer and provider, then the newest version first', () => {
    const many = empty
      .publishes('foo_a 1', 'bar', { content: 1, branch: 'a' })
      .publishes('foo_a 2', 'bar', { content: 2, branch: 'b' })
      .publishes('foo_a 3', 'Baq', { content: 3, branch: 'c' })
      .publishes('fooB 1', 'bar', { content: 1, branch: 'b' })
      .publishes('Bee 1', 'x_a', { content: 1, branch: 'b' })
      .publishes('Bee 1', 'xb', { content: 1, branch: 'b' });
    const now = many.snapshot();
    const pairs = [...allPairs(now)].reverse();
    expect(
      dashboard(now, 'branch', pairs).map(
        ({ pact }) => `${pact.consumer} ${pact.consumerVersion.number} ${pact.provider}`,
      ),
    ).toEqual(['Bee 1 x_a', 'Bee 1 xb', 'foo_a 3 Baq', 'foo_a 2 bar', 'foo_a 1 bar', 'fooB 1 bar']);
  });
});

describe('which result a row shows (ui.md §2.2, §3.2)', () => {
  const results = empty
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['dev'] })
    .verifies('Bar 1', 'Foo 1')
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'main', tags: ['dev'] })
    .publishes('Foo 3', 'Bar', { content: 3, tags: ['dev'] })
    .publishes('Foo 4', 'Bar', { content: 4 })
    .verifies('Bar 4', 'Foo 4', 'failed');

  it.each<[view: DashboardView, rows: readonly string[]]>([
    ['branch', ['Foo 2 stale by Bar 1']],
    ['tag', ['Foo 3 stale by Bar 1']],
    ['latest', ['Foo 4 failed by Bar 4']],
    ['all', ['Foo 4 failed by Bar 4', 'Foo 3 failed by Bar 4', 'Foo 2 stale by Bar 1']],
    ['api', ['Foo 4 failed by Bar 4', 'Foo 3 never']],
  ])('by %s', (view, expected) => {
    expect(rows(results, view)).toEqual(expected);
  });

  it('is that of the very content where there is one, though another is newer', () => {
    const head = results.verifies('Bar 2', 'Foo 2').verifies('Bar 3', 'Foo 1', 'failed');
    expect(rows(head, 'branch')).toEqual(['Foo 2 success by Bar 2']);
    expect(rows(head, 'tag')).toEqual(['Foo 3 failed by Bar 3']);
  });

  it('is the newest of those that one version gave', () => {
    const again = results.verifies('Bar 4', 'Foo 4', 'passed');
    expect(rows(again, 'latest')).toEqual(['Foo 4 success by Bar 4']);
  });

  it('for a version that is no longer the head of its branch is the newest of all', () => {
    const past = results.deploys('Foo 1', 'prod').branches('Foo 1', 'old').branches('Foo 4', 'old');
    expect(rows(past, 'all').at(-1)).toBe('Foo 1 failed by Bar 4');
  });
});

describe('what is told of a version', () => {
  it('is what it is the newest of', () => {
    const now = past.deploys('Bar 1', 'test').versions('Foo 9').deploys('Foo 9', 'test').snapshot();
    const all = dashboard(now, 'all', [pair]);
    const [latest] = all;
    const live = all.at(-1);
    expect(latest).toMatchObject({ isLatest: true, consumer: { headBranches: [], latestTags: ['dev'] } });
    expect(live).toMatchObject({ isLatest: false, consumer: { headBranches: [], latestTags: [] } });
    expect(live?.provider).toMatchObject({ headBranches: ['main'], latestTags: ['prod'] });
  });

  it('are the branches it is the head of, the oldest first', () => {
    const now = empty
      .branches('Foo 1', 'z-old')
      .branches('Foo 2', 'a-new')
      .branches('Foo 2', 'z-old')
      .snapshot();
    const version = now.version(pair.consumer, versionNumber('2'));
    if (!version) throw new Error('no version');
    expect(standingOf(now, version).headBranches).toEqual(['z-old', 'a-new']);
  });
});
