import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommitId, commitId } from '../domain/names.ts';
import { ObjectReader } from './cat-file.ts';
import { parseCommit, type ReadCommit, serializeCommit } from './commits.ts';
import type { Draft, Engine, Found, Swap } from './engine.ts';
import { fastImportOf } from './fast-import.ts';
import { branchInTheWay, commitGone, diskFailure, gitFailure } from './git-failure.ts';
import { writeLooseCommit } from './loose-objects.ts';
import { objectId } from './objects.ts';
import { packOf, writePack } from './pack-file.ts';
import { isPlain } from './plain-repository.ts';
import { readLooseRef, swapRefFile } from './ref-files.ts';
import { type GitProgram, runGit } from './run-git.ts';

/** Where the engine works. */
export interface EngineFolders {
  readonly gitDir: string;
  /** Where objects and refs lie; another than `gitDir` in a linked work tree. */
  readonly commonDir: string;
}

/** Acknowledged means on the disk. */
const durable: readonly (readonly [string, string])[] = [
  ['core.fsync', 'loose-object,pack,pack-metadata,reference'],
  ['core.fsyncMethod', 'batch'],
];

/**
 * Tells git, for one call, that what is missing was left out on purpose. It is not in the clone's configuration, since
 * a git that knows it fetches missing objects one by one where we want to be told.
 */
export const partialClone: readonly (readonly [string, string])[] = [
  ['remote.origin.promisor', 'true'],
  ['remote.origin.partialclonefilter', 'blob:none'],
];

/** So many small packs are merged. */
const packsToMerge = 32;

/** A commit with more new bytes than this is written by git, which needs not hold all of it. */
const mostInMemory = 64 * 1024 * 1024;

function sizeOf({ objects }: Draft): number {
  return objects.reduce((sum, { data }) => sum + data.length, 0);
}

const zeros = '0'.repeat(40);

/** Git through its program. `isCache`: what is written may be lost to a power cut. */
export class GitEngine implements Engine {
  readonly #git: GitProgram;
  readonly #folders: EngineFolders;
  readonly #isCache: boolean;
  readonly #reader: ObjectReader;
  #plain: Promise<boolean> | undefined;
  /** The commit that was looked up or written last. */
  #last: ReadCommit | undefined;

  constructor(git: GitProgram, folders: EngineFolders, isCache = false) {
    this.#git = git;
    this.#folders = folders;
    this.#isCache = isCache;
    this.#reader = new ObjectReader(git, folders.gitDir);
  }

  readObjects(oids: readonly string[]): Promise<readonly Found[]> {
    return this.#reader.read(oids);
  }

