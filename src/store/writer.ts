import type { Decision } from '../domain/decision.ts';
import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import { firstOf } from './ancestry.ts';
import type { Failed, StoreBranch } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Plan, Planner, Ruling, Wish } from './planner.ts';
import type { Intent } from './port.ts';
import { isCrowded, retryDelay } from './retry.ts';
import type { World } from './world.ts';

/** A write that waits for its turn. */
interface Write extends Wish {
  readonly resolve: (outcome: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How often a push may end without a word from the host before that is the answer. */
const mostDoubts = 5;

/**
 * A plan that was pushed without success, as far as anybody said. `lost` is no proof either: when a connection breaks,
 * curl sends the push again by itself, and the host then refuses it since the first one got through.
 */
interface Tried {
  readonly plan: Plan;
  readonly kind: 'lost' | 'unknown';
}

/** What has been done for a batch so far. */
interface Effort {
  /** By `performance.now()`. */
  readonly started: number;
  attempts: number;
  readonly tried: Tried[];
  /** Whether to let others go first who are writing just now: once. */
  isPolite: boolean;
}

/** How an attempt ended. */
type Attempt =
  | { readonly kind: 'settled'; readonly rulings: readonly Ruling[] }
  | { readonly kind: 'crowded' }
  | Failed;

/**
 * Commits writes, one batch at a time: what comes in while a batch is under way waits, and is then decided one after
 * another on the same tree and committed together.
 */
export class Writer {
  readonly #branch: StoreBranch;
  readonly #planner: Planner;
  readonly #world: World;
  #waiting: Write[] = [];
  #running: Promise<void> | undefined;
  /** The commit this writer made last. */
  #own: CommitId | undefined;
  /** Whether others were in the way of it. */
  #contended = false;

  constructor(branch: StoreBranch, planner: Planner, world: World) {
    this.#branch = branch;
    this.#planner = planner;
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
    const effort: Effort = { started: performance.now(), attempts: 1, tried: [], isPolite: true };
    for (;;) {
      const result = await this.#branch.inTurn(() => this.#oneTurn(batch, effort));
      this.#contended = effort.attempts > 1;
      if (result.kind === 'settled') {
        if (effort.attempts > 1) this.#world.log(`written at attempt ${effort.attempts}`);
        return result.rulings;
      }
      if (result.kind === 'crowded') {
        await this.#world.wait(Math.floor(this.#world.random() * this.#branch.schedule.courtesy));
      } else {
        await this.#backOff(effort, result);
      }
    }
  }

  /** As many attempts as a turn has; whoever has lost one is better off than another who would begin now. */
  async #oneTurn(batch: readonly Write[], effort: Effort): Promise<Attempt> {
    for (let left = this.#branch.schedule.perTurn; ; ) {
      const result = await this.#attempt(batch, effort);
      left -= 1;
      if (result.kind === 'settled' || result.kind === 'crowded' || left === 0) return result;
      await this.#backOff(effort, result);
    }
  }

  /** Waits before the next attempt. @throws GitpactError `store-busy`, `network-failed` past the deadline */
  async #backOff(effort: Effort, failed: Failed): Promise<void> {
    const elapsed = performance.now() - effort.started;
    const delay = retryDelay(this.#branch.schedule, effort.attempts, elapsed, this.#world.random());
    if (delay === undefined) throw this.#tooLate(effort.attempts, failed);
    await this.#world.wait(delay);
    effort.attempts += 1;
  }

  /** Whether others are writing just now, who then go first. */
  #isCrowded(tip: ReadCommit | undefined): boolean {
    if (!tip || (tip.id === this.#own && !this.#contended)) return false;
    return isCrowded(this.#branch.schedule, new Date(tip.committedAt), this.#world.clock());
  }

  /** One attempt, after those that were tried. */
  async #attempt(batch: readonly Write[], effort: Effort): Promise<Attempt> {
    const { tried, isPolite } = effort;
    effort.isPolite = false;
    const doubts = tried.filter(({ kind }) => kind === 'unknown').length;
    const base = await this.#look(tried.length > 0);
    if (base instanceof Error) return { kind: 'unknown', error: base };
    if (isPolite && this.#isCrowded(base.tip)) return { kind: 'crowded' };
    const arrived = await this.#arrived(tried, base.tip);
    if (arrived) return this.#settled(arrived);
    const plan = await this.#planner.plan(batch, base.tip);
    if (!plan.commit) return this.#settled(plan);
    const published = await this.#branch.publish(base.tip, plan.commit);
    if (published.kind === 'in') return this.#settled(plan);
    if (published.kind === 'unknown' && doubts >= mostDoubts) throw published.error;
    if (published.kind !== 'waiting') tried.push({ plan, kind: published.kind });
    return published;
  }

  #settled({ commit, rulings }: Plan): Attempt {
    this.#own = commit?.id ?? this.#own;
    return { kind: 'settled', rulings };
  }

  /** The newest commit. `patient`: a host that cannot be reached is no reason to give up yet. */
  async #look(patient: boolean): Promise<{ tip: ReadCommit | undefined } | Error> {
    try {
      return { tip: await this.#branch.tip(true) };
    } catch (error) {
      if (patient && error instanceof GitpactError && error.code === 'network-failed') return error;
      throw error;
    }
  }

  /**
   * The plan whose push seemed to fail, but whose commit is in the branch after all. The branch can only have taken it
   * where it was at the plan's base, so whatever was there before the last attempt need not be searched again.
   */
  async #arrived(tried: readonly Tried[], tip: ReadCommit | undefined): Promise<Plan | undefined> {
    const last = tried.at(-1);
    if (!last) return undefined;
    const wanted = tried.flatMap(({ plan }) => plan.commit?.id ?? []);
    const found = await firstOf(wanted, this.#branch, tip, last.plan.base?.id);
    return tried.find(({ plan }) => plan.commit?.id === found)?.plan;
  }

  #tooLate(attempts: number, last: Failed): GitpactError {
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
    const seconds = Math.round(this.#branch.schedule.deadline / 1000);
    return new GitpactError(
      'store-busy',
      `The contract repository could not be written to within ${seconds} s (${attempts} attempts): ${why}.`,
      {
        hint:
          last.kind === 'waiting'
            ? last.hint
            : 'Run the same command again when fewer pipelines write at once.',
      },
    );
  }
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
