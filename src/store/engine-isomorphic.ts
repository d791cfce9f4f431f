import fs from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitId } from '../domain/names.ts';
import { parseCommit, type ReadCommit } from './commits.ts';
import type { Draft, Engine, Found, Swap } from './engine.ts';
import type { EngineFolders } from './engine-git.ts';
import { commitGone, diskFailure, gitFailure } from './git-failure.ts';
import { writeLooseCommit } from './loose-objects.ts';
import { ObjectFiles } from './object-files.ts';
import type { ObjectType } from './objects.ts';
import { readRefFile, swapRefFile } from './ref-files.ts';
import { readHead } from './repository.ts';
import { configuredSettings } from './user-config.ts';

/** isomorphic-git, loaded by the first use: that takes a tenth of a second. */
export async function isomorphicGit(): Promise<typeof import('isomorphic-git').default> {
  return (await import('isomorphic-git')).default;
}

/**
 * Git without its program: we read objects ourselves, and isomorphic-git where that takes more than to open a few files; we
 * write objects and refs ourselves, since it does so in place. `isCache`: what is written may be lost to a power cut.
 */
export class IsomorphicEngine implements Engine {
  readonly #folders: EngineFolders;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #sync: boolean;
  readonly #files: ObjectFiles;
  /** What isomorphic-git knows of packs and their indexes. */
  readonly #cache = {};

  constructor(folders: EngineFolders, env: Readonly<Record<string, string | undefined>>, isCache = false) {
    this.#folders = folders;
    this.#env = env;
    this.#sync = !isCache;
    this.#files = new ObjectFiles(folders.commonDir);
  }

  async readObjects(oids: readonly string[]): Promise<readonly Found[]> {
    return this.#files.read(oids) ?? Promise.all(oids.map((oid) => this.#readObject(oid)));
  }

  async readRef(ref: string): Promise<ReadCommit | undefined> {
    const name = ref === 'HEAD' ? await this.#head() : ref;
    const isDetached = name !== undefined && /^[0-9a-f]{40}$/.test(name);
    const oid = isDetached ? name : name && (await readRefFile(this.#folders.commonDir, name));
    const found = oid === undefined ? 'missing' : await this.#peel(oid);
    if (typeof found !== 'string') return parseCommit(found.oid, found.data);
    if (oid !== undefined && ref.startsWith('refs/heads/')) throw commitGone(ref);
    return undefined;
  }

  async findCommit(name: string): Promise<Found> {
    if (/^[0-9a-f]{40}$/.test(name)) return this.#peel(name);
    if (name === 'HEAD') return this.#peel((await this.#head()) ?? 'HEAD');
    for (const full of [
      name,
      `refs/${name}`,
      `refs/tags/${name}`,
      `refs/heads/${name}`,
      `refs/remotes/${name}`,
    ]) {
      if (!full.startsWith('refs/') || full.includes('..')) continue;
      const found = await this.#peel(full);
      if (found !== 'missing') return found;
    }
    return /^[0-9a-f]{4,39}$/.test(name) ? this.#expand(name) : 'missing';
  }

  async history(
    from: CommitId,
    limit: number | undefined,
    notAfter?: number,
  ): Promise<readonly ReadCommit[]> {
    const commits: ReadCommit[] = [];
    const shallow = await readFile(join(this.#folders.commonDir, 'shallow'), 'utf8').catch(() => '');
    let next: CommitId | undefined = from;
    while (next !== undefined && (limit === undefined || commits.length < limit)) {
      const found = await this.#readObject(next);
      if (typeof found === 'string') break;
      const commit = parseCommit(found.oid, found.data);
      if (notAfter === undefined || Date.parse(commit.committedAt) / 1000 <= notAfter) commits.push(commit);
      next = shallow.includes(commit.id) ? undefined : commit.parent;
    }
    return commits;
  }

  writeCommit(draft: Draft): Promise<CommitId> {
    return writeLooseCommit(this.#folders.commonDir, draft, this.#sync);
  }

  async compareAndSwap(ref: string, from: CommitId | undefined, to: CommitId): Promise<Swap> {
    try {
      return await swapRefFile(this.#folders.commonDir, ref, from, to);
    } catch (error) {
      throw diskFailure(error);
    }
  }

  settings(): Promise<ReadonlyMap<string, string>> {
    return configuredSettings(this.#folders.commonDir, this.#env);
  }

  /** isomorphic-git cannot pack; git does so when it is next used on the repository. */
  async tidy(): Promise<void> {}

  async close(): Promise<void> {
    this.#files.close();
  }

  /** The branch or commit that HEAD of the work tree names. */
  async #head(): Promise<string | undefined> {
    const branch = await readHead(this.#folders.gitDir);
    return branch ?? (await readFile(join(this.#folders.gitDir, 'HEAD'), 'utf8').catch(() => '')).trim();
  }

  /** The commit that a ref or an id leads to, through annotated tags. */
  async #peel(name: string): Promise<Found> {
    const isId = /^[0-9a-f]{40}$/.test(name);
    const oid = isId ? name : await readRefFile(this.#folders.commonDir, name);
    const found = oid === undefined ? 'missing' : await this.#readObject(oid);
    if (typeof found === 'string' || found.type === 'commit') return found;
    const [, target] =
      /^object ([0-9a-f]{40})\ntype (?:commit|tag)\n/.exec(found.data.toString('utf8')) ?? [];
    return found.type === 'tag' && target !== undefined ? this.#peel(target) : 'missing';
  }

  async #expand(short: string): Promise<Found> {
    const git = await isomorphicGit();
    try {
      const options = { fs, gitdir: this.#folders.commonDir, oid: short, cache: this.#cache };
      return await this.#peel(await git.expandOid(options));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'AmbiguousError') return 'ambiguous';
      if (code === 'NotFoundError') return 'missing';
      throw damaged(error);
    }
  }

  async #readObject(oid: string): Promise<Found> {
    const [object] = this.#files.read([oid]) ?? [];
    if (object) return object;
    const git = await isomorphicGit();
    try {
      const found = await git.readObject({
        fs,
        gitdir: this.#folders.commonDir,
        oid,
        format: 'content',
        cache: this.#cache,
      });
      return { oid, type: found.type as ObjectType, data: Buffer.from(found.object as Uint8Array) };
    } catch (error) {
      if ((error as { code?: string }).code === 'NotFoundError') return 'missing';
      throw damaged(error);
    }
  }
}

function damaged(error: unknown): unknown {
  const failure = diskFailure(error);
  return failure === error ? gitFailure('read from', `fatal: corrupt object: ${String(error)}`) : failure;
}
