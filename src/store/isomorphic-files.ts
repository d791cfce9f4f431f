import fs from 'node:fs';
import { chmod, lstat, open, readdir, readFile, readlink, rm, rmdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './durable-file.ts';
import type { Engine } from './engine.ts';
import { isomorphicGit } from './engine-isomorphic.ts';
import { diskFailure } from './git-failure.ts';
import { wholeFs } from './isomorphic-fs.ts';
import { type Files, localEdits } from './mover.ts';
import { objectId } from './objects.ts';
import { type CheckedOut, readHead } from './repository.ts';
import { type Difference, differencesBetween } from './tree-differences.ts';

/** What lies at a path of the work tree. */
type OnDisk =
  | { readonly kind: 'nothing' | 'folder' | 'else' }
  | { readonly kind: 'file'; readonly oid: string; readonly data: Buffer };

/** Index and files through isomorphic-git, by the rules of `git read-tree -m -u`. */
export class IsomorphicFiles implements Files {
  readonly gitDir: string;
  readonly #engine: Engine;
  readonly #workTree: string;

  constructor(engine: Engine, { gitDir, workTree }: CheckedOut) {
    this.#engine = engine;
    this.gitDir = gitDir;
    this.#workTree = workTree;
  }

  head(): Promise<string | undefined> {
    return readHead(this.gitDir);
  }

  async check(from: string, to: string): Promise<'ok' | { readonly lock: string }> {
    const lock = join(this.gitDir, 'index.lock');
    if ((await this.#onDisk(lock)).kind !== 'nothing') return { lock };
    const differences = await differencesBetween(this.#engine, from, to);
    const index = await this.#index(differences);
    const edited = new Set<string>();
    for (const difference of differences) {
      const staged = index.get(difference.path);
      if (staged !== difference.was?.oid && staged !== difference.now?.oid) edited.add(difference.path);
      const inTheWay = await this.#inTheWay(difference, differences);
      if (inTheWay !== undefined) edited.add(inTheWay);
    }
    if (edited.size > 0) throw localEdits([...edited]);
    return 'ok';
  }

  async update(from: string, to: string): Promise<boolean> {
    return this.#bring(await differencesBetween(this.#engine, from, to));
  }

  async repair(from: string, to: string): Promise<boolean> {
    const differences = await differencesBetween(this.#engine, from, to);
    const free: Difference[] = [];
    for (const difference of differences) {
      if ((await this.#inTheWay(difference, differences, true)) === undefined) free.push(difference);
    }
    return (await this.#bring(free)) && free.length === differences.length;
  }

  /** The path that would be overwritten by this change. `half`: the beginning of the new file counts as ours. */
  async #inTheWay(
    { path, was, now }: Difference,
    all: readonly Difference[],
    half = false,
  ): Promise<string | undefined> {
    const leaving = new Set(all.filter((other) => !other.now).map((other) => other.path));
    for (const above of foldersAbove(path)) {
      const there = await this.#onDisk(join(this.#workTree, above));
      if (there.kind !== 'folder' && there.kind !== 'nothing' && !leaving.has(above)) return now && above;
    }
    const there = await this.#onDisk(join(this.#workTree, path));
    if (there.kind === 'file') {
      if (there.oid === was?.oid || there.oid === now?.oid) return undefined;
      return half && now && (await this.#beginsWith(now.oid, there.data)) ? undefined : path;
    }
    if (there.kind !== 'folder') return there.kind === 'nothing' ? undefined : path;
    const inside = now ? await this.#filesIn(path) : [];
    return now && inside.every((file) => leaving.has(file)) ? undefined : path;
  }

  async #beginsWith(oid: string, data: Buffer): Promise<boolean> {
    const [blob = 'missing'] = await this.#engine.readObjects([oid]);
    return typeof blob !== 'string' && blob.data.subarray(0, data.length).equals(data);
  }

  async #bring(differences: readonly Difference[]): Promise<boolean> {
    const lock = join(this.gitDir, 'index.lock');
    const held = await open(lock, 'wx').catch(() => undefined);
    if (!held) return false;
    try {
      for (const { path, now } of differences) if (!now) await this.#remove(path);
      for (const { path, now } of differences) if (now) await this.#write(path, now.mode, now.oid);
      await this.#writeIndex(differences);
      return true;
    } catch (error) {
      throw diskFailure(error);
    } finally {
      await held.close();
      await rm(lock, { force: true });
    }
  }

  async #remove(path: string): Promise<void> {
    const isBelowFile = (await this.#onDisk(join(this.#workTree, path))).kind;
    if (isBelowFile === 'file') await rm(join(this.#workTree, path), { force: true });
    for (const above of foldersAbove(path).reverse()) {
      const removed = await rmdir(join(this.#workTree, above)).then(
        () => true,
        () => false,
      );
      if (!removed) return;
    }
  }

  async #write(path: string, mode: string, oid: string): Promise<void> {
    const [blob = 'missing'] = await this.#engine.readObjects([oid]);
    if (typeof blob === 'string') throw new Error(`the object ${oid} that was just written is ${blob}`);
    const file = join(this.#workTree, path);
    if (mode === '120000') {
      await rm(file, { force: true });
      await symlink(blob.data.toString('utf8'), file);
      return;
    }
    await writeWhole(file, blob.data, { sync: false, beside: this.gitDir });
    if (mode === '100755') await chmod(file, 0o777 & ~process.umask());
  }

  async #writeIndex(differences: readonly Difference[]): Promise<void> {
    const git = await isomorphicGit();
    const place = { fs: wholeFs, dir: this.#workTree, gitdir: this.gitDir, cache: {} };
    for (const { path: filepath, now } of differences) {
      await git.updateIndex(
        now
          ? { ...place, filepath, oid: now.oid, mode: Number.parseInt(now.mode, 8), add: true }
          : { ...place, filepath, remove: true, force: true },
      );
    }
  }

  /** What the index has at the paths of these changes. */
  async #index(differences: readonly Difference[]): Promise<Map<string, string>> {
    const git = await isomorphicGit();
    const wanted = new Set(differences.flatMap(({ path }) => [path, ...foldersAbove(path)]));
    const found = new Map<string, string>();
    await git.walk({
      fs,
      dir: this.#workTree,
      gitdir: this.gitDir,
      trees: [git.STAGE()],
      map: async (path, [entry]) => {
        if (path !== '.' && !wanted.has(path)) return null;
        const oid = (await entry?.type()) === 'blob' ? await entry?.oid() : undefined;
        if (oid !== undefined) found.set(path, oid);
        return path;
      },
    });
    return found;
  }

  async #filesIn(folder: string): Promise<string[]> {
    const entries = await readdir(join(this.#workTree, folder), { withFileTypes: true });
    const nested = entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? this.#filesIn(path) : [path];
    });
    return (await Promise.all(nested)).flat();
  }

  async #onDisk(path: string): Promise<OnDisk> {
    const found = await lstat(path).catch(() => undefined);
    if (!found) return { kind: 'nothing' };
    if (found.isDirectory()) return { kind: 'folder' };
    if (!found.isFile() && !found.isSymbolicLink()) return { kind: 'else' };
    const data = found.isFile() ? await readFile(path) : Buffer.from(await readlink(path));
    return { kind: 'file', data, oid: objectId('blob', data) };
  }
}

function foldersAbove(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(0, -1).map((_, i) => segments.slice(0, i + 1).join('/'));
}
