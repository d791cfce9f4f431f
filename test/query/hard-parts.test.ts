/** The 25 subtlest rules of the reference (hard-parts.md), each told as the story that shows it. */
import { describe, expect, it } from 'vitest';
import { deleteBranchVersion, deletePacts } from '../../src/decide/deletions.ts';
import { recordDeployment, recordRelease } from '../../src/decide/deployments.ts';
import { conflictingContent, publish, storePact } from '../../src/decide/publish.ts';
import { removeResult } from '../../src/decide/verification.ts';
import { addToBranch } from '../../src/decide/versions.ts';
import { jsonOf, parseJson } from '../../src/domain/json.ts';
import {
  branchName,
  environmentName,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import { mergeConflicts } from '../../src/domain/pact-merge.ts';
import { pactShaOf } from '../../src/domain/pact-sha.ts';
import { complaintsAboutDeploying } from '../../src/query/can-i-deploy.ts';
import { metadataFields } from '../../src/query/for-verification/metadata.ts';
import { metadataFor } from '../../src/query/for-verification/pacts-for-verification.ts';
import { findLatestPactOnBranch } from '../../src/query/latest-pacts.ts';
import { complaintsAbout } from '../../src/query/matrix/question.ts';
import { eventWords } from '../../src/render/words/events.ts';
import { contentOf, type Story, story } from '../helpers/story.ts';
import { asks, cid, recording } from './asking.ts';
import { ask, told } from './asking-for-verification.ts';

const empty = recording;
const foo = pacticipantName('Foo');
const bar = pacticipantName('Bar');
const one = versionNumber('1');
const bothSides = { consumer: foo, provider: bar };
const publishWith = { consumer: foo, version: one, tags: [] };

/** The names and numbers of the versions live in an environment. */
const liveIn = (past: Story, environment: string) =>
  past
    .snapshot()
    .presences(environmentName(environment))
    .map(({ pacticipant, version }) => `${pacticipant} ${version}`);

const headOf = (past: Story, branch: string) => past.snapshot().branch(foo, branchName(branch))?.head;

it('1: unknown beats failed', () => {
  const past = empty
    .publishes('Foo 1', 'Bar')
    .verifies('Bar 2', 'Foo 1', 'failed')
    .deploys('Bar 2', 'test')
    .publishes('Foo 1', 'Baz');
  const answer = cid('Foo', '1', 'test')(past);
  expect(answer).toMatchObject({ deployable: null, counts: '0/1/1' });
  expect(answer.notices).toEqual([
    expect.stringContaining('between version 1 of Foo and the version of Bar currently in test (2) failed'),
    expect.stringContaining('There is no verified pact between version 1 of Foo and a version of Baz'),
  ]);
});

it('2: a live provider version that never verified does not block beside one that did', () => {
  const past = empty
    .publishes('Foo 1', 'Bar')
    .versions('Bar 10')
    .releases('Bar 10', 'production')
    .verifies('Bar 11', 'Foo 1')
    .releases('Bar 11', 'production');
  expect(cid('Foo', '1', 'production')(past)).toMatchObject({
    deployable: true,
    rows: ['Foo 1 → Bar 11 true'],
  });
});

it('3: every live consumer version counts', () => {
  const past = empty
    .publishes('Foo 1', 'Bar')
    .deploys('Foo 1', 'production', 'a')
    .publishes('Foo 2', 'Bar')
    .deploys('Foo 2', 'production', 'b')
    .verifies('Bar 10', 'Foo 1');
  const answer = cid('Bar', '10', 'production')(past);
  expect(answer).toMatchObject({ deployable: null, rows: ['Foo 2 → Bar – null', 'Foo 1 → Bar 10 true'] });
  expect(answer.notices[0]).toContain('one of the versions of Foo currently in production (2)');
});

it('4: a consumer needs its providers, a provider no consumer', () => {
  const past = empty.publishes('Foo 1', 'Bar').verifies('Bar 2', 'Foo 1');
  expect(cid('Foo', '1', 'production')(past).deployable).toBe(null);
  expect(cid('Bar', '2', 'production')(past)).toMatchObject({
    deployable: true,
    notices: ['There are no missing dependencies'],
  });
});

it('5: a version that is missing is a no, unless its pacticipant is ignored', () => {
  const past = empty.publishes('Foo 1', 'Bar');
  expect(cid('Foo', '99', 'production')(past)).toMatchObject({
    deployable: false,
    notices: ['No pacts or verifications have been published for version 99 of Foo'],
  });
  expect(cid('Foo', '99', 'production', 'Foo')(past)).toMatchObject({ deployable: true, counts: '0/0/0/0' });
});

it('6: a row without a result is not ignored by a version of the provider', () => {
  const past = empty.publishes('A 2', 'B').versions('B 5').deploys('B 5', 'test');
  expect(cid('A', '2', 'test', 'B 5')(past)).toMatchObject({ deployable: null, counts: '0/0/1/0' });
  expect(cid('A', '2', 'test', 'B')(past)).toMatchObject({ deployable: true, counts: '0/0/0/1' });
});

const verifiedTwice = empty
  .publishes('Foo 1', 'Bar')
  .verifies('Bar 10', 'Foo 1')
  .verifies('Bar 10', 'Foo 1', 'failed');

it('7: latestby takes the provider version that was made last, whatever its number', () => {
  const past = verifiedTwice.versions('Bar 9').verifies('Bar 9', 'Foo 1');
  expect(asks(['Foo 1'], { latestBy: 'cvp' })(past)).toMatchObject({
    deployable: true,
    rows: ['Foo 1 → Bar 9 true'],
  });
});

it('8: the last result of a version wins, and all count without latestby', () => {
  expect(asks(['Foo', 'Bar'], { latestBy: 'cvpv' })(verifiedTwice)).toMatchObject({
    deployable: false,
    rows: ['Foo 1 → Bar 10 false'],
  });
  expect(asks(['Foo', 'Bar'])(verifiedTwice)).toMatchObject({ deployable: false, counts: '1/1/0' });
});

it('9: the limit is taken of all pacts before anything else', () => {
  const past = empty
    .publishes('A 1', 'B')
    .verifies('B 1', 'A 1')
    .publishes('A 2', 'B')
    .verifies('B 1', 'A 2');
  const limited = asks(['A'], { latestBy: 'cvpv', limit: 1 });
  expect(limited(past.publishes('Z 9', 'B'))).toMatchObject({ deployable: null, counts: '0/0/1', rows: [] });
});

it('10: only the wanted results are counted', () => {
  const past = empty.publishes('Foo 1', 'Bar').verifies('Bar 11', 'Foo 1', 'failed').tags('Bar 11', 'prod');
  const answer = asks(['Foo 1'], {
    destination: { tag: 'prod', latest: true },
    latestBy: 'cvp',
    success: [true],
  })(past);
  expect(answer).toMatchObject({ deployable: null, counts: '0/0/1', rows: [] });
});

it('11: a reason names the version of its row, once (where the Pact Broker does not)', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1 })
    .verifies('Bar 2', 'Foo 1', 'failed')
    .publishes('Foo 3', 'Bar', { content: 3 })
    .verifies('Bar 2', 'Foo 3');
  expect(asks(['Bar 2'], { latestBy: 'cvp' })(past).notices.at(-1)).toBe(
    'The verification for the pact between version 1 of Foo and version 2 of Bar failed',
  );
  const twice = asks(['Foo', 'Bar'])(empty.publishes('Foo 1', 'Bar').publishes('Foo 2', 'Bar'));
  expect(twice).toMatchObject({ counts: '0/0/2' });
  expect(new Set(twice.notices).size).toBe(twice.notices.length);
});