  /** A branch is looked up in its file, which takes no process; elsewhere, or kept in another way, git knows. */
  async readRef(ref: string): Promise<ReadCommit | undefined> {
    const isBranch = ref.startsWith('refs/heads/');
    const oid = isBranch ? await readLooseRef(this.#folders.commonDir, ref) : undefined;
    if (oid !== undefined && oid === this.#last?.id) return this.#last;
    const [found = 'missing'] = await this.#reader.read([oid ?? ref]);
    if (typeof found === 'string' && oid !== undefined) throw commitGone(ref);
    if (typeof found === 'string') return undefined;
    this.#last = parseCommit(found.oid, found.data);
    return this.#last;
  }

  async findCommit(name: string): Promise<Found> {
    if (/[\n\0]/.test(name)) return 'missing';
    const [found = 'missing'] = await this.#reader.read([`${name}^{commit}`]);
    return found;
  }

  /** One commit takes no process. */
  async history(
    from: CommitId,
    limit: number | undefined,
    notAfter?: number,
  ): Promise<readonly ReadCommit[]> {
    const [one = 'missing'] = limit === 1 && notAfter === undefined ? await this.#reader.read([from]) : [];
    if (typeof one !== 'string') return [parseCommit(one.oid, one.data)];
    const result = await runGit(this.#git, {
      gitDir: this.#folders.gitDir,
      args: [
        'rev-list',
        '--first-parent',
        ...(limit === undefined ? [] : [`--max-count=${limit}`]),
        ...(notAfter === undefined ? [] : [`--min-age=${notAfter}`]),
        from,
        '--',
      ],
    });
    if (result.code !== 0) throw gitFailure('read the history of', result.stderr);
    const oids = result.stdout.toString('latin1').split('\n').filter(Boolean);
    const objects = await this.#reader.read(oids);
    return objects.flatMap((found) =>
      typeof found === 'string' ? [] : [parseCommit(found.oid, found.data)],
    );
  }

  async writeCommit(draft: Draft): Promise<CommitId> {
    // A commit of a tree that is there already is all there is to write.
    if (this.#isCache || draft.objects.length === 0) {
      return writeLooseCommit(this.#folders.commonDir, draft, !this.#isCache);
    }
    if ((await this.#isPlain()) && sizeOf(draft) < mostInMemory) return this.#writePack(draft);
    if (draft.commit.signature !== undefined) return this.#importPack(draft);
    const result = await runGit(this.#git, {
      gitDir: this.#folders.gitDir,
      config: durable,
      args: ['fast-import', '--quiet', '--done'],
      input: fastImportOf(draft, `refs/gitpact/writing-${randomUUID()}`),
    });
    if (result.code !== 0) throw gitFailure('write to', result.stderr);
    return commitId(result.stdout.toString('latin1').trim());
  }

  async compareAndSwap(ref: string, from: CommitId | undefined, to: CommitId, note: string): Promise<Swap> {
    if (from !== undefined && (await this.#isPlain())) return this.#swapFile(ref, from, to);
    const result = await runGit(this.#git, {
      gitDir: this.#folders.gitDir,
      config: durable,
      args: ['update-ref', '-m', note, '--', ref, to, from ?? zeros],
    });
    if (result.code === 0) return { kind: 'moved' };
    const [, lock] = /Unable to create '(.*\.lock)': File exists/.exec(result.stderr) ?? [];
    if (lock !== undefined) return { kind: 'locked', lock };
    if (
      /is at [0-9a-f]{40} but expected|reference already exists|unable to resolve reference/.test(
        result.stderr,
      )
    )
      return { kind: 'lost' };
    if (/exists; cannot create|there are still refs under/.test(result.stderr))
      throw branchInTheWay(result.stderr);
    throw gitFailure('move the branch of', result.stderr);
  }

  /** A signature is of the very bytes of a commit, which `fast-import` would write itself. */
  async #importPack({ commit, objects }: Draft): Promise<CommitId> {
    const data = serializeCommit(commit);
    const oid = commitId(objectId('commit', data));
    const { code, stderr } = await runGit(this.#git, {
      gitDir: this.#folders.gitDir,
      config: durable,
      args: ['index-pack', '--stdin'],
      input: packOf([...objects, { oid, type: 'commit', data }]).pack,
    });
    if (code !== 0) throw gitFailure('write to', stderr);
    return oid;
  }

  async #writePack({ commit, objects }: Draft): Promise<CommitId> {
    const data = serializeCommit(commit);
    const oid = commitId(objectId('commit', data));
    try {
      await writePack(this.#folders.commonDir, [...objects, { oid, type: 'commit', data }]);
    } catch (error) {
      throw diskFailure(error);
    }
    this.#last = parseCommit(oid, data);
    return oid;
  }

  async #swapFile(ref: string, from: CommitId, to: CommitId): Promise<Swap> {
    try {
      return await swapRefFile(this.#folders.commonDir, ref, from, to);
    } catch (error) {
      throw diskFailure(error);
    }
  }

  async settings(): Promise<ReadonlyMap<string, string>> {
    const { stdout } = await runGit(this.#git, {
      gitDir: this.#folders.gitDir,
      args: ['config', '--null', '--get-regexp', '^(user|author|committer|commit|gpg)\\.'],
    });
    const entries = stdout.toString('utf8').split('\0').filter(Boolean);
    return new Map(
      entries.map((entry) => {
        const end = entry.indexOf('\n');
        return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
      }),
    );
  }

  /** Merges packs when there are many, the small ones first; else looks at loose objects as `git gc --auto` does. */
  async tidy(): Promise<void> {
    if (!this.#isCache && (await this.#hasManyPacks())) {
      const args = ['repack', '--geometric=2', '-d', '-q', '--no-write-bitmap-index'];
      await runGit(this.#git, { gitDir: this.#folders.gitDir, config: durable, args });
      return;
    }
    const sample = await readdir(join(this.#folders.commonDir, 'objects', '17')).catch(() => []);
    if (sample.length <= 27) return;
    const { gitDir } = this.#folders;
    const config = this.#isCache ? partialClone : [];
    await runGit(this.#git, { gitDir, config, args: ['-c', 'gc.auto=6700', 'gc', '--auto', '--quiet'] });
  }

  async close(): Promise<void> {
    await this.#reader.close();
  }

  /** Packs that somebody wants kept are not merged, and do not count. */
  async #hasManyPacks(): Promise<boolean> {
    const names = await readdir(join(this.#folders.commonDir, 'objects', 'pack')).catch(() => []);
    const count = (ending: string) => names.filter((name) => name.endsWith(ending)).length;
    return count('.pack') - count('.keep') > packsToMerge;
  }

  /** Asked once: who changes how a repository is kept does not do it while it is written to. */
  #isPlain(): Promise<boolean> {
    this.#plain ??= isPlain(this.#folders);
    return this.#plain;
  }
}
