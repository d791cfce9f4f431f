import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { obstacleIn, obstacleWords } from './folder-failure.ts';
import { diskFailure } from './git-failure.ts';

/** The folder of the cache that holds, or will hold, the clone for this branch of this URL. `kind`: who made it. */
export function cloneFolder(cacheDir: string, url: string, ref: string | undefined, kind: string): string {
  const name = createHash('sha1')
    .update(`${kind}\n${url}\n${ref ?? 'HEAD'}`)
    .digest('hex');
  return join(cacheDir, `${name}.git`);
}

/**
 * Makes a clone by `fill`, beside its place first and then moved there, so that several processes may do so at once:
 * one of them wins, and all use what is there.
 * @throws GitpactError `disk-failed` when the cache cannot be kept there
 */
export async function makeCloneFolder(path: string, fill: (made: string) => Promise<void>): Promise<void> {
  const made = `${path}.new-${randomUUID()}`;
  try {
    await mkdir(made, { recursive: true, mode: 0o700 });
    await fill(made);
    await rename(made, path).catch(async () => {
      if (await exists(join(path, 'config'))) return;
      // What whoever still used a clone wrote after it was thrown away.
      await bury(path);
      await rename(made, path);
    });
  } catch (error) {
    throw cacheFailure(dirname(path), error);
  } finally {
    // Where nothing could be made, nothing can be looked for either; the error above says why.
    await rm(made, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The failure to keep a clone in the folder of the cache; other errors as they are. */
export function cacheFailure(folder: string, error: unknown): unknown {
  const obstacle = obstacleIn(error);
  if (!obstacle) return diskFailure(error);
  return new GitpactError(
    'disk-failed',
    `The cache of remote repositories cannot be kept in ${folder}: ${obstacleWords[obstacle]}.`,
    { hint: 'Put that right, or set GITPACT_CACHE to a folder that can be written to.', cause: error },
  );
}

/** Makes the folder that is there an empty bare repository (gitrepository-layout) with `url` as its `origin`. */
export async function makeEmptyClone(path: string, url: string): Promise<void> {
  const folders = ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags'];
  await Promise.all(folders.map((folder) => mkdir(join(path, folder), { recursive: true })));
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main\n');
  await appendFile(join(path, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  await addRemote(path, url);
}

/** Names a URL `origin` in a clone. */
export async function addRemote(path: string, url: string): Promise<void> {
  const quoted = url.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const fetch = '+refs/heads/*:refs/remotes/origin/*';
  await appendFile(join(path, 'config'), `[remote "origin"]\n\turl = "${quoted}"\n\tfetch = ${fetch}\n`);
}

/** A clone's folder as it was when it was opened; another process may put another in its place. */
export class CloneFolder {
  readonly path: string;
  readonly #inode: number;

  private constructor(path: string, inode: number) {
    this.path = path;
    this.#inode = inode;
  }

  /** The folder that is there now. */
  static async at(path: string): Promise<CloneFolder> {
    return new CloneFolder(path, await inodeOf(path));
  }

  /** Whether it is no longer there, or another is. */
  async isGone(): Promise<boolean> {
    return (await inodeOf(this.path)) !== this.#inode || !(await exists(join(this.path, 'config')));
  }

  /** Throws it away, unless that has been done already. */
  async discard(): Promise<void> {
    if ((await inodeOf(this.path)) !== this.#inode) return;
    await bury(this.path);
  }
}

/** Takes a folder out of the way at once, and then away. */
async function bury(path: string): Promise<void> {
  const grave = `${path}.gone-${randomUUID()}`;
  await rename(path, grave).catch(() => undefined);
  await rm(grave, { recursive: true, force: true });
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function inodeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.ino,
    () => -1,
  );
}
