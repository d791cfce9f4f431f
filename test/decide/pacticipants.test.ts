import { describe, expect, it } from 'vitest';
import {
  addLabel,
  describePacticipant,
  type PacticipantPatch,
  removeLabel,
  replacing,
} from '../../src/decide/pacticipants.ts';
import { branchName, pacticipantName } from '../../src/domain/names.ts';
import { type Story, story } from '../helpers/story.ts';

const foo = pacticipantName('Foo');
const mainBranch = branchName('trunk');
const fooOf = (past: Story) => past.snapshot().pacticipant(foo);
const described = (past: Story, patch: PacticipantPatch) =>
  past.next((draft, at) => void describePacticipant(draft, foo, patch, at));

describe('a pacticipant (domain.md §1)', () => {
  it.each<[by: string, past: Story]>([
    ['a pact, as its consumer', story().publishes('Foo 1', 'Bar')],
    ['a pact, as its provider', story().publishes('Bar 1', 'Foo')],
    ['a tag', story().tags('Foo 1', 'x')],
    ['a label', story().next((draft, at) => void addLabel(draft, foo, 'x', at))],
    ['a version', story().versions('Foo 1')],
    ['a branch', story().branches('Foo 1', 'x')],
    ['a description', described(story(), {})],
  ])('is made by %s', (_by, past) => {
    expect(fooOf(past)).toMatchObject({
      name: 'Foo',
      displayName: 'Foo',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
  });

  const known = described(story(), {
    displayName: 'The Foo',
    mainBranch,
    repositoryUrl: 'http://foo',
    repositoryName: 'foo',
    repositoryNamespace: 'us',
  }).next((draft, at) => void addLabel(draft, foo, 'team', at));
  const everything = {
    displayName: 'The Foo',
    mainBranch: 'trunk',
    repositoryUrl: 'http://foo',
    repositoryName: 'foo',
    repositoryNamespace: 'us',
  };

  it.each<[patch: PacticipantPatch, becomes: object]>([
    [{}, everything],
    [{ displayName: 'Other' }, { ...everything, displayName: 'Other' }],
    [{ displayName: null }, { ...everything, displayName: 'Foo' }],
    [{ displayName: '' }, { ...everything, displayName: 'Foo' }],
    [{ mainBranch: branchName('main') }, { ...everything, mainBranch: 'main' }],
    [{ mainBranch: null }, { ...everything, mainBranch: undefined }],
    [
      { repositoryUrl: '', repositoryName: 'new' },
      { ...everything, repositoryUrl: undefined, repositoryName: 'new' },
    ],
    [
      replacing({ repositoryUrl: 'http://new' }),
      {
        displayName: 'Foo',
        mainBranch: undefined,
        repositoryUrl: 'http://new',
        repositoryName: undefined,
        repositoryNamespace: undefined,
      },
    ],
    [replacing({ ...everything, mainBranch }), everything],
  ])('patched with %j', (patch, becomes) => {
    const {
      name: _,
      createdAt: __,
      updatedAt: ___,
      labels,
      ...fields
    } = fooOf(described(known, patch)) ?? { labels: [] };
    expect({ ...becomes, ...fields }).toEqual(becomes);
    expect(fields).toEqual(JSON.parse(JSON.stringify(becomes)));
    expect(labels.map(({ name }) => name)).toEqual(['team']);
  });

  it('is touched only by what changes it', () => {
    expect(fooOf(known)?.updatedAt).toBeUndefined();
    expect(described(known, { displayName: 'The Foo', mainBranch }).root).toBe(known.root);
    expect(fooOf(described(known, { displayName: 'New' }))?.updatedAt).toBe('2026-01-01T00:00:02.000Z');
  });

  it('is not touched by the description that makes it', () => {
    expect(fooOf(described(story(), { repositoryName: 'foo' }))).not.toHaveProperty('updatedAt');
    expect(fooOf(described(known, { displayName: ' ' }))?.displayName).toBe('Foo');
  });

  it('says whether it was new', () => {
    known.next((draft, at) => {
      expect(describePacticipant(draft, foo, {}, at).created).toBe(false);
      expect(describePacticipant(draft, pacticipantName('Bar'), {}, at).created).toBe(true);
    });
  });

  it('has each label once', () => {
    known.next((draft, at) => {
      expect(addLabel(draft, foo, 'team', at)).toEqual({ created: false });
      expect(addLabel(draft, foo, 'other', at)).toEqual({ created: true });
      expect(addLabel(draft, foo, 'team', at)).toEqual({ created: false });
      expect(draft.now.pacticipant(foo)?.labels.map(({ name }) => name)).toEqual(['team', 'other']);
      expect(removeLabel(draft, foo, 'team')).toBe(true);
      expect(removeLabel(draft, foo, 'team')).toBe(false);
      expect(removeLabel(draft, pacticipantName('Nobody'), 'team')).toBe(false);
      expect(draft.now.pacticipant(foo)?.labels).toEqual([{ name: 'other', createdAt: at }]);
    });
  });
});

describe('the main branch (domain.md §1.4)', () => {
  const cleared = (past: Story) => described(past, { mainBranch: null });

  it.each<[when: string, past: Story, mainBranch: string | undefined]>([
    ['no candidate was seen', story().branches('Foo 1', 'feat'), undefined],
    ['a candidate was published', story().publishes('Foo 1', 'Bar', { branch: 'main' }), 'main'],
    ['a candidate was added', story().branches('Foo 1', 'develop'), 'develop'],
    ['a better one came later', story().branches('Foo 1', 'master').branches('Foo 2', 'main'), 'master'],
    ['a tag was put', story().branches('Foo 1', 'feat').tags('Foo 1', 'main'), 'main'],
    [
      'tags were published',
      story().publishes('Foo 1', 'Bar', { branch: 'feat', tags: ['x', 'main'] }),
      'main',
    ],
    ['the first tag became a branch', story().publishes('Foo 1', 'Bar', { tags: ['master'] }), 'master'],
    ['it was cleared', cleared(story().branches('Foo 1', 'main')), undefined],
    [
      'it was cleared and seen again',
      cleared(story().branches('Foo 1', 'main')).branches('Foo 2', 'master'),
      'master',
    ],
    ['it was set', described(story(), { mainBranch }).branches('Foo 1', 'main'), 'trunk'],
    [
      'other candidates are wanted',
      story({ mainBranchCandidates: ['x'] })
        .branches('Foo 1', 'main')
        .branches('Foo 1', 'x'),
      'x',
    ],
    ['none is wanted', story({ mainBranchCandidates: [] }).branches('Foo 1', 'main'), undefined],
  ])('when %s', (_when, past, expected) => {
    expect(fooOf(past)?.mainBranch).toBe(expected);
  });
});
