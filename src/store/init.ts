import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { type FailureCode, GitpactError } from '../domain/failure.ts';
import { isomorphicGit } from './engine-isomorphic.ts';
import { type Obstacle, obstacleIn, obstacleWords } from './folder-failure.ts';
import { diskFailure, gitFailure } from './git-failure.ts';
import { wholeFs } from './isomorphic-fs.ts';
import { parseLocation } from './location.ts';
import { findRepository } from './repository.ts';
import { findGit, runGit } from './run-git.ts';
import type { World } from './world.ts';

/** Where a repository is wanted. */
export interface InitOptions {
  /** As for `openStore`. */
  readonly repository: string;
  readonly env: World['env'];
  readonly cwd: string;
  /** The store is to be a folder of a repository that is there, so that a folder inside of one is meant as such. */
  readonly part?: boolean;
}

/**
 * Makes a bare repository with the branch `main` where there is nothing, or an empty folder, at a path of this
 * machine (`made`). Leaves a repository that is there, and every remote, as it is (`exists`).
 * @throws GitpactError `not-a-repository` when something else is there, `store-refused`, `disk-failed`
 */
export async function initRepository(options: InitOptions): Promise<'made' | 'exists'> {
  const location = parseLocation(options.repository, options.cwd);
  if (location.kind === 'remote' && location.path === undefined) return 'exists';
  const path = location.path ?? '';
  const found = await stat(path).catch(() => undefined);
  if (found) {
    const repository = await findRepository(path).catch(() => undefined);
    const isTop = repository && [repository.workTree, repository.gitDir].includes(path);
    if (repository && (isTop || options.part)) return 'exists';
    if (!found.isDirectory()) throw cannotMake(path, { code: 'EEXIST' });
    if ((await readdir(path)).length > 0) throw somethingElse(path);
  }
  await makeBare(path, options.env);
  return 'made';
}

/** Makes it beside its place, then moves it there: it is there as a whole or not at all. */
async function makeBare(path: string, env: World['env']): Promise<void> {
  const made = `${path}.new-${randomUUID()}`;
  try {
    await mkdir(made, { recursive: true });
    const git = env.GITPACT_GIT === 'isomorphic' ? undefined : findGit(env);
    if (git) {
      const args = ['init', '--quiet', '--bare', '--initial-branch=main', '--', made];
      const { code, stderr } = await runGit(git, { args });
      if (code !== 0) throw gitFailure('make', stderr);
    } else {
      await (await isomorphicGit()).init({ fs: wholeFs, gitdir: made, bare: true, defaultBranch: 'main' });
    }
    await rename(made, path);
  } catch (error) {
    throw cannotMake(path, error);
  } finally {
    // Where nothing could be made, nothing can be looked for either; the error above says why.
    await rm(made, { recursive: true, force: true }).catch(() => undefined);
  }
}

const codeOf: Readonly<Record<Obstacle, FailureCode>> = {
  'file in the way': 'not-a-repository',
  'not allowed': 'store-refused',
  'disk full': 'disk-failed',
};

function cannotMake(path: string, error: unknown): unknown {
  const obstacle = obstacleIn(error);
  if (!obstacle) return diskFailure(error);
  return new GitpactError(
    codeOf[obstacle],
    `A contract repository cannot be made at ${path}: ${obstacleWords[obstacle]}.`,
    { hint: 'Put that right, or give --repo another path; nothing was made.', cause: error },
  );
}

function somethingElse(path: string): GitpactError {
  return new GitpactError('not-a-repository', `${path} exists and is not a Git repository.`, {
    hint: 'Give a path where nothing is yet, or make a repository there with git init.',
  });
}
