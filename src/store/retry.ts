/** How long to wait between attempts, in milliseconds. */
export interface RetrySchedule {
  /** The longest first wait. */
  readonly first: number;
  /** The longest any wait gets. */
  readonly most: number;
  /** From when on all waits are as short as the first, counted from the first attempt. */
  readonly urgent: number;
  /** When to stop trying, counted from the first attempt. */
  readonly deadline: number;
  /** The longest wait before the first attempt of a write that finds others writing. */
  readonly courtesy: number;
  /** How many attempts a writer makes before it gives its turn to another process of this machine. */
  readonly perTurn: number;
}

/** For a repository on this machine, where an attempt takes milliseconds, and writers have turns. */
export const localSchedule: RetrySchedule = {
  first: 20,
  most: 1_000,
  urgent: 30_000,
  deadline: 120_000,
  courtesy: 0,
  perTurn: 1,
};

/** For a repository behind a network, where an attempt takes about a second. */
export const remoteSchedule: RetrySchedule = {
  first: 100,
  most: 1_000,
  urgent: 30_000,
  deadline: 120_000,
  courtesy: 500,
  perTurn: 10,
};

/** How old the newest commit may be, in milliseconds, for its writer to count as still at work beside others. */
const recent = 2_000;

/**
 * The wait before attempt `attempt + 1` (the first attempt is 1): exponential with full jitter, so that writers who
 * collided once do not collide again; and shorter again as time passes, so that whoever has waited long goes before
 * those who have just come. `random` is from [0, 1). Undefined when the deadline has passed.
 */
export function retryDelay(
  schedule: RetrySchedule,
  attempt: number,
  elapsed: number,
  random: number,
): number | undefined {
  const left = schedule.deadline - elapsed;
  if (left <= 0) return undefined;
  const patience = Math.max(0, 1 - elapsed / schedule.urgent);
  const bound = Math.min(schedule.most, schedule.first * 2 ** (attempt - 1)) * patience;
  return Math.floor(random * Math.min(Math.max(schedule.first, bound), left));
}

/**
 * Whether a write that begins at `now` should first let others go: somebody has just written, and who just wrote
 * already has what all others must fetch before their next attempt. Without this, writers that come in a row from one
 * place would always be ahead of everybody else. Clocks that differ cost a wait or a courtesy, never a write.
 */
export function isCrowded(schedule: RetrySchedule, newest: Date, now: Date): boolean {
  return schedule.courtesy > 0 && Math.abs(now.getTime() - newest.getTime()) < recent;
}
