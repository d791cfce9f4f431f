import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { type CommitId, commitId } from '../domain/names.ts';
import { serializeCommit } from './commits.ts';
import { writeWhole } from './durable-file.ts';
import type { Draft } from './engine.ts';
import { diskFailure } from './git-failure.ts';
import { type GitObject, objectId } from './objects.ts';

const deflated = promisify(deflate);

/** Writes one object into a repository as git does, so that no half of it can ever be read. */
async function writeLooseObject(commonDir: string, object: GitObject, sync: boolean): Promise<void> {
  const { oid, type, data } = object;
  const path = join(commonDir, 'objects', oid.slice(0, 2), oid.slice(2));
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const bytes = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
  await writeWhole(path, await deflated(bytes), { mode: 0o444, sync });
}

/**
 * Writes a commit and everything that is new with it, children before their folders.
 * @throws GitpactError `disk-failed`, `store-refused`
 */
export async function writeLooseCommit(commonDir: string, draft: Draft, sync: boolean): Promise<CommitId> {
  const data = serializeCommit(draft.commit);
  const oid = objectId('commit', data);
  try {
    for (const object of [...draft.objects, { oid, type: 'commit', data } as const]) {
      await writeLooseObject(commonDir, object, sync);
    }
  } catch (error) {
    throw diskFailure(error);
  }
  return commitId(oid);
}
