import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCrowded, localSchedule, remoteSchedule, retryDelay } from '../../src/store/retry.ts';

const schedules = fc.constantFrom(localSchedule, remoteSchedule);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('waits anything from nothing to a bound that doubles up to the most', () => {
  expect(retryDelay(remoteSchedule, 1, 0, 0)).toBe(0);
  expect([1, 2, 3, 20].map((attempt) => retryDelay(remoteSchedule, attempt, 0, 0.999))).toEqual([
    99, 199, 399, 999,
  ]);
});

it('is shorter again for whoever has waited long, down to the first wait', () => {
  expect(
    [0, 15_000, 29_000, 60_000, 119_900].map((elapsed) => retryDelay(remoteSchedule, 20, elapsed, 0.999)),
  ).toEqual([999, 499, 99, 99, 99]);
});

it('finds a place crowded when somebody has just written to it, if that is behind a network', () => {
  const now = new Date('2026-01-01T00:00:10Z');
  const crowded = (schedule: typeof localSchedule) =>
    ['00:00:07', '00:00:09', '00:00:10', '00:00:11', '00:00:13'].map((time) =>
      isCrowded(schedule, new Date(`2026-01-01T${time}Z`), now),
    );
  expect(crowded(remoteSchedule)).toEqual([false, true, true, true, false]);
  expect(crowded(localSchedule)).toEqual([false, false, false, false, false]);
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
