import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isPlain } from '../../src/store/plain-repository.ts';
import { newFolder } from './places.ts';

it.each([
  ['a bare repository', true, 'bare = true'],
  ['one with a remote', true, 'bare = true\n[remote "origin"]\n\turl = x'],
  ['one with a work tree', false, 'bare = false'],
  ['one that is shared by a group', false, 'bare = true\n\tsharedRepository = group'],
  ['one that keeps logs', false, 'bare = true\n\tlogAllRefUpdates = true'],
  ['one that keeps branches in tables', false, 'bare = true\n[extensions]\n\trefStorage = reftable'],
  ['one with settings elsewhere', false, 'bare = true\n[include]\n\tpath = ../more'],
])('%s: written without git: %s', async (_kind, plain, settings) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'config'), `[core]\n\trepositoryformatversion = 0\n\t${settings}\n`);
  expect(await isPlain({ gitDir: folder, commonDir: folder })).toBe(plain);
});

it('leaves a repository with logs, a linked work tree, and what has no settings to git', async () => {
  const folder = newFolder();
  expect(await isPlain({ gitDir: folder, commonDir: folder })).toBe(false);
  writeFileSync(join(folder, 'config'), '[core]\n\tbare = true\n');
  expect(await isPlain({ gitDir: join(folder, 'worktrees', 'x'), commonDir: folder })).toBe(false);
  mkdirSync(join(folder, 'logs', 'refs'), { recursive: true });
  expect(await isPlain({ gitDir: folder, commonDir: folder })).toBe(false);
});
