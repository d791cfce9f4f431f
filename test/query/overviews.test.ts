import { describe, expect, it } from 'vitest';
import { publish } from '../../src/decide/publish.ts';
import { jsonOf } from '../../src/domain/json.ts';
import { pacticipantName, pactSha, versionNumber } from '../../src/domain/names.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { connectedIntegrations, integrations } from '../../src/query/integrations.ts';
import {
  findHeadPact,
  findLatestPact,
  findLatestPactOnBranch,
  findLatestTaggedPact,
  findLatestUntaggedPact,
  findMainHeadPact,
  findPactOfVersion,
  findPactWithContent,
  findPreviousDistinctPact,
  latestPacts,
  type Pair,
  pactsByConsumer,
  pactsOfPair,
  pactsOnBranch,
  pactsWithTag,
} from '../../src/query/latest-pacts.ts';
import { type ProviderStateSource, providerStates } from '../../src/query/provider-states.ts';
import type { PublishedPact } from '../../src/query/publications.ts';
import { requiredVerifications } from '../../src/query/required-verifications.ts';
import {
  findLatestResult,
  findLatestResultBetweenTags,
  findLatestResultForTag,
  findLatestUntaggedResult,
  latestResultsOfVersion,
  verificationStatus,
} from '../../src/query/verification-status.ts';
import { findVersionInRange } from '../../src/query/version-range.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

const empty = story({
  firstTagAsBranch: false,
  deployTagsNamedLikeEnvironments: false,
  allowContractModification: true,
})
  .creates('test')
  .creates('prod', true);
const pair: Pair = { consumer: pacticipantName('Foo'), provider: pacticipantName('Bar') };
const numberOf = (pact: PublishedPact | undefined) => pact?.consumerVersion.number;

