import { GitpactError } from '../domain/failure.ts';
import { emptyFolder, type Folder, folderAt, type Node, NotLoaded, nodeAt } from '../domain/tree.ts';
import type { StoreBranch } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { GitObject } from './objects.ts';
import { TreeCache } from './tree-cache.ts';

/** So many objects are loaded at a time: what they are made into takes less memory than they do. */
const atOnce = 4_096;

/** The mode of a submodule: a commit of another repository, which has no text here. */
const submodule = '160000';

/** Runs pure questions on trees of Git, loading what they touch. */
export class TreeReader {
  readonly #branch: StoreBranch;
  readonly #prefix: string;
  readonly cache: TreeCache;

  /**
   * @param prefix the folder of the repository that the store is; `''` for all of it
   * @param budget of what is kept in memory, in bytes
   */
  constructor(branch: StoreBranch, prefix: string, budget?: number) {
    this.cache = new TreeCache(budget);
    this.#branch = branch;
    this.#prefix = prefix;
  }

  /** The whole tree of a commit. */
  rootOf(commit: ReadCommit | undefined): Folder {
    return commit ? this.cache.folder(commit.tree) : emptyFolder;
  }

  /** The store's part of a whole tree. @throws NotLoaded, GitpactError `not-a-store` */
  scoped(root: Folder): Folder {
    if (this.#prefix === '') return root;
    const found = folderAt(root, this.#prefix);
    if (found) return found;
    if (nodeAt(root, this.#prefix) === undefined) return emptyFolder;
    throw new GitpactError(
      'not-a-store',
      `${this.#prefix} is a file in the contract repository, not a folder.`,
      {
        hint: 'Give --prefix the folder that holds the contracts.',
      },
    );
  }

  /**
   * The answer of `question`, which runs again after each round of loading.
   * @throws what the question throws; what loading throws comes as {@link LoadingFailed}.
   */
  async ask<T>(question: () => T): Promise<T> {
    for (;;) {
      try {
        return question();
      } catch (error) {
        if (!(error instanceof NotLoaded)) throw error;
        await this.#load(error.nodes).catch((cause: unknown) => {
          throw new LoadingFailed(cause);
        });
      }
    }
  }

  /** Loads folders before files: the question then names more files, and files may have to come from afar. */
  async #load(nodes: readonly Node[]): Promise<void> {
    const missing = nodes.filter(isNotLoaded);
    const folders = missing.filter(({ kind }) => kind === 'folder');
    const wanted = new Set(folders.length > 0 ? folders : missing);
    if (wanted.size === 0) throw new Error('a question waits for what is loaded already');
    for (const node of wanted) {
      if (node.kind !== 'file' || node.mode !== submodule) continue;
      node.text = '';
      wanted.delete(node);
    }
    const left = [...wanted];
    while (left.length > 0) await this.#loadTogether(left.splice(-atOnce));
  }

  async #loadTogether(nodes: readonly Node[]): Promise<void> {
    const oids = new Set(nodes.map((node) => node.oid ?? ''));
    if (oids.has('')) throw new Error('a question waits for a node that is in no repository');
    const found = await this.#branch.readObjects([...oids]);
    const objects = new Map<string, GitObject>();
    for (const object of found) if (typeof object !== 'string') objects.set(object.oid, object);
    for (const oid of oids) if (!objects.has(oid)) throw objectMissing(oid);
    this.cache.fill(nodes, objects);
  }
}

/** Wraps what went wrong while loading, to tell it from what a question throws. */
export class LoadingFailed extends Error {
  override readonly name = 'LoadingFailed';
  constructor(cause: unknown) {
    super('a part of the store could not be loaded', { cause });
  }
}

function isNotLoaded(node: Node): boolean {
  return node.kind === 'folder' ? node.entries === undefined : node.text === undefined;
}

function objectMissing(oid: string): GitpactError {
  return new GitpactError(
    'store-damaged',
    `The contract repository is damaged: it lacks the object ${oid}.`,
    {
      hint: 'Run git fsck in it, and fetch what is missing from another clone.',
    },
  );
}
