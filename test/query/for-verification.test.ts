import { describe, expect, it } from 'vitest';
import { describePacticipant } from '../../src/decide/pacticipants.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { addToBranch, putTag } from '../../src/decide/versions.ts';
import {
  branchName,
  instant,
  type PactSha,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { metadataFields } from '../../src/query/for-verification/metadata.ts';
import {
  metadataFor,
  type PactToVerify,
  pactsForVerification,
} from '../../src/query/for-verification/pacts-for-verification.ts';
import { verificationNotices } from '../../src/render/words/for-verification.ts';
import { shortDescription } from '../../src/render/words/selectors.ts';
import { type Story, story } from '../helpers/story.ts';
import { ask, requestFrom, told } from './asking-for-verification.ts';
import { readPartially } from './partial.ts';

const empty = story({ firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false })
  .creates('test')
  .creates('prod', true);

const zoo = empty
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['prod'] })
  .deploys('Foo 1', 'prod')
  .releases('Foo 1', 'test')
  .publishes('Foo 2', 'Bar', { content: 2, branch: 'main', tags: ['dev'] })
  .deploys('Foo 2', 'test', 'inst1')
  .publishes('Foo 3', 'Bar', { content: 3, branch: 'feat', tags: ['dev'] })
  .publishes('Cat 1', 'Bar', { content: 4, branch: 'main' })
  .releases('Cat 1', 'prod')
  .publishes('Cat 2', 'Bar', { content: 4, branch: 'main' })
  .publishes('Dog 1', 'Bar', { content: 5 });

