import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { Broker } from '../broker/broker.ts';
import type { Decision } from '../domain/decision.ts';
import { GitpactError } from '../domain/failure.ts';
import { type Instant, instant } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import type { App } from '../http/app.ts';
import { type RecordedWrite, requestOf } from '../http/recording.ts';
import { writeWhole } from '../store/durable-file.ts';
import { passedOn } from '../store/passed-on.ts';
import type { Intent, Store } from '../store/port.ts';
import { QueueStore } from '../store/queue-store.ts';
import { isAway } from '../store/remote-failure.ts';
import { type QueuedWrite, QueueFile } from './queue-file.ts';

/** A write that cannot be made any more, and why. */
interface Refused {
  readonly write: QueuedWrite;
  readonly reason: string;
}

/** The trailer that names a queue in the commit it became. */
const trailer = 'Gitpact-Queue';

/** How far back the commit of a queue is looked for, in commits. */
const lookBack = 1_000;

/**
 * Writes that are acknowledged while the remote is away: each is on the disk of this machine before its sender is told,
 * and all are one commit when the remote is back, or when a server is started again on the same folder.
 */
export class WriteQueue {
  readonly store: QueueStore;
  readonly #under: Store;
  readonly #folder: string;
  readonly #file: QueueFile;
  readonly #log: Logger;
  readonly #appOf: (broker: Broker) => App;
  readonly #writes = new Map<Intent, QueuedWrite>();
  #name: string = randomUUID();
  /** Queues of earlier servers that may be in the repository already, and those that are. */
  #doubtful: readonly string[] = [];
  readonly #written = new Set<string>();
  /** What was refused on what was known when the server was started. */
  #left: QueuedWrite[] = [];
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param folder where to keep what waits, and what is refused later
   * @param appOf an app over a broker, which lets everybody write
   */
  constructor(under: Store, folder: string, log: Logger, appOf: (broker: Broker) => App) {
    this.store = new QueueStore(under);
    this.#under = under;
    this.#folder = folder;
    this.#file = new QueueFile(folder);
    this.#log = log;
    this.#appOf = appOf;
  }

