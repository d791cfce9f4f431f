import { describe, expect, it } from 'vitest';
import { dueFrom, isDue } from '../../src/decide/deliveries.ts';
import type { Claimant, Delivery } from '../../src/domain/delivery.ts';
import {
  type CommitId,
  type Instant,
  instant,
  type PactSha,
  pacticipantName,
  versionNumber,
} from '../../src/domain/names.ts';

const at = '2026-03-01T12:00:00.000Z' as Instant;
const after = (seconds: number): Instant => instant(new Date(Date.parse(at) + seconds * 1_000));
const year = 366 * 86_400;
const other: Claimant = { run: 'a run', host: 'elsewhere', process: 7 };
const asking = { at, lease: 120_000, isGone: () => false };

/** A delivery by what a clock has noted in it, in seconds from now. */
function delivery(noted: { due?: number; tried?: number; claimedUntil?: number }): Delivery {
  const { due, tried, claimedUntil } = noted;
  return {
    id: 'A delivery',
    webhook: 'a webhook',
    event: 'provider_verification_failed',
    commit: 'c'.repeat(40) as CommitId,
    triggeredAt: after(due ?? 0),
    consumer: pacticipantName('Foo'),
    consumerVersion: versionNumber('1'),
    provider: pacticipantName('Bar'),
    sha: 's'.repeat(40) as PactSha,
    parameters: {},
    attempts: tried === undefined ? [] : [{ at: after(tried), success: false, log: '' }],
    status: tried === undefined ? 'not_run' : 'retrying',
    ...(due === undefined ? {} : { dueAt: after(due) }),
    ...(claimedUntil === undefined ? {} : { claim: { by: other, until: after(claimedUntil) } }),
  };
}

describe('a delivery is due', () => {
  it.each([
    ['at once, when it was not tried', { due: -1 }, 0],
    ['at once, though the clock of the one who committed is a year ahead', { due: year }, 0],
    ['at once, though that clock is a year behind', { due: -year }, 0],
    ['when the pause after a failure is over', { due: 50, tried: -10 }, 50],
    ['at once, when it was tried by a clock that is a year ahead', { due: year + 60, tried: year }, 0],
    ['when the claim of another ends', { due: -1, claimedUntil: 60 }, 60],
    ['after the pause, when a claim ends before', { due: 50, tried: -10, claimedUntil: 20 }, 50],
    ['at once, when the claim of another has ended', { due: -1, claimedUntil: -1 }, 0],
    ['at once, when it is claimed until next year', { due: -1, claimedUntil: year }, 0],
  ])('%s', (_, noted, seconds) => {
    const from = dueFrom(delivery(noted), asking);
    expect(from === undefined || from < at ? at : from).toBe(after(seconds));
    expect(isDue(delivery(noted), asking)).toBe(seconds === 0);
  });

  it('never, when it is over', () => {
    expect(dueFrom(delivery({ tried: -1 }), asking)).toBeUndefined();
    expect(isDue(delivery({ tried: -1 }), asking)).toBe(false);
  });

  it('at once, when the one who claimed it is gone', () => {
    expect(isDue(delivery({ due: -1, claimedUntil: 60 }), { ...asking, isGone: () => true })).toBe(true);
  });
});