describe('which pact is the latest (api.md §3.1)', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['dev'] })
    .publishes('Foo 2', 'Bar', { content: 1, branch: 'feat', tags: ['dev', 'prod'] })
    .publishes('Foo 3', 'Bar', { content: 3, branch: 'feat' })
    .publishes('Foo 4', 'Bar', { content: 3, tags: ['x'] })
    .publishes('Foo 5', 'Baz', { content: 5, branch: 'main', tags: ['dev'] });

  it.each<[address: string, find: (now: Snapshot) => PublishedPact | undefined, version: string | undefined]>(
    [
      ['version/2', (now) => findPactOfVersion(now, pair, '2'), '2'],
      ['version/5, which has a pact with another', (now) => findPactOfVersion(now, pair, '5'), undefined],
      ['latest', (now) => findLatestPact(now, pair), '4'],
      ['latest/dev, whose newest version has no pact', (now) => findLatestTaggedPact(now, pair, 'dev'), '2'],
      ['latest/prod', (now) => findLatestTaggedPact(now, pair, 'prod'), '2'],
      ['latest/nope', (now) => findLatestTaggedPact(now, pair, 'nope'), undefined],
      ['latest-untagged', (now) => findLatestUntaggedPact(now, pair), '3'],
      [
        'branch/main/latest, though the head has no pact',
        (now) => findLatestPactOnBranch(now, pair, 'main'),
        '1',
      ],
      ['branch/feat/latest', (now) => findLatestPactOnBranch(now, pair, 'feat'), '3'],
      ['branch/main/latest/versions', (now) => findHeadPact(now, pair, 'main'), undefined],
      ['branch/feat/latest/versions', (now) => findHeadPact(now, pair, 'feat'), '3'],
      ['branch/latest/versions', (now) => findMainHeadPact(now, pair), undefined],
      [
        'latest of a pair that nobody knows',
        (now) => findLatestPact(now, { consumer: pair.provider, provider: pair.consumer }),
        undefined,
      ],
      [
        'branch/latest/versions of a consumer that nobody knows',
        (now) => findMainHeadPact(now, { ...pair, consumer: pacticipantName('Nobody') }),
        undefined,
      ],
      [
        'pact-version/SHA',
        (now) => findPactWithContent(now, pair, pactSha('cf5330630f0271daea6f8d448c819ad64fe81c2b')),
        '2',
      ],
      ['pact-version/UNKNOWN', (now) => findPactWithContent(now, pair, pactSha('0'.repeat(40))), undefined],
    ],
  )('%s', (_address, find, version) => {
    expect(numberOf(find(past.snapshot()))).toBe(version);
  });

  it.each<[address: string, find: (now: Snapshot) => PublishedPact | undefined]>([
    ['latest', (now) => findLatestPact(now, pair)],
    ['latest/dev', (now) => findLatestTaggedPact(now, pair, 'dev')],
    ['latest/nope', (now) => findLatestTaggedPact(now, pair, 'nope')],
    ['branch/main/latest', (now) => findLatestPactOnBranch(now, pair, 'main')],
    [
      'pact-version/SHA',
      (now) => findPactWithContent(now, pair, pactSha('cf5330630f0271daea6f8d448c819ad64fe81c2b')),
    ],
  ])('%s does not look at older versions', (_address, find) => {
    const many = Array.from({ length: 9 }, (_, n) => `Foo ${n}`).reduce(
      (before, version) => before.publishes(version, 'Bar', { content: 1, branch: 'main', tags: ['dev'] }),
      empty,
    );
    const { files } = readPartially(many.root, (root) => find(snapshotOf(root)));
    expect(files.filter((path) => path.includes('/versions/')).length).toBeLessThanOrEqual(1);
  });

  it('latest-untagged does not either where the newest has no tag', () => {
    const many = past.publishes('Foo 6', 'Bar');
    const { answer, files } = readPartially(many.root, (root) =>
      findLatestUntaggedPact(snapshotOf(root), pair),
    );
    expect(numberOf(answer)).toBe('6');
    expect(files.filter((path) => path.includes('/versions/'))).toHaveLength(1);
  });

  it('finds the previous content, not the previous version', () => {
    const now = past.snapshot();
    const latest = findLatestPact(now, pair) as PublishedPact;
    const previous = findPreviousDistinctPact(now, latest);
    expect(numberOf(previous)).toBe('2');
    expect(findPreviousDistinctPact(now, previous as PublishedPact)).toBeUndefined();
  });

  it('lists pacts by age', () => {
    const now = past.snapshot();
    expect(pactsOfPair(now, pair).map(numberOf)).toEqual(['1', '2', '3', '4']);
    expect(pactsOnBranch(now, pair, 'feat').map(numberOf)).toEqual(['2', '3']);
    expect(pactsWithTag(now, pair, 'dev').map(numberOf)).toEqual(['1', '2']);
  });

  it('lists the latest of every pair, and of every consumer of a provider', () => {
    const now = past.publishes('Ant 1', 'Bar').snapshot();
    expect(latestPacts(now).map(({ consumer, provider }) => `${consumer}→${provider}`)).toEqual([
      'Ant→Bar',
      'Foo→Bar',
      'Foo→Baz',
    ]);
    expect(
      pactsByConsumer(now, pair.provider, (each) => findLatestTaggedPact(now, each, 'dev')).map(numberOf),
    ).toEqual(['2']);
  });
});

describe('integrations (api.md §9)', () => {
  const past = empty
    .publishes('A 1', 'B')
    .publishes('B 1', 'C')
    .publishes('C 1', 'D')
    .publishes('X 1', 'Y')
    .verifies('B 1', 'A 1');
  const names = (list: readonly Pair[]) => list.map(({ consumer, provider }) => `${consumer}→${provider}`);

  it('shows the newest contract data first', () => {
    expect(names(integrations(past.snapshot()))).toEqual(['A→B', 'X→Y', 'C→D', 'B→C']);
  });

  it('searches both sides in any case', () => {
    expect(names(integrations(past.snapshot(), 'c'))).toEqual(['C→D', 'B→C']);
  });

  it('finds what is connected, wave by wave', () => {
    const from = (most?: number) => names(connectedIntegrations(past.snapshot(), pacticipantName('A'), most));
    expect(from()).toEqual(['A→B', 'B→C', 'C→D']);
    expect(from(2)).toEqual(['A→B']);
    expect(from(3)).toEqual(['A→B', 'B→C']);
    expect(names(connectedIntegrations(past.snapshot(), pacticipantName('Nobody')))).toEqual([]);
  });

  it('lists those of one publication in the order in which they were published', () => {
    const at = past.next((draft, instant) => {
      const contracts = ['Z', 'Y'].map((provider) => ({
        provider: pacticipantName(provider),
        content: jsonOf({ interactions: [] }),
        onConflict: 'overwrite' as const,
      }));
      const consumer = pacticipantName('New');
      publish(draft, {
        consumer,
        version: versionNumber('1'),
        branch: undefined,
        tags: [],
        contracts,
        at: instant,
      });
    });
    const connected = connectedIntegrations(at.snapshot(), pacticipantName('New'));
    expect(names(connected)).toEqual(['X→Y', 'New→Z', 'New→Y']);
  });
});

