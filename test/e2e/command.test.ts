import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { expectSound, filesIn, tipOf } from '../helpers/repository.ts';
import { type Exit, installed, newFolder, start } from './installed.ts';

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
      const before = await tipOf(repository());
      const { child, ended } = begin(['publish', 'next.json', `-a=${version}`, '--output=json']);
      await sleep((usual * (i + 1)) / 13);
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      const { code, signal, out } = await ended;
      ends.push(signal);
      if (code === 0) expect(JSON.parse(out)).toMatchObject({ version, published: true });
      const after = await tipOf(repository());
      const files = [...(await filesIn(repository())).keys()];
      const stored = files.some((path) => path.endsWith(`/${version}.json`));
      expect(stored).toBe(after !== before);
      if (code === 0) expect(stored).toBe(true);
    }
    expect(ends).toContain('SIGINT');
    await expectSound(repository(), { unused: true, begun: true });
    expect(await gitpact('fsck')).toMatchObject({ code: 0 });
    expect(await gitpact('publish', 'next.json', '-a=after')).toMatchObject({ code: 0, err: '' });
  });
});

describe('a read-only repository', () => {
  it('fails with a sentence, a hint and exit code 4, and nothing is written', async () => {
    writePact('two.json', '/rows');
    const where = join(folder, 'read-only.git');
    cpSync(repository(), where, { recursive: true });
    const tip = await tipOf(where);
    execFileSync('chmod', ['-R', 'a-w', where]);
    // Permissions bind root only without its capabilities.
    const powerless = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
    const bin = join(app, 'bin', 'gitpact.js');
    const publish = ['publish', 'two.json', '-a=2', `--repo=${where}`];
    const [file = '', ...args] = [...powerless, process.execPath, bin, ...publish];
    const { code, out, err } = await start(file, args, { cwd: folder }).ended;
    execFileSync('chmod', ['-R', 'u+w', where]);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toBe(
      'gitpact: The contract repository may not be written to by this user.\n' +
        '  Check who owns the repository and whether its file system is mounted read-only.\n',
    );
    expect(await tipOf(where)).toBe(tip);
    await expectSound(where, { unused: true, begun: true });
    expect(await gitpact('fsck', `--repo=${where}`)).toMatchObject({ code: 0 });
  });
});
