import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { type Exit, installed, newFolder, start } from './installed.ts';

const mountPoint = newFolder();
const mounted = mount(mountPoint);

afterAll(() => {
  if (mounted) execFileSync('umount', [mountPoint]);
});

let app: string;
let folder: string;
const repository = () => join(folder, 'contracts.git');

beforeAll(async () => {
  app = installed();
  folder = newFolder();
  expect(await gitpact('init')).toMatchObject({ code: 0, err: '' });
  writePact('one.json', '/seats');
  expect(await gitpact('publish', 'one.json', '-a=1')).toMatchObject({ code: 0, err: '' });
});

function writePact(name: string, path: string): void {
  writeFileSync(join(folder, name), JSON.stringify(pactBetween('Web', 'Api', path)));
}

function gitpact(...args: string[]): Promise<Exit> {
  return begin(args).ended;
}

function begin(args: readonly string[]) {
  const env = { GITPACT_REPO: repository() };
  return start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env });
}

function git(where: string, ...args: string[]): string {
  return execFileSync('git', ['--git-dir', where, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

const tipOf = (where: string) => git(where, 'rev-parse', 'HEAD');

describe('the program', () => {
  it('ends with the exit code, prints answers on standard output and failures on standard error', async () => {
    expect(await gitpact('log')).toMatchObject({ code: 0, err: '' });
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=1')).toMatchObject({ code: 3, err: '' });
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=9')).toMatchObject({ code: 1, err: '' });
    expect(await gitpact('publish')).toMatchObject({ code: 2, out: '' });
    expect(await gitpact('log', '--repo=http://127.0.0.1:1/x')).toMatchObject({ code: 4, out: '' });
    const { out } = await gitpact('matrix', '-a=Web', '--output=json');
    expect(JSON.parse(out)).toHaveProperty('matrix');
  });

  it('uses no colour where nobody looks, and minds no reader that leaves', async () => {
    expect((await gitpact('log')).out).not.toContain('\u001b');
    const line = `'${process.execPath}' '${join(app, 'bin', 'gitpact.js')}' help publish | true`;
    const { code, err } = await start('bash', ['-o', 'pipefail', '-c', line], { cwd: folder }).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('runs where there is no git on the PATH', async () => {
    const env = { GITPACT_REPO: repository(), PATH: newFolder() };
    const bin = join(app, 'bin', 'gitpact.js');
    const without = start(process.execPath, [bin, 'matrix', '-a=Web', '--output=json'], { cwd: folder, env });
    const { code, out, err } = await without.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ matrix: [{ consumer: { name: 'Web' } }] });
  });
});

describe('Ctrl-C in the middle of a publish', () => {
  it('leaves the repository sound: the pact is there whole or not at all, and the next publish works', async () => {
    const started = performance.now();
    await gitpact('publish', 'one.json', '-a=measured');
    const usual = performance.now() - started;
    const ends: (string | null)[] = [];
    for (let i = 0; i < 12; i += 1) {
      const version = `ctrl-c-${i}`;
      writePact('next.json', `/${version}`);
      const before = tipOf(repository());
      const { child, ended } = begin(['publish', 'next.json', `-a=${version}`, '--output=json']);
      await sleep((usual * (i + 1)) / 13);
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      const { code, signal, out } = await ended;
      ends.push(signal);
      if (code === 0) expect(JSON.parse(out)).toMatchObject([{ version, published: true }]);
      const after = tipOf(repository());
      const stored = git(repository(), 'ls-tree', '-r', '--name-only', 'HEAD').includes(`/${version}.json`);
      expect(stored).toBe(after !== before);
      if (code === 0) expect(stored).toBe(true);
    }
    expect(ends).toContain('SIGINT');
    git(repository(), 'fsck', '--strict', '--full');
    expect(await gitpact('fsck')).toMatchObject({ code: 0 });
    expect(await gitpact('publish', 'next.json', '-a=after')).toMatchObject({ code: 0, err: '' });
  });
});

/** What must hold after a write that failed: the same tip, nothing broken, and the answers of before. */
async function expectUntouched(where: string, tip: string): Promise<void> {
  expect(tipOf(where)).toBe(tip);
  git(where, 'fsck', '--strict', '--full');
  expect(await gitpact('fsck', `--repo=${where}`)).toMatchObject({ code: 0 });
}

function copy(name: string): string {
  const where = join(folder, name);
  cpSync(repository(), where, { recursive: true });
  return where;
}

describe('a world that fails', () => {
  beforeAll(() => writePact('two.json', '/rows'));
  const publish = (where: string) => ['publish', 'two.json', '-a=2', `--repo=${where}`];

  it('a read-only repository: a sentence, a hint, exit code 4, nothing written', async () => {
    const where = copy('read-only.git');
    const tip = tipOf(where);
    execFileSync('chmod', ['-R', 'a-w', where]);
    // Permissions bind root only without its capabilities.
    const powerless = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
    const [file = '', ...args] = [
      ...powerless,
      process.execPath,
      join(app, 'bin', 'gitpact.js'),
      ...publish(where),
    ];
    const { code, out, err } = await start(file, args, { cwd: folder }).ended;
    execFileSync('chmod', ['-R', 'u+w', where]);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toBe(
      'gitpact: The contract repository may not be written to by this user.\n' +
        '  Check who owns the repository and whether its file system is mounted read-only.\n',
    );
    await expectUntouched(where, tip);
  });

  it('a host that refuses the push: its reason, a hint, exit code 4, nothing written, no second try', async () => {
    const where = copy('protected.git');
    const tip = tipOf(where);
    mkdirSync(join(where, 'hooks'), { recursive: true });
    const hook =
      '#!/bin/sh\necho asked >> asked\necho "main is protected, ask the platform team" >&2\nexit 1\n';
    writeFileSync(join(where, 'hooks', 'pre-receive'), hook, { mode: 0o755 });
    const { code, out, err } = await gitpact(...publish(`file://${where}`));
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toContain('pre-receive hook declined (main is protected, ask the platform team)');
    expect(err.trimEnd().split('\n').at(-1)).toContain('--ref');
    expect(execFileSync('cat', [join(where, 'asked')], { encoding: 'utf8' })).toBe('asked\n');
    await expectUntouched(where, tip);
  });

  describe('a full disk', () => {
    // Without a disk of its own to fill, a limit on the size of files must do, which the git binary is killed by.
    const engines = mounted ? ['git', 'isomorphic'] : ['isomorphic'];

    it.each(engines)(
      'with the engine %s: told so, nothing written, and all is well when there is room',
      async (engine) => {
        const where = mounted ? join(mountPoint, `${engine}.git`) : copy('full.git');
        if (mounted) cpSync(repository(), where, { recursive: true });
        const tip = tipOf(where);
        const call = [process.execPath, join(app, 'bin', 'gitpact.js'), ...publish(where)];
        const limited = ['bash', '-c', 'ulimit -f 0; exec "$@"', 'bash', ...call];
        const [file = '', ...args] = mounted ? call : limited;
        if (mounted) fill(join(mountPoint, 'filler'));
        const env = { GITPACT_GIT: engine };
        const { code, out, err } = await start(file, args, { cwd: folder, env }).ended;
        expect({ code, out }).toEqual({ code: 4, out: '' });
        expect(err).toMatch(/^gitpact: .*disk.*\n {2}\S.*\n$/is);
        await expectUntouched(where, tip);
        if (mounted) execFileSync('rm', [join(mountPoint, 'filler')]);
        const again = start(process.execPath, call.slice(1), { cwd: folder, env });
        expect(await again.ended).toMatchObject({ code: 0, err: '' });
        expect(readdirSync(join(where, 'refs', 'heads')).filter((name) => name.endsWith('.lock'))).toEqual(
          [],
        );
        await expectUntouched(where, tipOf(where));
      },
    );
  });
});

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