describe('the status of a pact (api.md §7)', () => {
  const publication = {
    provider: pair.provider,
    revision: 1,
    sha: pactSha('a'.repeat(40)),
    createdAt: empty.at,
  };
  const result = (changes: Readonly<Record<string, unknown>>) =>
    ({ sha: publication.sha, success: true, ...changes }) as never;

  it.each([
    ['never', undefined, result({})],
    ['never', publication, undefined],
    ['success', publication, result({})],
    ['stale', publication, result({ sha: 'b'.repeat(40) })],
    ['failed', publication, result({ success: false, pending: false })],
    ['failed_pending', publication, result({ success: false, pending: true })],
  ])('%s', (status, latest, last) => {
    expect(verificationStatus(latest, last)).toBe(status);
  });

  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1, tags: ['dev'] })
    .verifies('Bar 1', 'Foo 1', 'passed', { tags: ['prod'] })
    .publishes('Foo 2', 'Bar', { content: 2, tags: ['dev'] })
    .verifies('Bar 2', 'Foo 2', 'failed')
    .publishes('Foo 3', 'Bar', { content: 3 })
    .verifies('Bar 3', 'Foo 3')
    .publishes('Foo 3', 'Baz', { content: 3 });

  it('takes the newest result of a tag on one side, or on both', () => {
    const now = past.snapshot();
    expect(findLatestResultForTag(now, pair, 'dev')?.providerVersion).toBe('2');
    expect(findLatestResultForTag(now, pair, 'nope')).toBeUndefined();
    expect(findLatestResultBetweenTags(now, pair, 'dev', 'prod')?.providerVersion).toBe('1');
  });

  it('takes the newest result, though it is for an older content', () => {
    const now = past.verifies('Bar 4', 'Foo 1', 'failed').snapshot();
    expect(findLatestResultForTag(now, pair, 'dev')?.providerVersion).toBe('4');
    expect(findLatestResult(now, pair)?.providerVersion).toBe('4');
  });

  it('takes the newest of what one version said', () => {
    const now = past.verifies('Bar 3', 'Foo 3', 'failed').snapshot();
    expect(findLatestResult(now, pair)?.success).toBe(false);
    expect(findLatestResult(now, { consumer: pair.provider, provider: pair.consumer })).toBeUndefined();
  });

  it('takes the newest result of the versions without a tag', () => {
    const tagged = past.verifies('Bar 4', 'Foo 1', 'failed');
    expect(findLatestUntaggedResult(tagged.snapshot(), pair)?.providerVersion).toBe('3');
  });

  it('shows the newest result for each pact of a version', () => {
    const version = past.snapshot().version(pair.consumer, versionNumber('3'));
    if (!version) throw new Error('no version');
    const results = latestResultsOfVersion(past.snapshot(), version);
    expect(results.map(({ pact, result: last }) => [pact.provider, last?.success])).toEqual([
      ['Bar', true],
      ['Baz', undefined],
    ]);
  });
});

describe('required verifications (webhooks.md §1.3)', () => {
  it('names each provider version once, with every reason', () => {
    const past = empty
      .publishes('Foo 1', 'Bar', { content: 1 })
      .branches('Bar 1', 'main')
      .deploys('Bar 1', 'test', 'a')
      .deploys('Bar 1', 'test', 'b')
      .branches('Bar 2', 'feat')
      .releases('Bar 2', 'prod')
      .verifies('Bar 3', 'Foo 1', 'failed')
      .releases('Bar 3', 'prod')
      .versions('Bar 4')
      .versions('Foo 4')
      .deploys('Foo 4', 'test');
    const sha = pactSha('cf5330630f0271daea6f8d448c819ad64fe81c2b');
    const required = requiredVerifications(past.snapshot(), pair.consumer, pair.provider, sha);
    expect(
      required.map(({ providerVersion, branch, mainBranch, deployedIn, releasedIn }) => [
        providerVersion.number,
        branch,
        mainBranch,
        deployedIn.map(({ name }) => name),
        releasedIn.map(({ name }) => name),
      ]),
    ).toEqual([
      ['1', 'main', true, ['test'], []],
      ['2', 'feat', false, [], ['prod']],
    ]);
  });
});