describe('selectors choose pacts (selectors.md §10.1)', () => {
  const main = (name: string) => `${name} → latest from main branch`;

  it.each<[selectors: readonly Readonly<Record<string, unknown>>[], pacts: readonly string[]]>([
    [
      [],
      [
        'Cat 2 → released in prod, latest from main branch',
        'Dog 1 → latest',
        'Foo 1 → deployed to prod, released in test',
        'Foo 2 → deployed to test, latest from main branch',
      ],
    ],
    [[{ mainBranch: true }], [main('Cat 2'), main('Foo 2')]],
    [[{ branch: 'feat' }], ['Foo 3 → latest from branch feat']],
    [
      [{ branch: true }],
      [
        'Cat 2 → latest from branch main',
        'Foo 2 → latest from branch main',
        'Foo 3 → latest from branch feat',
      ],
    ],
    [
      [{ branch: 'feat' }, { branch: 'main' }],
      [
        'Cat 2 → latest from branch main',
        'Foo 2 → latest from branch main',
        'Foo 3 → latest from branch feat',
      ],
    ],
    [[{ tag: 'dev' }], ['Foo 2 → one of dev', 'Foo 3 → one of dev']],
    [[{ tag: 'dev', latest: true }], ['Foo 3 → latest with tag dev']],
    [[{ tag: 'dev', consumer: 'Foo' }], ['Foo 2 → one of Foo dev', 'Foo 3 → one of Foo dev']],
    [[{ latest: true }], ['Cat 2 → latest', 'Dog 1 → latest', 'Foo 3 → latest']],
    [[{ deployed: true }], ['Foo 1 → deployed to prod', 'Foo 2 → deployed to test']],
    [[{ released: true }], ['Cat 1 → released in prod', 'Foo 1 → released in test']],
    [
      [{ deployedOrReleased: true }],
      ['Cat 1 → released in prod', 'Foo 1 → deployed to prod, released in test', 'Foo 2 → deployed to test'],
    ],
    [[{ environment: 'test' }], ['Foo 1 → in environment test', 'Foo 2 → in environment test']],
    [[{ environment: 'test', deployed: true }], ['Foo 2 → deployed to test']],
    [
      [{ environment: 'prod', deployedOrReleased: true }],
      ['Cat 1 → released in prod', 'Foo 1 → deployed to prod'],
    ],
    [[{ tag: 'nope', latest: true, fallbackTag: 'dev' }], ['Foo 3 → latest with tag dev']],
    [[{ tag: 'dev', latest: true, fallbackTag: 'prod' }], ['Foo 3 → latest with tag dev']],
    [[{ consumer: 'Nope', latest: true }], []],
    [[{ consumer: 'Cat', latest: true }], ['Cat 2 → latest']],
  ])('%j', (consumerVersionSelectors, pacts) => {
    expect(told(ask(zoo, { consumerVersionSelectors }))).toEqual(pacts);
  });

  it('takes the branch of the provider for matchingBranch', () => {
    const consumerVersionSelectors = [
      { mainBranch: true },
      { deployedOrReleased: true },
      { matchingBranch: true },
    ];
    expect(told(ask(zoo, { consumerVersionSelectors, providerVersionBranch: 'feat' }))).toEqual([
      'Cat 2 → released in prod, latest from main branch',
      'Foo 1 → deployed to prod, released in test',
      'Foo 2 → deployed to test, latest from main branch',
      'Foo 3 → latest from branch feat',
    ]);
    const nope = { consumerVersionSelectors: [{ matchingBranch: true }], providerVersionBranch: 'nope' };
    expect(told(ask(zoo, nope))).toEqual([]);
  });

  it('uses a fallback branch for everybody only when nobody has the branch', () => {
    const feat = [{ branch: 'feat', fallbackBranch: 'main' }];
    expect(told(ask(zoo, { consumerVersionSelectors: feat }))).toEqual(['Foo 3 → latest from branch feat']);
    const pacts = ask(zoo, { consumerVersionSelectors: [{ branch: 'none', fallbackBranch: 'main' }] });
    expect(told(pacts)).toEqual(['Cat 2 → latest from branch main', 'Foo 2 → latest from branch main']);
    const [notice] = verificationNotices(pacts[0] as PactToVerify, requestFrom(zoo, {}), 'url');
    expect(notice?.text).toContain(
      "\n    * latest version from branch 'main' (fallback branch used as no version was found on branch 'none') (2)",
    );
  });

  it('uses a fallback tag for everybody only when nobody has the tag', () => {
    const past = zoo.tags('Cat 1', 'next');
    const consumerVersionSelectors = [{ tag: 'next', latest: true, fallbackTag: 'dev' }];
    expect(told(ask(past, { consumerVersionSelectors }))).toEqual(['Cat 1 → latest with tag next']);
  });

  it('finds nothing at a head without a pact, but a latest with one', () => {
    const past = zoo.branches('Foo 9', 'main').branches('Cat 9', 'main');
    expect(told(ask(past, { consumerVersionSelectors: [{ mainBranch: true }] }))).toEqual([]);
    expect(told(ask(past, { consumerVersionSelectors: [{ latest: true }] }))).toContain('Foo 3 → latest');
  });

  it('names a content by the newest version that was chosen for it', () => {
    const past = empty
      .publishes('Cat 1', 'Bar', { content: 1, branch: 'main' })
      .publishes('Cat 2', 'Bar', { content: 1, branch: 'main' })
      .releases('Cat 1', 'prod');
    expect(told(ask(past, {}))).toEqual(['Cat 2 → released in prod, latest from main branch']);
  });

  it('tells environments before production first', () => {
    const past = empty.publishes('Foo 1', 'Bar').deploys('Foo 1', 'prod').deploys('Foo 1', 'test');
    const [pact] = ask(past, { consumerVersionSelectors: [{ deployed: true }] });
    expect(shortDescription(pact?.selectors ?? [])).toBe('deployed to test, deployed to prod');
    expect(verificationNotices(pact as PactToVerify, requestFrom(past, {}), 'url')[0]?.text).toContain(
      '\n    * consumer version(s) currently deployed to test (1) and prod (1)',
    );
  });

  it('takes the latest of the tag named like a main branch that nobody used yet, unless asked (§3)', () => {
    const past = empty
      .publishes('Foo 1', 'Bar', { content: 1, tags: ['trunk'] })
      .publishes('Foo 2', 'Bar', { content: 2 })
      .next((draft, at) => {
        describePacticipant(draft, pacticipantName('Foo'), { mainBranch: branchName('trunk') }, at);
      });
    expect(told(ask(past, {}))).toEqual(['Foo 1 → latest with tag trunk']);
    expect(
      told(ask(past.publishes('Dog 1', 'Bar'), { consumerVersionSelectors: [{ mainBranch: true }] })),
    ).toEqual([]);
    const without = empty.publishes('Foo 1', 'Bar').next((draft, at) => {
      describePacticipant(draft, pacticipantName('Foo'), { mainBranch: branchName('trunk') }, at);
    });
    expect(told(ask(without, {}))).toEqual(['Foo 1 → latest']);
  });

  it('uses a fallback for the one consumer that was named', () => {
    const only = (selector: object) => [{ consumer: 'Cat', ...selector }];
    const branch = only({ branch: 'none', fallbackBranch: 'main' });
    expect(told(ask(zoo, { consumerVersionSelectors: branch }))).toEqual(['Cat 2 → latest from branch main']);
    const tag = [{ consumer: 'Foo', tag: 'none', latest: true, fallbackTag: 'dev' }];
    const past = zoo.tags('Cat 2', 'dev');
    expect(told(ask(past, { consumerVersionSelectors: tag }))).toEqual(['Foo 3 → latest with tag dev']);
  });

  it('uses a fallback tag though every version of the tag was chosen: the latest of it was not (§4.3)', () => {
    const consumerVersionSelectors = [
      { tag: 'dev' },
      { tag: 'dev', latest: true, fallbackTag: 'prod', consumer: 'Cat' },
    ];
    const past = zoo.tags('Cat 1', 'prod');
    expect(told(ask(past, { consumerVersionSelectors }))).toEqual([
      'Cat 1 → latest with tag prod',
      'Foo 2 → one of dev',
      'Foo 3 → one of dev',
    ]);
  });

  it('looks in environments for the consumer that was named', () => {
    const deployed = (consumer: string) => [{ deployedOrReleased: true, consumer }];
    expect(told(ask(zoo, { consumerVersionSelectors: deployed('Cat') }))).toEqual([
      'Cat 1 → released in prod',
    ]);
  });

  it('names a content by the newest of its versions, whichever was found first', () => {
    const past = empty
      .publishes('Foo 1', 'Bar', { content: 1, branch: 'a' })
      .publishes('Foo 2', 'Bar', { content: 1, branch: 'b' });
    for (const branches of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const pacts = ask(past, { consumerVersionSelectors: branches.map((branch) => ({ branch })) });
      expect(pacts.map(({ consumerVersion }) => consumerVersion.number)).toEqual(['2']);
    }
  });

  it('counts each place in an environment once, deployed there or released', () => {
    const past = zoo
      .deploys('Foo 2', 'test', 'inst2')
      .releases('Foo 3', 'test')
      .deploys('Foo 3', 'test')
      .releases('Foo 2', 'test');
    const pacts = ask(past, { consumerVersionSelectors: [{ environment: 'test' }] });
    expect(pacts.map((pact) => [pact.consumerVersion.number, pact.selectors.length])).toEqual([
      ['1', 1],
      ['2', 3],
      ['3', 1],
    ]);
  });

  it('sorts consumers without regard to case, and their versions by age', () => {
    const past = empty
      .publishes('Bee 1', 'Bar', { content: 1, branch: 'b' })
      .publishes('ant 2', 'Bar', { content: 2, branch: 'a' })
      .publishes('ant 1', 'Bar', { content: 1, branch: 'b' });
    expect(
      told(ask(past, { consumerVersionSelectors: [{ branch: true }] })).map((text) => text.slice(0, 5)),
    ).toEqual(['ant 2', 'ant 1', 'Bee 1']);
  });
});

