import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import type { World } from './world.ts';

/** How to wait for one's turn. */
export interface TurnOptions {
  /** How long to wait, in milliseconds. */
  readonly patience: number;
  readonly random: World['random'];
  /** Clears up after a process that left its turn without giving it back. */
  readonly heal: () => Promise<void>;
}

/** How often to look whether it is our turn, in milliseconds: about what a turn takes. */
const pollTime = 20;

/**
 * Waits until no other gitpact process has its turn, and takes it; false when that takes too long. All who wait look
 * equally often, so that nobody who has just had a turn is ahead of those who wait.
 */
export async function takeTurn(journal: Journal, options: TurnOptions): Promise<boolean> {
  const started = performance.now();
  for (;;) {
    const taken = await journal.take();
    if (taken === 'taken') return true;
    if (taken === 'abandoned') await options.heal();
    if (performance.now() - started > options.patience) return false;
    await sleep(pollTime * (0.5 + options.random()));
  }
}
