import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRepository, type Repository, readHead } from './repository.ts';
import { findGit, runGit } from './run-git.ts';
import { chooseToolkit } from './toolkit.ts';
import { settingsIn } from './user-config.ts';
import type { World } from './world.ts';

/** What is checked out in a folder. */
export interface Checkout {
  /** Undefined before the first commit. */
  readonly commit?: string;
  /** The short name of the branch; when HEAD names none, of the only one that is at its commit. */
  readonly branch?: string;
  readonly isDetached?: boolean;
  /** The URL of the remote `origin`. */
  readonly remoteUrl?: string;
}

/** Looks at the repository that a folder belongs to; how much of the history is there does not matter. @throws GitpactError */
export async function lookAtCheckout(folder: string, env: World['env']): Promise<Checkout> {
  const repository = await findRepository(folder);
  const [head, commit, remoteUrl] = await Promise.all([
    readHead(repository.gitDir),
    commitAtHead(repository, folder, env),
    originOf(repository),
  ]);
  const branch = head === undefined ? await onlyBranchAtHead(repository, env) : shortName(head);
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    isDetached: head === undefined,
    ...(remoteUrl === undefined ? {} : { remoteUrl }),
  };
}

async function commitAtHead(
  { gitDir, commonDir }: Repository,
  path: string,
  env: World['env'],
): Promise<string | undefined> {
  const engine = chooseToolkit({ kind: 'local', path }, env).engine({ gitDir, commonDir });
  try {
    return (await engine.readRef('HEAD'))?.id;
  } finally {
    await engine.close();
  }
}

async function originOf({ commonDir }: Repository): Promise<string | undefined> {
  const text = await readFile(join(commonDir, 'config'), 'utf8').catch(() => '');
  return settingsIn(text, 'remote "origin"').get('url');
}

/** As a CI that checks out a commit leaves it. Needs the git program. */
async function onlyBranchAtHead({ gitDir }: Repository, env: World['env']): Promise<string | undefined> {
  const git = findGit(env);
  if (!git) return undefined;
  const where = ['--points-at=HEAD', '--format=%(refname)', 'refs/heads', 'refs/remotes/origin'];
  const { stdout } = await runGit(git, { gitDir, args: ['for-each-ref', ...where] });
  const refs = stdout
    .toString('utf8')
    .split('\n')
    .filter((ref) => ref !== '' && !ref.endsWith('/HEAD'));
  const [only, another] = new Set(refs.map(shortName));
  return another === undefined ? only : undefined;
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes\/origin)\//, '');
}