describe('what chose a pact (selectors.md §4.4)', () => {
  const past = empty
    .creates('beta')
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['t1', 't2'] })
    .publishes('Foo 2', 'Bar', { content: 1, branch: 'main', tags: ['t2'] })
    .branches('Foo 2', 'b')
    .branches('Foo 2', 'a')
    .tags('Foo 2', 'z')
    .deploys('Foo 2', 'prod', 'one')
    .deploys('Foo 1', 'prod', 'two')
    .deploys('Foo 1', 'test')
    .deploys('Foo 1', 'beta')
    .releases('Foo 1', 'prod')
    .releases('Foo 1', 'test')
    .publishes('Ant 1', 'Bar');
  const told = (selectors: readonly object[]) => {
    const pact = ask(past, { consumerVersionSelectors: [...selectors].reverse() }).find(
      ({ consumer }) => consumer === 'Foo',
    );
    return pact?.selectors.map((selector) => {
      const names = [
        'branch' in selector ? selector.branch : '',
        'tag' in selector ? selector.tag : '',
        'environment' in selector ? selector.environment.name : '',
        selector.consumer ? `of ${selector.consumer}` : '',
      ];
      return [selector.kind, ...names.filter(Boolean), selector.version.number].join(' ');
    });
  };

  it('is told by kind, then name, then version, however it was asked for', () => {
    expect(
      told([
        { latest: true },
        { branch: 'a' },
        { branch: 'b' },
        { tag: 'a-none', latest: true, fallbackTag: 'z' },
        { tag: 't1', latest: true },
        { tag: 't2', latest: true },
        { tag: 't1' },
        { tag: 't2' },
        { tag: 't2', consumer: 'Foo' },
        { deployedOrReleased: true },
        { mainBranch: true, consumer: 'Foo' },
        { mainBranch: true },
      ]),
    ).toEqual([
      'latest 2',
      'branch a 2',
      'branch b 2',
      'latest-tagged z 2',
      'latest-tagged t1 1',
      'latest-tagged t2 2',
      'tagged t1 1',
      'tagged t2 1',
      'tagged t2 2',
      'tagged t2 of Foo 1',
      'tagged t2 of Foo 2',
      'deployed beta 1',
      'deployed test 1',
      'deployed prod 1',
      'deployed prod 2',
      'released test 1',
      'released prod 1',
      'main-branch main of Foo 2',
      'main-branch main 2',
    ]);
  });

  it('is said in metadata as it was asked for, not what was taken instead (§9)', () => {
    const metadata = (selector: object) => {
      const [pact] = ask(past, { consumerVersionSelectors: [{ consumer: 'Foo', ...selector }] });
      return metadataFor(pact as PactToVerify, false).selectors;
    };
    const consumerVersion = '2';
    expect(metadata({ tag: 'none', latest: true, fallbackTag: 'z' })).toEqual([
      { tag: 'none', latest: true, consumerVersion },
    ]);
    expect(metadata({ tag: 'z', latest: true })).toEqual([{ tag: 'z', latest: true, consumerVersion }]);
    expect(metadata({ tag: 'z' })).toEqual([{ tag: 'z', consumerVersion }]);
    expect(metadata({ branch: 'none', fallbackBranch: 'a' })).toEqual([
      { branch: 'none', latest: true, consumerVersion },
    ]);
    expect(metadata({ mainBranch: true })).toEqual([{ latest: true, consumerVersion }]);
    expect(metadata({ latest: true })).toEqual([{ latest: true, consumerVersion }]);
    const head = { branch: 'true', latest: true, consumerVersion };
    expect(metadata({ branch: true })).toEqual([head, head, head]);
    const places = ['1', '1', '1', '2'].map((version) => ({ consumerVersion: version }));
    expect(metadata({ deployed: true })).toEqual(places);
    const [byDefault] = ask(empty.publishes('Foo 1', 'Bar', { branch: 'main' }), {});
    expect(metadataFor(byDefault as PactToVerify, false).selectors).toEqual([{ consumerVersion: '1' }]);
    expect(metadata({ environment: 'beta' })).toEqual([{ environment: 'beta', consumerVersion: '1' }]);
  });
});

