import { describe, expect, it } from 'vitest';
import { pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { canIDeploy, canIMerge } from '../../src/query/can-i-deploy.ts';
import { matrix } from '../../src/query/matrix/matrix.ts';
import { asks, recording, told } from './asking.ts';
import { readPartially } from './partial.ts';

describe('a pacticipant that consumes itself', () => {
  const past = recording
    .publishes('Foo 1', 'Foo', { content: 1 })
    .verifies('Foo 1', 'Foo 1')
    .verifies('Foo 2', 'Foo 1', 'failed')
    .publishes('Foo 3', 'Bar', { content: 3 })
    .publishes('Ant 1', 'Foo', { content: 4 })
    .verifies('Foo 1', 'Ant 1');

  it('has each row once, asked alone', () => {
    expect(asks(['Foo'])(past).rows).toEqual([
      'Ant 1 → Foo 1 true',
      'Foo 3 → Bar – null',
      'Foo 1 → Foo 2 false',
      'Foo 1 → Foo 1 true',
    ]);
  });

  it('has the row of one version once', () => {
    expect(asks(['Foo 1'])(past).rows).toEqual([
      'Ant 1 → Foo 1 true',
      'Foo 1 → Foo 2 false',
      'Foo 1 → Foo 1 true',
    ]);
  });
});

describe('rows that say the same', () => {
  it('are of the same two names, however those run together', () => {
    const past = recording
      .publishes('A 1', 'BC')
      .publishes('AB 1', 'C')
      .publishes('A 12', 'B')
      .publishes('A 1', 'B');
    for (const latestBy of ['cp', 'cvp', 'cvpv'] as const)
      expect(asks(['A', 'AB', 'B', 'C', 'BC'], { latestBy })(past).rows, latestBy).toHaveLength(
        latestBy === 'cp' ? 3 : 4,
      );
  });
});

describe('a limit', () => {
  const past = recording.publishes('Foo 1', 'Bar', { content: 1 }).publishes('Foo 2', 'Bar', { content: 2 });
  const warned = (limit: number, limitWithin: 'store' | 'answer', story = past) =>
    matrix(story.snapshot(), { selectors: [{ pacticipant: 'Foo' }], latestBy: 'cvpv', limit, limitWithin })
      .reasons.map(({ kind }) => kind)
      .includes('limited');

  it('is warned of when something may be missing', () => {
    expect([1, 2, 3].map((limit) => warned(limit, 'store'))).toEqual([true, true, false]);
    expect([1, 2, 3].map((limit) => warned(limit, 'answer'))).toEqual([true, true, false]);
    const displaced = past.publishes('Zoo 1', 'Yak', { content: 1 });
    expect([2, 3, 4].map((limit) => warned(limit, 'store', displaced))).toEqual([true, false, false]);
    expect([2, 3].map((limit) => warned(limit, 'answer', displaced))).toEqual([true, false]);
  });
});

it('a limit takes the last result for the newest, whichever provider version gave it', () => {
  const past = recording
    .publishes('Foo 1', 'Bar', { content: 1 })
    .verifies('Bar 1', 'Foo 1', 'failed', { branch: 'feat' })
    .verifies('Bar 2', 'Foo 1', 'passed', { branch: 'feat' })
    .verifies('Bar 1', 'Foo 1', 'passed')
    .publishes('Foo 2', 'Bar', { content: 1 });
  const selectors = ['Foo 2', 'Bar branch=feat'];
  expect(asks(selectors, { limit: 1 })(past).rows).toEqual(['Foo 2 → Bar 1 true']);
});

it('says once what two selectors miss in the same words', () => {
  const past = recording.branches('Foo 1', 'main');
  expect(asks(['Foo tag=prod', 'Foo tag=prod branch=main'])(past).notices.slice(1)).toEqual([
    'No version with tag prod exists for Foo',
  ]);
});

describe('can-i-merge', () => {
  const past = recording
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .verifies('Bar 1', 'Foo 1', 'passed', { branch: 'main' })
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'feat' })
    .verifies('Bar 1', 'Foo 2', 'failed');

  it('asks about the head of the main branch, or a version, and the main branches of the others', () => {
    expect(told(canIMerge(past.snapshot(), 'Foo'))).toMatchObject({
      deployable: true,
      rows: ['Foo 1 → Bar 1 true'],
    });
    expect(told(canIMerge(past.snapshot(), 'Foo', '2'))).toMatchObject({
      deployable: false,
      rows: ['Foo 2 → Bar 1 false'],
    });
    const moved = past.branches('Bar 2', 'main');
    expect(told(canIMerge(moved.snapshot(), 'Foo')).deployable).toBe(null);
  });
});

describe('can-i-deploy', () => {
  it('holds several versions against each other alone unless they go somewhere', () => {
    const past = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .verifies('Bar 1', 'Foo 1')
      .publishes('Foo 1', 'Baz', { content: 1 });
    const answer = (...selectors: { pacticipant: string; version: string }[]) =>
      canIDeploy(past.snapshot(), { selectors }).verdict;
    expect(answer({ pacticipant: 'Foo', version: '1' })).toBe('unknown');
    expect(answer({ pacticipant: 'Foo', version: '1' }, { pacticipant: 'Bar', version: '1' })).toBe('yes');
  });

  it('takes the newest version of the provider that a tag or branch means', () => {
    const past = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .verifies('Bar 1', 'Foo 1', 'failed', { tags: ['prod'] })
      .verifies('Bar 2', 'Foo 1', 'passed', { tags: ['prod'] });
    const selectors = [{ pacticipant: 'Foo', version: '1' }];
    expect(told(canIDeploy(past.snapshot(), { selectors, destination: { tag: 'prod' } })).rows).toEqual([
      'Foo 1 → Bar 2 true',
    ]);
  });
});

describe('what cannot be answered', () => {
  const past = recording.publishes('Foo 1', 'Bar', { content: 1 }).verifies('Bar 1', 'Foo 1');

  it('is refused with every complaint', () => {
    const ask = () => matrix(past.snapshot(), { selectors: [{ pacticipant: 'A' }, { pacticipant: 'B' }] });
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: 'Pacticipant A not found\nPacticipant B not found',
        complaints: [
          { where: '', text: 'Pacticipant A not found' },
          { where: '', text: 'Pacticipant B not found' },
        ],
      }),
    );
  });

  it('is told of a repository that lost a version', () => {
    const lost = past.next((draft) => draft.dropVersion(pacticipantName('Bar'), versionNumber('1')));
    expect(() => asks(['Foo 1'])(lost)).toThrow(
      expect.objectContaining({
        code: 'store-damaged',
        message: 'There is a verification result of version 1 of Bar, which does not exist.',
        hint: 'Run `gitpact fsck` to find and repair what is inconsistent.',
      }),
    );
  });
});

it('a question of a store of which nothing is loaded takes few rounds', () => {
  const past = recording
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .verifies('Bar 1', 'Foo 1', 'passed', { branch: 'main' })
    .deploys('Bar 1', 'production');
  const rounds = (destination: object) =>
    readPartially(past.root, (root) =>
      canIDeploy(snapshotOf(root), { selectors: [{ pacticipant: 'Foo', version: '1' }], destination }),
    ).rounds;
  expect([rounds({ environment: 'production' }), rounds({ mainBranch: true })]).toEqual([2, 3]);
});
