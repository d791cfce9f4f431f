import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import { type Published, publishedBy, type StoreBranch, type Waiting } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Draft, Engine, Found } from './engine.ts';
import type { Mover } from './mover.ts';
import { localSchedule, type RetrySchedule } from './retry.ts';

/** A branch of a repository of this machine, kept in step with the work tree that has it checked out, if any. */
export class LocalBranch implements StoreBranch {
  readonly schedule: RetrySchedule;
  readonly engine: Engine;
  readonly #ref: string;
  readonly #findMover: () => Promise<Mover>;
  #mover: Mover | undefined;
  #healed = false;
  /** What puts objects in order just now. */
  #tidying: Promise<void> | undefined;

  /** @param findMover for the work tree that has the branch checked out just now, if any */
  constructor(
    engine: Engine,
    ref: string,
    findMover: () => Promise<Mover>,
    schedule: RetrySchedule = localSchedule,
  ) {
    this.engine = engine;
    this.#ref = ref;
    this.#findMover = findMover;
    this.schedule = schedule;
  }

  async name(): Promise<string> {
    return this.#ref;
  }

  async tip(): Promise<ReadCommit | undefined> {
    if (!this.#healed) await (await this.#findMover()).heal();
    this.#healed = true;
    return this.engine.readRef(this.#ref);
  }

  readObjects(oids: readonly string[]): Promise<readonly Found[]> {
    return this.engine.readObjects(oids);
  }

  async deepen(): Promise<void> {}

  findCommit(name: string): Promise<Found> {
    return this.engine.findCommit(name);
  }

  writeCommit(draft: Draft): Promise<CommitId> {
    if (!this.#ref.startsWith('refs/')) throw detached();
    return this.engine.writeCommit(draft);
  }

  async inTurn<T>(attempt: () => Promise<T>): Promise<T | Waiting> {
    this.#mover = await this.#findMover();
    return this.#mover.inTurn(attempt, this.schedule.deadline);
  }

  async publish(from: ReadCommit | undefined, to: ReadCommit): Promise<Published> {
    if (!this.#mover) throw new Error('a commit is published out of turn');
    const published = await this.#mover.move(this.#ref, from, to);
    if (published.kind === 'in') this.#tidy();
    return published;
  }

  async beginAnew(from: ReadCommit, to: ReadCommit, archive: string): Promise<Published> {
    const kept = await this.engine.compareAndSwap(archive, undefined, from.id, 'gitpact: archive');
    const isKept = kept.kind === 'moved' || (await this.engine.readRef(archive))?.id === from.id;
    return isKept ? this.publish(from, to) : publishedBy(kept);
  }

  async close(): Promise<void> {
    await this.#tidying;
    await this.engine.close();
  }

  /** Nobody waits for it, and what is written meanwhile stays as it is. */
  #tidy(): void {
    this.#tidying ??= this.engine.tidy().finally(() => {
      this.#tidying = undefined;
    });
  }
}

function detached(): GitpactError {
  return new GitpactError('store-refused', 'The contract repository has no branch checked out to write to.', {
    hint: 'Name the branch with --ref, or check one out.',
  });
}
