import type { Decision } from '../domain/decision.ts';
import type { CommitId } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import type { Commit, Intent, Outage, Store } from './port.ts';
import { isAway } from './remote-failure.ts';
import { SessionStore } from './session-store.ts';

/** A write that changed something when it was queued, and failed on what others wrote meanwhile. */
export interface RefusedWrite {
  readonly intent: Intent;
  readonly reason: unknown;
}

/** What became of the writes that waited; of the others there is nothing to say. */
export interface Written {
  readonly refused: readonly RefusedWrite[];
  /** Those that changed nothing any more: what they ask for was there already, or is answered with a no. */
  readonly idle: readonly Intent[];
}

/**
 * A store whose writes wait here while the remote is away, in order, and are one commit once it is back. Reads see what
 * was seen last and what waits. That what waits outlives the process is somebody else's business.
 */
export class QueueStore implements Store {
  readonly #under: Store;
  #session: SessionStore | undefined;
  /** The writes that wait. */
  #intents: Intent[] = [];
  readonly #queued = new WeakSet<Intent>();
  /** Those that changed nothing when they were decided last. */
  readonly #idle = new WeakSet<Intent>();
  /** The flush under way: until it is over, writes wait. */
  #flushing: Promise<unknown> | undefined;

  constructor(under: Store) {
    this.#under = under;
  }

  /** How many writes wait. */
  get waiting(): number {
    return this.#intents.length;
  }

  /** Whether this very write waits, or did. */
  isQueued(intent: Intent): boolean {
    return this.#queued.has(intent);
  }

  async transact<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    await this.#flushing;
    if (!this.#session && !this.#under.outage()) {
      try {
        return await this.#under.transact(intent, decide);
      } catch (error) {
        if (!isAway(error)) throw error;
      }
    }
    return this.enqueue(intent, decide);
  }

  /** Lets a write wait, whether the remote is away or not. */
  async enqueue<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    await this.#flushing;
    this.#session ??= new SessionStore(this.#under);
    return this.#session.transact(intent, (root) => {
      const decision = decide(root);
      if (decision.root === root) {
        this.#idle.add(intent);
        return decision;
      }
      this.#idle.delete(intent);
      if (!this.#queued.has(intent)) this.#intents.push(intent);
      this.#queued.add(intent);
      return decision;
    });
  }

  /**
   * Writes all that waits, as one commit, when the remote is there.
   * @throws what the store throws; everything then waits on.
   */
  async flush(told: Intent): Promise<Written> {
    await this.#flushing;
    const session = this.#session;
    if (!session) return { refused: [], idle: [] };
    const flushing = this.#flush(session, told);
    this.#flushing = flushing.catch(() => undefined);
    try {
      return await flushing;
    } finally {
      this.#flushing = undefined;
    }
  }

  async #flush(session: SessionStore, told: Intent): Promise<Written> {
    await this.#under.tip(true);
    const { refused } = await session.flush(told);
    const intents = this.#intents;
    this.#intents = [];
    this.#session = undefined;
    const failed = refused.flatMap(({ index, reason }) => {
      const intent = intents[index];
      return intent ? [{ intent, reason }] : [];
    });
    return { refused: failed, idle: intents.filter((intent) => this.#idle.has(intent)) };
  }

  read<T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId): Promise<T> {
    return (this.#session ?? this.#under).read(question, at);
  }

  tip(mustBeNew?: boolean): Promise<CommitId | undefined> {
    return (this.#session ?? this.#under).tip(mustBeNew);
  }

  branch(): Promise<string> {
    return this.#under.branch();
  }

  outage(): Outage | undefined {
    return this.#under.outage();
  }

  history(options?: Parameters<Store['history']>[0]): Promise<readonly Commit[]> {
    return this.#under.history(options);
  }

  resolve(name: string): Promise<CommitId> {
    return this.#under.resolve(name);
  }

  close(): Promise<void> {
    return this.#under.close();
  }
}
