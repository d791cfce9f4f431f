import { describe, expect, it } from 'vitest';
import { pacticipantName, pactSha, versionNumber } from '../../src/domain/names.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { contractEvents, verificationEvents } from '../../src/query/events.ts';
import { eventWords } from '../../src/render/words/events.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

const empty = story({ firstTagAsBranch: false, allowContractModification: true }).creates('test');
const contents: Readonly<Record<string, string>> = {
  c1: 'cf5330630f0271daea6f8d448c819ad64fe81c2b',
  c2: 'dbcdb2fcbe00ed57752f1bd3e6558a63b0090fd0',
};

/** The events of publishing a content for a version that has its branch and tags already. */
function events(past: Story, version: string, content: string): readonly string[] {
  return contractEvents(past.snapshot(), {
    consumer: pacticipantName('Foo'),
    provider: pacticipantName('Bar'),
    version: versionNumber(version),
    sha: pactSha(contents[content] ?? ''),
  }).map(eventWords);
}

const changed = (comment: string) => ['contract_published', `contract_content_changed (${comment})`];

describe('what a publication means (webhooks.md §1.2)', () => {
  const v1 = empty.versions('Foo 1').branches('Foo 1', 'main');
  const v2 = v1.publishes('Foo 1', 'Bar', { content: 1 }).versions('Foo 2').branches('Foo 2', 'main');
  const v3 = v2.publishes('Foo 2', 'Bar', { content: 1 }).versions('Foo 3').branches('Foo 3', 'feat');
  const v4 = v3.publishes('Foo 3', 'Bar', { content: 1 }).tags('Foo 4', 'a');
  const v5 = v4.publishes('Foo 4', 'Bar', { content: 1 }).tags('Foo 5', 'a');
  const v6 = v5.publishes('Foo 5', 'Bar', { content: 1 }).tags('Foo 6', 'a').tags('Foo 6', 'b');
  const v7 = v6.publishes('Foo 6', 'Bar', { content: 1 }).tags('Foo 7', 'a').tags('Foo 7', 'b');
  const v8 = v7.publishes('Foo 7', 'Bar', { content: 2 }).tags('Foo 8', 'a').tags('Foo 8', 'b');
  const v9 = v8.publishes('Foo 8', 'Bar', { content: 2 }).versions('Foo 9');
  const sameUntagged =
    'contract_published (pact content is the same as previous versions with tags  and no new tags were applied)';

  it.each<[version: string, past: Story, content: string, events: readonly string[]]>([
    ['1', v1, 'c1', changed('first time untagged pact published')],
    ['2', v2, 'c1', [sameUntagged]],
    ['3', v3, 'c1', [sameUntagged]],
    [
      '4',
      v4,
      'c1',
      changed('first time any pact published for this consumer with consumer version tagged a'),
    ],
    [
      '5',
      v5,
      'c1',
      [
        'contract_published (pact content is the same as previous version with tag a and no new tags were applied)',
      ],
    ],
    [
      '6',
      v6,
      'c1',
      changed('first time any pact published for this consumer with consumer version tagged b'),
    ],
    [
      '7',
      v7,
      'c2',
      changed(
        'pact content has changed since the last consumer version tagged with a, pact content has changed since the last consumer version tagged with b',
      ),
    ],
    [
      '8',
      v8,
      'c2',
      [
        'contract_published (pact content is the same as previous versions with tags a, b and no new tags were applied)',
      ],
    ],
    ['9', v9, 'c1', [sameUntagged]],
    ['9', v9, 'c2', changed('pact content has changed since previous untagged version')],
    ['8', v9, 'c2', ['contract_published']],
    ['8', v9, 'c1', changed('pact content modified since previous publication for Foo version 8')],
    ['never seen', v9, 'c2', changed('pact content has changed since previous untagged version')],
  ])('version %s', (version, past, content, expected) => {
    expect(events(past, version, content)).toEqual(expected);
  });

  it('of a version that is not there yet is of an untagged one', () => {
    expect(events(empty, 'new', 'c1')).toEqual(changed('first time untagged pact published'));
  });

  it('does not look at all versions where the newest pact has the tag', () => {
    const many = Array.from({ length: 20 }, (_, n) => `Foo ${n}`).reduce(
      (before, version) => before.publishes(version, 'Bar', { content: 1, tags: ['a'] }),
      empty,
    );
    const read = readPartially(many.tags('Foo new', 'a').root, (root) =>
      contractEvents(snapshotOf(root), {
        consumer: pacticipantName('Foo'),
        provider: pacticipantName('Bar'),
        version: versionNumber('new'),
        sha: pactSha(contents.c1 ?? ''),
      }),
    );
    expect(read.files.filter((path) => path.includes('/versions/'))).toHaveLength(2);
  });

  it('has its reason at the change alone', () => {
    const required = v2.branches('Bar 5', 'main');
    const publishing = {
      consumer: pacticipantName('Foo'),
      provider: pacticipantName('Bar'),
      version: versionNumber('2'),
      sha: pactSha(contents.c2 ?? ''),
    };
    expect(contractEvents(required.snapshot(), publishing)).toEqual([
      { name: 'contract_published', comments: [] },
      { name: 'contract_requiring_verification_published', comments: [] },
      { name: 'contract_content_changed', comments: [{ kind: 'changed-since-untagged' }] },
    ]);
  });

  it('compares with earlier versions only', () => {
    const past = empty.versions('Foo 1').publishes('Foo 2', 'Bar', { content: 1 });
    expect(events(past, '1', 'c1')).toEqual(changed('first time untagged pact published'));
  });

  it('does not look at all versions to see that a tag is new', () => {
    const many = Array.from({ length: 20 }, (_, n) => `Foo ${n}`).reduce(
      (before, version) => before.publishes(version, 'Bar', { content: 1 }),
      empty,
    );
    const read = readPartially(many.tags('Foo new', 'feat-x').root, (root) =>
      contractEvents(snapshotOf(root), {
        consumer: pacticipantName('Foo'),
        provider: pacticipantName('Bar'),
        version: versionNumber('new'),
        sha: pactSha(contents.c1 ?? ''),
      }).map(eventWords),
    );
    expect(read.answer[1]).toContain(
      'first time any pact published for this consumer with consumer version tagged',
    );
    expect(read.files.filter((path) => path.includes('/versions/'))).toHaveLength(2);
  });

  it('finds the last pact of a tag behind newer ones of another', () => {
    const past = empty
      .publishes('Foo 1', 'Bar', { content: 1, tags: ['a'] })
      .publishes('Foo 2', 'Bar', { content: 2, tags: ['b'] })
      .tags('Foo 3', 'a');
    expect(events(past, '3', 'c1')[0]).toContain('is the same as previous version with tag a');
  });
});