it('12: what is wrong with a question of the matrix is a list, of can-i-deploy by parameter', () => {
  const past = empty.publishes('Foo 1', 'Bar');
  expect(complaintsAbout(past.snapshot(), { selectors: [] })).toEqual([
    'Please provide 1 or more version selectors.',
  ]);
  expect(complaintsAboutDeploying(past.snapshot(), { pacticipant: 'Foo', version: '1' })).toEqual([
    { where: '', text: "Must specify either an environment or a 'to' tag." },
  ]);
});

it('13: the head of a branch is what was added last', () => {
  const main = empty
    .publishes('Foo 1', 'Bar', { branch: 'main' })
    .publishes('Foo 2', 'Bar', { branch: 'main' });
  expect(headOf(main.publishes('Foo 1', 'Bar', { branch: 'main' }), 'main')).toBe('2');
  const other = main.branches('Foo x', 'other').branches('Foo 1', 'other');
  expect(headOf(other, 'other')).toBe('1');
  const left = other.next((draft) => void deleteBranchVersion(draft, foo, one, branchName('other')));
  expect(headOf(left, 'other')).toBe('x');
});

it('14: a head without a pact selects nothing, but latest falls back', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { branch: 'main', tags: ['dev'] })
    .branches('Foo 2', 'main')
    .tags('Foo 2', 'dev');
  const chosen = (selector?: object) =>
    told(ask(past, selector ? { consumerVersionSelectors: [selector] } : {}));
  expect(chosen({ mainBranch: true })).toEqual([]);
  expect(chosen()).toEqual([]);
  expect(chosen({ tag: 'dev', latest: true })).toEqual([]);
  expect(chosen({ latest: true })).toEqual(['Foo 1 → latest']);
  expect(findLatestPactOnBranch(past.snapshot(), bothSides, 'main')?.consumerVersion.number).toBe('1');
});

