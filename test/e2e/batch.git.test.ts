import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { expectSound, titlesOf } from '../helpers/repository.ts';
import { caller, type Exit, installed, newFolder, start, tagging } from './installed.ts';

let app: string;
let folder: string;
let gitpact: (...args: readonly string[]) => Promise<Exit>;

beforeAll(() => {
  app = installed();
});

beforeEach(async () => {
  folder = newFolder();
  gitpact = caller(app, folder);
  expect(await gitpact('init')).toMatchObject({ code: 0 });
  expect(await gitpact('create-environment', '--name=prod', '--production')).toMatchObject({ code: 0 });
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/seats')));
  // What a build calls, whatever its PATH.
  const script = `#!/bin/sh\nexec '${process.execPath}' '${join(app, 'bin', 'gitpact.js')}' "$@"\n`;
  writeFileSync(join(folder, 'gitpact'), script, { mode: 0o755 });
});

const batch = (line: string, ...options: string[]) => gitpact('batch', ...options, '--', 'sh', '-c', line);
const titles = () => titlesOf(join(folder, 'contracts.git'));
const pending = () => readdirSync(folder).filter((name) => name.startsWith('gitpact-pending-'));

async function expectNothingWrong(): Promise<void> {
  await expectSound(join(folder, 'contracts.git'));
  expect(await gitpact('fsck')).toMatchObject({ code: 0 });
}

const publishing = './gitpact publish pact.json -a 1 --branch main';
const deploying = './gitpact record-deployment -a Web -e 1 --environment prod';

describe('gitpact batch', () => {
  it('makes one commit of what its commands write, and each sees what was written before', async () => {
    const before = await titles();
    const asking = './gitpact can-i-deploy -a Web -e 1 --to-environment prod || test $? = 3';
    const ended = await batch(
      `set -e; ${publishing}; ${asking}; ${deploying}; ./gitpact matrix -a Web -a Api`,
    );
    expect(ended).toMatchObject({
      code: 0,
      err: expect.stringContaining('gitpact: recorded 2 changes in one commit.'),
    });
    expect(ended.out).toContain('Pact successfully published');
    expect(ended.out).toContain('│ Web      ┆ 1');
    expect((await titles()).slice(0, -before.length)).toEqual([
      expect.stringMatching(/^Record 2 changes made by sh -c /),
    ]);
    expect(pending()).toEqual([]);
    await expectNothingWrong();
  });

  it('gives the exit code of a failing command, and keeps what was written before it failed', async () => {
    expect(await batch(`${publishing} && exit 7`)).toMatchObject({ code: 7 });
    expect((await titles())[0]).toBe('Publish Web 1 (branch main) for Api');
    expect(await batch('./gitpact publish nowhere.json -a 2')).toMatchObject({ code: 2 });
    expect(await batch('true')).toMatchObject({ code: 0, err: '' });
    expect((await titles())[0]).toBe('Publish Web 1 (branch main) for Api');
  });

  it('lets a folder of its own, a batch in it and calls at the same time take part', async () => {
    const before = (await titles()).length;
    const tagging = (tag: string) => `./gitpact create-version-tag -a Web -e 1 -t ${tag}`;
    const line = `${publishing} && ./gitpact batch -- ${tagging('a')} && (${tagging('b')} & ${tagging('c')} & wait)`;
    expect(await batch(line, '--repo=contracts.git')).toMatchObject({ code: 0 });
    expect((await titles()).length).toBe(before + 1);
    for (const tag of ['a', 'b', 'c']) {
      expect((await gitpact('matrix', `-a=Web`, `--tag=${tag}`, '-a=Api')).out).toContain('│ Web      ┆ 1 ');
    }
  });

  it('takes in what a client records through exec', async () => {
    const before = (await titles()).length;
    const line = `${publishing} && ./gitpact exec -- ${tagging(folder, 'via-http')}`;
    expect(await batch(line)).toMatchObject({ code: 0 });
    expect((await titles()).length).toBe(before + 1);
    expect((await gitpact('matrix', '-a=Web', '--tag=via-http', '-a=Api')).out).toContain('│ Web      ┆ 1 ');
  });

  it('writes what was done when it is interrupted', async () => {
    const line = `${publishing} && echo > ready; exec sleep 30`;
    const bin = join(app, 'bin', 'gitpact.js');
    const running = start(process.execPath, [bin, 'batch', '--', 'sh', '-c', line], {
      cwd: folder,
      env: { GITPACT_REPO: 'contracts.git' },
    });
    while (!readdirSync(folder).includes('ready')) await new Promise((resolve) => setTimeout(resolve, 50));
    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 130 });
    expect((await titles())[0]).toBe('Publish Web 1 (branch main) for Api');
    expect(pending()).toEqual([]);
  });

  it('has kept what was done when it is killed', async () => {
    const before = await titles();
    const line = `${publishing} && echo > ready; exec sleep 3`;
    const bin = join(app, 'bin', 'gitpact.js');
    const running = start(process.execPath, [bin, 'batch', '--', 'sh', '-c', line], {
      cwd: folder,
      env: { GITPACT_REPO: 'contracts.git' },
    });
    while (!readdirSync(folder).includes('ready')) await new Promise((resolve) => setTimeout(resolve, 50));
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await titles()).toEqual(before);
    expect(await gitpact('push-pending', ...pending())).toMatchObject({ code: 0 });
    expect((await titles())[0]).toBe('Publish Web 1 (branch main) for Api');
    await expectNothingWrong();
  });
});

