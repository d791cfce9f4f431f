import { describe, expect, it } from 'vitest';
import {
  environmentName,
  pacticipantName,
  type VersionNumber,
  versionNumber,
} from '../../src/domain/names.ts';
import { withNode } from '../../src/domain/tree.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import {
  allPacticipants,
  findBranch,
  findEnvironment,
  findHead,
  findLatestTagged,
  findPacticipant,
  findPresences,
  findTag,
  findVersion,
  knowsEnvironment,
  knowsPacticipant,
  versionsInEnvironment,
} from '../../src/query/asked.ts';
import { story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

const foo = pacticipantName('Foo');
const numbers = (versions: readonly { readonly number: VersionNumber }[]) =>
  versions.map(({ number }) => number);

const past = story({ firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false })
  .creates('test')
  .branches('Foo 1', 'main')
  .tags('Foo 1', 'dev')
  .tags('Foo 2', 'dev')
  .branches('Foo 3', 'main')
  .deploys('Foo 2', 'test')
  .deploys('Foo 1', 'test', 'blue')
  .deploys('Foo 2', 'test', 'green')
  .versions('Bar 1')
  .deploys('Bar 1', 'test');

describe('what is asked for by a text', () => {
  it('is found by its name', () => {
    const now = past.snapshot();
    expect(findPacticipant(now, 'Foo')?.name).toBe('Foo');
    expect([knowsPacticipant(now, 'Foo'), knowsPacticipant(now, 'foo')]).toEqual([true, false]);
    expect([findVersion(now, foo, '1')?.number, findVersion(now, foo, '9')]).toEqual(['1', undefined]);
    expect([findBranch(now, foo, 'main')?.name, findBranch(now, foo, 'feat')]).toEqual(['main', undefined]);
    expect([findHead(now, foo, 'main')?.number, findHead(now, foo, 'feat')]).toEqual(['3', undefined]);
    expect([findTag(now, foo, 'dev')?.latest, findTag(now, foo, 'prod')]).toEqual(['2', undefined]);
    expect([findLatestTagged(now, foo, 'dev')?.number, findLatestTagged(now, foo, 'x')]).toEqual([
      '2',
      undefined,
    ]);
    expect([findEnvironment(now, 'test')?.name, findEnvironment(now, 'Test')]).toEqual(['test', undefined]);
    expect([knowsEnvironment(now, 'test'), knowsEnvironment(now, 'prod')]).toEqual([true, false]);
    expect([findPresences(now, 'test').length, findPresences(now, 'prod').length]).toEqual([4, 0]);
  });

  it.each(['', ' ', 'a\nb'])('is nothing for %j', (text) => {
    const now = past.snapshot();
    const found = [
      findPacticipant(now, text),
      findVersion(now, foo, text),
      findBranch(now, foo, text),
      findTag(now, foo, text),
      findEnvironment(now, text),
    ];
    expect(found).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect([knowsPacticipant(now, text), knowsEnvironment(now, text)]).toEqual([false, false]);
    expect([findPresences(now, text), versionsInEnvironment(now, foo, text)]).toEqual([[], []]);
  });
});

describe('versions in an environment', () => {
  it('are there once, by age', () => {
    expect(numbers(versionsInEnvironment(past.snapshot(), foo, 'test'))).toEqual(['1', '2']);
    expect(versionsInEnvironment(past.snapshot(), pacticipantName('Baz'), 'test')).toEqual([]);
  });

  it('are none that a damaged store has lost', () => {
    const lost = past.next((draft) => {
      const presences = draft.now.presences(environmentName('test'));
      draft.dropVersion(foo, versionNumber('1'));
      draft.putPresences(environmentName('test'), presences);
    });
    expect(numbers(versionsInEnvironment(lost.snapshot(), foo, 'test'))).toEqual(['2']);
  });
});

describe('all pacticipants (api.md §9)', () => {
  const many = ['b', 'C', 'a', '_', 'Ä'].reduce((before, name) => before.versions(`${name} 1`), story());
  const namesOf = (root = many.root) => allPacticipants(snapshotOf(root)).map(({ name }) => name);

  it('are told by name, whatever its case', () => {
    expect(namesOf()).toEqual(['_', 'a', 'b', 'C', 'Ä']);
  });

  it('are those that say what they are', () => {
    expect(namesOf(withNode(many.root, 'pacticipants/C/pacticipant.yaml', undefined))).toEqual([
      '_',
      'a',
      'b',
      'Ä',
    ]);
  });

  it('are read together', () => {
    expect(readPartially(many.root, (root) => namesOf(root)).rounds).toBe(1);
  });
});