describe('pending (selectors.md §6)', () => {
  const never = empty.publishes('Foo 1', 'Bar', { branch: 'main' });
  const onMain = never.verifies('Bar 10', 'Foo 1', 'passed', { branch: 'main' });
  const young = never
    .branches('Bar 9', 'feat')
    .waits(2)
    .verifies('Bar 10', 'Foo 1', 'passed', { branch: 'main' });
  const withoutBranch = never
    .verifies('Bar 10', 'Foo 1', 'failed', { branch: 'main' })
    .verifies('Bar 11', 'Foo 1');
  const dev = never.verifies('Bar 10', 'Foo 1', 'passed', { tags: ['dev'] });
  const old = never
    .tags('Bar 8', 'old')
    .tags('Bar 8', 'old2')
    .waits(3)
    .verifies('Bar 10', 'Foo 1', 'passed', { tags: ['dev'] });
  const wip = never.verifies('Bar 10', 'Foo 1', 'passed', { branch: 'main', wip: true });
  const twoBranches = never
    .branches('Bar 9', 'b')
    .waits(1)
    .verifies('Bar 10', 'Foo 1', 'passed', { branch: 'a' });

  it.each<[example: string, past: Story, body: Readonly<Record<string, unknown>>, pending: boolean]>([
    ['P1 for a branch', never, { providerVersionBranch: 'main' }, true],
    ['P1 for nothing', never, {}, true],
    ['P1 for tags', never, { providerVersionTags: ['a', 'b'] }, true],
    ['P2 on its branch', onMain, { providerVersionBranch: 'main' }, false],
    ['P2 on a new branch', onMain, { providerVersionBranch: 'feat' }, false],
    ['P2 for nothing', onMain, {}, false],
    ['P2 for tags', onMain, { providerVersionTags: ['prod'] }, true],
    [
      'P2 on a branch that began later',
      onMain.branches('Bar 11', 'feat'),
      { providerVersionBranch: 'feat' },
      false,
    ],
    ['P5 and a tag used later', dev.tags('Bar 11', 'late'), { providerVersionTags: ['late'] }, false],
    ['P3', young, { providerVersionBranch: 'feat' }, true],
    ['P4 on main', withoutBranch, { providerVersionBranch: 'main' }, true],
    ['P4 for nothing', withoutBranch, {}, false],
    ['P5 its tag', dev, { providerVersionTags: ['dev'] }, false],
    ['P5 and a tag never used', dev, { providerVersionTags: ['dev', 'other'] }, false],
    ['P5 and a tag used before', old, { providerVersionTags: ['dev', 'old'] }, true],
    ['P5 tags used before', old, { providerVersionTags: ['old', 'old2'] }, true],
    ['P6 a work in progress counts', wip, { providerVersionBranch: 'main' }, false],
    ['P7', twoBranches, { providerVersionBranch: 'b' }, true],
    [
      'P7 once it is on the branch, too',
      twoBranches.branches('Bar 10', 'b'),
      { providerVersionBranch: 'b' },
      false,
    ],
    [
      'P8 a branch makes tags not count',
      old.branches('Bar 10', 'dev'),
      { providerVersionBranch: 'feat', providerVersionTags: ['old'] },
      false,
    ],
  ])('%s', (_example, past, body, pending) => {
    expect(ask(past, body).map((pact) => pact.pending)).toEqual([pending]);
  });

  it('tells which tags it is pending for', () => {
    const [pact] = ask(old, { providerVersionTags: ['dev', 'old'] });
    expect(pact).toMatchObject({ pendingTags: ['old'], otherTags: ['dev'] });
  });

  it('is nothing when that was not asked for', () => {
    const [pact] = ask(never, { providerVersionTags: ['a'], includePendingStatus: false });
    expect(pact).toMatchObject({ pending: false, pendingTags: [], otherTags: [] });
  });

  it('names no tags where a branch decides, or nothing', () => {
    for (const body of [{ providerVersionBranch: 'main', providerVersionTags: ['a'] }, {}])
      expect(ask(never, body)[0]).toMatchObject({ pending: true, pendingTags: [], otherTags: [] });
  });

  it.each([
    ['a branch', { providerVersionBranch: 'b' }],
    ['a tag', { providerVersionTags: ['b'] }],
  ])('does not end by a success of the very moment in which %s begins', (_what, body) => {
    const past = never
      .branches('Bar 10', 'a')
      .tags('Bar 10', 'a')
      .next((draft, at) => {
        const provider = pacticipantName('Bar');
        const [sha] = draft.now.contentShas(pacticipantName('Foo'), provider);
        const providerVersion = versionNumber('10');
        recordResult(draft, {
          consumer: pacticipantName('Foo'),
          provider,
          sha: sha as PactSha,
          providerVersion,
          success: true,
          at,
        });
        addToBranch(draft, provider, versionNumber('11'), branchName('b'), at);
        putTag(draft, provider, versionNumber('11'), tagName('b'), at);
      });
    expect(ask(past, body)[0]?.pending).toBe(true);
    const wip = {
      ...body,
      consumerVersionSelectors: [{ branch: 'none' }],
      includeWipPactsSince: '2020-01-01',
    };
    expect(ask(past, wip).map((pact) => pact.wip)).toEqual([true]);
  });

  it('finds the one success that counts among many that do not', () => {
    const many = Array.from({ length: 150 }, (_, n) => `Bar ${100 + n}`).reduce(
      (past, version) => past.verifies(version, 'Foo 1'),
      onMain,
    );
    expect(ask(many, { providerVersionBranch: 'main' })[0]?.pending).toBe(false);
    expect(ask(many, { providerVersionTags: ['x'] })[0]?.pending).toBe(true);
  });
});

