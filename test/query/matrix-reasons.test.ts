import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/query/matrix/matrix.ts';
import type { MatrixQuestion } from '../../src/query/matrix/question.ts';
import type { Story } from '../helpers/story.ts';
import { recording, selector } from './asking.ts';

const reasons = (past: Story, selectors: readonly string[], rest: Omit<MatrixQuestion, 'selectors'> = {}) =>
  matrix(past.snapshot(), { ...rest, selectors: selectors.map(selector) }).reasons;
const kinds = (...asked: Parameters<typeof reasons>) => reasons(...asked).map(({ kind }) => kind);

const past = recording
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main', tags: ['dev'] })
  .verifies('Bar 1', 'Foo 1', 'failed', { branch: 'main' })
  .publishes('Foo 2', 'Bar', { content: 2, branch: 'main', tags: ['dev'] })
  .deploys('Bar 1', 'test');

describe('a reason', () => {
  it('names the version of its row where no selector tells which is meant', () => {
    expect(reasons(past, ['Foo 1'])).toStrictEqual([
      { kind: 'no-destination' },
      {
        kind: 'verification-failed',
        consumer: { pacticipant: 'Foo', version: '1', state: 'found' },
        provider: { pacticipant: 'Bar', version: '1', state: 'found', fromRow: true },
      },
    ]);
    expect(reasons(past, ['Foo 2']).at(-1)).toStrictEqual({
      kind: 'no-verified-pact',
      consumer: { pacticipant: 'Foo', version: '2', state: 'found' },
      provider: { pacticipant: 'Bar', state: 'any', fromRow: true },
    });
  });

  it('names what was asked for: a branch, a tag, an environment, one of many', () => {
    expect(reasons(past, ['Foo branch=main', 'Bar environment=test']).slice(1)).toStrictEqual([
      {
        kind: 'verification-failed',
        consumer: { pacticipant: 'Foo', version: '1', state: 'found', branch: 'main', oneOfMany: true },
        provider: { pacticipant: 'Bar', version: '1', state: 'found', environment: 'test' },
      },
      {
        kind: 'no-verified-pact',
        consumer: { pacticipant: 'Foo', version: '2', state: 'found', branch: 'main', oneOfMany: true },
        provider: { pacticipant: 'Bar', version: '1', state: 'found', environment: 'test' },
      },
    ]);
    expect(reasons(past, ['Foo tag=dev latest', 'Bar']).slice(1)).toStrictEqual([
      {
        kind: 'no-verified-pact',
        consumer: { pacticipant: 'Foo', version: '2', state: 'found', latest: true, tag: 'dev' },
        provider: { pacticipant: 'Bar', state: 'any' },
      },
    ]);
    expect(reasons(past, ['Foo mainBranch latest', 'Bar 9']).slice(-1)).toStrictEqual([
      { kind: 'version-missing', subject: { pacticipant: 'Bar', version: '9', state: 'missing' } },
    ]);
  });

  it('is that all is verified, or that nothing is missing', () => {
    expect(reasons(past, ['Foo 1', 'Bar'], { success: [true] }).at(-1)?.kind).toBe('no-verified-pact');
    expect(reasons(past, ['Bar 1'], { success: [true] }).at(-1)).toStrictEqual({
      kind: 'nothing-missing',
    });
    const verified = past.verifies('Bar 2', 'Foo 2');
    expect(reasons(verified, ['Foo 2', 'Bar 2'])).toStrictEqual([{ kind: 'all-verified' }]);
  });
});

describe('a warning', () => {
  it('of no version number needs one selector that is more than a name, and none with a number', () => {
    const warned = (...selectors: string[]) => kinds(past, selectors).includes('no-version-number');
    expect([warned('Foo', 'Bar'), warned('Foo', 'Bar latest'), warned('Foo 1', 'Bar latest')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each<[text: string, warned: boolean]>([
    ['Foo latest', true],
    ['Foo latest tag=dev', false],
    ['Foo latest branch=main', false],
    ['Foo latest mainBranch', false],
    ['Bar latest environment=test', false],
    ['Foo', false],
  ])('of the latest version of any branch, for %s: %s', (text, warned) => {
    expect(kinds(past, [text]).includes('latest-of-any-branch')).toBe(warned);
  });

  it('of a hidden version needs a live one, beside one that has a result', () => {
    const hidden = (story: Story, strict: boolean, ...selectors: string[]) =>
      matrix(story.snapshot(), { strict, selectors: selectors.map(selector) });
    const branch = past.branches('Bar 2', 'main');
    expect(kinds(branch, ['Foo 1', 'Bar branch=main'])).toEqual(['verification-failed']);
    expect(hidden(branch, true, 'Foo 1', 'Bar branch=main').counts.unknown).toBe(0);
    const live = branch.deploys('Bar 2', 'test', 'blue');
    expect(kinds(live, ['Foo 1', 'Bar environment=test'])).toEqual([
      'hidden-live-version',
      'verification-failed',
    ]);
    expect(hidden(live, true, 'Foo 1', 'Bar environment=test').counts.unknown).toBe(1);
    expect(hidden(live, true, 'Foo 2', 'Bar environment=test').counts.unknown).toBe(1);
  });
});
