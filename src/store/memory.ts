import { createHash } from 'node:crypto';
import type { Decision } from '../domain/decision.ts';
import { type CommitId, commitId, instant } from '../domain/names.ts';
import { emptyFolder, type Folder } from '../domain/tree.ts';
import { messageOf, nobody } from './commits.ts';
import type { Commit, Intent, Outage, Store } from './port.ts';
import { commitMissing, latestNotAfter, meansTip, parseAncestor, parseDate } from './resolve.ts';

interface Kept extends Commit {
  readonly root: Folder;
}

/** What a memory store can be given. */
export interface MemoryStoreOptions {
  readonly clock?: () => Date;
  /** The tree to begin with, without a commit. */
  readonly root?: Folder;
}

/** A store that lives as long as the process. Everything in it is loaded, and every write is a commit of its own. */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  return new MemoryStore(options.clock ?? (() => new Date()), options.root ?? emptyFolder);
}

class MemoryStore implements Store {
  readonly #clock: () => Date;
  readonly #first: Folder;
  readonly #commits: Kept[] = [];

  constructor(clock: () => Date, first: Folder) {
    this.#clock = clock;
    this.#first = first;
  }

  async read<T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId): Promise<T> {
    const commit = at === undefined ? this.#commits.at(-1) : this.#find(at);
    return question(commit?.root ?? this.#first, commit?.id);
  }

  async transact<T>(intent: Intent, decide: (root: Folder) => Decision<T>): Promise<T> {
    const parent = this.#commits.at(-1);
    const before = parent?.root ?? this.#first;
    const { root, outcome } = decide(before);
    if (root !== before) this.#commits.push(this.#commit(intent, root, parent));
    return outcome;
  }

  async tip(): Promise<CommitId | undefined> {
    return this.#commits.at(-1)?.id;
  }

  async branch(): Promise<string> {
    return 'refs/heads/main';
  }

  outage(): Outage | undefined {
    return undefined;
  }

  async history(
    options: { readonly from?: CommitId; readonly limit?: number } = {},
  ): Promise<readonly Commit[]> {
    const from = options.from === undefined ? this.#commits.at(-1) : this.#find(options.from);
    const until = from ? this.#commits.indexOf(from) + 1 : 0;
    return this.#commits.slice(0, until).reverse().slice(0, options.limit);
  }

  async resolve(name: string): Promise<CommitId> {
    const date = parseDate(name);
    if (date !== undefined) return latestNotAfter(name, date, await this.history());
    const { name: base, back } = parseAncestor(name);
    const found = this.#commits.filter(({ id }) => base.length >= 4 && id.startsWith(base));
    const [only] = meansTip(base) ? this.#commits.slice(-1) : found;
    const meant = only && this.#commits[this.#commits.indexOf(only) - back];
    if (!meant || found.length > 1) throw commitMissing(name);
    return meant.id;
  }

  async close(): Promise<void> {}

  #find(id: CommitId): Kept {
    const found = this.#commits.find((commit) => commit.id === id);
    if (!found) throw commitMissing(id);
    return found;
  }

  #commit(intent: Intent, root: Folder, parent: Kept | undefined): Kept {
    const message = messageOf([intent]);
    const at = instant(this.#clock());
    const id = createHash('sha1')
      .update(`${parent?.id ?? ''} ${at} ${message}`)
      .digest('hex');
    return {
      id: commitId(id),
      ...(parent ? { parent: parent.id } : {}),
      title: intent.title,
      message,
      author: nobody,
      committer: nobody,
      committedAt: at,
      root,
    };
  }
}
