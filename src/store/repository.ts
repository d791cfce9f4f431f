import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { GitpactError } from '../domain/failure.ts';

/** A Git repository of this machine. */
export interface Repository {
  /** The folder with its HEAD and index. */
  readonly gitDir: string;
  /** The folder with objects and refs; another than `gitDir` for a linked work tree. */
  readonly commonDir: string;
  /** The work tree that was asked for; undefined in a bare repository. */
  readonly workTree?: string;
}

/** A folder with a branch checked out. */
export interface CheckedOut {
  readonly gitDir: string;
  readonly workTree: string;
}

/**
 * The repository at `path` or in a folder above it, found as git does, but without running anything.
 * @throws GitpactError `not-a-repository`
 */
export async function findRepository(path: string): Promise<Repository> {
  await requireFolder(path);
  for (let folder = path; ; folder = dirname(folder)) {
    const found = (await atDotGit(folder)) ?? (await atGitDir(folder));
    if (found) {
      await refuseUnknownFormat(found);
      return found;
    }
    if (dirname(folder) === folder) throw notARepository(path, 'nor any folder above is one');
  }
}

/**
 * Makes sure that there is a folder.
 * @throws GitpactError `not-a-repository`, `store-refused` when this user may not look there
 */
export async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') return undefined;
    throw new GitpactError('store-refused', `This user may not look at ${path}.`, {
      hint: 'Check who owns that folder and those above it.',
      cause: error,
    });
  });
  if (!found) throw notARepository(path, 'there is no such folder');
  if (!found.isDirectory()) throw notARepository(path, 'it is a file, not a folder');
}

/** What HEAD of a git directory says: the full name of a branch, or undefined where it names a commit. */
export async function readHead(gitDir: string): Promise<string | undefined> {
  const text = await readFile(join(gitDir, 'HEAD'), 'utf8').catch(() => '');
  return /^ref: *(\S+)/.exec(text)?.[1];
}

/** The work tree that has `ref` checked out, whichever of the repository's it is. */
export async function checkedOut(repository: Repository, ref: string): Promise<CheckedOut | undefined> {
  for (const candidate of await workTrees(repository)) {
    if ((await readHead(candidate.gitDir)) === ref && (await isFolder(candidate.workTree))) return candidate;
  }
  return undefined;
}

async function workTrees({ gitDir, commonDir, workTree }: Repository): Promise<CheckedOut[]> {
  const found: CheckedOut[] = workTree === undefined ? [] : [{ gitDir, workTree }];
  if (basename(commonDir) === '.git' && !(await isBare(commonDir))) {
    found.push({ gitDir: commonDir, workTree: dirname(commonDir) });
  }
  for (const name of await readdir(join(commonDir, 'worktrees')).catch(() => [])) {
    const linked = join(commonDir, 'worktrees', name);
    const dotGit = (await readFile(join(linked, 'gitdir'), 'utf8').catch(() => '')).trim();
    if (dotGit !== '') found.push({ gitDir: linked, workTree: dirname(resolve(linked, dotGit)) });
  }
  return found;
}

async function atDotGit(folder: string): Promise<Repository | undefined> {
  const dotGit = join(folder, '.git');
  if (await isGitDir(dotGit)) return { gitDir: dotGit, commonDir: dotGit, workTree: folder };
  const text = await readFile(dotGit, 'utf8').catch(() => '');
  const [, target] = /^gitdir: (.+)/.exec(text) ?? [];
  if (target === undefined) return undefined;
  const gitDir = resolve(folder, target.trim());
  return { gitDir, commonDir: await commonDirOf(gitDir), workTree: folder };
}

async function atGitDir(folder: string): Promise<Repository | undefined> {
  if (!(await isGitDir(folder))) return undefined;
  const commonDir = await commonDirOf(folder);
  const hasWorkTree = basename(folder) === '.git' && !(await isBare(folder));
  return { gitDir: folder, commonDir, ...(hasWorkTree ? { workTree: dirname(folder) } : {}) };
}

async function commonDirOf(gitDir: string): Promise<string> {
  const text = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '');
  return text.trim() === '' ? gitDir : resolve(gitDir, text.trim());
}

async function isGitDir(folder: string): Promise<boolean> {
  const parts = await Promise.all([
    stat(join(folder, 'HEAD')).then(
      (found) => found.isFile(),
      () => false,
    ),
    isFolder(join(folder, 'objects')),
    isFolder(join(folder, 'refs')),
  ]);
  return parts.every(Boolean);
}

async function isBare(gitDir: string): Promise<boolean> {
  return /^\s*bare\s*=\s*true/im.test(await readFile(join(gitDir, 'config'), 'utf8').catch(() => ''));
}

async function refuseUnknownFormat({ commonDir }: Repository): Promise<void> {
  const config = await readFile(join(commonDir, 'config'), 'utf8').catch(() => '');
  if (!/^\s*objectformat\s*=\s*sha256/im.test(config)) return;
  throw new GitpactError(
    'not-a-repository',
    'The repository names its objects by SHA-256, which gitpact cannot read.',
    {
      hint: 'Keep contracts in a repository made with git init --object-format=sha1, which is the default.',
    },
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function notARepository(path: string, why: string): GitpactError {
  return new GitpactError('not-a-repository', `${path} is not a Git repository: ${why}.`, {
    hint: 'Check --repo, or make a contract repository with gitpact init.',
  });
}
