import { createHash } from 'node:crypto';
import fs, {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import isomorphic, { type ReadCommitResult, type TreeEntry } from 'isomorphic-git';
import { expect } from 'vitest';
import { initRepository } from '../../src/store/init.ts';
import { git, hasGit } from './git-program.ts';

const somebody = { name: 'Somebody', email: 'somebody@example.org' };

/** Where isomorphic-git finds a repository, bare or with a work tree. */
function at(folder: string) {
  const inside = join(folder, '.git');
  return { fs, gitdir: existsSync(inside) ? inside : folder };
}

/** Makes an empty bare repository as `gitpact init` does on this machine, one that partial clones can be made of. */
export async function makeBare(folder: string): Promise<void> {
  await initRepository({ repository: folder, env: { PATH: process.env.PATH, HOME: folder }, cwd: '/' });
  appendFileSync(join(folder, 'config'), '[uploadpack]\n\tallowFilter = true\n');
}

/** Makes a repository with a work tree, its branch main checked out and without a commit. */
export async function makeWorkTree(folder: string): Promise<void> {
  if (hasGit) git(folder, 'init', '-q', '-b', 'main', '.');
  else await isomorphic.init({ fs, dir: folder, defaultBranch: 'main' });
}

/** The id of the commit that a branch, or HEAD, points to. */
export function tipOf(folder: string, ref = 'HEAD'): Promise<string> {
  return isomorphic.resolveRef({ ...at(folder), ref });
}

/** Every commit of a branch, newest first. */
export async function commitsOf(folder: string, ref = 'HEAD'): Promise<ReadCommitResult['commit'][]> {
  return (await isomorphic.log({ ...at(folder), ref })).map(({ commit }) => commit);
}

/** The first line of every commit of a branch, newest first. */
export async function titlesOf(folder: string): Promise<string[]> {
  return (await commitsOf(folder)).map(({ message }) => message.split('\n', 1)[0] ?? '');
}

/** Every branch, without `refs/heads/`. */
export function branchesOf(folder: string): Promise<string[]> {
  return isomorphic.listBranches(at(folder));
}

/** Every ref but HEAD, without `refs/`. */
export function refsOf(folder: string): Promise<string[]> {
  return isomorphic.listRefs({ ...at(folder), filepath: 'refs' });
}

/** Every file of the newest commit of a branch, in a folder of it if one is given: paths from the top, and blob ids. */
export async function filesIn(folder: string, ref = 'HEAD', under = ''): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const visit = async (oid: string, prefix: string): Promise<void> => {
    for (const entry of (await isomorphic.readTree({ ...at(folder), oid })).tree) {
      const path = `${prefix}${entry.path}`;
      if (entry.type === 'tree') await visit(entry.oid, `${path}/`);
      else if (path.startsWith(under)) files.set(path, entry.oid);
    }
  };
  await visit(await tipOf(folder, ref), '');
  return files;
}

/** The text of a file in the newest commit of a branch. @throws when it is not there */
export async function textIn(folder: string, path: string, ref = 'HEAD'): Promise<string> {
  const oid = await tipOf(folder, ref);
  const { blob } = await isomorphic.readBlob({ ...at(folder), oid, filepath: path });
  return Buffer.from(blob).toString('utf8');
}

/** Points a branch at a commit, whatever it was before. */
export async function pointBranch(folder: string, branch: string, commit: string): Promise<void> {
  await isomorphic.writeRef({ ...at(folder), ref: `refs/heads/${branch}`, value: commit, force: true });
}

/** Tags an object: by a tag object with this message, whose id it gives, or else by the bare name. */
export async function tag(folder: string, name: string, object: string, message?: string): Promise<string> {
  if (message === undefined) await isomorphic.tag({ ...at(folder), ref: name, object });
  else await isomorphic.annotatedTag({ ...at(folder), ref: name, object, message, tagger: somebody });
  return isomorphic.resolveRef({ ...at(folder), ref: `refs/tags/${name}` });
}

/** Moves every branch from its own file to the one for all, as git does now and then. */
export async function packRefs(folder: string): Promise<void> {
  const { gitdir } = at(folder);
  const refs = (await branchesOf(folder)).sort().map((branch) => `refs/heads/${branch}`);
  const lines = await Promise.all(refs.map(async (ref) => `${await tipOf(folder, ref)} ${ref}\n`));
  writeFileSync(
    join(gitdir, 'packed-refs'),
    `# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`,
  );
  for (const ref of refs) rmSync(join(gitdir, ref), { force: true });
}

/** Writes content that no commit holds yet; gives its id. */
export function writeBlob(folder: string, content: string | Uint8Array): Promise<string> {
  return isomorphic.writeBlob({ ...at(folder), blob: Buffer.from(content) });
}

/** What becomes of a path: a file of this content, a link to another path, or nothing any more. */
type Edit = string | Uint8Array | { readonly link: string } | undefined;

/** Commits edits to the branch of HEAD as somebody would by hand, past gitpact; a work tree does not follow. */
export async function commitFiles(folder: string, edits: Readonly<Record<string, Edit>>): Promise<void> {
  let [{ tree } = { tree: undefined }]: { tree: string | undefined }[] = await commitsOf(folder);
  for (const [path, edit] of Object.entries(edits)) {
    const content = typeof edit === 'object' && 'link' in edit ? edit.link : edit;
    const mode = content === edit ? '100644' : '120000';
    const blob = content === undefined ? undefined : { mode, oid: await writeBlob(folder, content) };
    tree = await treeWith(folder, tree, path.split('/'), blob);
  }
  if (tree === undefined) throw new Error('nothing to commit');
  await isomorphic.commit({ ...at(folder), message: 'By hand\n', tree, author: somebody });
}

