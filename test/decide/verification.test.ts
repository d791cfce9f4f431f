import { describe, expect, it } from 'vitest';
import {
  type ResultToRecord,
  recordResult,
  removeResult,
  saveLastResult,
} from '../../src/decide/verification.ts';
import { pacticipantName, pactSha, tagName, versionNumber } from '../../src/domain/names.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { type Story, story } from '../helpers/story.ts';

const pair = { consumer: pacticipantName('Foo'), provider: pacticipantName('Bar') };
const sha = pactSha('cf5330630f0271daea6f8d448c819ad64fe81c2b');
const published = story().creates('prod').publishes('Foo 1', 'Bar', { content: 1 });

function recording(past: Story, changes: Partial<ResultToRecord> = {}): Story {
  return past.next((draft, at) => {
    recordResult(draft, { ...pair, sha, providerVersion: versionNumber('9'), success: true, at, ...changes });
  });
}
const resultsOf = (past: Story) => past.snapshot().results(pair.consumer, pair.provider, sha);
const lastOf = (past: Story) => past.snapshot().integration(pair.consumer, pair.provider)?.lastResult;
const without = (past: Story, number: number) =>
  past.next((draft) => {
    const result = resultsOf(past).find((one) => one.number === number);
    if (result) removeResult(draft, result);
  });
const two = recording(recording(published), { success: false });

describe('a verification result (domain.md §6)', () => {
  it('has the next number of the store, whatever it is about', () => {
    const past = recording(two.publishes('Baz 1', 'Bar').verifies('Bar 3', 'Baz 1'));
    expect(resultsOf(past).map(({ number, success }) => [number, success])).toEqual([
      [1, true],
      [2, false],
      [4, true],
    ]);
    expect(past.snapshot().lastResultNumber).toBe(4);
  });

  it('makes the version of the provider, and touches the integration', () => {
    const past = recording(published);
    expect(past.snapshot().version(pair.provider, versionNumber('9'))).toMatchObject({ order: 1 });
    expect(past.snapshot().integration(pair.consumer, pair.provider)).toMatchObject({
      createdAt: '2026-01-01T00:00:01.000Z',
      contractDataUpdatedAt: '2026-01-01T00:00:02.000Z',
      lastResult: { sha, providerVersion: '9', number: 1 },
    });
  });

  it.each<[what: string, given: Partial<ResultToRecord>, stored: object]>([
    ['nothing else', {}, { wip: false, providerTags: [] }],
    ['a build', { buildUrl: 'http://ci/9' }, { buildUrl: 'http://ci/9' }],
    ['who verified', { verifiedBy: { implementation: 'x' } }, { verifiedBy: { implementation: 'x' } }],
    ['work in progress', { wip: true }, { wip: true }],
    ['pending', { pending: true }, { pending: true }],
    ['not pending', { pending: false }, { pending: false }],
    [
      'its selectors',
      { selectors: [{ branch: 'main', consumerVersion: '1' }] },
      { selectors: [{ branch: 'main', consumerVersion: '1' }] },
    ],
    ['no selectors', { selectors: [] }, {}],
    ['test results', { testResults: '{"a":1.0}' }, { hasTestResults: true }],
  ])('keeps %s', (_what, given, stored) => {
    const [result] = resultsOf(recording(published, given));
    const always = {
      ...pair,
      sha,
      providerVersion: '9',
      number: 1,
      success: true,
      wip: false,
      providerTags: [],
    };
    expect(result).toEqual({ ...always, createdAt: '2026-01-01T00:00:02.000Z', ...stored });
  });

  it('keeps test results as they were sent', () => {
    const past = recording(published, { testResults: '{"a":1.0}' });
    const [result] = resultsOf(past);
    expect(result && past.snapshot().testResults(result)).toBe('{"a":1.0}');
    expect(resultsOf(without(past, 1))).toEqual([]);
  });

  it('remembers the tags of the provider version at that moment', () => {
    const past = recording(recording(published.tags('Bar 9', 'a').tags('Bar 9', 'b')).tags('Bar 9', 'c'));
    expect(resultsOf(past).map(({ providerTags }) => providerTags)).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
    const untagged = past.next((draft, at) => {
      expect(draft.now.version(pair.provider, versionNumber('9'))?.tags.map(({ name }) => name)).toContain(
        tagName('a'),
      );
      recordResult(draft, { ...pair, sha, providerVersion: versionNumber('10'), success: true, at });
    });
    expect(resultsOf(untagged).at(-1)?.providerTags).toEqual([]);
  });

  it.each<[what: string, given: Partial<ResultToRecord>]>([
    ['content', { sha: pactSha('0'.repeat(40)) }],
    ['pair', { consumer: pacticipantName('Nobody') }],
  ])('is refused for a %s that is not there', (_what, given) => {
    expect(() => recording(published, given)).toThrow(
      expect.objectContaining({
        code: 'pact-missing',
        message: expect.stringMatching(
          /^No pact between (Foo|Nobody) and Bar has the content [0-9a-f]{40}\.$/,
        ),
        hint: 'Publish the pact first; `gitpact log` lists the contents of a pair.',
      }),
    );
  });
});

describe('deleting a result', () => {
  it.each<[what: string, past: Story, last: number | undefined, verdict: string]>([
    ['none', two, 2, 'no'],
    ['the newest: the one before counts again', without(two, 2), 1, 'yes'],
    ['an older one', without(two, 1), 2, 'no'],
    ['both', without(without(two, 1), 2), undefined, 'unknown'],
  ])('%s', (_what, past, last, verdict) => {
    expect(lastOf(past)?.number).toBe(last);
    const question = {
      selectors: [{ pacticipant: 'Foo', version: '1' }],
      destination: { environment: 'prod' },
    };
    expect(canIDeploy(past.deploys('Bar 9', 'prod').snapshot(), question).verdict).toBe(verdict);
  });

  it('gives its number to no other', () => {
    expect(resultsOf(recording(without(two, 2))).map(({ number }) => number)).toEqual([1, 3]);
  });

  it('finds the newest among all contents of the pair', () => {
    const past = two.publishes('Foo 2', 'Bar', { content: 2 }).verifies('Bar 9', 'Foo 2');
    const [newest] = past
      .snapshot()
      .contentShas(pair.consumer, pair.provider)
      .flatMap((one) => past.snapshot().results(pair.consumer, pair.provider, one))
      .filter(({ number }) => number === 3);
    expect(lastOf(past)).toEqual({ sha: newest?.sha, providerVersion: '9', number: 3 });
    expect(lastOf(without(past, 1))?.number).toBe(3);
    const removed = past.next((draft) => newest && removeResult(draft, newest));
    expect(lastOf(removed)).toEqual({ sha, providerVersion: '9', number: 2 });
  });

  it('goes by number, whatever the order of contents', () => {
    const past = recording(two.publishes('Foo 2', 'Bar', { content: 2 }).verifies('Bar 9', 'Foo 2'));
    expect(lastOf(without(past, 1))?.number).toBe(4);
    expect(lastOf(without(past, 4))?.number).toBe(3);
  });

  it('does not make an integration that is not there', () => {
    const past = story();
    const after = past.next((draft) => saveLastResult(draft, pair.consumer, pair.provider));
    expect(after.root).toBe(past.root);
  });
});
