import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../helpers/git-program.ts';
import { commitFiles, tipOf } from '../helpers/repository.ts';
import { asOrdinaryUser } from '../store/places.ts';
import { type Desk, desk, expectTold, newFolder, pactBetween } from './cli.ts';

const text = JSON.stringify(pactBetween('Web', 'Api', '/'));

let at: Desk;

beforeAll(async () => {
  at = await desk();
  await at.gitpact('publish', at.write('sound.json', text), '-a=1');
});

describe('a place where no folder can be', () => {
  it.each(engines)('is named, engine %s', async (GITPACT_GIT) => {
    const file = join(at.folder, at.write('file', ''));
    const told = (code: number, says: string, hint: string) => ({ code, says: [says], hint });
    const inTheWay = 'there is a file where a folder must be.';
    const calls = [
      [{}, ['init', `--repo=${file}`], told(2, `cannot be made at ${file}: ${inTheWay}`, 'another path')],
      [{}, ['init', `--repo=${file}/x`], told(2, `cannot be made at ${file}/x: ${inTheWay}`, 'another path')],
      [{}, ['log', `--repo=${file}`], told(2, 'it is a file, not a folder.', 'Check --repo')],
      [{}, ['log', `--repo=file://${file}`], told(2, 'it is a file, not a folder.', 'Check --repo')],
    ] as const;
    for (const [env, call, expected] of calls) {
      expectTold(await at.gitpactWith({ GITPACT_GIT, ...env }, ...call), expected);
    }
  });

  it.each(engines)('is told from one where this user may not write, engine %s', async (engine) => {
    const closed = join(at.folder, `closed-${engine}`);
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await asOrdinaryUser(async () => {
      const ended = await at.gitpactWith({ GITPACT_GIT: engine }, 'init', `--repo=${closed}/new.git`);
      const says = [`cannot be made at ${closed}/new.git: this user may not write there.`];
      expectTold(ended, { code: 4, says, hint: 'another path' });
    });
    chmodSync(closed, 0o700);
  });
});

describe('a repository that', () => {
  const call = ['publish', 'sound.json', '-a=2'];

  it.each([
    [
      'is not there',
      'nowhere.git',
      ['nowhere.git is not a Git repository: there is no such folder.'],
      'gitpact init',
    ],
    [
      'is not on this host',
      'file:///nowhere/at/all.git',
      ['/nowhere/at/all.git is not a Git repository: there is no such folder.'],
      'gitpact init',
    ],
    [
      'has another protocol',
      'ftp://example.org/x',
      ['"ftp://example.org/x" is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
    [
      'looks like an option',
      '--upload-pack=touch x',
      ['is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
    [
      'runs a program',
      'ext::sh -c touch% x',
      ['is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
  ])('%s is refused in words', async (_what, repo, says, hint) => {
    const calls = [call, ['matrix', '-a=Web'], ['can-i-deploy', '-a=Web', '-e=1'], ['log'], ['fsck']];
    for (const one of calls) expectTold(await at.gitpact(...one, `--repo=${repo}`), { code: 2, says, hint });
  });

  it('is an ordinary folder is refused in words', async () => {
    const repo = newFolder();
    for (const one of [call, ['matrix', '-a=Web'], ['log']]) {
      const ended = await at.gitpact(...one, `--repo=${repo}`);
      expectTold(ended, { code: 2, says: ['is not a Git repository'], hint: 'gitpact init' });
    }
  });

  it('cannot be reached is no fault of the question', async () => {
    const ended = await at.gitpact('matrix', '-a=Web', '--repo=http://127.0.0.1:1/x.git');
    expectTold(ended, { code: 4, says: ['cannot be reached'], hint: 'Check the network and --repo' });
  });

  it('has no contracts is refused in words', async () => {
    const other = await desk();
    const elsewhere = ['--ref=elsewhere', '--prefix=somewhere'];
    for (const where of elsewhere) {
      const ended = await other.gitpact('matrix', '-a=Web', where);
      expectTold(ended, { code: 2, says: ['gitpact.yaml is missing'], hint: 'gitpact init' });
    }
    const asked = await at.gitpact('init');
    expectTold(asked, { code: 2, says: ['This is a contract repository already.'], hint: 'gitpact publish' });
  });

  it('has a newer format is refused in words by every command', async () => {
    const newer = await desk();
    newer.write('sound.json', text);
    await newer.gitpact('publish', 'sound.json', '-a=1');
    await commitFiles(newer.repository, { 'gitpact.yaml': 'format: 2\n' });
    const before = await tipOf(newer.repository);
    const calls = [
      call,
      ['matrix', '-a=Web'],
      ['can-i-deploy', '-a=Web', '-e=1'],
      ['log'],
      ['fsck'],
      ['create-environment', '--name=x'],
    ];
    for (const one of calls) {
      const ended = await newer.gitpact(...one);
      expectTold(ended, {
        code: 2,
        says: ['This contract repository has format 2; this gitpact knows format 1.'],
        hint: 'Upgrade gitpact',
      });
    }
    expect(await tipOf(newer.repository)).toBe(before);
  });

  it('has a file that was damaged by hand is named by the command that reads it', async () => {
    const damaged = await desk();
    await damaged.gitpact('publish', damaged.write('sound.json', text), '-a=1');
    await commitFiles(damaged.repository, { 'pacticipants/Web/pacticipant.yaml': 'name: [\n' });
    const { code, out } = await damaged.gitpact('fsck');
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringContaining('pacticipants/Web/pacticipant.yaml'),
    });
    const ended = await damaged.gitpact('publish', 'sound.json', '-a=2', '--branch=main');
    expectTold(ended, {
      code: 2,
      says: ['The file pacticipants/Web/pacticipant.yaml of the contract repository is not YAML'],
      hint: 'gitpact fsck',
    });
  });
});
