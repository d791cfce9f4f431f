import { randomUUID } from 'node:crypto';
import { closeSync, fsync, openSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const fsyncAside = promisify(fsync);

/** How a file is made. */
export interface MakeOptions {
  /** Permission bits; by default those of the umask. */
  readonly mode?: number;
  /** Whether to wait until it is on the disk; by default yes. */
  readonly sync?: boolean;
}

/** How a file is written. */
export interface WriteOptions extends MakeOptions {
  /** Where the file grows before it is moved into place; by default beside its place. */
  readonly beside?: string;
}

/** Writes a file as a whole or not at all: under a name of its own first, then onto the disk, then into place. */
export async function writeWhole(
  path: string,
  data: Uint8Array | string,
  { beside = dirname(path), sync = true, ...options }: WriteOptions = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const growing = join(beside, `tmp_obj_${randomUUID()}`);
  try {
    await makeFile(growing, data, { ...options, sync });
    await rename(growing, path);
  } catch (error) {
    await rm(growing, { force: true });
    throw error;
  }
  if (sync) await syncFolder(dirname(path));
}

/**
 * Makes a file that must not be there yet, and writes it. Only the disk is waited for by another thread: to hand over
 * what takes microseconds would cost ten times that.
 */
export async function makeFile(
  path: string,
  data: Uint8Array | string,
  { mode = 0o666, sync = true }: MakeOptions = {},
): Promise<void> {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, data);
    if (sync) await fsyncAside(file);
  } finally {
    closeSync(file);
  }
}

/** Puts the names in a folder onto the disk, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    await fsyncAside(handle);
  } finally {
    closeSync(handle);
  }
}
