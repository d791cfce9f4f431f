import type { Decision } from '../domain/decision.ts';
import { type CommitId, commitId } from '../domain/names.ts';
import { changesBetween, type Folder, withNode } from '../domain/tree.ts';
import type { StoreBranch } from './branch.ts';
import { messageOf, parseCommit, type ReadCommit, serializeCommit } from './commits.ts';
import type { Committer } from './committer.ts';
import { emptyTreeId, objectId } from './objects.ts';
import type { Intent } from './port.ts';
import { placementsOf, sealTree } from './seal.ts';
import { LoadingFailed, type TreeReader } from './tree-reader.ts';
import type { World } from './world.ts';

/** What somebody wants written. */
export interface Wish {
  readonly intent: Intent;
  readonly decide: (root: Folder) => Decision<unknown>;
}

/** What became of one write on one state. */
export type Ruling =
  | { readonly kind: 'done'; readonly outcome: unknown; readonly changed: boolean }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A batch decided on one state. */
export interface Plan {
  readonly base: ReadCommit | undefined;
  readonly rulings: readonly Ruling[];
  /** Undefined when the tree stays as it is. */
  readonly commit: ReadCommit | undefined;
}

/** Turns wishes into a commit. */
export class Planner {
  readonly #branch: StoreBranch;
  readonly #reader: TreeReader;
  readonly #prefix: string;
  readonly #committer: Committer;
  readonly #random: World['random'];

  /** @param prefix the folder of the repository that the store is; `''` for all of it */
  constructor(
    branch: StoreBranch,
    reader: TreeReader,
    prefix: string,
    committer: Committer,
    random: World['random'],
  ) {
    this.#branch = branch;
    this.#reader = reader;
    this.#prefix = prefix;
    this.#committer = committer;
    this.#random = random;
  }

  /** What comes of these wishes, one after another, on the tree of `base`; writes the commit, and moves nothing. */
  async plan(batch: readonly Wish[], base: ReadCommit | undefined): Promise<Plan> {
    this.#committer.prepare();
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

  async #rule(write: Wish, state: Folder): Promise<{ ruling: Ruling; root: Folder }> {
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
    const commit = await this.#committer.complete({
      tree: sealed.oid,
      parents: base ? [commitId(base.id)] : [],
      message: messageOf(intents, this.#newName()),
    });
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

  /** 48 random bits. */
  #newName(): string {
    return Math.floor(this.#random() * 2 ** 48)
      .toString(16)
      .padStart(12, '0');
  }

  async #ask<T>(question: () => T): Promise<T> {
    try {
      return await this.#reader.ask(question);
    } catch (error) {
      throw error instanceof LoadingFailed ? error.cause : error;
    }
  }
}

function changed(ruling: Ruling | undefined): boolean {
  return ruling?.kind === 'done' && ruling.changed;
}