  /** Puts a write that the store let wait onto the disk. @throws GitpactError `disk-failed` */
  async keep(write: RecordedWrite, moments: readonly Instant[], intents: readonly Intent[]): Promise<void> {
    const queued: QueuedWrite = { ...write, queue: this.#name, moments };
    for (const intent of intents) this.#writes.set(intent, queued);
    await this.#file.append(queued);
  }

  /**
   * Takes the folder, and makes the writes that an earlier server left, unless they are in the repository already. While
   * the remote is away, nobody knows that: they then wait with what comes.
   * @throws GitpactError `bad-arguments` when the folder is another server's; what the store throws
   */
  async recover(): Promise<void> {
    await this.#file.claim();
    const left = await this.#file.read();
    if (left.length === 0) return;
    this.#doubtful = [...new Set(left.map(({ queue }) => queue))];
    const isHere = await this.#resolveDoubts().then(
      () => true,
      (error: unknown) => {
        if (isAway(error)) return false;
        throw error;
      },
    );
    for (const write of left) await this.#letWait(write);
    if (!isHere) return;
    if (this.store.waiting === 0 && this.#left.length === 0) await this.#file.clear();
    else await this.flush();
  }

  /** Tries every so many milliseconds to make what waits; until {@link close}. */
  watch(every: number): void {
    this.#timer = setTimeout(async () => {
      await this.flush().catch((error: unknown) => this.#note(error));
      if (this.#timer) this.watch(every);
    }, every);
    this.#timer.unref();
  }

  /** Makes what waits, as one commit. @throws what the store throws; everything then waits on. */
  async flush(): Promise<void> {
    const { waiting } = this.store;
    if (waiting === 0 && this.#left.length === 0) return;
    await this.#resolveDoubts();
    const known = [...this.#writes.values()].filter(({ queue }) => this.#written.has(queue));
    const ours = waiting - known.length;
    const { refused, idle } = await this.store.flush(this.#told(ours));
    const all = refused.flatMap(({ intent, reason }) => this.#refusal(intent, reason));
    const again = new Set([...this.#left, ...idle.flatMap((intent) => this.#writes.get(intent) ?? [])]);
    for (const write of again) {
      if (!this.#written.has(write.queue)) all.push(...(await this.#make(write, this.#under)));
    }
    if (all.length > 0) await this.#keepRefused(all);
    await this.#file.clear();
    this.#writes.clear();
    this.#left = [];
    this.#name = randomUUID();
    this.#log.info({ written: ours - refused.length, refused: all.length }, 'the queue was written');
  }

  /** Tries once more to make what waits; what cannot be made stays on the disk. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.flush().catch((error: unknown) => this.#note(error));
    await this.#file.release();
  }

  /** Lets a write of an earlier server wait again, unless it is written, or turns out to be. */
  async #letWait(write: QueuedWrite): Promise<void> {
    const isWritten = () => this.#written.has(write.queue);
    if (isWritten()) return;
    const told: Intent[] = [];
    const refused = await this.#make(write, queueing(this.store, told, isWritten));
    if (refused.length > 0) this.#left.push(write);
    for (const intent of told) this.#writes.set(intent, write);
  }

  /** What the commit says of itself: every queue that is in it. */
  #told(changes: number): Intent {
    const queues = new Set([this.#name, ...[...this.#writes.values()].map(({ queue }) => queue)]);
    return {
      title: `Record ${changes} ${changes === 1 ? 'change' : 'changes'} made while the remote was away`,
      trailers: [['Event', 'session'], ...[...queues].map((queue) => [trailer, queue] as const)],
    };
  }

  /** Makes a write as it was made, at its own time. @returns the refusal, if it is refused. */
  async #make(write: QueuedWrite, store: Store): Promise<readonly Refused[]> {
    const moments = [...write.moments];
    const broker = new Broker(store, () => new Date(moments.shift() ?? Date.now()));
    const response = await this.#appOf(broker).fetch(requestOf(write, 'http://127.0.0.1'));
    return response.ok ? [] : [{ write, reason: `${response.status} ${await response.text()}` }];
  }

  #refusal(intent: Intent, reason: unknown): readonly Refused[] {
    const write = this.#writes.get(intent);
    return write ? [{ write, reason: reason instanceof Error ? reason.message : String(reason) }] : [];
  }

  async #keepRefused(refused: readonly Refused[]): Promise<void> {
    const path = join(this.#folder, `refused-${instant(new Date()).replace(/[:.]/g, '-')}.json`);
    const writes = [...new Set(refused.map(({ write }) => write))];
    const reasons = refused.map(({ write, reason }) => `${write.method} ${write.path}: ${reason}`);
    const kept = { format: 1, command: 'gitpact serve --queue', reasons, writes };
    await writeWhole(path, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    const hint = `What was acknowledged and is refused now is kept in ${path}. Put right what is in its way, then make it with: gitpact push-pending ${path}`;
    this.#log.error({ reasons, path }, hint);
  }

  /** Finds out which queues were written before their server ended. @throws what the store throws while it is away */
  async #resolveDoubts(): Promise<void> {
    if (this.#doubtful.length === 0) return;
    await this.#under.tip(true);
    const commits = await this.#under.history({ limit: lookBack });
    for (const queue of this.#doubtful) {
      if (commits.some(({ message }) => message.includes(`${trailer}: ${queue}`))) this.#written.add(queue);
    }
    this.#doubtful = [];
  }

  #note(error: unknown): void {
    if (!(error instanceof GitpactError)) this.#log.error({ err: error }, 'the queue could not be written');
    else this.#log.debug({ code: error.code }, 'the queue waits on');
  }
}

/** The store, letting every write wait, and telling which did. One that is written after all changes nothing any more. */
function queueing(store: QueueStore, told: Intent[], isWritten: () => boolean): Store {
  return passedOn(store, {
    transact: async <T>(intent: Intent, decide: (root: Folder) => Decision<T>) => {
      let last: Decision<T> | undefined;
      const outcome = await store.enqueue(intent, (root) => {
        last = last && isWritten() ? { ...last, root } : decide(root);
        return last;
      });
      if (store.isQueued(intent)) told.push(intent);
      return outcome;
    },
    close: async () => undefined,
  });
}
