import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { writeWhole } from './durable-file.ts';
import type { GitObject } from './objects.ts';

const deflated = promisify(deflate);

/** Writes one object into a repository as git does, so that no half of it can ever be read. */
export async function writeLooseObject(commonDir: string, object: GitObject, sync: boolean): Promise<void> {
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