it('15: a first tag becomes a branch, the first name of a main branch sticks', () => {
  const branchesOf = (past: Story) => past.snapshot().version(foo, one)?.branches;
  expect(branchesOf(story().publishes('Foo 1', 'Bar', { tags: ['dev'] }))).toMatchObject([
    { name: 'dev', auto: true },
  ]);
  const mainBranchOf = (past: Story) => past.snapshot().pacticipant(foo)?.mainBranch;
  const master = story().publishes('Foo 1', 'Bar', { branch: 'master' });
  expect(mainBranchOf(master.publishes('Foo 2', 'Bar', { branch: 'main' }))).toBe('master');
  expect(mainBranchOf(story().publishes('Foo 1', 'Bar', { branch: 'feat', tags: ['main'] }))).toBe('main');
});

it('16: putting a tag named like an environment deploys, publishing with it does not', () => {
  const past = story().creates('test').versions('Foo 2').deploys('Foo 2', 'test');
  expect(liveIn(past.tags('Foo 1', 'test'), 'test')).toEqual(['Foo 1']);
  expect(liveIn(past.publishes('Foo 1', 'Bar', { tags: ['test'] }), 'test')).toEqual(['Foo 2']);
});

it('17: the pending status is told unless that is turned off', () => {
  const past = empty.publishes('Foo 1', 'Bar', { branch: 'main' });
  expect(ask(past, {})).toMatchObject([{ pending: true }]);
  const [told] = ask(past, {});
  expect(told && metadataFields(metadataFor(told, true))).toContainEqual(['p', 'true']);
  const [silent] = ask(past, { includePendingStatus: false });
  expect(silent && metadataFields(metadataFor(silent, false)).map(([key]) => key)).not.toContain('p');
});

describe('18: pending', () => {
  const selectors = { consumerVersionSelectors: [{ latest: true }] };
  const pendingFor = (past: Story, branch?: string) =>
    ask(past, { ...selectors, ...(branch ? { providerVersionBranch: branch } : {}) })[0]?.pending;
  const published = empty.publishes('Foo 1', 'Bar', { branch: 'main' });
  const past = published
    .branches('Bar 1', 'feat')
    .waits(2)
    .verifies('Bar 2', 'Foo 1', 'passed', { branch: 'main' });

  it.each<[what: string, past: Story, branch: string | undefined, pending: boolean]>([
    ['on a branch older than the success on another', past, 'feat', true],
    ['on the branch of the success', past, 'main', false],
    ['on a branch that was never used', past, 'new', false],
    [
      'on main, when the success had no branch',
      published.verifies('Bar 2', 'Foo 1').branches('Bar 3', 'main'),
      'main',
      true,
    ],
    ['without a branch, when the success had none', published.verifies('Bar 2', 'Foo 1'), undefined, false],
    [
      'when the success was work in progress',
      published.verifies('Bar 2', 'Foo 1', 'passed', { wip: true, branch: 'main' }),
      'main',
      false,
    ],
  ])('%s', (_what, history, branch, pending) => {
    expect(pendingFor(history, branch)).toBe(pending);
  });
});

