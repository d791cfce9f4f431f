import { describe, expect, it } from 'vitest';
import { deleteBranch, deleteBranchVersion, deleteVersion } from '../../src/decide/deletions.ts';
import {
  addTag,
  ensureVersion,
  putTag,
  removeTag,
  replaceTags,
  setBuildUrl,
  touchVersion,
} from '../../src/decide/versions.ts';
import { branchName, pacticipantName, tagName, versionNumber } from '../../src/domain/names.ts';
import { type Story, story } from '../helpers/story.ts';

const foo = pacticipantName('Foo');
const one = versionNumber('1');
const versionOf = (past: Story, number = '1') => past.snapshot().version(foo, versionNumber(number));
const headOf = (past: Story, branch = 'main') => past.snapshot().branch(foo, branchName(branch))?.head;
const names = (list: readonly { readonly name: string }[] | undefined) => list?.map(({ name }) => name);
const deleted = (past: Story, number: string) =>
  past.next((draft) => {
    const version = draft.now.version(foo, versionNumber(number));
    if (version) deleteVersion(draft, version);
  });
const off = (past: Story, number: string, branch = 'main') =>
  past.next((draft) => void deleteBranchVersion(draft, foo, versionNumber(number), branchName(branch)));

describe('a version (domain.md §2)', () => {
  it('has the next order of its pacticipant, for ever', () => {
    const past = story()
      .versions('Foo 2')
      .versions('Bar 1')
      .versions('Foo 1')
      .tags('Foo 2', 'x')
      .branches('Foo 2', 'y');
    expect(
      past
        .snapshot()
        .versions(foo)
        .map(({ number, order }) => [number, order]),
    ).toEqual([
      ['2', 1],
      ['1', 2],
    ]);
    expect(past.snapshot().latestVersion(foo)?.number).toBe('1');
    expect(past.snapshot().versions(pacticipantName('Bar'))[0]?.order).toBe(1);
  });

  it.each<[what: string, past: Story, latest: string | undefined, orderOfNext: number]>([
    ['the newest', deleted(story().versions('Foo 1').versions('Foo 2'), '2'), '1', 2],
    ['an older one', deleted(story().versions('Foo 1').versions('Foo 2'), '1'), '2', 3],
    ['the only one', deleted(story().versions('Foo 1'), '1'), undefined, 1],
  ])('leaves the others in order when %s is deleted', (_what, past, latest, orderOfNext) => {
    expect(past.snapshot().latestVersion(foo)?.number).toBe(latest);
    expect(versionOf(past.versions('Foo 9'), '9')?.order).toBe(orderOfNext);
  });

  it('counts as touched when made in passing, and not when made on purpose', () => {
    expect(versionOf(story().tags('Foo 1', 'x'))?.updatedAt).toBe('2026-01-01T00:00:00.000Z');
    expect(versionOf(story().publishes('Foo 1', 'Bar'))?.updatedAt).toBeUndefined();
    const later = story()
      .publishes('Foo 1', 'Bar')
      .next((draft, at) => {
        const version = ensureVersion(draft, foo, one, at);
        touchVersion(draft, version, at);
      });
    expect(versionOf(later)?.updatedAt).toBe('2026-01-01T00:00:01.000Z');
  });

  it('takes a build URL, another, and none', () => {
    const at = (past: Story, url: string | undefined) =>
      past.next((draft, now) => setBuildUrl(draft, foo, one, url, now));
    const built = at(story(), 'http://ci/1');
    expect(versionOf(built)).toMatchObject({
      buildUrl: 'http://ci/1',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    expect(versionOf(built)?.updatedAt).toBeUndefined();
    expect(at(built, 'http://ci/1').root).toBe(built.root);
    expect(versionOf(at(built, 'http://ci/2'))).toMatchObject({
      buildUrl: 'http://ci/2',
      updatedAt: '2026-01-01T00:00:01.000Z',
    });
    expect(versionOf(at(built, undefined))).not.toHaveProperty('buildUrl');
  });
});

describe('the head of a branch (domain.md §3.2)', () => {
  const two = story().branches('Foo 1', 'main').branches('Foo 2', 'main');
  const x = story().versions('Foo 1').branches('Foo x', 'other').branches('Foo 1', 'other');

  it.each<[when: string, past: Story, branch: string, head: string | undefined]>([
    ['the newest was added last', two, 'main', '2'],
    ['an older one is published again', two.publishes('Foo 1', 'Bar', { branch: 'main' }), 'main', '2'],
    ['an older one is added later', x, 'other', '1'],
    ['the head is taken off: the one of the greatest order', off(x, '1', 'other'), 'other', 'x'],
    ['one behind the head is taken off', off(x, 'x', 'other'), 'other', '1'],
    [
      'one behind a head that is older than the others is taken off',
      off(
        story()
          .versions('Foo 1')
          .branches('Foo 2', 'main')
          .branches('Foo 3', 'main')
          .branches('Foo 1', 'main'),
        '2',
      ),
      'main',
      '1',
    ],
    ['the head is deleted', deleted(two, '2'), 'main', '1'],
    ['one behind the head is deleted', deleted(two, '1'), 'main', '2'],
    ['all are deleted', deleted(deleted(two, '2'), '1'), 'main', undefined],
    [
      'the head came last though others are newer, and goes',
      deleted(two.branches('Foo 3', 'main').branches('Foo 0', 'main'), '0'),
      'main',
      '3',
    ],
  ])('when %s', (_when, past, branch, head) => {
    expect(headOf(past, branch)).toBe(head);
    expect(past.snapshot().branch(foo, branchName(branch))).toBeDefined();
  });

  it('is not there once the branch is deleted, while its versions are', () => {
    const past = two.branches('Foo 1', 'feat').next((draft) => {
      expect(deleteBranch(draft, foo, branchName('main'))).toBe(true);
      expect(deleteBranch(draft, foo, branchName('main'))).toBe(false);
    });
    expect(past.snapshot().branch(foo, branchName('main'))).toBeUndefined();
    expect(names(versionOf(past)?.branches)).toEqual(['feat']);
    expect(versionOf(past, '2')?.branches).toEqual([]);
  });

  it('keeps the other branches of a version that is taken off one', () => {
    const past = off(two.branches('Foo 1', 'feat'), '1');
    expect(names(versionOf(past)?.branches)).toEqual(['feat']);
    expect([headOf(past), headOf(past, 'feat')]).toEqual(['2', '1']);
  });

  it('says whether a version was taken off', () => {
    two.next((draft) => {
      expect(deleteBranchVersion(draft, foo, one, branchName('main'))).toBe(true);
      expect(deleteBranchVersion(draft, foo, one, branchName('main'))).toBe(false);
      expect(deleteBranchVersion(draft, foo, versionNumber('9'), branchName('main'))).toBe(false);
    });
  });

  it('keeps the order of its branches, and when each was made', () => {
    const past = story().branches('Foo 1', 'z').branches('Foo 1', 'a').branches('Foo 1', 'z');
    expect(names(versionOf(past)?.branches)).toEqual(['z', 'a']);
    expect(past.snapshot().branch(foo, branchName('a'))?.createdAt).toBe('2026-01-01T00:00:01.000Z');
  });

  it('is touched when used again after more than a minute', () => {
    const first = story().branches('Foo 1', 'main');
    const updated = (past: Story) => past.snapshot().branch(foo, branchName('main'))?.updatedAt;
    const minutes = (past: Story, count: number) => past.waits(count / 1440);
    expect(updated(first.branches('Foo 1', 'main'))).toBe('2026-01-01T00:00:00.000Z');
    expect(updated(minutes(first, 59 / 60).branches('Foo 1', 'main'))).toBe('2026-01-01T00:00:00.000Z');
    expect(updated(minutes(first, 1).branches('Foo 1', 'main'))).toBe('2026-01-01T00:01:01.000Z');
    expect(updated(minutes(first, 1).branches('Foo 2', 'main'))).toBe('2026-01-01T00:01:01.000Z');
  });
});

describe('tags (domain.md §3.3, §4)', () => {
  const branched = (past: Story, number = '1') =>
    versionOf(past, number)?.branches.map(({ name, auto }) => [name, auto]);

  it.each<[when: string, past: Story, branches: unknown]>([
    ['it is the first', story().publishes('Foo 1', 'Bar', { tags: ['dev', 'two'] }), [['dev', true]]],
    ['it is put', story().tags('Foo 1', 'dev').tags('Foo 1', 'two'), [['dev', true]]],
    [
      'there is a branch',
      story().publishes('Foo 1', 'Bar', { branch: 'b', tags: ['dev'] }),
      [['b', undefined]],
    ],
    [
      'the version is ten seconds old',
      story()
        .versions('Foo 1')
        .waits(9 / 86_400)
        .tags('Foo 1', 'dev'),
      [['dev', true]],
    ],
    [
      'the version is older',
      story()
        .versions('Foo 1')
        .waits(10 / 86_400)
        .tags('Foo 1', 'dev'),
      [],
    ],
    ['that is turned off', story({ firstTagAsBranch: false }).tags('Foo 1', 'dev'), []],
  ])('become a branch or not when %s', (_when, past, branches) => {
    expect(branched(past)).toEqual(branches);
  });

  it('has each tag once, since it was first put', () => {
    story().next((draft, at) => {
      const dev = tagName('dev');
      expect(addTag(draft, foo, one, dev, at)).toEqual({ created: true });
      expect(putTag(draft, foo, one, dev, at)).toEqual({ created: false });
      expect(draft.now.version(foo, one)?.tags).toEqual([{ name: 'dev', createdAt: at }]);
      expect(removeTag(draft, foo, one, dev)).toBe(true);
      expect(removeTag(draft, foo, one, dev)).toBe(false);
      expect(removeTag(draft, foo, versionNumber('9'), dev)).toBe(false);
      expect(draft.now.tag(foo, dev)).toBeUndefined();
    });
  });

  it('are taken off one by one', () => {
    const past = story().tags('Foo 1', 'a').tags('Foo 1', 'b').tags('Foo 1', 'c');
    const after = past.next((draft) => void removeTag(draft, foo, one, tagName('b')));
    expect(names(versionOf(after)?.tags)).toEqual(['a', 'c']);
  });

  it('make a branch only of a young version without tags and branches', () => {
    const put = (past: Story) => branched(past.tags('Foo 1', 'dev'));
    const young = story().versions('Foo 1');
    expect(put(young)).toEqual([['dev', true]]);
    expect(put(young.waits(9 / 86_400))).toEqual([['dev', true]]);
    expect(put(young.waits(10 / 86_400))).toEqual([]);
    expect(put(young.branches('Foo 1', 'b'))).toEqual([['b', undefined]]);
    const tagged = young.next((draft, at) => replaceTags(draft, foo, one, [tagName('old')], at));
    expect(put(tagged)).toEqual([]);
  });

  it('are replaced without the effects of putting one', () => {
    const past = story()
      .creates('test')
      .versions('Foo 1')
      .next((draft, at) => {
        replaceTags(draft, foo, one, ['main', 'test', 'main'].map(tagName), at);
        replaceTags(draft, foo, one, ['test', 'new'].map(tagName), at);
      });
    expect(names(versionOf(past)?.tags)).toEqual(['test', 'new']);
    expect(branched(past)).toEqual([]);
    expect(versionOf(past)?.deployments).toEqual([]);
    expect(past.snapshot().pacticipant(foo)?.mainBranch).toBeUndefined();
  });

  it('know the newest version that has them, and their first use', () => {
    const tag = (past: Story) => past.snapshot().tag(foo, tagName('dev'));
    const past = story().versions('Foo 1').versions('Foo 2').tags('Foo 2', 'dev').tags('Foo 1', 'dev');
    expect(tag(past)).toEqual({ name: 'dev', createdAt: '2026-01-01T00:00:02.000Z', latest: '2' });
    expect(tag(deleted(past, '2'))).toEqual({
      name: 'dev',
      createdAt: '2026-01-01T00:00:03.000Z',
      latest: '1',
    });
    expect(tag(past.tags('Foo 3', 'dev'))?.latest).toBe('3');
    expect(tag(past.tags('Foo 3', 'dev'))?.createdAt).toBe('2026-01-01T00:00:02.000Z');
  });

  it.each<[when: string, past: Story, live: readonly string[]]>([
    ['put', story().creates('test').tags('Foo 1', 'test'), ['1']],
    [
      'put on another',
      story().creates('test').versions('Foo 2').deploys('Foo 2', 'test').tags('Foo 1', 'test'),
      ['1'],
    ],
    [
      'put again',
      story().creates('test').tags('Foo 1', 'test').deploys('Foo 1', 'test').tags('Foo 1', 'test'),
      ['1'],
    ],
    [
      'put beside an application instance',
      story().creates('test').versions('Foo 2').deploys('Foo 2', 'test', 'blue').tags('Foo 1', 'test'),
      ['2', '1'],
    ],
    [
      'published',
      story()
        .creates('test')
        .publishes('Foo 1', 'Bar', { tags: ['test'] }),
      [],
    ],
    [
      'put where that is turned off',
      story({ deployTagsNamedLikeEnvironments: false }).creates('test').tags('Foo 1', 'test'),
      [],
    ],
    ['put with spaces', story().creates('test').tags('Foo 1', 'test it'), []],
  ])('of the name of an environment deploy there when %s', (_when, past, live) => {
    const [test] = past.snapshot().environments();
    const presences = test ? past.snapshot().presences(test.name) : [];
    expect(presences.map(({ version }) => version)).toEqual(live);
  });
});
