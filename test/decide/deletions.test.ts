import { describe, expect, it } from 'vitest';
import {
  deleteBranch,
  deleteIntegration,
  deletePacticipant,
  deletePacts,
  deleteVersion,
} from '../../src/decide/deletions.ts';
import { branchName, environmentName, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import type { WebhookSide } from '../../src/domain/records.ts';
import { entriesOf, type Folder } from '../../src/domain/tree.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { type Story, story } from '../helpers/story.ts';

const [foo, bar, baz] = ['Foo', 'Bar', 'Baz'].map(pacticipantName) as [
  ReturnType<typeof pacticipantName>,
  ReturnType<typeof pacticipantName>,
  ReturnType<typeof pacticipantName>,
];
const prod = environmentName('prod');

/** A webhook for these two sides, under an id of its own. */
function hooked(past: Story, uuid: string, consumer?: WebhookSide, provider?: WebhookSide): Story {
  return past.next((draft, createdAt) => {
    draft.putWebhook({
      uuid,
      enabled: true,
      events: ['contract_published'],
      request: { method: 'POST', url: 'https://example.org', headers: {} },
      createdAt,
      ...(consumer ? { consumer } : {}),
      ...(provider ? { provider } : {}),
    });
  });
}

const told = story()
  .creates('prod', true)
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['dev'] })
  .publishes('Foo 2', 'Bar', { content: 2, branch: 'main' })
  .publishes('Foo 2', 'Baz', { content: 3, branch: 'main' })
  .verifies('Bar 9', 'Foo 1', 'passed', { branch: 'main' })
  .verifies('Bar 10', 'Foo 2')
  .verifies('Baz 5', 'Foo 2')
  .deploys('Foo 1', 'prod')
  .releases('Bar 9', 'prod')
  .versions('Bar 11');
const full = [
  ['a', { name: foo }, { name: bar }] as const,
  ['b', { name: foo }, { name: baz }] as const,
  ['c', { name: foo }, undefined] as const,
  ['d', undefined, { name: bar }] as const,
  ['e', { label: 'Foo' }, undefined] as const,
  ['f', undefined, undefined] as const,
].reduce((past, [uuid, consumer, provider]) => hooked(past, uuid, consumer, provider), told);

const numbers = (past: Story, name: typeof foo) =>
  past
    .snapshot()
    .versions(name)
    .map(({ number }) => number);
const live = (past: Story) =>
  past
    .snapshot()
    .presences(prod)
    .map(({ pacticipant, version }) => `${pacticipant} ${version}`);
const webhooks = (past: Story) =>
  past
    .snapshot()
    .webhooks()
    .map(({ uuid }) => uuid)
    .toSorted();
const resultsOf = (past: Story, provider = bar) =>
  past
    .snapshot()
    .contentShas(foo, provider)
    .flatMap((sha) => past.snapshot().results(foo, provider, sha))
    .map(({ number }) => number)
    .toSorted();

function without(past: Story, name: typeof foo, number: string): Story {
  return past.next((draft) => {
    const version = draft.now.version(name, versionNumber(number));
    if (version) deleteVersion(draft, version);
  });
}

/** All paths that speak of a name. */
function pathsOf(folder: Folder, word: string, at = ''): string[] {
  return [...entriesOf(folder)].flatMap(([name, node]) =>
    node.kind === 'folder'
      ? pathsOf(node, word, `${at}${name}/`)
      : [at + name].filter((path) => path.includes(word)),
  );
}

describe('deleting a version (domain.md §2.1, §12)', () => {
  it('takes along the consumer version’s pacts, tags, branches and deployments, but no content and no result', () => {
    const past = without(full, foo, '1');
    expect(numbers(past, foo)).toEqual(['2']);
    expect(live(past)).toEqual(['Bar 9']);
    expect(past.snapshot().tags(foo)).toEqual([]);
    expect(past.snapshot().branch(foo, branchName('main'))?.head).toBe('2');
    expect(resultsOf(past)).toEqual([1, 2]);
    expect(past.snapshot().integration(foo, bar)?.latest).toBe('2');
  });

  it('makes the version before it the newest again', () => {
    const past = without(full, foo, '2');
    expect(past.snapshot().latestVersion(foo)?.number).toBe('1');
    expect(past.snapshot().branch(foo, branchName('main'))?.head).toBe('1');
    expect(past.snapshot().integration(foo, bar)?.latest).toBe('1');
    expect(past.snapshot().integration(foo, baz)).toMatchObject({ consumer: 'Foo' });
    expect(past.snapshot().integration(foo, baz)).not.toHaveProperty('latest');
  });

  it('takes along the results that it made as a provider', () => {
    const past = without(full, bar, '10');
    expect(numbers(past, bar)).toEqual(['9', '11']);
    expect(resultsOf(past)).toEqual([1]);
    expect(past.snapshot().integration(foo, bar)?.lastResult?.number).toBe(1);
    expect(resultsOf(past, baz)).toEqual([3]);
    const released = without(full, bar, '9');
    expect([live(released), resultsOf(released)]).toEqual([['Foo 1'], [2]]);
  });

  it('leaves what else is live: other versions, and other pacticipants’ versions of the same number', () => {
    const past = full.versions('Baz 1').deploys('Baz 1', 'prod').deploys('Foo 2', 'prod', 'blue');
    expect(live(without(past, foo, '2'))).toEqual(['Foo 1', 'Bar 9', 'Baz 1']);
    expect(live(without(past, foo, '1'))).toEqual(['Bar 9', 'Baz 1', 'Foo 2']);
  });

  it('forgets the ids of its deployments', () => {
    const [presence] = full.snapshot().presences(prod);
    expect(full.snapshot().versionOfDeployment(presence?.uuid ?? '')?.number).toBe('1');
    expect(
      without(full, foo, '1')
        .snapshot()
        .versionOfDeployment(presence?.uuid ?? ''),
    ).toBeUndefined();
    const pointers = (past: Story) => pathsOf(past.root, 'deployments/by-uuid/').length;
    expect([pointers(full), pointers(without(full, foo, '1'))]).toEqual([2, 1]);
  });

  it('leaves content that is verified at once when published anew', () => {
    const past = without(full, foo, '1').publishes('Foo 3', 'Bar', { content: 1 });
    const question = {
      selectors: [{ pacticipant: 'Foo', version: '3' }],
      destination: { environment: 'prod' },
    };
    expect(canIDeploy(past.snapshot(), question).verdict).toBe('yes');
  });
});

