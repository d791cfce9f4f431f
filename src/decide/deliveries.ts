import type { Decision } from '../domain/decision.ts';
import type { Attempt, Claimant, Delivery } from '../domain/delivery.ts';
import { type CommitId, type Instant, instant } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import {
  cursorIn,
  findDelivery,
  hasDelivery,
  openDeliveries,
  withCursor,
  withDelivery,
} from '../format/deliveries.ts';

/** What time it is for who asks, and what is known of those who claim. */
export interface Asking {
  readonly at: Instant;
  /** For how long a claim keeps others off, in milliseconds. */
  readonly lease: number;
  /** Whether a claimant is known to be gone. */
  readonly isGone: (claimant: Claimant) => boolean;
}

/** Who wants to send, and how much. */
export interface Claiming extends Asking {
  readonly by: Claimant;
  /** How many are claimed at once. */
  readonly most: number;
}

/** A range of the history that was looked at, and what is to be sent because of it. */
export interface Catch {
  /** Where the cursor was. */
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  readonly deliveries: readonly Delivery[];
}

/**
 * Moves the cursor over a range and takes in its deliveries, in one step, if the cursor is still where it was; whoever comes
 * second gets `moved` and looks again. One that is known already, since the history was rewritten, is not taken in twice.
 * @throws NotLoaded
 */
export function takeRange(root: Folder, { from, to, deliveries }: Catch): Decision<'taken' | 'moved'> {
  if (cursorIn(root) !== from) return { root, outcome: 'moved' };
  const taken = deliveries
    .filter((delivery) => !hasDelivery(root, delivery))
    .reduce(withDelivery, withCursor(root, to));
  return { root: taken, outcome: 'taken' };
}

/** Claims what is due and nobody is at: the oldest first. @throws NotLoaded */
export function claimDue(root: Folder, claiming: Claiming): Decision<readonly Delivery[]> {
  const { by, at, lease, most } = claiming;
  const until = later(at, lease);
  const claimed = openDeliveries(root)
    .filter((delivery) => isDue(delivery, claiming))
    .slice(0, most)
    .map((delivery): Delivery => ({ ...delivery, claim: { by, until } }));
  return { root: claimed.reduce(withDelivery, root), outcome: claimed };
}

/** Whether a delivery may be sent now. */
export function isDue(delivery: Delivery, asking: Asking): boolean {
  const from = dueFrom(delivery, asking);
  return from !== undefined && from <= asking.at;
}

/**
 * From when a delivery may be sent; undefined when it is over. Clocks differ and jump: the first try waits for nobody's, and
 * a try in the future or a claim beyond any lease, which only a wrong clock has noted, holds nothing up.
 */
export function dueFrom(
  { dueAt, attempts, claim }: Delivery,
  { at, lease, isGone }: Asking,
): Instant | undefined {
  if (dueAt === undefined) return undefined;
  const last = attempts.at(-1);
  const next = last && last.at <= at ? dueAt : at;
  const isClaimed = claim && claim.until <= later(at, lease) && !isGone(claim.by);
  return isClaimed && claim.until > next ? claim.until : next;
}

/** A try that was made. */
export interface Made {
  readonly id: string;
  readonly attempt: Attempt;
  /** Not to be tried again: its webhook is gone, say. */
  readonly isFinal: boolean;
}

/**
 * Records tries: a success or the last failure ends a delivery, another failure makes it due again (webhooks.md §5.1).
 * `schedule`: after how many seconds, try by try. @throws NotLoaded
 */
export function recordAttempts(
  root: Folder,
  made: readonly Made[],
  schedule: readonly number[],
): Decision<readonly Delivery[]> {
  let state = root;
  const recorded: Delivery[] = [];
  for (const { id, attempt, isFinal } of made) {
    const delivery = findDelivery(state, id);
    if (!delivery || delivery.status === 'success') continue;
    const { claim: _claim, dueAt: _dueAt, ...rest } = delivery;
    const attempts = [...delivery.attempts, attempt];
    const delay = schedule[attempts.length - 1];
    const again = !attempt.success && !isFinal && delay !== undefined;
    const after: Delivery = again
      ? { ...rest, attempts, status: 'retrying', dueAt: later(attempt.at, delay * 1000) }
      : { ...rest, attempts, status: attempt.success ? 'success' : 'failure' };
    state = withDelivery(state, after);
    recorded.push(after);
  }
  return { root: state, outcome: recorded };
}

function later(at: Instant, milliseconds: number): Instant {
  return instant(new Date(Date.parse(at) + milliseconds));
}
