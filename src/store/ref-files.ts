import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CommitId, commitId } from '../domain/names.ts';
import { finish, syncFolder } from './durable-file.ts';
import type { Swap } from './engine.ts';
import { branchInTheWay } from './git-failure.ts';

/** The object that a full ref name points at, loose or packed; symbolic refs are followed. */
export async function readRefFile(commonDir: string, ref: string): Promise<string | undefined> {
  const value = await looseValue(commonDir, ref);
  const [, target] = /^ref: *(\S+)/.exec(value ?? '') ?? [];
  if (target !== undefined) return readRefFile(commonDir, target);
  if (value !== undefined && isId(value)) return value;
  return (await packedRefs(commonDir)).get(ref);
}

/** The object in a ref's own file; undefined for a ref that has none, or names another ref. */
export async function readLooseRef(commonDir: string, ref: string): Promise<string | undefined> {
  const value = await looseValue(commonDir, ref);
  return value !== undefined && isId(value) ? value : undefined;
}

function isId(value: string): boolean {
  return /^[0-9a-f]{40}$/.test(value);
}

/**
 * Moves a ref by Git's own protocol: make `<ref>.lock`, compare, write, rename. Git and other processes that do the
 * same wait for the lock or lose; a lock that is never taken away is reported by its name, and left to a person.
 */
export async function swapRefFile(
  commonDir: string,
  ref: string,
  from: CommitId | undefined,
  to: CommitId,
): Promise<Swap> {
  const path = join(commonDir, ref);
  const lock = `${path}.lock`;
  const file = await makeLock(lock);
  if (!file) return { kind: 'locked', lock };
  try {
    const now = await readRefFile(commonDir, ref);
    if (now !== from) {
      await file.close();
      await rm(lock, { force: true });
      return { kind: 'lost' };
    }
    await finish(file, `${commitId(to)}\n`);
    await removeEmptyFolders(path);
    await rename(lock, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EISDIR' ? branchInTheWay(error) : error;
    });
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(lock, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { kind: 'moved' };
}

async function makeLock(lock: string): Promise<FileHandle | undefined> {
  try {
    await mkdir(dirname(lock), { recursive: true });
    return await open(lock, 'wx');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isFile(lock))) return undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw branchInTheWay(error);
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  );
}

/** Git leaves the folders of branches that are gone; a folder with a branch in it stays. */
async function removeEmptyFolders(path: string): Promise<void> {
  const entries = await readdir(path).catch(() => []);
  for (const name of entries) await removeEmptyFolders(join(path, name));
  await rmdir(path).catch(() => undefined);
}

async function looseValue(commonDir: string, ref: string): Promise<string | undefined> {
  return readFile(join(commonDir, ref), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

async function packedRefs(commonDir: string): Promise<Map<string, string>> {
  const text = await readFile(join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  return new Map(
    [...text.matchAll(/^([0-9a-f]{40}) (\S+)$/gm)].map(([, oid = '', name = '']) => [name, oid]),
  );
}
