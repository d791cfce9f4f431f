import type { Decision } from '../domain/decision.ts';
import type { GitpactError } from '../domain/failure.ts';
import type { CommitId, Instant } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';

/** One commit of the contract repository. */
export interface Commit {
  readonly id: CommitId;
  /** The first parent, or the archived commit that a history begun anew goes on from; absent for the first commit. */
  readonly parent?: CommitId;
  readonly title: string;
  /** The whole message, title included. */
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  readonly committedAt: Instant;
  readonly signed?: Signed;
}

/** The signature of a commit, whatever it is worth, and the bytes that it should be of. */
export interface Signed {
  readonly signature: string;
  readonly bytes: Buffer;
}

/** What a write wants to say of itself in the commit. */
export interface Intent {
  /** One line, in the field's words: `Publish Foo 1.2.3 (branch main) for Bar`. */
  readonly title: string;
  /** Trailers naming the event, `Pact-Consumer: Foo`, in order. Values of one line. */
  readonly trailers?: readonly (readonly [name: string, value: string])[];
}

/** That the remote cannot be reached; what is read meanwhile is what was seen last. */
export interface Outage {
  readonly since: Date;
  readonly reason: GitpactError;
}

/** Where facts lie. Knows trees and commits, and nothing of what is in them. */
export interface Store {
  /**
   * Answers a pure question on the newest state this process can see, or on the state at `at`. Loads what the
   * question touches, in rounds, so `question` may run several times.
   * @throws GitpactError `not-a-repository`, `commit-missing`, `network-failed`, `git-failed`.
   */
  read<T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId): Promise<T>;

  /**
   * Runs the pure `decide` on the newest state and commits the tree it asks for, on top of that state only. If another
   * writer gets there first, runs it again on *their* state. Returns when the commit is durable (pushed, where there is
   * a remote). Writes that wait at the same time share one commit and one push, each with its own success or failure:
   * what `decide` throws is thrown here and spoils no other.
   * @throws GitpactError `store-busy` when the deadline passes, `store-refused` when the host or repository says no,
   *   `local-edits` when a checked-out file with local edits would be overwritten, `network-failed`, `disk-failed`.
   */
  transact<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T>;

  /**
   * The newest commit this process can see; undefined in a store without one. `mustBeNew`: as of now, not of a moment
   * ago.
   */
  tip(mustBeNew?: boolean): Promise<CommitId | undefined>;

  /** The full name of the branch that it is, `refs/heads/main`; `HEAD` where a commit is checked out instead of one. */
  branch(): Promise<string>;

  /** Whether reads go on without the remote; of stores that were told to go on. */
  outage(): Outage | undefined;

  /**
   * First-parent history from `from` (default: the tip), newest first; of a folder's store what changed the folder. `back`
   * is the commit that the caller is going to go back to, page by page, with its files: what a remote has of that comes at
   * once, and no more than that.
   */
  history(options?: {
    readonly from?: CommitId;
    readonly limit?: number;
    readonly back?: CommitId;
  }): Promise<readonly Commit[]>;

  /**
   * The commit named by a full or abbreviated id, a ref, or `HEAD` (the tip), each with `~N` for the Nth before it; or by a
   * date (newest first-parent commit not after it).
   */
  resolve(name: string): Promise<CommitId>;

  /** Ends child processes and releases what is held. */
  close(): Promise<void>;
}
