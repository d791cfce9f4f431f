import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { git } from '../helpers/git-program.ts';
import { type Desk, desk, newFolder, verified } from './cli.ts';

const latest = 'pacticipants/Web/latest.json';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main', '--tag=dev');
});

const textAt = (path: string) => git(at.repository, 'show', `HEAD:${path}`);

describe('gitpact fsck --repair', () => {
  it('mends a merge of two histories that both published, deployed and verified', async () => {
    const other = join(newFolder(), 'other.git');
    git('/', 'clone', '--quiet', '--bare', at.repository, other);
    for (const [number, repo] of [
      ['3', at.repository],
      ['4', other],
    ] as const) {
      const calls = [
        ['publish', at.pact('Web', 'Api', `/${number}`), `-a=${number}`, '--branch=main', '--tag=dev'],
        [
          'record-verification',
          '--provider=Api',
          `-a=2.${number}`,
          '--consumer=Web',
          `--consumer-version=${number}`,
          '--result=success',
        ],
        ['record-deployment', '-a=Web', `-e=${number}`, '--environment=production'],
      ];
      for (const call of calls)
        expect(await at.gitpact(...call, `--repo=${repo}`)).toMatchObject({ code: 0, err: '' });
    }
    const clone = newFolder();
    git(clone, 'clone', '--quiet', at.repository, '.');
    git(clone, 'pull', '--quiet', '--no-rebase', '--no-edit', '-X', 'ours', other, 'HEAD');
    git(clone, 'push', '--quiet', 'origin', 'HEAD');

    const found = (await at.json('fsck')) as { findings: { rule: string }[] };
    expect(new Set(found.findings.map(({ rule }) => rule))).toEqual(
      new Set(['number-taken', 'slot-taken', 'stale']),
    );
    expect(await at.gitpact('fsck', '--repair')).toMatchObject({ code: 0, err: '' });
    await at.soundTip();
    const orders = ['1.10', '2', '3', '4'].map((number) => {
      const path = git(at.repository, 'ls-tree', '-r', '--name-only', 'HEAD')
        .split('\n')
        .find((one) => one.startsWith('pacticipants/Web/versions/') && one.endsWith(`/${number}.json`));
      return JSON.parse(textAt(path ?? '')).order;
    });
    expect(orders).toEqual([1, 2, 3, 4]);
    for (const number of ['3', '4']) {
      const asked = ['-a=Web', `-e=${number}`, '-a=Api', `-e=2.${number}`];
      expect(await at.gitpact('can-i-deploy', ...asked)).toMatchObject({ code: 0 });
    }
    expect(JSON.parse(textAt('deployments/production.json'))).toMatchObject([
      { pacticipant: 'Api' },
      { version: '4' },
    ]);
  });
});

describe('a store in a repository of other things', () => {
  it.each([
    ['at its root', []],
    ['in a folder', ['--prefix=contracts']],
    ['on a branch', ['--ref=contracts']],
  ])('%s is checked and repaired without a look at the rest', async (_where, place) => {
    const folder = newFolder();
    git(folder, 'init', '--quiet', '-b', 'main');
    const others = {
      'pacts/web-api.json': '{',
      'pacts/x/y.json': '{',
      'results/junit.xml': '<',
      'README.md': '#',
      'readme.md': '#',
      'src/a.ts': 'x',
    };
    const write = (path: string, text: string) => {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const [path, text] of Object.entries(others)) write(path, text);
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'The code');
    const here = (...args: string[]) => at.gitpact(...args, `--repo=${folder}`, ...place);
    expect(await here('init')).toMatchObject({ code: 0 });
    expect(await here('publish', at.pact('Web', 'Api'), '-a=1')).toMatchObject({ code: 0 });
    expect(await here('fsck', '--repair')).toEqual({
      code: 0,
      out: 'The contract repository is sound.\n',
      err: '',
    });

    const ref = place.includes('--ref=contracts') ? 'contracts' : 'main';
    const prefix = place.includes('--prefix=contracts') ? 'contracts/' : '';
    const sound = git(folder, 'rev-parse', `${ref}^{tree}`);
    if (ref !== 'main') git(folder, 'checkout', '--quiet', ref);
    git(folder, 'rm', '--quiet', `${prefix}${latest}`);
    git(folder, 'commit', '--quiet', '--message', 'By hand');
    if (ref !== 'main') git(folder, 'checkout', '--quiet', 'main');
    const found = await here('fsck');
    expect(found.code).toBe(1);
    expect(found.out.split('\n')[0]).toBe(`${latest} is missing, and can be made from the facts`);
    expect(await here('fsck', '--repair')).toMatchObject({ code: 0, err: '' });
    expect(git(folder, 'rev-parse', `${ref}^{tree}`)).toBe(sound);
    expect(git(folder, 'status', '--porcelain')).toBe('');
  });
});
