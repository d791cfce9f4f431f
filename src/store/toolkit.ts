import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { cloneFolder } from './clone-folder.ts';
import { credentialsFor } from './credentials.ts';
import type { Engine } from './engine.ts';
import { type EngineFolders, GitEngine } from './engine-git.ts';
import { IsomorphicEngine } from './engine-isomorphic.ts';
import { GitFiles } from './git-files.ts';
import { GitRemote } from './git-remote.ts';
import { IsomorphicFiles } from './isomorphic-files.ts';
import { IsomorphicRemote } from './isomorphic-remote.ts';
import type { Location, RemoteLocation } from './location.ts';
import type { Files } from './mover.ts';
import type { Remote } from './remote.ts';
import { type CheckedOut, checkedOut, findRepository, readHead } from './repository.ts';
import { findGit, type GitProgram } from './run-git.ts';
import type { World } from './world.ts';

/** One of the two ways to handle Git. */
export interface Toolkit {
  engine(folders: EngineFolders): Engine;
  files(engine: Engine, place: CheckedOut): Files;
  /** Undefined where the folder of a `file://` URL is to be used directly. */
  remote(location: RemoteLocation, cacheDir: string, ref: string | undefined): Remote | undefined;
}

/**
 * The git program where there is one, isomorphic-git where not; `GITPACT_GIT` (`git` or `isomorphic`) forces one.
 * @throws GitpactError `git-missing` when only the program can do it and it is missing, `bad-arguments`.
 */
export function chooseToolkit(location: Location, env: World['env']): Toolkit {
  const wish = env.GITPACT_GIT ?? '';
  if (!['', 'git', 'isomorphic'].includes(wish)) {
    throw new GitpactError(
      'bad-arguments',
      `GITPACT_GIT is ${JSON.stringify(wish)}, which is no way to handle Git.`,
      {
        hint: 'Set it to git or isomorphic, or not at all.',
      },
    );
  }
  const git = wish === 'isomorphic' ? undefined : findGit(env);
  if (git) return gitToolkit(git, env);
  if (wish === 'git') throw gitMissing('GITPACT_GIT asks for git');
  if (location.kind === 'remote' && location.transport === 'ssh') throw gitMissing('ssh needs git');
  return isomorphicToolkit(env);
}

function gitToolkit(git: GitProgram, env: World['env']): Toolkit {
  return {
    engine: (folders) => new GitEngine(git, folders),
    files: (engine, place) => new GitFiles(git, engine, place),
    remote: (location, cacheDir, ref) =>
      new GitRemote(
        git,
        location,
        credentialsFor(location, env.GITPACT_TOKEN),
        cloneFolder(cacheDir, location.url, ref, 'git'),
      ),
  };
}

function isomorphicToolkit(env: World['env']): Toolkit {
  return {
    engine: (folders) => new IsomorphicEngine(folders, env),
    files: (engine, place) => new IsomorphicFiles(engine, place),
    remote: (location, cacheDir, ref) => {
      if (location.transport === 'file') return undefined;
      const credentials = credentialsFor(location, env.GITPACT_TOKEN);
      const folder = cloneFolder(cacheDir, location.url, ref, 'isomorphic');
      return new IsomorphicRemote(location.url, credentials, folder, env);
    },
  };
}

function gitMissing(why: string): GitpactError {
  return new GitpactError('git-missing', `Git is not on the PATH, and ${why}.`, {
    hint: 'Install Git; without it, repositories on this machine and on https can be used.',
  });
}

/** Hooks that may refuse a push. */
const gates = ['pre-receive', 'update', 'proc-receive', 'reference-transaction'];

/**
 * Refuses to write past the hooks of a repository that was named by its `file://` URL, as a push would not.
 * @throws GitpactError `store-refused`, `not-a-repository`
 */
export async function refuseHooks(path: string, ref: string | undefined): Promise<void> {
  const repository = await findRepository(path);
  for (const hook of gates) {
    const runs = await access(join(repository.commonDir, 'hooks', hook), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) throw needsPush(`its ${hook} hook must run`);
  }
  const branch = ref ?? (await readHead(repository.gitDir)) ?? '';
  if (await checkedOut(repository, branch)) throw needsPush('its branch is checked out');
}

function needsPush(why: string): GitpactError {
  return new GitpactError(
    'store-refused',
    `This repository can only be pushed to by the git program: ${why}.`,
    {
      hint: 'Install Git, unset GITPACT_GIT, or give --repo the path instead of the file:// URL.',
    },
  );
}
