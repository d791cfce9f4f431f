import type { Decision } from '../domain/decision.ts';
import type { CommitId } from '../domain/names.ts';
import { type Folder, NotLoaded } from '../domain/tree.ts';
import { type FileChange, fileChanges } from './file-changes.ts';
import type { Commit, Intent, Outage, Store } from './port.ts';

interface Write {
  readonly intent: Intent;
  readonly decide: (root: Folder) => Decision<unknown>;
}

/** A write of a session that was refused when it was to be committed. */
interface RefusedInSession {
  /** Its place among the session's writes, from 0. */
  readonly index: number;
  readonly title: string;
  readonly reason: unknown;
}

/** What became of a session's writes. */
export interface Flushed {
  readonly written: number;
  /** Writes that were fine in the session and are not on what others wrote meanwhile: which of them, and why. */
  readonly refused: readonly RefusedInSession[];
}

/**
 * A store whose writes stay here until {@link flush} makes all of them one commit, decided again on the newest state.
 * Reads see the state at the beginning and the session's own writes.
 */
export class SessionStore implements Store {
  readonly #under: Store;
  readonly #writes: Write[] = [];
  #before: Folder | undefined;
  #root: Folder | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(under: Store) {
    this.#under = under;
  }

  /** The titles of the writes that wait. */
  get waiting(): readonly string[] {
    return this.#writes.map(({ intent }) => intent.title);
  }

  async read<T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId): Promise<T> {
    if (at !== undefined) return this.#under.read(question, at);
    const root = await this.#begin();
    return this.#under.read((_, commit) => question(this.#root ?? root, commit));
  }

  transact<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      const root = await this.#begin();
      const decision = await this.#under.read(() => decide(root));
      if (decision.root !== root) this.#writes.push({ intent, decide });
      this.#root = decision.root;
      return decision.outcome;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Undefined while writes wait: what is read then is in no commit. */
  async tip(mustBeNew?: boolean): Promise<CommitId | undefined> {
    return this.#writes.length > 0 ? undefined : this.#under.tip(mustBeNew);
  }

  branch(): Promise<string> {
    return this.#under.branch();
  }

  outage(): Outage | undefined {
    return this.#under.outage();
  }

  history(options?: { readonly from?: CommitId; readonly limit?: number }): Promise<readonly Commit[]> {
    return this.#under.history(options);
  }

  resolve(name: string): Promise<CommitId> {
    return this.#under.resolve(name);
  }

  /** What the writes that wait change, file by file. */
  async changes(): Promise<readonly FileChange[]> {
    await this.#turn;
    const [before, after] = [this.#before, this.#root];
    return before && after ? this.#under.read(() => fileChanges(before, after)) : [];
  }

  /** Writes all that waits in one commit. Throws what the store throws, and then everything still waits. */
  async flush(intent: Intent): Promise<Flushed> {
    await this.#turn;
    const writes = [...this.#writes];
    if (writes.length === 0) return { written: 0, refused: [] };
    const flushed = await this.#under.transact(intent, (root) => replay(root, writes));
    this.#writes.splice(0, writes.length);
    this.#root = undefined;
    return flushed;
  }

  close(): Promise<void> {
    return this.#under.close();
  }

  async #begin(): Promise<Folder> {
    if (!this.#root) {
      this.#before = await this.#under.read((root) => root);
      this.#root ??= this.#before;
    }
    return this.#root;
  }
}

function replay(root: Folder, writes: readonly Write[]): Decision<Flushed> {
  const refused: RefusedInSession[] = [];
  let now = root;
  for (const [index, { intent, decide }] of writes.entries()) {
    try {
      now = decide(now).root;
    } catch (reason) {
      if (reason instanceof NotLoaded) throw reason;
      refused.push({ index, title: intent.title, reason });
    }
  }
  return { root: now, outcome: { written: writes.length - refused.length, refused } };
}
