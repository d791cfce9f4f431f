import type { Published } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Swap } from './engine.ts';

/** A work tree that has the store's branch checked out. */
export interface WorkTree {
  /** Finishes what a process that was killed left half done. */
  heal(): Promise<void>;
  /**
   * Moves the branch by `move`, and index and files with it.
   * @throws GitpactError `local-edits`, before anything has moved, when a changed path has edits that are not committed.
   */
  follow(
    ref: string,
    from: ReadCommit | undefined,
    to: ReadCommit,
    move: () => Promise<Swap>,
  ): Promise<Published>;
}
