import { expect, it, vi } from 'vitest';
import { KeptAnswers } from '../../src/http/kept-answers.ts';

const answer = (size: number) => ({ headers: [], body: new Uint8Array(size), isNo: false });

it('knows only answers about the commit that was spoken of last', () => {
  const kept = new KeptAnswers();
  kept.keep('one', 'who?', answer(1), false);
  expect(kept.find('one', 'who?')).toBeDefined();
  expect(kept.find('one', 'what?')).toBeUndefined();
  expect(kept.find('two', 'who?')).toBeUndefined();
  kept.keep('two', 'what?', answer(1), false);
  expect(kept.find('one', 'who?')).toBeUndefined();
  expect(kept.find('two', 'who?')).toBeUndefined();
});

it('lets the oldest go when there is too much, and counts an answer that is kept again once', () => {
  const kept = new KeptAnswers(10_000);
  for (let again = 0; again < 20; again += 1) kept.keep('one', 'a', answer(2_000), false);
  kept.keep('one', 'b', answer(2_000), false);
  kept.keep('one', 'c', answer(2_000), false);
  expect(['a', 'b', 'c'].map((question) => kept.find('one', question) !== undefined)).toEqual([
    true,
    true,
    true,
  ]);
  kept.keep('one', 'd', answer(2_000), false);
  expect(['a', 'b', 'c', 'd'].filter((question) => kept.find('one', question))).toEqual(['b', 'c', 'd']);
  kept.keep('one', 'e', answer(20_000), false);
  expect(['b', 'c', 'd', 'e'].filter((question) => kept.find('one', question))).toEqual([]);
});

it('keeps what depends on the clock for seconds', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const kept = new KeptAnswers();
    kept.keep('one', 'when?', answer(1), true);
    kept.keep('one', 'what?', answer(1), false);
    vi.advanceTimersByTime(4_900);
    expect(kept.find('one', 'when?')).toBeDefined();
    vi.advanceTimersByTime(200);
    expect(kept.find('one', 'when?')).toBeUndefined();
    vi.advanceTimersByTime(1_000_000);
    expect(kept.find('one', 'what?')).toBeDefined();
  } finally {
    vi.useRealTimers();
  }
});
