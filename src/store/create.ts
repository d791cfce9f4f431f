import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { parseLocation } from './location.ts';

const config = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n';

/**
 * Makes a bare Git repository at a path where nothing is yet, or an empty folder; leaves anything else as it is. Writes
 * the few files that `git init --bare` would, so it works without Git, too.
 * @returns whether one was made.
 * @throws GitpactError `disk-failed`
 */
export async function createRepository(options: {
  readonly repository: string;
  readonly cwd: string;
}): Promise<boolean> {
  const location = parseLocation(options.repository, options.cwd);
  if (location.kind === 'remote') return false;
  const { path } = location;
  const there = await readdir(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : ['something'],
  );
  if (there.length > 0) return false;
  const existed = await stat(path).then(
    () => true,
    () => false,
  );
  try {
    for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
      await mkdir(join(path, folder), { recursive: true });
    }
    await writeFile(join(path, 'config'), config);
    await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main\n');
    return true;
  } catch (cause) {
    if (!existed) await rm(path, { recursive: true, force: true });
    throw new GitpactError('disk-failed', `The repository ${options.repository} could not be made.`, {
      cause,
      hint: 'Check that you may write there and that the disk is not full.',
    });
  }
}
