import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localSchedule, remoteSchedule, retryDelay } from '../../src/store/retry.ts';

const schedules = fc.constantFrom(localSchedule, remoteSchedule);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('waits anything from nothing to a bound that doubles up to the most', () => {
  expect(retryDelay(remoteSchedule, 1, 0, 0)).toBe(0);
  expect([1, 2, 3, 20].map((attempt) => retryDelay(remoteSchedule, attempt, 0, 0.999))).toEqual([
    199, 399, 799, 2997,
  ]);
});

it('is shorter again for whoever has waited long', () => {
  expect(
    [0, 60_000, 100_000, 119_000].map((elapsed) => retryDelay(remoteSchedule, 20, elapsed, 0.999)),
  ).toEqual([2997, 1498, 499, 24]);
});

it('never waits past the deadline, nor longer than the most', () => {
  fc.assert(
    fc.property(
      schedules,
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 0, max: 200_000 }),
      random,
      (schedule, attempt, elapsed, chance) => {
        const delay = retryDelay(schedule, attempt, elapsed, chance);
        if (elapsed >= schedule.deadline || delay === undefined) {
          expect([elapsed >= schedule.deadline, delay]).toEqual([true, undefined]);
          return;
        }
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(schedule.most);
        expect(elapsed + delay).toBeLessThan(schedule.deadline);
      },
    ),
  );
});