it('19: work in progress ends by a success within 30 days that was not itself work in progress', () => {
  const feat = empty
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'feat' });
  const wip = (past: Story) =>
    ask(past, { providerVersionBranch: 'main', includeWipPactsSince: '2020-01-01' })
      .filter((pact) => pact.wip)
      .map(({ consumerVersion }) => consumerVersion.number);
  const passed = feat.verifies('Bar 9', 'Foo 2', 'passed', { branch: 'main' });
  expect([wip(feat), wip(passed), wip(passed.waits(31))]).toEqual([['2'], [], ['2']]);
  const asWip = feat.verifies('Bar 9', 'Foo 2', 'passed', { branch: 'main', wip: true });
  expect(wip(asWip)).toEqual(['2']);
  const explicit = { consumerVersionSelectors: [{ branch: 'feat' }], providerVersionBranch: 'main' };
  expect(ask(asWip, explicit)[0]?.pending).toBe(false);
});

it('20: by tags, work in progress looks at those of then, pending at those of now', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'feat' })
    .verifies('Bar 10', 'Foo 2')
    .tags('Bar 10', 'dev');
  const byTag = { providerVersionTags: ['dev'] };
  const wip = ask(past, { ...byTag, includeWipPactsSince: '2020-01-01' }).filter((pact) => pact.wip);
  expect(wip.map(({ consumerVersion }) => consumerVersion.number)).toEqual(['2']);
  expect(ask(past, { ...byTag, consumerVersionSelectors: [{ branch: 'feat' }] })[0]?.pending).toBe(false);
});

it('21: one content is told once, under its newest version, with every selector', () => {
  const past = empty
    .publishes('Cat 1', 'Bar', { content: 1, branch: 'main' })
    .releases('Cat 1', 'production')
    .publishes('Cat 2', 'Bar', { content: 1, branch: 'main' });
  expect(told(ask(past, {}))).toEqual(['Cat 2 → released in production, latest from main branch']);
  const fallback = { consumerVersionSelectors: [{ branch: 'nope', fallbackBranch: 'main' }] };
  expect(told(ask(past, fallback))).toHaveLength(1);
});

describe('22: changing a published pact', () => {
  const [d1, d2] = [contentOf('Foo', 'Bar', 1), contentOf('Foo', 'Bar', 2)];
  const past = story().publishes('Foo 1', 'Bar', { content: 1 });
  it.each(['overwrite', 'merge'] as const)('is refused with %s', (onConflict) => {
    past.next((draft, at) => {
      const contracts = [{ provider: bar, content: d2, onConflict }];
      expect(publish(draft, { ...publishWith, contracts, at }).kind).toBe('refused');
      expect(conflictingContent(draft, foo, one, bar, d2)).toEqual(d1);
      expect(conflictingContent(draft, foo, one, bar, d1)).toBeUndefined();
    });
  });

  it('merges by PATCH, under the sha of what came out', () => {
    past.next((draft, at) => {
      const merged = storePact(draft, { ...bothSides, version: one, content: d2, onConflict: 'merge', at });
      const stored = parseJson(draft.now.content(foo, bar, merged.sha) ?? '');
      expect(merged).toMatchObject({ result: 'merged', revision: 2, sha: pactShaOf(stored) });
      expect(merged.sha).not.toBe(pactShaOf(d2));
    });
  });

  it('conflicts by another request, not by another response', () => {
    const interaction = {
      description: 'd1',
      request: { method: 'GET', path: '/1' },
      response: { status: 200 },
    };
    const other = { ...interaction, request: { method: 'GET', path: '/other' } };
    const failing = { ...interaction, response: { status: 500 } };
    expect(mergeConflicts(d1, jsonOf({ interactions: [other] }))).toBe(true);
    expect(mergeConflicts(d1, jsonOf({ interactions: [failing] }))).toBe(false);
  });

  it('published again as it is makes no revision', () => {
    expect(past.publishes('Foo 1', 'Bar', { content: 1 }).root).toBe(past.root);
  });
});