describe('work in progress (selectors.md §8)', () => {
  const since = { includeWipPactsSince: '2020-01-01' };
  const body = { consumerVersionSelectors: [{ mainBranch: true }], providerVersionBranch: 'main', ...since };
  const main = empty.publishes('Foo 1', 'Bar', { content: 1, branch: 'main' });
  const feat = main.publishes('Foo 2', 'Bar', { content: 2, branch: 'feat' });
  const wip = (past: Story, changes: Readonly<Record<string, unknown>> = {}) =>
    told(ask(past, { ...body, ...changes })).filter((text) => text.endsWith('(WIP)'));
  const foo2 = ['Foo 2 → latest from branch feat (WIP)'];
  const byTags = (...providerVersionTags: readonly string[]) => ({
    providerVersionBranch: null,
    providerVersionTags,
  });

  it('shows heads of branches and tags that were published since (W1)', () => {
    const past = feat.publishes('Foo 3', 'Bar', { content: 3, branch: 'exp', tags: ['exp'] });
    expect(wip(past)).toEqual([...foo2, 'Foo 3 → latest from branch exp, latest with tag exp (WIP)']);
    expect(wip(past, { includeWipPactsSince: '2099-01-01' })).toEqual([]);
    expect(wip(past, { providerVersionBranch: null })).toEqual([]);
    const [second, third] = ask(past, { ...body, ...byTags('t1', 't2') }).filter((pact) => pact.wip);
    expect(second?.selectors).toHaveLength(2);
    expect(second?.pendingTags).toEqual(['t1', 't2']);
    expect(third?.selectors).toHaveLength(4);
  });

  it.each<[when: string, past: Story, pacts: readonly string[]]>([
    ['it failed (W2)', feat.verifies('Bar 10', 'Foo 2', 'failed', { branch: 'main' }), foo2],
    ['it passed (W2)', feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }), []],
    [
      'it passed 31 days ago (W2)',
      feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }).waits(31),
      foo2,
    ],
    ['it passed 29 days ago', feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }).waits(29), []],
    ['it passed without a branch', feat.verifies('Bar 10', 'Foo 2'), foo2],
    ['the head moved to a version without a pact (W5)', feat.branches('Foo 9', 'feat'), []],
    [
      'it passed as a work in progress (W8)',
      feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main', wip: true }),
      foo2,
    ],
    [
      'it has the content that was asked for (W4)',
      main.publishes('Foo 4', 'Bar', { content: 1, branch: 'feat3' }),
      [],
    ],
  ])('when %s', (_when, past, pacts) => {
    expect(wip(past)).toEqual(pacts);
  });

  it.each<[branch: string, past: Story, pacts: readonly string[]]>([
    ['there is not yet', feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }), []],
    [
      'was made after the success',
      feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }).branches('Bar 11', 'newb'),
      [],
    ],
    [
      'was made before the success',
      feat.branches('Bar 9', 'newb').verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' }),
      foo2,
    ],
    ['there is not yet, after a success without a branch (§8.2)', feat.verifies('Bar 10', 'Foo 2'), foo2],
    [
      'was made after a success without a branch, and one long ago',
      feat
        .verifies('Bar 10', 'Foo 2')
        .branches('Bar 11', 'newb')
        .verifies('Bar 12', 'Foo 2', 'passed', { branch: 'main' }),
      foo2,
    ],
    [
      'began with a version older than the success (W3)',
      feat
        .versions('Bar 9')
        .verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' })
        .branches('Bar 9', 'newb'),
      foo2,
    ],
  ])('for a branch that %s (W3)', (_branch, past, pacts) => {
    expect(wip(past, { providerVersionBranch: 'newb' })).toEqual(pacts);
  });

  it('names a content of several heads by its newest version, be it the head of a tag or of a branch', () => {
    const tagged = empty
      .publishes('Foo 1', 'Bar', { content: 1, branch: 'feat' })
      .publishes('Foo 2', 'Bar', { content: 1, tags: ['exp'] });
    const [selectors, since] = [[{ latest: true, consumer: 'None' }], '2020-01-01'];
    const wip = (past: Story) =>
      told(
        ask(past, {
          consumerVersionSelectors: selectors,
          providerVersionTags: ['dev'],
          includeWipPactsSince: since,
        }),
      );
    expect(wip(tagged)).toEqual(['Foo 2 → latest with tag exp, latest from branch feat (WIP)']);
    expect(wip(tagged.publishes('Foo 3', 'Bar', { content: 1, branch: 'feat' }))).toEqual([
      'Foo 3 → latest with tag exp, latest from branch feat (WIP)',
    ]);
  });

  it('tells one content of several heads once (W4)', () => {
    const past = feat.publishes('Foo 3', 'Bar', { content: 2, branch: 'feat2' });
    const pacts = ask(past, body).filter((pact) => pact.wip);
    expect(told(pacts)).toEqual(['Foo 3 → latest from branch feat, latest from branch feat2 (WIP)']);
    expect(verificationNotices(pacts[0] as PactToVerify, requestFrom(past, body), 'URL')[0]?.text).toBe(
      "The pact at URL is being verified because it is a 'work in progress' pact (ie. it is the pact for the latest versions of Foo from branches 'feat' and 'feat2' (both have the same content) and it has not yet been successfully verified by a version of Bar from branch 'main' when the pact's application version was explicitly specified in the consumer version selectors). Read more at https://docs.pact.io/go/wip",
    );
  });

  it('tells branches before tags where a branch asks, and tags first where tags ask, the oldest version first', () => {
    const past = main
      .publishes('Foo 2', 'Bar', { content: 2, branch: 'z', tags: ['zt'] })
      .publishes('Foo 3', 'Bar', { content: 2, branch: 'y', tags: ['bt', 'at'] })
      .branches('Foo 3', 'x');
    const branches = ['branch z', 'branch y', 'branch x'];
    const tags = ['tag zt', 'tag at', 'tag bt'];
    const told = (changes: object) =>
      ask(past, { ...body, ...changes })
        .filter((pact) => pact.wip)
        .map(({ selectors }) =>
          selectors.map((one) =>
            'tag' in one ? `tag ${one.tag}` : `branch ${'branch' in one && one.branch}`,
          ),
        );
    expect(told({})).toEqual([[...branches, ...tags]]);
    expect(told(byTags('p'))).toEqual([[...tags, ...branches]]);
  });

  it('are told by consumer, then version, and name no other tags', () => {
    const past = feat
      .publishes('Foo 3', 'Bar', { content: 3, branch: 'feat3' })
      .publishes('Ant 1', 'Bar', { content: 1, branch: 'x' });
    expect(wip(past).map((text) => text.slice(0, 5))).toEqual(['Ant 1', 'Foo 2', 'Foo 3']);
    expect(ask(past, body).filter((pact) => pact.wip)[0]).toMatchObject({ pendingTags: [], otherTags: [] });
  });

  it('counts a success for 30 days to the moment, and a publication after the moment asked (§8.1, §8.2)', () => {
    const verified = feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main' });
    const ask30 = (late: number) => {
      const at = instant(new Date(Date.parse(feat.at) + 30 * 86_400_000 + late));
      return pactsForVerification(verified.snapshot(), requestFrom(verified, body), at).filter(
        (pact) => pact.wip,
      );
    };
    expect(ask30(0)).toHaveLength(0);
    expect(ask30(1)).toHaveLength(1);
    const published = main.at;
    expect(wip(feat, { includeWipPactsSince: published })).toEqual([]);
    const before = instant(new Date(Date.parse(published) - 1));
    expect(wip(feat, { includeWipPactsSince: before })).toEqual(foo2);
  });

  it('is none without a branch or tags of the provider (§8)', () => {
    expect(wip(feat, { providerVersionBranch: null, providerVersionTags: [] })).toEqual([]);
  });

  it('counts the tags a provider version had when it verified, not later ones (W6)', () => {
    const untagged = feat.verifies('Bar 10', 'Foo 2');
    const later = untagged.next(
      (draft, at) => void putTag(draft, pacticipantName('Bar'), versionNumber('10'), tagName('dev'), at),
    );
    expect(wip(later, byTags('dev'))).toEqual(foo2);
    expect(wip(later.verifies('Bar 10', 'Foo 2'), byTags('dev'))).toEqual([]);
    expect(wip(later.verifies('Bar 10', 'Foo 2'), byTags('brand-new'))).toEqual([]);
    expect(wip(later.verifies('Bar 10', 'Foo 2').tags('Bar 11', 'late'), byTags('late'))).toEqual([]);
    expect(
      wip(
        untagged.tags('Bar 1', 'old').verifies('Bar 11', 'Foo 2', 'passed', { tags: ['dev'] }),
        byTags('old'),
      ),
    ).toEqual(foo2);
  });

  it('looks at the day the pact was published (W7)', () => {
    const past = feat.waits(10);
    const daysAgo = (days: number) => instant(new Date(Date.parse(past.at) - days * 86_400_000)).slice(0, 10);
    expect(wip(past, { includeWipPactsSince: daysAgo(5) })).toEqual([]);
    expect(wip(past, { includeWipPactsSince: daysAgo(15) })).toEqual(foo2);
  });

  it('is always pending', () => {
    const past = feat.verifies('Bar 10', 'Foo 2', 'passed', { branch: 'main', wip: true });
    expect(
      ask(past, body)
        .filter((pact) => pact.wip)
        .map((pact) => pact.pending),
    ).toEqual([true]);
    expect(ask(past, { ...body, consumerVersionSelectors: [{ branch: 'feat' }] })[0]?.pending).toBe(false);
  });
});