describe('contract_requiring_verification_published (webhooks.md §1.3)', () => {
  const past = empty.publishes('Foo 1', 'Bar', { content: 1 }).branches('Bar 5', 'main');
  const requires = (story: Story) =>
    events(story, '1', 'c1').includes('contract_requiring_verification_published');

  it.each<[when: string, past: Story, required: boolean]>([
    [
      'nothing of the provider matters',
      past.versions('Bar 6').next((draft) => draft.dropBranch(pacticipantName('Bar'), 'main' as never)),
      false,
    ],
    ['the head of its main branch has not looked', past, true],
    ['it has failed', past.verifies('Bar 5', 'Foo 1', 'failed'), false],
    [
      'a live version has not looked',
      past.verifies('Bar 5', 'Foo 1').versions('Bar 4').releases('Bar 4', 'test'),
      true,
    ],
    [
      'every live version has',
      past.verifies('Bar 5', 'Foo 1').verifies('Bar 4', 'Foo 1').deploys('Bar 4', 'test'),
      false,
    ],
  ])('when %s', (_when, story, required) => {
    expect(requires(story)).toBe(required);
  });
});

it('a result is published, and succeeded or failed', () => {
  expect(verificationEvents(true)).toEqual([
    'provider_verification_published',
    'provider_verification_succeeded',
  ]);
  expect(verificationEvents(false)).toEqual([
    'provider_verification_published',
    'provider_verification_failed',
  ]);
});
