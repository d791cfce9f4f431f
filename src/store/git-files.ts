import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { gitFailure } from './git-failure.ts';
import { type Files, localEdits } from './mover.ts';
import { objectId } from './objects.ts';
import { type CheckedOut, readHead } from './repository.ts';
import { type GitProgram, type GitResult, runGit } from './run-git.ts';

/** One path that differs between two trees. */
interface Difference {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

/** Index and files through the git program: `read-tree -m -u`, which never overwrites edits. */
export class GitFiles implements Files {
  readonly gitDir: string;
  readonly #git: GitProgram;
  readonly #engine: Engine;
  readonly #workTree: string;

  constructor(git: GitProgram, engine: Engine, { gitDir, workTree }: CheckedOut) {
    this.#git = git;
    this.#engine = engine;
    this.gitDir = gitDir;
    this.#workTree = workTree;
  }

  head(): Promise<string | undefined> {
    return readHead(this.gitDir);
  }

  async check(from: string, to: string): Promise<'ok' | { readonly lock: string }> {
    await this.#refresh();
    const { code, stderr } = await this.#run(['read-tree', '-m', '-u', '-n', from, to]);
    if (code === 0) return 'ok';
    const [, lock] = /Unable to create '(.*\.lock)': File exists/.exec(stderr) ?? [];
    if (lock !== undefined) return { lock };
    const edited = [...stderr.matchAll(editPattern)].map(([, path]) => path ?? '');
    if (edited.length > 0) throw localEdits([...new Set(edited)]);
    throw gitFailure('bring the work tree in step with', stderr);
  }

  async update(from: string, to: string): Promise<boolean> {
    return (await this.#run(['read-tree', '-m', '-u', from, to])).code === 0;
  }

  async repair(from: string, to: string): Promise<boolean> {
    const arrived: string[] = [];
    for (const difference of await this.#differences(from, to)) {
      const state = await this.#stateOf(difference);
      if (state === 'arrived') arrived.push(`${difference.mode} ${difference.oid}\t${difference.path}\0`);
      if (state === 'half') await rm(join(this.#workTree, difference.path), { force: true });
    }
    if (arrived.length > 0) await this.#run(['update-index', '-z', '--index-info'], arrived.join(''));
    await this.#refresh();
    return this.update(from, to);
  }

  /** Files whose content is the same although their times are not would count as edited. */
  async #refresh(): Promise<void> {
    await this.#run(['update-index', '-q', '--refresh']);
  }

  async #differences(from: string, to: string): Promise<Difference[]> {
    const { code, stdout, stderr } = await this.#run(['diff-tree', '-r', '-z', '--no-renames', from, to]);
    if (code !== 0) throw gitFailure('compare two states of', stderr);
    return [...stdout.toString('utf8').matchAll(/:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) [AMT]\0([^\0]+)\0/g)].map(
      ([, mode = '', oid = '', path = '']) => ({ path, mode, oid }),
    );
  }

  /** How far a killed process came with a file: done with it, in the middle of it, or neither. */
  async #stateOf({ path, oid }: Difference): Promise<'arrived' | 'half' | 'other'> {
    const file = join(this.#workTree, path);
    const isFile = await lstat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) return 'other';
    const data = await readFile(file);
    if (objectId('blob', data) === oid) return 'arrived';
    const [blob = 'missing'] = await this.#engine.readObjects([oid]);
    const isPart = typeof blob !== 'string' && blob.data.subarray(0, data.length).equals(data);
    return isPart ? 'half' : 'other';
  }

  #run(args: readonly string[], input = ''): Promise<GitResult> {
    return runGit(this.#git, { cwd: this.#workTree, args, input });
  }
}

/** What `git read-tree` says of a path with edits. */
const editPattern = /(?:Entry|working tree file|Updating) '(.*)' (?:not uptodate|would)/g;
