/** How long to wait between attempts, in milliseconds. */
export interface RetrySchedule {
  /** The longest first wait. */
  readonly first: number;
  /** The longest any wait gets. */
  readonly most: number;
  /** When to stop trying, counted from the first attempt. */
  readonly deadline: number;
}

/** For a repository on this machine, where an attempt takes milliseconds. */
export const localSchedule: RetrySchedule = { first: 20, most: 1_000, deadline: 120_000 };

/** For a repository behind a network, where an attempt takes about a second. */
export const remoteSchedule: RetrySchedule = { first: 200, most: 3_000, deadline: 120_000 };

/** A wait is never longer than this part of the time that is left. */
const share = 1 / 40;

/**
 * The wait before attempt `attempt + 1` (the first attempt is 1): exponential with full jitter, so that writers who
 * collided once do not collide again; and shorter again as the deadline comes nearer, so that whoever has waited long
 * goes before those who have just come. `random` is from [0, 1). Undefined when the deadline has passed.
 */
export function retryDelay(
  schedule: RetrySchedule,
  attempt: number,
  elapsed: number,
  random: number,
): number | undefined {
  const left = schedule.deadline - elapsed;
  if (left <= 0) return undefined;
  return Math.floor(random * Math.min(schedule.most, schedule.first * 2 ** (attempt - 1), left * share));
}
