import { nothingStands, type Standing } from '../decide/standing.ts';
import { type CommitId, commitId } from '../domain/names.ts';
import type { Store } from '../store/port.ts';
import type { World } from '../store/world.ts';
import { judged } from './judging.ts';

/** Where standings are kept from one process to the next; what is kept may be lost. */
export interface StandingKeeper {
  /** The commits whose standing is kept. */
  known(): Promise<ReadonlySet<string>>;
  find(commit: CommitId): Promise<Standing | undefined>;
  keep(commit: CommitId, standing: Standing): Promise<void>;
}

/** How many commits are listed at once on the way back, at first and at the most. */
const [firstPage, largestPage] = [64, 4096];

/** After so many judged commits the standing is kept on the way. */
const milestone = 4096;

/** So many standings are held. */
const mostHeld = 256;

/**
 * What is in force at commits. Judges what came since the nearest commit before it that was asked about, here or on this
 * machine; what cannot be told for certain here is not kept for others.
 */
export class Standings {
  readonly #store: Store;
  readonly #world: Pick<World, 'env'>;
  readonly #keeper: StandingKeeper;
  readonly #held = new Map<string, Standing>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Store, world: Pick<World, 'env'>, keeper: StandingKeeper) {
    this.#store = store;
    this.#world = world;
    this.#keeper = keeper;
  }

  /** @throws GitpactError what the store throws */
  at(commit: CommitId): Promise<Standing> {
    const held = this.#held.get(commit);
    if (held) return Promise.resolve(held);
    const turn = this.#turn.then(async () => this.#held.get(commit) ?? this.#judge(commit));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #judge(commit: CommitId): Promise<Standing> {
    const start = await this.#nearest(commit);
    let standing = start?.standing ?? nothingStands;
    let isCertain = true;
    let count = 0;
    const range = { until: commit, ...(start ? { since: start.commit } : {}) };
    const trial = { world: this.#world, start: standing, look: () => undefined };
    const verdicts = start?.commit === commit ? [] : judged(this.#store, range, trial);
    for await (const verdict of verdicts) {
      standing = verdict.standing;
      isCertain = !verdict.isUncertain;
      count += 1;
      if (isCertain && count % milestone === 0) await this.#keeper.keep(verdict.step.id, standing);
    }
    if (isCertain && count > 0) await this.#keeper.keep(commit, standing);
    this.#hold(commit, standing);
    return standing;
  }

  #hold(commit: CommitId, standing: Standing): void {
    this.#held.set(commit, standing);
    const [oldest] = this.#held.keys();
    if (this.#held.size > mostHeld && oldest !== undefined) this.#held.delete(oldest);
  }

  /** The nearest commit, from this one back, whose standing is known. */
  async #nearest(commit: CommitId): Promise<{ commit: CommitId; standing: Standing } | undefined> {
    const kept = await this.#keeper.known();
    let from: CommitId | undefined = commit;
    for (let size = 1; from !== undefined; size = size === 1 ? firstPage : Math.min(size * 2, largestPage)) {
      const page: readonly { readonly id: CommitId; readonly parent?: CommitId }[] =
        size === 1 ? [{ id: from, parent: from }] : await this.#store.history({ from, limit: size });
      for (const { id } of page) {
        const standing = this.#held.get(id) ?? (kept.has(id) ? await this.#keeper.find(id) : undefined);
        if (standing) return { commit: commitId(id), standing };
      }
      from = page.length < size ? undefined : page.at(-1)?.parent;
    }
    return undefined;
  }
}