describe('the whole example of selectors.md §10', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'feat' });
  const body = {
    providerVersionBranch: 'main',
    consumerVersionSelectors: [{ mainBranch: true }],
    includeWipPactsSince: '2020-01-01',
  };
  const pacts = ask(past, body);
  const request = requestFrom(past, body);

  it('says everything about the pact that was asked for', () => {
    expect(verificationNotices(pacts[0] as PactToVerify, request, 'http://broker/x')).toEqual([
      {
        when: 'before_verification',
        text: "The pact at http://broker/x is being verified because the pact content belongs to the consumer version matching the following criterion:\n    * latest version from the main branch 'main' (1)",
      },
      {
        when: 'before_verification',
        text: "This pact is in pending state for this version of Bar because a successful verification result for a version of Bar from branch 'main' has not yet been published. If this verification fails, it will not cause the overall build to fail. Read more at https://docs.pact.io/go/pending",
      },
      {
        when: 'after_verification:success_true_published_false',
        text: "This pact is still in pending state for any version of Bar from branch 'main' as the successful verification results have not yet been published.",
      },
      {
        when: 'after_verification:success_false_published_false',
        text: "This pact is still in pending state for any version of Bar from branch 'main' as a successful verification result has not yet been published",
      },
      {
        when: 'after_verification:success_true_published_true',
        text: "This pact is no longer in pending state for any version of Bar from branch 'main', as a successful verification result has been published. If a verification for a version of Bar fails in the future, it will fail the build. Read more at https://docs.pact.io/go/pending",
      },
      {
        when: 'after_verification:success_false_published_true',
        text: "This pact is still in pending state for any version of Bar from branch 'main' as a successful verification result has not yet been published",
      },
    ]);
  });

  it('carries metadata back', () => {
    const fields = pacts.map((pact) =>
      metadataFields(metadataFor(pact, true)).map((field) => field.join('=')),
    );
    expect(fields).toEqual([['s[][l]=true', 's[][cv]=1', 'p=true'], ['w=true']]);
  });

  it('tells selectors of one tag the other way round in metadata', () => {
    const tagged = empty
      .publishes('Foo 1', 'Bar', { content: 1, tags: ['prod'] })
      .publishes('Foo 2', 'Bar', { content: 1, tags: ['prod'] })
      .deploys('Foo 1', 'test');
    const orderOf = (selector: Readonly<Record<string, unknown>>) => {
      const [pact] = ask(tagged, { consumerVersionSelectors: [selector, { deployed: true }] });
      const { selectors = [] } = metadataFor(pact as PactToVerify, false);
      return selectors.map(({ tag = 'deployed', consumerVersion }) => `${tag} ${consumerVersion}`);
    };
    expect(orderOf({ tag: 'prod' })).toEqual(['prod 2', 'prod 1', 'deployed 1']);
    expect(orderOf({ tag: 'prod', consumer: 'Foo' })).toEqual(['prod 1', 'prod 2', 'deployed 1']);
  });

  it('is silent about pending when that was not asked for', () => {
    const quiet = { ...body, includePendingStatus: false };
    const [pact] = ask(past, quiet);
    expect(verificationNotices(pact as PactToVerify, requestFrom(past, quiet), 'url')).toHaveLength(1);
    expect(metadataFor(pact as PactToVerify, false)).not.toHaveProperty('pending');
  });
});