/** The tree with a path set, or taken away with the folders that would be empty; undefined when nothing is left. */
async function treeWith(
  folder: string,
  tree: string | undefined,
  [name = '', ...rest]: readonly string[],
  blob: { readonly mode: string; readonly oid: string } | undefined,
): Promise<string | undefined> {
  const entries = tree === undefined ? [] : (await isomorphic.readTree({ ...at(folder), oid: tree })).tree;
  const others = entries.filter(({ path }) => path !== name);
  const below = entries.find(({ path, type }) => path === name && type === 'tree')?.oid;
  const entry: TreeEntry[] = [];
  if (rest.length > 0) {
    const oid = await treeWith(folder, below, rest, blob);
    if (oid !== undefined) entry.push({ mode: '040000', path: name, oid, type: 'tree' });
  } else if (blob) entry.push({ ...blob, path: name, type: 'blob' });
  const all = [...others, ...entry];
  return all.length === 0 ? undefined : isomorphic.writeTree({ ...at(folder), tree: all });
}

/** Clones a repository into a new folder, as somebody who reads the files would. */
export async function checkOut(repository: string, folder: string): Promise<void> {
  if (hasGit) {
    const careful = ['-c', 'core.protectNTFS=true', '-c', 'core.protectHFS=true'];
    git('/', ...careful, 'clone', '--quiet', repository, folder);
  } else {
    const gitdir = join(folder, '.git');
    cpSync(repository, gitdir, { recursive: true });
    await isomorphic.setConfig({ fs, gitdir, path: 'core.bare', value: false });
    await isomorphic.checkout({ fs, dir: folder });
  }
}

/** What differs between the newest commit, the index and the work tree: the lines of `git status --porcelain`. */
export async function statusOf(folder: string): Promise<string[]> {
  if (hasGit) return git(folder, 'status', '--porcelain').split('\n').filter(Boolean);
  const rows = await isomorphic.statusMatrix({ fs, dir: folder });
  return rows.flatMap(([path, head, work, index]) => {
    const letters = head + index === 0 ? '??' : staged(head, index) + edited(work, index);
    return letters === '  ' ? [] : [`${letters} ${path}`];
  });
}

function staged(head: 0 | 1, index: 0 | 1 | 2 | 3): string {
  if (index === 0) return 'D';
  if (head === 0) return 'A';
  return index === 1 ? ' ' : 'M';
}

function edited(work: 0 | 1 | 2, index: 0 | 1 | 2 | 3): string {
  if (work === index) return ' ';
  return work === 0 ? 'D' : 'M';
}

/** Puts a file of the work tree into the index. */
export async function stage(folder: string, path: string): Promise<void> {
  await isomorphic.add({ fs, dir: folder, filepath: path });
}

/** What a write that did not get in may leave behind. */
interface Leftovers {
  /** Objects that nothing refers to. */
  readonly unused?: boolean;
  /** Files of objects that a kill, or the git program on a full disk, left half written, for `git gc` to take away. */
  readonly begun?: boolean;
}

/**
 * Nothing is wrong with any object, and what the branches hold is there; the git program, where there is one, finds
 * nothing wrong either.
 */
export async function expectSound(folder: string, { unused = false, begun = false }: Leftovers = {}) {
  const { gitdir } = at(folder);
  const broken = brokenObjects(join(gitdir, 'objects'));
  expect(begun ? broken.filter((path) => !path.includes('/tmp_obj_')) : broken).toEqual([]);
  if (hasGit) {
    const dangling = unused ? '--no-dangling' : '--dangling';
    expect(git(gitdir, '--git-dir=.', 'fsck', '--strict', '--full', dangling)).toBe('');
  } else {
    for (const branch of await branchesOf(folder)) await readAll(folder, branch);
  }
}

/** The loose objects, and what else lies among them, that do not hold what their name says. */
function brokenObjects(objects: string): string[] {
  return readdirSync(objects)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .flatMap((name) => readdirSync(join(objects, name)).map((rest) => join(name, rest)))
    .filter((path) => {
      try {
        const content = inflateSync(readFileSync(join(objects, path)));
        return createHash('sha1').update(content).digest('hex') !== path.replace('/', '');
      } catch {
        return true;
      }
    });
}

async function readAll(folder: string, ref: string): Promise<void> {
  const seen = new Set<string>();
  const visit = async (oid: string): Promise<void> => {
    if (seen.has(oid)) return;
    seen.add(oid);
    const read = await isomorphic.readObject({ ...at(folder), oid });
    if (read.type === 'tree') {
      for (const entry of (await isomorphic.readTree({ ...at(folder), oid })).tree) await visit(entry.oid);
    }
  };
  for (const { tree } of await commitsOf(folder, ref)) await visit(tree);
}

/**
 * Makes a repository one that was cloned without what was archived: its ref and its newest commit are not there. That
 * commit is one of {@link commitFiles}, which lies in no pack.
 */
export function leaveOut(
  folder: string,
  { ref, archived }: { readonly ref: string; readonly archived: string },
): void {
  rmSync(join(folder, ref));
  rmSync(join(folder, 'objects', archived.slice(0, 2), archived.slice(2)));
}
