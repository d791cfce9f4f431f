import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { engines } from '../helpers/git-program.ts';
import { expectSound, tipOf } from '../helpers/repository.ts';
import { caller, installed, newFolder, start } from './installed.ts';

describe.each(engines)('a full disk, through %s', (engine) => {
  const disk = newFolder();
  const mounted = mount(disk);
  const folder = newFolder();
  const repository = join(mounted ? disk : folder, 'full.git');
  let app: string;

  beforeAll(async () => {
    app = installed();
    const gitpact = caller(app, folder);
    expect(await gitpact('init')).toMatchObject({ code: 0, err: '' });
    for (const [version, path] of Object.entries({ 1: '/seats', 2: '/rows' })) {
      const pact = JSON.stringify(pactBetween('Web', 'Api', path));
      writeFileSync(join(folder, `${version}.json`), pact);
    }
    expect(await gitpact('publish', '1.json', '-a=1')).toMatchObject({ code: 0, err: '' });
    cpSync(join(folder, 'contracts.git'), repository, { recursive: true });
  });

  afterAll(() => {
    if (mounted) execFileSync('umount', [disk]);
  });

  /** What must hold after a write, whether it failed or not. */
  async function expectAllWell(tip: string): Promise<void> {
    expect(await tipOf(repository)).toBe(tip);
    await expectSound(repository, { unused: true, begun: engine === 'git' });
    expect(await caller(app, folder, repository)('fsck')).toMatchObject({ code: 0 });
  }

  it('is told of, writes nothing, and is no hindrance when there is room again', async () => {
    const tip = await tipOf(repository);
    const env = { GITPACT_GIT: engine, GITPACT_REPO: repository };
    const publish = [process.execPath, join(app, 'bin', 'gitpact.js'), 'publish', '2.json', '-a=2'];
    const call = mounted ? publish : [...withoutRoom, ...publish];
    if (mounted) fill(join(disk, 'filler'));
    const { code, out, err } = await start('env', call, { cwd: folder, env }).ended;
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(/^gitpact: .*disk.*\n {2}\S.*\n$/is);
    await expectAllWell(tip);
    if (mounted) rmSync(join(disk, 'filler'));
    expect(await start('env', publish, { cwd: folder, env }).ended).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(repository, 'refs/heads')).filter((name) => name.endsWith('.lock'))).toEqual([]);
    const after = await tipOf(repository);
    expect(after).not.toBe(tip);
    await expectAllWell(after);
  });
});

/** Without a disk of its own to fill, a limit on the size of files must do. */
const withoutRoom = ['bash', '-c', `trap '' XFSZ; ulimit -f 0; exec "$@"`, 'bash'];

/** A small file system of its own, where this user may mount one. */
function mount(where: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', where], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

function fill(path: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=1k', 'count=8000'], { stdio: 'pipe' });
  } catch {
    // It is full: that is what this was for.
  }
}