describe('deleting a branch', () => {
  it('leaves its versions and their pacts', () => {
    const past = full
      .branches('Foo 1', 'feat')
      .next((draft) => void deleteBranch(draft, foo, branchName('main')));
    expect(numbers(past, foo)).toEqual(['1', '2']);
    expect(
      past
        .snapshot()
        .versions(foo)
        .map(({ branches }) => branches.map(({ name }) => name)),
    ).toEqual([['feat'], []]);
    expect(
      past
        .snapshot()
        .versions(foo)
        .map(({ pacts }) => pacts.length),
    ).toEqual([1, 2]);
    expect(
      past
        .snapshot()
        .branches(foo)
        .map(({ name }) => name),
    ).toEqual(['feat']);
  });
});

describe('deleting pacts (domain.md §12)', () => {
  it('takes all revisions for one provider, and nothing else', () => {
    const past = full.next((draft) => deletePacts(draft, bar, draft.now.versions(foo)));
    expect(
      past
        .snapshot()
        .versions(foo)
        .map(({ pacts }) => pacts.map(({ provider }) => provider)),
    ).toEqual([[], ['Baz']]);
    expect(resultsOf(past)).toEqual([1, 2]);
    expect(past.snapshot().contentShas(foo, bar)).toHaveLength(2);
    expect(past.snapshot().consumersOf(bar)).toEqual(['Foo']);
    expect(past.snapshot().integration(foo, bar)).not.toHaveProperty('latest');
  });

  it('has nothing to take from versions without one', () => {
    const version = full.snapshot().version(bar, versionNumber('9'));
    const after = full.next(
      (draft) => version && deletePacts(draft, foo, [version, { ...version, number: versionNumber('gone') }]),
    );
    expect(after.root).toBe(full.root);
  });
});

describe('deleting an integration (domain.md §10)', () => {
  it('takes its contents, results, webhooks, orphan versions, and who has no other integration', () => {
    const past = full.next((draft) => deleteIntegration(draft, foo, bar));
    expect(past.snapshot().pacticipantNames()).toEqual(['Baz', 'Foo']);
    expect(numbers(past, foo)).toEqual(['2']);
    expect(past.snapshot().contentShas(foo, bar)).toEqual([]);
    expect(past.snapshot().integration(foo, bar)).toBeUndefined();
    expect(resultsOf(past, baz)).toEqual([3]);
    expect(live(past)).toEqual([]);
    expect(webhooks(past)).toEqual(['b', 'c', 'e', 'f']);
    expect(pathsOf(past.root, 'Bar')).toEqual([]);
  });

  it('keeps a side that has another integration, and its versions that verified there', () => {
    const past = full
      .publishes('Zoo 1', 'Bar')
      .verifies('Bar 10', 'Zoo 1')
      .next((draft) => deleteIntegration(draft, foo, bar));
    expect(past.snapshot().pacticipantNames()).toEqual(['Bar', 'Baz', 'Foo', 'Zoo']);
    expect(numbers(past, bar)).toEqual(['10']);
    expect(webhooks(past)).toEqual(['b', 'c', 'd', 'e', 'f']);
  });
});

describe('deleting a pacticipant (domain.md §1.1)', () => {
  it('takes everything that refers to it, as consumer', () => {
    const past = full.next((draft) => deletePacticipant(draft, foo));
    expect(past.snapshot().pacticipantNames()).toEqual(['Bar', 'Baz']);
    expect(past.snapshot().consumersOf(bar)).toEqual([]);
    expect([live(past), webhooks(past)]).toEqual([['Bar 9'], ['d', 'e', 'f']]);
    expect(numbers(past, bar)).toEqual(['9', '10', '11']);
    expect(pathsOf(past.root, 'Foo')).toEqual([]);
  });

  it('takes everything that refers to it, as provider', () => {
    const past = full.next((draft) => deletePacticipant(draft, bar));
    expect(
      past
        .snapshot()
        .versions(foo)
        .map(({ pacts }) => pacts.map(({ provider }) => provider)),
    ).toEqual([[], ['Baz']]);
    expect([live(past), webhooks(past)]).toEqual([['Foo 1'], ['b', 'c', 'e', 'f']]);
    expect(resultsOf(past, baz)).toEqual([3]);
    expect(pathsOf(past.root, 'Bar')).toEqual([]);
  });

  it('gives results after it numbers that were never used', () => {
    const past = full.next((draft) => deletePacticipant(draft, bar));
    const again = past.publishes('Foo 9', 'Bar').verifies('Bar 1', 'Foo 9');
    expect(resultsOf(again)).toEqual([4]);
  });
});
