import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { expectSound, tipOf, titlesOf } from '../helpers/repository.ts';
import { caller, installed, newFolder, tagging } from './installed.ts';

const app = installed();
let folder: string;
let repository: string;

beforeEach(async () => {
  folder = newFolder();
  repository = join(folder, 'contracts.git');
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/seats')));
  expect(await caller(app, folder)('init')).toMatchObject({ code: 0, err: '' });
});

/** Gives the host a hook that every push must pass. */
function hook(...lines: readonly string[]): void {
  const path = join(repository, 'hooks', 'pre-receive');
  mkdirSync(join(repository, 'hooks'), { recursive: true });
  writeFileSync(path, `${['#!/bin/sh', ...lines].join('\n')}\n`);
  chmodSync(path, 0o755);
}

const refusing = ['echo asked >> asked', 'echo "main is protected, ask the platform team" >&2', 'exit 1'];

it('a host that refuses the push: its reason, a hint, exit code 4, nothing written, no second try', async () => {
  const tip = await tipOf(repository);
  hook(...refusing);
  const gitpact = caller(app, folder, `file://${repository}`);
  const { code, out, err } = await gitpact('publish', 'pact.json', '-a=1');
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toContain('pre-receive hook declined (main is protected, ask the platform team)');
  expect(err.trimEnd().split('\n').at(-1)).toContain('--ref');
  expect(readFileSync(join(repository, 'asked'), 'utf8')).toBe('asked\n');
  expect(await tipOf(repository)).toBe(tip);
  await expectSound(repository);
  expect(await gitpact('fsck')).toMatchObject({ code: 0 });
});

it('gitpact exec keeps what cannot be pushed in a file, and push-pending pushes it later', async () => {
  const gitpact = caller(app, folder, `file://${repository}`);
  expect(await gitpact('publish', 'pact.json', '-a=1')).toMatchObject({ code: 0 });
  hook(...refusing);
  const refused = await gitpact('exec', '--', 'sh', '-c', tagging(folder, 'kept'));
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('main is protected') });
  const [, name = ''] = /gitpact push-pending (\S+)/.exec(refused.err) ?? [];
  expect(readdirSync(folder)).toContain(name);
  expect(await gitpact('push-pending', name)).toMatchObject({ code: 4 });
  expect(readdirSync(folder)).toContain(name);
  hook('exit 0');
  expect(await gitpact('push-pending', name)).toMatchObject({ code: 0 });
  expect(readdirSync(folder)).not.toContain(name);
  expect((await titlesOf(repository))[0]).toBe('Tag Web 1 as kept');
});
