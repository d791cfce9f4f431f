import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreBranch } from './branch.ts';
import { Committer, type SignWish } from './committer.ts';
import { GitStore, type WritableBranch } from './git-store.ts';
import { LocalBranch } from './local-branch.ts';
import { parseLocation, parsePrefix, parseRef, type RemoteLocation } from './location.ts';
import { Mover } from './mover.ts';
import { OfflineRemote, withoutWrites } from './offline.ts';
import type { Store } from './port.ts';
import { RemoteBranch } from './remote-branch.ts';
import { checkedOut, findRepository, readHead, requireFolder } from './repository.ts';
import { localSchedule, type RetrySchedule, remoteSchedule } from './retry.ts';
import { SteadyBranch } from './steady-branch.ts';
import { chooseToolkit, refuseHooks, type Toolkit } from './toolkit.ts';
import type { World } from './world.ts';

/** Which store to open, and in what world. */
export interface StoreOptions extends SignWish {
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
  /** Let reads go on from what was seen last while a remote cannot be reached; `outage` then tells. */
  readonly carryOn?: boolean;
  /** Ask nothing of a remote: read what the cache has, and refuse to write. */
  readonly offline?: boolean;
  /** Of it the store reads PATH, HOME, GITPACT_GIT, GITPACT_TOKEN, GITPACT_CACHE, XDG_CACHE_HOME; git gets it all. */
  readonly env: World['env'];
  readonly cwd: string;
  readonly clock?: World['clock'];
  readonly random?: World['random'];
  readonly log?: World['log'];
}

/** The branch that is the store, and what it takes to work with it. */
export interface Opened extends WritableBranch {
  readonly isRemote: boolean;
}

/**
 * Opens the store; the branch and the folder need not exist yet.
 * @throws GitpactError `not-a-repository`, `bad-arguments`, `git-missing`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const prefix = parsePrefix(options.prefix ?? '');
  const opened = await openBranch(options);
  const store = new GitStore(opened, prefix);
  return options.offline && opened.isRemote ? withoutWrites(store) : store;
}

/** Opens the branch that is the store. @throws GitpactError `not-a-repository`, `bad-arguments`, `git-missing`. */
export async function openBranch(options: StoreOptions): Promise<Opened> {
  const world: World = {
    env: options.env,
    cwd: options.cwd,
    clock: options.clock ?? (() => new Date()),
    random: options.random ?? Math.random,
    wait: (milliseconds) => sleep(milliseconds),
    log: options.log ?? (() => undefined),
  };
  const location = parseLocation(options.repository, options.cwd);
  const ref = options.ref === undefined ? undefined : parseRef(options.ref);
  const kit = chooseToolkit(location, world.env);
  const branch =
    location.kind === 'local'
      ? await localBranch(kit, location.path, ref, world, options)
      : await remoteBranch(kit, location, ref, world, options);
  const committer = new Committer(branch, world, options);
  return { branch, world, committer, isRemote: location.kind === 'remote' };
}

function schedule(usual: RetrySchedule, { deadline = usual.deadline }: StoreOptions): RetrySchedule {
  return { ...usual, deadline };
}

async function localBranch(
  kit: Toolkit,
  path: string,
  ref: string | undefined,
  world: World,
  options: StoreOptions,
): Promise<StoreBranch> {
  const repository = await findRepository(path);
  const branch = ref ?? (await readHead(repository.gitDir)) ?? 'HEAD';
  const engine = kit.engine(repository);
  const findMover = async () => {
    const found = await checkedOut(repository, branch);
    return new Mover(engine, repository.commonDir, found && kit.files(engine, found), world);
  };
  return new LocalBranch(engine, branch, findMover, schedule(localSchedule, options));
}

async function remoteBranch(
  kit: Toolkit,
  location: RemoteLocation,
  ref: string | undefined,
  world: World,
  options: StoreOptions,
): Promise<StoreBranch> {
  if (location.path !== undefined && !options.offline) {
    await requireServedFolder(location.path).catch((error: unknown) => {
      if (!options.carryOn) throw error;
    });
  }
  const host = kit.remote(location, cacheFolder(options), ref);
  if (host) {
    const remote = options.offline ? new OfflineRemote(host) : host;
    const freshFor = options.freshFor ?? 2_000;
    const branch = new RemoteBranch(remote, ref, world, freshFor, schedule(remoteSchedule, options));
    return options.carryOn ? new SteadyBranch(branch, freshFor, world.clock) : branch;
  }
  const path = location.path ?? '';
  await refuseHooks(path, ref);
  return localBranch(kit, path, ref, world, options);
}

/** As git does, takes the folder with `.git` after its name, too: of a missing one git says no more than of a host. */
async function requireServedFolder(path: string): Promise<void> {
  await requireFolder(path).catch(async (error: unknown) => {
    await requireFolder(`${path.replace(/\/+$/, '')}.git`).catch(() => {
      throw error;
    });
  });
}

/** The folder for what can be had again: clones of remote repositories above all. */
export function cacheFolder({ cacheDir, cwd, env }: Pick<StoreOptions, 'cacheDir' | 'cwd' | 'env'>): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const user = env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(home, '.cache');
  return resolve(cwd, cacheDir ?? env.GITPACT_CACHE ?? join(user, 'gitpact'));
}
