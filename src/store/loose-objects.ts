import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import { type CommitId, commitId } from '../domain/names.ts';
import { serializeCommit } from './commits.ts';
import { makeFile, syncFolder } from './durable-file.ts';
import type { Draft } from './engine.ts';
import { diskFailure } from './git-failure.ts';
import { type GitObject, objectId } from './objects.ts';

const deflateAside = promisify(deflate);

/** Up to so many bytes, compressing takes less time than having it done by another thread. */
const small = 16 * 1024;

/** How many files are open at the same time. */
const atOnce = 32;

/** A file that is written, under a name of its own, and where it belongs. */
interface Grown {
  readonly growing: string;
  readonly path: string;
}

/**
 * Writes a commit and everything that is new with it, each file as a whole or not at all, and children before their
 * folders. `sync`: waits until all of it is on the disk.
 * @throws GitpactError `disk-failed`, `store-refused`
 */
export async function writeLooseCommit(commonDir: string, draft: Draft, sync: boolean): Promise<CommitId> {
  const data = serializeCommit(draft.commit);
  const oid = objectId('commit', data);
  const objects: readonly GitObject[] = [...draft.objects, { oid, type: 'commit', data }];
  try {
    for (let i = 0; i < objects.length; i += atOnce) {
      await writeTogether(commonDir, objects.slice(i, i + atOnce), sync);
    }
  } catch (error) {
    throw diskFailure(error);
  }
  return commitId(oid);
}

/** All of them onto the disk at the same time, then into place one after another. */
async function writeTogether(commonDir: string, objects: readonly GitObject[], sync: boolean): Promise<void> {
  const folder = join(commonDir, 'objects');
  const missing = objects
    .map((object) => ({ object, path: join(folder, object.oid.slice(0, 2), object.oid.slice(2)) }))
    .filter(({ path }) => !existsSync(path))
    .map((place) => ({ ...place, growing: join(folder, `tmp_obj_${randomUUID()}`) }));
  const written = await Promise.allSettled(
    missing.map(async ({ object, growing }) =>
      makeFile(growing, await compressed(object), { mode: 0o444, sync }),
    ),
  );
  try {
    const failed = written.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    for (const file of missing) await putInPlace(file);
  } catch (error) {
    for (const { growing } of missing) await rm(growing, { force: true });
    throw error;
  }
  if (sync) await Promise.all([...new Set(missing.map(({ path }) => dirname(path)))].map(syncFolder));
}

async function compressed({ type, data }: GitObject): Promise<Uint8Array> {
  const bytes = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
  return bytes.length > small ? deflateAside(bytes) : deflateSync(bytes);
}

/** A new folder for objects that begin alike is itself new in the folder of all. */
async function putInPlace({ growing, path }: Grown): Promise<void> {
  try {
    await rename(growing, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    await rename(growing, path);
    await syncFolder(dirname(dirname(path)));
  }
}
