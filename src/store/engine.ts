import type { CommitId } from '../domain/names.ts';
import type { CommitText, ReadCommit } from './commits.ts';
import type { GitObject } from './objects.ts';
import type { Placement } from './seal.ts';

/** What came of looking for an object. */
export type Found = GitObject | 'missing' | 'ambiguous';

/** A commit to be written. */
export interface Draft {
  readonly commit: CommitText;
  /** What the commit changes in the tree of its first parent. */
  readonly placements: readonly Placement[];
  /** The same as objects: every blob and tree that is new, children before their folders. */
  readonly objects: readonly GitObject[];
}

/**
 * What came of moving a ref: it moved; it no longer (or not yet) points at what was read; or `lock`, a file that
 * another process holds or left behind.
 */
export type Swap =
  | { readonly kind: 'moved' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'locked'; readonly lock: string };

/** Git, on one repository of this machine: objects and refs. Knows no work tree and no remote. */
export interface Engine {
  /** The objects of these ids, in order. @throws GitpactError `git-failed`, `store-damaged` */
  readObjects(oids: readonly string[]): Promise<readonly Found[]>;
  /** The commit at the end of a full ref name. */
  readRef(ref: string): Promise<ReadCommit | undefined>;
  /** The commit that an id, an abbreviated id or a ref names. */
  findCommit(name: string): Promise<Found>;
  /** First-parent history from a commit, newest first; of commits not after `notAfter` (seconds) when given. */
  history(from: CommitId, limit: number | undefined, notAfter?: number): Promise<readonly ReadCommit[]>;
  /** Writes a commit and its objects durably, and moves no ref. @throws GitpactError `disk-failed`, `store-refused` */
  writeCommit(draft: Draft): Promise<CommitId>;
  /** Moves `ref` from `from` (undefined: it does not exist) to `to`, durably, or not at all. */
  compareAndSwap(ref: string, from: CommitId | undefined, to: CommitId, note: string): Promise<Swap>;
  /** What git's configuration says of who commits and how it is signed: `user.name`, `gpg.ssh.program`; names in lower case. */
  settings(): Promise<ReadonlyMap<string, string>>;
  /** Puts the objects in order when there are many loose ones; never fails. */
  tidy(): Promise<void>;
  /** Ends child processes. */
  close(): Promise<void>;
}
