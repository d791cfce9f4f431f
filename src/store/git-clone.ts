import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommitId, commitId } from '../domain/names.ts';
import { type CloneFolder, exists } from './clone-folder.ts';
import type { ReadCommit } from './commits.ts';
import { writeWhole } from './durable-file.ts';
import type { Engine } from './engine.ts';
import { GitEngine, partialClone } from './engine-git.ts';
import { type Contact, HostCalls } from './host-calls.ts';
import { type PushOutcome, pushOutcome } from './push-outcome.ts';
import type { Clone, Made } from './remote.ts';

const completeRef = 'refs/gitpact/complete';

/** Whether the clone in this folder has no commit yet that is known to be whole. */
export async function isEmptyClone(path: string): Promise<boolean> {
  const found = await Promise.all([completeRef, 'packed-refs'].map((file) => exists(join(path, file))));
  return !found.includes(true);
}

/**
 * A clone that several processes may use at once: objects are only ever added to it, and the one ref it has, the
 * commit up to which nothing is missing, is moved after the objects have come.
 */
export class GitClone implements Clone {
  readonly engine: Engine;
  readonly folder: CloneFolder;
  readonly #host: HostCalls;
  readonly #cameAhead: () => Promise<boolean>;

  /** @param cameAhead whether a commit has come into an empty clone that nobody had asked for yet */
  constructor(contact: Contact, folder: CloneFolder, cameAhead: () => Promise<boolean>) {
    this.engine = new GitEngine(contact.git, { gitDir: folder.path, commonDir: folder.path }, true);
    this.folder = folder;
    this.#host = new HostCalls(contact, folder.path);
    this.#cameAhead = cameAhead;
  }

  async completeTip(): Promise<CommitId | undefined> {
    return (await this.engine.readRef(completeRef))?.id;
  }

  async noteComplete(tip: CommitId): Promise<void> {
    await writeWhole(join(this.folder.path, completeRef), `${tip}\n`, { sync: false }).catch(() => undefined);
  }

  async fetch(_ref: string, tip: CommitId): Promise<CommitId> {
    if ((await this.completeTip()) !== undefined) await this.#host.fetch([], [tip]);
    else if (!(await this.#cameAhead()) || (await this.engine.findCommit(tip)) === 'missing') {
      await this.#host.fetchShallow(tip);
    }
    return tip;
  }

  async fetchNewest(ref: string): Promise<CommitId> {
    const seen = `refs/gitpact/seen-${randomUUID()}`;
    // What others have just written is little, and what comes next is decided on it: it comes with its files at once.
    await this.#host.fetch(['--refmap=', '--no-filter'], [`+${ref}:${seen}`]);
    const file = join(this.folder.path, seen);
    try {
      return commitId((await readFile(file, 'utf8')).trim());
    } finally {
      await rm(file, { force: true });
    }
  }

  fetchCommit(id: string): Promise<void> {
    return this.#host.fetchShallow(id);
  }

  fetchObjects(oids: readonly string[]): Promise<void> {
    return this.#host.fetch(['--filter=blob:none'], oids, [['fetch.negotiationAlgorithm', 'noop']]);
  }

  async deepen(_ref: string, tip: CommitId, back?: ReadCommit): Promise<void> {
    if (!(await exists(join(this.folder.path, 'shallow')))) return;
    if (back && ((await this.#goesBack(tip, back)) || (await this.#deepenTo(tip, back)))) return;
    await this.#host.fetch(['--unshallow', '--filter=tree:0'], [tip]);
  }

  async #goesBack(tip: CommitId, { id }: ReadCommit): Promise<boolean> {
    return (await this.#host.run(['merge-base', '--is-ancestor', id, tip])).code === 0;
  }

  /** Fetches what is not older than a commit. Returns whether that is how far the history goes back now. */
  async #deepenTo(tip: CommitId, back: ReadCommit): Promise<boolean> {
    const since = Math.floor(Date.parse(back.committedAt) / 1000) - 1;
    try {
      await this.#host.fetch([`--shallow-since=${since}`, '--filter=blob:none'], [tip]);
    } catch (error) {
      if (!/dumb|shallow|deepen|filter/i.test(String((error as Error).cause))) throw error;
      return false;
    }
    return this.#goesBack(tip, back);
  }

  /** A git that knows that something was left out of the clone would first fetch what a pack could refer to. */
  async push(ref: string, { from, to, isHere, beginsAnew }: Made): Promise<PushOutcome> {
    const args = [
      'push',
      ...this.#host.progress(),
      '--porcelain',
      '--no-verify',
      '--no-signed',
      '--no-follow-tags',
      '--recurse-submodules=no',
      ...(beginsAnew ? [`--force-with-lease=${ref}:${from}`] : []),
      '--',
      'origin',
      `${to}:${ref}`,
    ];
    const result = await this.#host.run(args, '', isHere ? [] : partialClone);
    return pushOutcome({ stdout: result.stdout.toString('utf8'), stderr: result.stderr }, ref);
  }
}
