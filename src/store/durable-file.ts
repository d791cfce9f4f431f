import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits; by default those of the umask. */
  readonly mode?: number;
  /** Whether to wait until it is on the disk; by default yes. */
  readonly sync?: boolean;
  /** Where the file grows before it is moved into place; by default beside its place. */
  readonly beside?: string;
}

/** Writes a file as a whole or not at all: under a name of its own first, then onto the disk, then into place. */
export async function writeWhole(
  path: string,
  data: Uint8Array | string,
  options: WriteOptions = {},
): Promise<void> {
  const { sync = true, mode = 0o666, beside = dirname(path) } = options;
  await mkdir(dirname(path), { recursive: true });
  const growing = join(beside, `tmp_obj_${randomUUID()}`);
  try {
    const file = await open(growing, 'wx', mode);
    await finish(file, data, sync);
    await rename(growing, path);
  } catch (error) {
    await rm(growing, { force: true });
    throw error;
  }
  if (sync) await syncFolder(dirname(path));
}

/** Writes to an open file, onto the disk when asked, and closes it. */
export async function finish(file: FileHandle, data: Uint8Array | string, sync = true): Promise<void> {
  try {
    await file.writeFile(data);
    if (sync) await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts the names in a folder onto the disk, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
