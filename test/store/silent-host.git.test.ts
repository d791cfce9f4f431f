import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commitId } from '../../src/domain/names.ts';
import { GitRemote } from '../../src/store/git-remote.ts';
import { findGit, runGit } from '../../src/store/run-git.ts';
import { counts } from './contract.ts';
import { bareRepository, env, newFolder, openAt } from './places.ts';

/** Node as if it were git: it runs the script that stands behind git's own options. */
function talking(script: string) {
  const file = join(newFolder(), 'git');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { file, env: { PATH: process.env.PATH } };
}

it('gives up a git that says nothing for a while, and no other', async () => {
  const silent = await runGit(talking('exec sleep 20'), { args: ['fetch'], silence: 300 });
  expect(silent).toMatchObject({ code: 128, stderr: expect.stringContaining('not a word for 0.3 s') });
  const slow = 'for i in 1 2 3 4 5 6 7 8; do echo "$i" >&2; sleep 0.2; done';
  expect(await runGit(talking(slow), { args: ['fetch'], silence: 1_000 })).toMatchObject({ code: 0 });
}, 30_000);

/** In place of `ssh`: runs what it is asked to on this machine; while the file `hangs` exists, it says nothing. */
function moodySsh(): { readonly script: string; readonly hangs: string } {
  const folder = newFolder();
  const hangs = join(folder, 'hangs');
  const script = join(folder, 'ssh');
  const lines = [
    '#!/bin/sh',
    `[ -e '${hangs}' ] && exec sleep 20`,
    'for last; do :; done',
    'exec sh -c "$last"',
  ];
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o755 });
  return { script, hangs };
}

it('waits for a host behind ssh that falls silent no longer than for one behind http', async () => {
  const folder = await bareRepository();
  const { script, hangs } = moodySsh();
  const world = env({ GIT_SSH_COMMAND: script });
  const store = await openAt({ repository: folder });
  await store.transact({ title: 'Count' }, counts('n'));
  const tip = commitId((await store.tip()) ?? '');
  const git = findGit(world);
  if (!git) throw new Error('there is no git');
  const url = `ssh://host${folder}`;
  const location = { kind: 'remote', transport: 'ssh', url } as const;
  const clone = await new GitRemote(git, location, undefined, join(newFolder(), 'clone'), 1_500).openClone();
  const made = { from: undefined, to: tip, objects: [], isHere: true, beginsAnew: false };

  writeFileSync(hangs, '');
  await expect(clone.fetch('refs/heads/main', tip)).rejects.toMatchObject({ code: 'network-failed' });
  rmSync(hangs);
  expect(await clone.fetch('refs/heads/main', tip)).toBe(tip);
  writeFileSync(hangs, '');
  expect(await clone.push('refs/heads/other', made)).toMatchObject({ kind: 'unknown' });
  expect(existsSync(join(folder, 'refs/heads/other'))).toBe(false);
  rmSync(hangs);
  expect(await clone.push('refs/heads/other', made)).toEqual({ kind: 'in' });
  await clone.engine.close();
  await store.close();
}, 60_000);