it('requires a live version without a branch of a provider without a main branch', () => {
  const past = empty.publishes('Foo 1', 'Bar', { content: 1 }).versions('Bar 1').deploys('Bar 1', 'test');
  const sha = pactSha('cf5330630f0271daea6f8d448c819ad64fe81c2b');
  const [required, ...others] = requiredVerifications(past.snapshot(), pair.consumer, pair.provider, sha);
  expect(others).toEqual([]);
  expect(required).toMatchObject({ mainBranch: false, providerVersion: { number: '1' } });
  expect(required).not.toHaveProperty('branch');
});

describe('provider states (api.md §10)', () => {
  const asking = (past: Story, consumer: string, version: string, branch: string, states: unknown): Story =>
    past.next((draft, at) => {
      publish(draft, {
        consumer: pacticipantName(consumer),
        version: versionNumber(version),
        branch: branch as never,
        tags: [],
        contracts: [
          {
            provider: pair.provider,
            content: jsonOf({
              interactions: [{ description: 'x', request: {}, response: {}, ...(states as object) }],
            }),
            onConflict: 'overwrite',
          },
        ],
        at,
      });
    });
  const params = { id: 1 };
  const past = [
    ['Foo', '1', 'main', { providerStates: [{ name: 's2', params }, { name: 's1' }] }],
    ['Ant', '1', 'main', { providerState: 's1' }],
    ['Cat', '1', 'main', { providerStates: [{ name: 's2', params: { id: 3 } }] }],
    ['Ant', '2', 'feat', { providerStates: [{ name: 's2', params: { id: 2 } }] }],
  ].reduce(
    (before, [consumer, version, branch, states]) =>
      asking(before, consumer as string, version as string, branch as string, states),
    empty,
  );

  it.each<[source: ProviderStateSource, states: readonly string[]]>([
    ['main-branches', ['s1 {} Ant,Foo', 's2 {"id":"1"} Foo', 's2 {"id":"3"} Cat']],
    [{ branch: 'feat' }, ['s2 {"id":"2"} Ant']],
    [{ environment: 'prod' }, ['s1 {} Ant', 's2 {"id":"2"} Ant']],
    [{ environment: 'test' }, []],
  ])('from %j', (source, states) => {
    const now = past
      .deploys('Ant 2', 'prod')
      .releases('Ant 1', 'prod')
      .publishes('Cat 2', 'Baz')
      .deploys('Cat 2', 'prod')
      .snapshot();
    expect(
      providerStates(now, pair.provider, source).map(({ name, params: values, consumers }) => {
        const plain = Object.fromEntries(
          [...(values ?? [])].map(([key, value]) => [key, (value as { literal: string }).literal]),
        );
        return `${name} ${JSON.stringify(plain)} ${consumers.join()}`;
      }),
    ).toEqual(states);
  });
});

describe('a range of semantic versions', () => {
  const past = ['1.2.0', '1.10.0', '1.9.0', '2.0.0-rc.1', 'abc1234', '2.0.0', '1.11.0-beta'].reduce(
    (before, version) => before.versions(`Foo ${version}`),
    empty,
  );

  it.each([
    ['^1.2', '1.10.0'],
    ['~1.2', '1.2.0'],
    ['>=1', '2.0.0'],
    ['>=2.0.0-rc.0 <2.0.0', '2.0.0-rc.1'],
    ['^3', undefined],
  ])('%s means %s', (range, number) => {
    expect(findVersionInRange(past.snapshot(), pair.consumer, range)?.number).toBe(number);
  });

  it('must be one', () => {
    expect(() => findVersionInRange(past.snapshot(), pair.consumer, 'newest')).toThrow(
      expect.objectContaining({
        code: 'bad-arguments',
        message: '"newest" is not a range of semantic versions.',
        hint: 'Write it as in ^1.2.0, ~1.2 or ">=1.2 <2".',
      }),
    );
  });
});
