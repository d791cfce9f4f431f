import { setTimeout as sleep } from 'node:timers/promises';
import { GitpactError } from '../domain/failure.ts';
import { GitEngine } from './engine-git.ts';
import { GitStore } from './git-store.ts';
import { LocalBranch } from './local-branch.ts';
import { parseLocation, parsePrefix, parseRef } from './location.ts';
import type { Store } from './port.ts';
import { findRepository, readHead } from './repository.ts';
import { findGit } from './run-git.ts';
import type { World } from './world.ts';

/** Which store to open, and in what world. */
export interface StoreOptions {
  /** A path, a URL, or `user@host:path`. */
  readonly repository: string;
  /** The branch that is the store; by default the one checked out, or the remote's default. */
  readonly ref?: string;
  /** The folder of the branch that is the store; by default all of it. */
  readonly prefix?: string;
  /** Where clones of remote repositories are kept; by default `GITPACT_CACHE`, or `gitpact` in the user's cache. */
  readonly cacheDir?: string;
  /** How long a write keeps trying, in milliseconds; by default 2 minutes. */
  readonly deadline?: number;
  /** For how many milliseconds a remote's newest commit counts as known to a reader; by default 2,000. */
  readonly freshFor?: number;
  readonly env: World['env'];
  readonly cwd: string;
  readonly clock?: World['clock'];
  readonly random?: World['random'];
  readonly log?: World['log'];
}

/**
 * Opens the store; the branch and the folder need not exist yet.
 * @throws GitpactError `not-a-repository`, `bad-arguments`, `git-missing`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const world: World = {
    env: options.env,
    cwd: options.cwd,
    clock: options.clock ?? (() => new Date()),
    random: options.random ?? Math.random,
    wait: (milliseconds) => sleep(milliseconds),
    log: options.log ?? (() => undefined),
  };
  const location = parseLocation(options.repository, options.cwd);
  const prefix = parsePrefix(options.prefix ?? '');
  const ref = options.ref === undefined ? undefined : parseRef(options.ref);
  const git = findGit(options.env);
  if (!git || location.kind === 'remote') throw new GitpactError('git-missing', 'Git is not installed.');
  const repository = await findRepository(location.path);
  const branch = ref ?? (await readHead(repository.gitDir)) ?? 'HEAD';
  const engine = new GitEngine(git, repository);
  return new GitStore(new LocalBranch(engine, branch, undefined), prefix, world);
}
