import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CommitId, commitId } from '../domain/names.ts';
import { makeFile, syncFolder } from './durable-file.ts';
import type { Swap } from './engine.ts';
import { branchInTheWay } from './git-failure.ts';

/** The object that a full ref name points at, loose or packed; symbolic refs are followed. */
export async function readRefFile(commonDir: string, ref: string): Promise<string | undefined> {
  const value = looseValue(commonDir, ref);
  const [, target] = /^ref: *(\S+)/.exec(value ?? '') ?? [];
  if (target !== undefined) return readRefFile(commonDir, target);
  if (value !== undefined && isId(value)) return value;
  return (await packedRefs(commonDir)).get(ref);
}

/** The object in a ref's own file; undefined for a ref that has none, or names another ref. */
export async function readLooseRef(commonDir: string, ref: string): Promise<string | undefined> {
  const value = looseValue(commonDir, ref);
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
  if (!(await makeLock(lock, `${commitId(to)}\n`))) return { kind: 'locked', lock };
  try {
    if ((await readRefFile(commonDir, ref)) !== from) {
      await rm(lock, { force: true });
      return { kind: 'lost' };
    }
    await moveInto(path, lock);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { kind: 'moved' };
}

/** Makes the lock, and in it what the ref is to be, on the disk. False when the lock is somebody else's. */
async function makeLock(lock: string, content: string): Promise<boolean> {
  try {
    if (!existsSync(dirname(lock))) await mkdir(dirname(lock), { recursive: true });
    await makeFile(lock, content);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isFile(lock))) return false;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw branchInTheWay(error);
    rmSync(lock, { force: true });
    throw error;
  }
}

/** Moves the lock into the ref's place, where a branch that is gone may have left empty folders. */
async function moveInto(path: string, lock: string): Promise<void> {
  try {
    renameSync(lock, path);
  } catch {
    await removeEmptyFolders(path);
    await rename(lock, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EISDIR' ? branchInTheWay(error) : error;
    });
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

/** Read at once: every question begins with it, and another thread would take ten times as long to say 41 bytes. */
function looseValue(commonDir: string, ref: string): string | undefined {
  try {
    return readFileSync(join(commonDir, ref), 'utf8').trim();
  } catch {
    return undefined;
  }
}

async function packedRefs(commonDir: string): Promise<Map<string, string>> {
  const text = await readFile(join(commonDir, 'packed-refs'), 'utf8').catch(() => '');
  return new Map(
    [...text.matchAll(/^([0-9a-f]{40}) (\S+)$/gm)].map(([, oid = '', name = '']) => [name, oid]),
  );
}
