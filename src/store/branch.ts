import type { CommitId } from '../domain/names.ts';
import type { ReadCommit } from './commits.ts';
import type { Draft, Engine, Found, Swap } from './engine.ts';
import type { Outage } from './port.ts';
import type { RetrySchedule } from './retry.ts';

/**
 * What came of publishing a commit: it is in; another writer was faster; something is in the way for now (a sentence);
 * or nobody knows, because the connection broke.
 */
export type Published =
  | { readonly kind: 'in' }
  | { readonly kind: 'lost'; readonly why?: string }
  | Waiting
  | { readonly kind: 'unknown'; readonly error: Error };

/** What came of publishing a commit that is not in. */
export type Failed = Exclude<Published, { readonly kind: 'in' }>;

/** Something is in the way of a write for now. */
export interface Waiting {
  readonly kind: 'waiting';
  readonly why: string;
  readonly hint: string;
}

/** The branch that a store is: on this machine, checked out or not, or of a remote repository. */
export interface StoreBranch {
  readonly engine: Engine;
  readonly schedule: RetrySchedule;
  /** Set while {@link tip} tells readers what was seen last, since the remote cannot be reached. */
  readonly outage?: Outage | undefined;
  /** Its full name. */
  name(): Promise<string>;
  /** The newest commit. `mustBeNew`: as of now, not of a moment ago. */
  tip(mustBeNew: boolean): Promise<ReadCommit | undefined>;
  /** The objects of these ids, fetched in one batch when they are not here. */
  readObjects(oids: readonly string[]): Promise<readonly Found[]>;
  /**
   * Makes the whole history available, where it is not: of the newest commit, or of the one given; or the part of it that
   * goes back to another commit, with its folders.
   */
  deepen(from?: CommitId, back?: ReadCommit): Promise<void>;
  /** The commit of this name, from wherever it is. */
  findCommit(name: string): Promise<Found>;
  /** Runs an attempt to write, alone as far as that can be had; or says what is in the way. */
  inTurn<T>(attempt: () => Promise<T>): Promise<T | Waiting>;
  /** Writes a commit and its objects, and moves nothing. @throws GitpactError `disk-failed`, `store-refused` */
  writeCommit(draft: Draft): Promise<CommitId>;
  /**
   * Makes `to`, whose parent is `from`, the newest commit, unless the newest is another than `from`.
   * @throws GitpactError `store-refused`, `local-edits`, `network-failed`, `disk-failed`
   */
  publish(from: ReadCommit | undefined, to: ReadCommit): Promise<Published>;
  /**
   * As {@link publish}, with a `to` that has no parent: the history begins anew, and `from` is kept under the ref
   * `archive`, which must not exist.
   */
  beginAnew(from: ReadCommit, to: ReadCommit, archive: string): Promise<Published>;
  /** Releases what is held. */
  close(): Promise<void>;
}

/** What the outcome of moving a ref means for the write. */
export function publishedBy(swap: Swap): Published {
  if (swap.kind === 'locked') return waitingFor(swap.lock);
  return { kind: swap.kind === 'moved' ? 'in' : 'lost' };
}

/** A write that waits for a lock file to go. */
export function waitingFor(lock: string): Waiting {
  return {
    kind: 'waiting',
    why: `another process holds ${lock}`,
    hint: `If no git process is running in the contract repository, remove ${lock}.`,
  };
}