it('23: results belong to the content, and outlive its pact', () => {
  const past = empty
    .publishes('Foo 1', 'Bar', { content: 1 })
    .verifies('Bar 9', 'Foo 1')
    .deploys('Bar 9', 'test')
    .next((draft) => {
      const version = draft.now.version(foo, one);
      if (version) deletePacts(draft, bar, [version]);
    });
  expect(pactShaOf(contentOf('Foo', 'Bar', 1))).toBe('cf5330630f0271daea6f8d448c819ad64fe81c2b');
  expect(past.snapshot().version(foo, one)?.pacts).toEqual([]);
  expect(cid('Foo', '2', 'test')(past.publishes('Foo 2', 'Bar', { content: 1 })).deployable).toBe(true);
});

it('24: a content changed since the last one of its tags, not of its branch', () => {
  const eventsOf = (past: Story, version: string, tags: readonly string[] = []) => {
    const events: (readonly string[])[] = [];
    past.next((draft, at) => {
      const contracts = [
        { provider: bar, content: contentOf('Foo', 'Bar', 1), onConflict: 'overwrite' as const },
      ];
      const branch = branchName('main');
      const outcome = publish(draft, {
        consumer: foo,
        version: versionNumber(version),
        branch,
        tags: tags.map(tagName),
        contracts,
        at,
      });
      if (outcome.kind === 'published')
        events.push(...outcome.contracts.map((contract) => contract.events.map(eventWords)));
    });
    return events.flat();
  };
  const first = story().publishes('Foo 1', 'Bar', { content: 1, branch: 'main' });
  expect(eventsOf(story(), '1')).toEqual([
    'contract_published',
    'contract_content_changed (first time untagged pact published)',
  ]);
  expect(eventsOf(first, '2')).toEqual([
    'contract_published (pact content is the same as previous versions with tags  and no new tags were applied)',
  ]);
  expect(eventsOf(first, '4', ['a'])).toEqual([
    'contract_published',
    'contract_content_changed (first time any pact published for this consumer with consumer version tagged a)',
  ]);
});

describe('25: saying it again', () => {
  const test = environmentName('test');
  const known = story().creates('test').versions('Foo 1');

  it('deploys and releases under the same id', () => {
    known.next((draft, at) => {
      const of = { pacticipant: foo, version: one, environment: test, at };
      expect(recordDeployment(draft, of).uuid).toBe(recordDeployment(draft, of).uuid);
      const [first, second] = [recordRelease(draft, of), recordRelease(draft, of)];
      expect([first.created, second.created]).toEqual([true, false]);
      expect(first.release).toEqual(second.release);
    });
  });

  it('adds a version to its branch once', () => {
    known.next((draft, at) => {
      expect(addToBranch(draft, foo, one, branchName('x'), at).created).toBe(true);
      expect(addToBranch(draft, foo, one, branchName('x'), at).created).toBe(false);
    });
  });

  it('takes the result before a deleted one for the newest (where the Pact Broker does not)', () => {
    const past = verifiedTwice.next((draft) => {
      const newest = draft.now.results(foo, bar, pactShaOf(contentOf('Foo', 'Bar', 1))).at(-1);
      if (newest) removeResult(draft, newest);
    });
    expect(asks(['Foo', 'Bar'], { latestBy: 'cvpv' })(past).rows).toEqual(['Foo 1 → Bar 10 true']);
  });
});
