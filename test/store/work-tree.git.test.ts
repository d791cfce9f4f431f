import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../helpers/git-program.ts';
import { statusOf } from '../helpers/repository.ts';
import { puts } from './contract.ts';
import { openAt, workTree } from './places.ts';

describe.each(['git', 'isomorphic'])('a work tree that others use git in, through %s', (engine) => {
  const write = async (repository: string, files: Record<string, string>, more = {}) => {
    const store = await openAt({ repository, ...more }, { GITPACT_GIT: engine });
    await store.transact({ title: 'Write' }, puts(files));
    await store.close();
  };

  it('follows in a linked work tree that has the branch', async () => {
    const folder = await workTree();
    await write(folder, { a: '1\n' });
    const linked = `${folder}-linked`;
    git(folder, 'worktree', 'add', '-q', '-b', 'contracts', linked);
    try {
      await write(folder, { b: '1\n' }, { ref: 'contracts' });
      expect(readFileSync(join(linked, 'b'), 'utf8')).toBe('1\n');
      expect([await statusOf(linked), await statusOf(folder)]).toEqual([[], []]);
    } finally {
      rmSync(linked, { recursive: true });
    }
  });

  it('keeps the mode of a file that may be run', async () => {
    const folder = await workTree();
    writeFileSync(join(folder, 'run.sh'), 'true\n', { mode: 0o755 });
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'By hand');
    await write(folder, { 'run.sh': 'false\n' });
    expect(git(folder, 'ls-tree', 'HEAD', 'run.sh')).toMatch(/^100755 /);
    expect(await statusOf(folder)).toEqual([]);
  });
});