describe('what the question costs a store of which nothing is loaded', () => {
  const since = { includeWipPactsSince: '2020-01-01' };
  const many = Array.from({ length: 9 }, (_, n) => n + 1).reduce(
    (past, n) =>
      past
        .publishes(`Foo ${n}`, 'Bar', { content: n, branch: n > 4 ? 'main' : `feat${n}` })
        .branches(`Bar ${n}`, 'main')
        .tags(`Bar ${n}`, 'dev'),
    empty,
  );
  const reading = (past: Story, body: Readonly<Record<string, unknown>>) => {
    const request = requestFrom(past, { consumerVersionSelectors: [{ mainBranch: true }], ...body });
    return readPartially(past.root, (root) => pactsForVerification(snapshotOf(root), request, past.at));
  };
  const providerVersions = (files: readonly string[]) =>
    files.filter((path) => path.startsWith('pacticipants/Bar/versions/'));

  it.each<[who: string, body: Readonly<Record<string, unknown>>, rounds: number]>([
    ['nobody', {}, 3],
    ['a branch', { providerVersionBranch: 'main' }, 3],
    ['a branch, and work in progress', { providerVersionBranch: 'main', ...since }, 2],
    ['tags', { providerVersionTags: ['dev'] }, 3],
    ['tags, and work in progress', { providerVersionTags: ['dev'], ...since }, 2],
  ])('for %s: few rounds', (_who, body, rounds) => {
    expect(reading(many, body).rounds).toBe(rounds);
  });

  it.each<[when: string, past: Story, branch: string]>([
    ['nothing was verified elsewhere', many.verifies('Bar 1', 'Foo 1', 'failed'), 'main'],
    [
      'the branch is new',
      many
        .verifies('Bar 1', 'Foo 1')
        .verifies('Bar 1', 'Foo 2')
        .verifies('Bar 1', 'Foo 3')
        .verifies('Bar 1', 'Foo 4'),
      'new',
    ],
  ])('does not look at all versions of the provider where %s', (_when, past, branch) => {
    const { files } = reading(past, { providerVersionBranch: branch, ...since });
    expect(providerVersions(files).length).toBeLessThanOrEqual(1);
  });

  it('looks at the newest results first, some at a time', () => {
    const often = Array.from({ length: 130 }, (_, n) => `Bar ${100 + n}`).reduce(
      (past, version) => past.verifies(version, 'Foo 9', 'passed', { branch: 'main' }),
      many,
    );
    const { answer, files } = reading(often, { providerVersionBranch: 'main' });
    expect(answer.map(({ pending }) => pending)).toEqual([false]);
    expect(providerVersions(files)).toHaveLength(64);
  });
});
