import type { CommitId } from '../domain/names.ts';
import type { CloneFolder } from './clone-folder.ts';
import type { ReadCommit } from './commits.ts';
import type { Engine } from './engine.ts';
import type { PushOutcome } from './push-outcome.ts';

/** The branch that is meant when none is named and HEAD of the remote leads to no commit. */
export const usualBranch = 'refs/heads/main';

/** What a remote says of a branch. */
export interface Sighting {
  /** The full name of the branch; the remote's default where none was asked for. */
  readonly ref: string;
  /** Undefined when the branch does not exist. */
  readonly tip: CommitId | undefined;
}

/** A remote repository, as seen from a clone of it in the cache. */
export interface Remote {
  /**
   * The newest commit of `ref` (or of the default branch). Needs no clone.
   * @throws GitpactError `store-refused`, `not-a-repository`, `network-failed`, `git-failed`
   */
  look(ref: string | undefined): Promise<Sighting>;
  /** The object that a branch or tag of this short or full name points at. */
  lookUp(name: string): Promise<string | undefined>;
  /** The private clone, made when there is none. Several processes may share it. */
  openClone(): Promise<Clone>;
}

/** A commit that was made here. */
export interface Made {
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  /** The ids of everything that came with it: the commit, and every file and folder that is new. */
  readonly objects: readonly string[];
  /** Whether all of it is in the clone; what is missing, of folders that were moved as a whole, is fetched for a push. */
  readonly isHere: boolean;
  /** Whether `from` is not the parent of `to`, which replaces it: the host is told to take that, where `from` still is. */
  readonly beginsAnew: boolean;
}

/** A private clone of a remote, which can be thrown away at any time. */
export interface Clone {
  readonly engine: Engine;
  readonly folder: CloneFolder;
  /** The commit up to which the clone is known to be complete. */
  completeTip(): Promise<CommitId | undefined>;
  /** Notes that the clone is complete up to here; never fails. */
  noteComplete(tip: CommitId): Promise<void>;
  /**
   * Fetches the newest commit of a branch, seen at `tip`, with its folders. Returns the commit that came, which may be
   * a newer one.
   */
  fetch(ref: string, tip: CommitId): Promise<CommitId>;
  /**
   * Fetches what the newest commit of a branch is now, without a look at it first: for when it is sure to be another.
   * Returns the commit that came.
   */
  fetchNewest(ref: string): Promise<CommitId>;
  /** Fetches a commit by its id, with its folders. */
  fetchCommit(id: string): Promise<void>;
  /** Fetches objects by their ids, in one request. */
  fetchObjects(oids: readonly string[]): Promise<void>;
  /**
   * Fetches all of the history before `tip`, which `ref` leads to: a branch, or the id itself; or at least what goes back to
   * another commit, with its folders.
   */
  deepen(ref: string, tip: CommitId, back?: ReadCommit): Promise<void>;
  /** Makes a new commit the newest of a branch, unless another is there than `from`. */
  push(ref: string, made: Made): Promise<PushOutcome>;
}