describe('a batch that the host refuses', () => {
  const hook = () => join(folder, 'contracts.git', 'hooks', 'pre-receive');

  async function refused(line: string): Promise<string> {
    writeFileSync(hook(), '#!/bin/sh\necho no writes today >&2\nexit 1\n');
    chmodSync(hook(), 0o755);
    const url = pathToFileURL(join(folder, 'contracts.git')).href;
    const ended = await batch(line, `--repo=${url}`);
    const [file = ''] = pending();
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining(`gitpact push-pending ${file}`) });
    expect(ended.err).toContain('no writes today');
    rmSync(hook());
    return file;
  }

  it('is kept, and pushed later', async () => {
    const before = await titles();
    const file = await refused(`${publishing} && ${deploying}`);
    expect(await titles()).toEqual(before);
    expect(await gitpact('push-pending', file)).toMatchObject({
      code: 0,
      out: `Pushed 2 changes of ${file}.\n`,
    });
    expect((await titles()).length).toBe(before.length + 1);
    expect(pending()).toEqual([]);
    await expectNothingWrong();
  });

  it('is put in line with what others wrote meanwhile', async () => {
    expect(await gitpact('publish', 'pact.json', '-a=0', '--branch=main')).toMatchObject({ code: 0 });
    const file = await refused(`${publishing} && ${deploying}`);
    writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/other')));
    expect(await gitpact('publish', 'pact.json', '-a=2', '--branch=main')).toMatchObject({ code: 0 });
    expect(await gitpact('record-deployment', '-a=Web', '-e=2', '--environment=prod')).toMatchObject({
      code: 0,
    });
    expect(await gitpact('push-pending', file)).toMatchObject({ code: 0 });
    const { out } = await gitpact('matrix', '-a=Web', '-a=Api');
    for (const version of ['0', '1', '2']) expect(out).toContain(`│ Web      ┆ ${version} `);
    await expectNothingWrong();
  });

  it('stays where others have written the same fact', async () => {
    const file = await refused(publishing);
    writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/other')));
    expect(await gitpact('publish', 'pact.json', '-a=1')).toMatchObject({ code: 0 });
    const before = await titles();
    expect(await gitpact('push-pending', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('others have changed it meanwhile'),
    });
    expect(pending()).toEqual([file]);
    expect(await titles()).toEqual(before);
  });
});

it('says so when the batch that a command belongs to is no more', async () => {
  const bin = join(app, 'bin', 'gitpact.js');
  const env = { GITPACT_REPO: 'contracts.git', GITPACT_BATCH: join(folder, 'gone') };
  expect(await start(process.execPath, [bin, 'log'], { cwd: folder, env }).ended).toMatchObject({
    code: 2,
    err: expect.stringContaining('The batch that GITPACT_BATCH names is no more.'),
  });
});
