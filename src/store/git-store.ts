import type { Decision } from '../domain/decision.ts';
import type { CommitId } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import type { StoreBranch } from './branch.ts';
import { parseCommit, type ReadCommit } from './commits.ts';
import type { Committer } from './committer.ts';
import { historyOfFolder } from './folder-history.ts';
import { historyFrom } from './history.ts';
import { Planner } from './planner.ts';
import type { Commit, Intent, Outage, Store } from './port.ts';
import {
  commitAmbiguous,
  commitMissing,
  latestNotAfter,
  meansTip,
  parseAncestor,
  parseDate,
} from './resolve.ts';
import { LoadingFailed, TreeReader } from './tree-reader.ts';
import type { World } from './world.ts';
import { Writer } from './writer.ts';

/** A branch, and what it takes to write to it. */
export interface WritableBranch {
  readonly branch: StoreBranch;
  readonly committer: Committer;
  readonly world: World;
}

/** How much of what was is kept in memory, in bytes. */
const pastBudget = 64 * 1024 * 1024;

/** The store that a branch is, or the folder `prefix` of it (`''`: all of it). */
export class GitStore implements Store {
  readonly #branch: StoreBranch;
  readonly #prefix: string;
  readonly #reader: TreeReader;
  /** Reads what was: it goes through states that nobody looks at again, and must not push the newest out of memory. */
  readonly #past: TreeReader;
  readonly #writer: Writer;
  #asking = 0;
  /** The commit that was asked about last by its id. */
  #asked: ReadCommit | undefined;

  constructor({ branch, committer, world }: WritableBranch, prefix: string) {
    this.#branch = branch;
    this.#prefix = prefix;
    this.#reader = new TreeReader(branch, prefix);
    this.#past = new TreeReader(branch, prefix, pastBudget);
    this.#writer = new Writer(
      branch,
      new Planner(branch, this.#reader, prefix, committer, world.random),
      world,
    );
  }

  async read<T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId): Promise<T> {
    this.#asking += 1;
    try {
      const reader = at === undefined ? this.#reader : this.#past;
      const commit = at === undefined ? await this.#branch.tip(false) : await this.#commit(at);
      const root = reader.rootOf(commit);
      return await reader.ask(() => question(reader.scoped(root), commit?.id));
    } catch (error) {
      throw error instanceof LoadingFailed ? error.cause : error;
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) for (const { cache } of [this.#reader, this.#past]) cache.renew();
    }
  }

  transact<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    return this.#writer.write(intent, decide);
  }

  async tip(mustBeNew = false): Promise<CommitId | undefined> {
    return (await this.#branch.tip(mustBeNew))?.id;
  }

  branch(): Promise<string> {
    return this.#branch.name();
  }

  outage(): Outage | undefined {
    return this.#branch.outage;
  }

  async history(
    options: { readonly from?: CommitId; readonly limit?: number; readonly back?: CommitId } = {},
  ): Promise<readonly Commit[]> {
    const from = options.from ?? (await this.tip());
    if (from === undefined) return [];
    await this.#commit(from);
    if (options.back !== undefined) await this.#branch.deepen(from, await this.#commit(options.back));
    if (this.#prefix === '') return historyFrom(this.#branch, from, { limit: options.limit });
    return historyOfFolder(this.#branch, this.#prefix, from, options.limit);
  }

  async resolve(name: string): Promise<CommitId> {
    const date = parseDate(name);
    if (date !== undefined) return this.#commitAt(name, date);
    const { name: base, back } = parseAncestor(name);
    const from = meansTip(base) ? await this.tip() : await this.#find(base);
    if (from === undefined) throw commitMissing(name);
    if (back === 0) return from;
    const commit = (await historyFrom(this.#branch, from, { limit: back + 1 }))[back];
    if (!commit) throw commitMissing(name);
    return commit.id;
  }

  async close(): Promise<void> {
    await this.#writer.idle();
    await this.#branch.close();
  }

  async #find(name: string): Promise<CommitId | undefined> {
    const found = await this.#branch.findCommit(name);
    if (found === 'ambiguous') throw commitAmbiguous(name);
    return found === 'missing' || found.type !== 'commit' ? undefined : parseCommit(found.oid, found.data).id;
  }

  async #commitAt(name: string, date: number): Promise<CommitId> {
    const tip = await this.tip();
    if (tip === undefined) throw commitMissing(name);
    const found = await historyFrom(this.#branch, tip, { limit: 1, notAfter: Math.floor(date / 1000) });
    return latestNotAfter(name, date, found);
  }

  async #commit(id: CommitId): Promise<ReadCommit> {
    if (this.#asked?.id === id) return this.#asked;
    const found = await this.#branch.findCommit(id);
    if (typeof found === 'string' || found.type !== 'commit') throw commitMissing(id);
    this.#asked = parseCommit(found.oid, found.data);
    return this.#asked;
  }
}
