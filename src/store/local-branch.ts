import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import type { Published, StoreBranch } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Draft, Engine, Found, Swap } from './engine.ts';
import { localSchedule, type RetrySchedule } from './retry.ts';
import type { WorkTree } from './work-tree.ts';

/** A branch of a repository of this machine, kept in step with the work tree that has it checked out, if any. */
export class LocalBranch implements StoreBranch {
  readonly schedule: RetrySchedule;
  readonly engine: Engine;
  readonly #ref: string;
  readonly #workTree: WorkTree | undefined;
  #healed = false;

  constructor(
    engine: Engine,
    ref: string,
    workTree: WorkTree | undefined,
    schedule: RetrySchedule = localSchedule,
  ) {
    this.engine = engine;
    this.#ref = ref;
    this.#workTree = workTree;
    this.schedule = schedule;
  }

  async tip(): Promise<ReadCommit | undefined> {
    if (!this.#healed) await this.#workTree?.heal();
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

  async publish(from: ReadCommit | undefined, to: ReadCommit): Promise<Published> {
    const move = () => this.engine.compareAndSwap(this.#ref, from?.id, to.id, `gitpact: ${to.title}`);
    const published = this.#workTree
      ? await this.#workTree.follow(this.#ref, from, to, move)
      : publishedBy(await move());
    if (published.kind === 'in') await this.engine.tidy();
    return published;
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}

/** What the outcome of moving a ref means for the write. */
export function publishedBy(swap: Swap): Published {
  if (swap.kind !== 'locked') return { kind: swap.kind === 'moved' ? 'in' : 'lost' };
  return {
    kind: 'waiting',
    why: `another process holds ${swap.lock}`,
    hint: `If no git process is running in the contract repository, remove ${swap.lock}.`,
  };
}

function detached(): GitpactError {
  return new GitpactError('store-refused', 'The contract repository has no branch checked out to write to.', {
    hint: 'Name the branch with --ref, or check one out.',
  });
}
