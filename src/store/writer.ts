import type { Decision } from '../domain/decision.ts';
import { GitpactError } from '../domain/failure.ts';
import { type CommitId, commitId } from '../domain/names.ts';
import { changesBetween, type Folder, withNode } from '../domain/tree.ts';
import { contains } from './ancestry.ts';
import type { StoreBranch } from './branch.ts';
import {
  type CommitText,
  messageOf,
  nobody,
  type Person,
  parseCommit,
  type ReadCommit,
  serializeCommit,
} from './commits.ts';
import { emptyTreeId, objectId } from './objects.ts';
import type { Intent } from './port.ts';
import { retryDelay } from './retry.ts';
import { placementsOf, type SealedTree, sealTree } from './seal.ts';
import { LoadingFailed, type TreeReader } from './tree-reader.ts';
import type { World } from './world.ts';

/** A write that waits for its turn. */
interface Write {
  readonly intent: Intent;
  readonly decide: (root: Folder) => Decision<unknown>;
  readonly resolve: (outcome: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one write on one state. */
type Ruling =
  | { readonly kind: 'done'; readonly outcome: unknown; readonly changed: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A batch decided on one state. */
interface Plan {
  readonly base: ReadCommit | undefined;
  readonly rulings: readonly Ruling[];
  /** Undefined when the tree stays as it is. */
  readonly commit: ReadCommit | undefined;
}

/**
 * Commits writes, one batch at a time: what comes in while a batch is under way waits, and is then decided one after
 * another on the same tree and committed together.
 */
export class Writer {
  readonly #branch: StoreBranch;
  readonly #reader: TreeReader;
  readonly #prefix: string;
  readonly #world: World;
  #people: Promise<{ author: Person; committer: Person }> | undefined;
  #waiting: Write[] = [];
  #running: Promise<void> | undefined;

  constructor(branch: StoreBranch, reader: TreeReader, prefix: string, world: World) {
    this.#branch = branch;
    this.#reader = reader;
    this.#prefix = prefix;
    this.#world = world;
  }

  /** Adds a write to the next batch. */
  write<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ intent, decide, resolve: resolve as (outcome: unknown) => void, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits until no write is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Writes that were asked for in the same turn belong to the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#commitBatch(this.#waiting.splice(0));
    this.#running = undefined;
  }

  /** Settles every write of the batch; does not throw. */
  async #commitBatch(batch: readonly Write[]): Promise<void> {
    try {
      settle(batch, await this.#untilIn(batch));
    } catch (error) {
      if (batch.length > 1 && isRefusal(error)) {
        for (const write of batch) await this.#commitBatch([write]);
      } else {
        for (const write of batch) write.reject(error);
      }
    }
  }

  /** Decides and publishes until the commit is in. Returns what became of each write. */
  async #untilIn(batch: readonly Write[]): Promise<readonly Ruling[]> {
    const started = performance.now();
    const doubtful: Plan[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const base = await this.#branch.tip(true);
      const arrived = await this.#arrived(doubtful, base);
      if (arrived) return arrived.rulings;
      const plan = await this.#plan(batch, base);
      if (!plan.commit) return plan.rulings;
      const published = await this.#branch.publish(base, plan.commit);
      if (published.kind === 'in') {
        if (attempt > 1) this.#world.log(`written at attempt ${attempt}`);
        return plan.rulings;
      }
      if (published.kind === 'unknown') doubtful.push(plan);
      const elapsed = performance.now() - started;
      const delay = retryDelay(this.#branch.schedule, attempt, elapsed, this.#world.random());
      if (delay === undefined) throw this.#tooLate(attempt, published);
      await this.#world.wait(delay);
    }
  }

  /** The plan whose push seemed to fail, but whose commit is in the branch after all. */
  async #arrived(doubtful: readonly Plan[], tip: ReadCommit | undefined): Promise<Plan | undefined> {
    for (const plan of doubtful) {
      if (plan.commit && (await contains(this.#branch, tip, plan.commit.id, plan.base?.id))) return plan;
    }
    return undefined;
  }

  async #plan(batch: readonly Write[], base: ReadCommit | undefined): Promise<Plan> {
    const before = this.#reader.rootOf(base);
    const scoped = await this.#ask(() => this.#reader.scoped(before));
    let state = scoped;
    const rulings: Ruling[] = [];
    for (const write of batch) {
      const { ruling, root } = await this.#rule(write, state);
      rulings.push(ruling);
      state = root;
    }
    if (state === scoped) return { base, rulings, commit: undefined };
    const intents = batch.flatMap(({ intent }, i) => (changed(rulings[i]) ? [intent] : []));
    return { base, rulings, commit: await this.#commit(intents, base, before, state) };
  }

  async #rule(write: Write, state: Folder): Promise<{ ruling: Ruling; root: Folder }> {
    try {
      const { root, outcome } = await this.#reader.ask(() => write.decide(state));
      return { ruling: { kind: 'done', outcome, changed: root !== state }, root };
    } catch (error) {
      if (error instanceof LoadingFailed) throw error.cause;
      return { ruling: { kind: 'failed', error }, root: state };
    }
  }

  /** Writes the commit that makes the tree so; undefined when that changes nothing. */
  async #commit(
    intents: readonly Intent[],
    base: ReadCommit | undefined,
    before: Folder,
    state: Folder,
  ): Promise<ReadCommit | undefined> {
    const after = await this.#ask(() => this.#whole(before, state));
    const changes = await this.#ask(() => changesBetween(before, after));
    const sealed = sealTree(before, after);
    if (sealed.oid === (base?.tree ?? emptyTreeId)) return undefined;
    const commit = await this.#describe(intents, base, sealed);
    const placements = placementsOf(before, changes);
    const id = await this.#branch.writeCommit({ commit, placements, objects: sealed.objects });
    const data = serializeCommit(commit);
    if (objectId('commit', data) !== id) return this.#readBack(id);
    for (const [node, oid] of sealed.ids) this.#reader.cache.adopt(node, oid);
    return parseCommit(id, data);
  }

  /** Git wrote the tree in another way than we would (an old tree's modes, say): take its word. */
  async #readBack(id: CommitId): Promise<ReadCommit> {
    const [found = 'missing'] = await this.#branch.engine.readObjects([id]);
    if (typeof found === 'string') throw new Error(`the commit ${id} that was just written is ${found}`);
    return parseCommit(id, found.data);
  }

  #whole(before: Folder, state: Folder): Folder {
    if (this.#prefix === '') return state;
    return withNode(before, this.#prefix, state.entries?.size === 0 ? undefined : state);
  }

  async #describe(
    intents: readonly Intent[],
    base: ReadCommit | undefined,
    sealed: SealedTree,
  ): Promise<CommitText> {
    this.#people ??= this.#findPeople();
    return {
      tree: sealed.oid,
      parents: base ? [commitId(base.id)] : [],
      ...(await this.#people),
      seconds: Math.floor(this.#world.clock().getTime() / 1000),
      message: messageOf(intents),
    };
  }

  async #findPeople(): Promise<{ author: Person; committer: Person }> {
    const { env } = this.#world;
    const configured = await this.#branch.engine.people();
    const author = {
      name: env.GIT_AUTHOR_NAME || configured.author?.name || nobody.name,
      email: env.GIT_AUTHOR_EMAIL || configured.author?.email || nobody.email,
    };
    const committer = {
      name: env.GIT_COMMITTER_NAME || configured.committer?.name || author.name,
      email: env.GIT_COMMITTER_EMAIL || configured.committer?.email || author.email,
    };
    return { author, committer };
  }

  async #ask<T>(question: () => T): Promise<T> {
    try {
      return await this.#reader.ask(question);
    } catch (error) {
      throw error instanceof LoadingFailed ? error.cause : error;
    }
  }

  #tooLate(
    attempts: number,
    last: { kind: string; why?: string; hint?: string; error?: Error },
  ): GitpactError {
    const seconds = Math.round(this.#branch.schedule.deadline / 1000);
    if (last.kind === 'unknown') {
      return new GitpactError(
        'network-failed',
        'The connection to the contract repository broke while writing, and whether the write arrived is not known.',
        {
          hint: 'Run the same command again: what is already there is not written twice.',
          cause: last.error,
        },
      );
    }
    const why =
      last.kind === 'waiting'
        ? last.why
        : `other writers were faster each time${last.why === undefined ? '' : ` (${last.why})`}`;
    return new GitpactError(
      'store-busy',
      `The contract repository could not be written to within ${seconds} s (${attempts} attempts): ${why}.`,
      { hint: last.hint ?? 'Run the same command again when fewer pipelines write at once.' },
    );
  }
}

function changed(ruling: Ruling | undefined): boolean {
  return ruling?.kind === 'done' && ruling.changed;
}

function settle(batch: readonly Write[], rulings: readonly Ruling[]): void {
  batch.forEach((write, i) => {
    const ruling = rulings[i];
    if (ruling?.kind === 'done') write.resolve(ruling.outcome);
    else write.reject(ruling?.error);
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof GitpactError && error.kind === 'refused';
}
