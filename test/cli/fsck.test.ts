import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk, newFolder, verified } from './cli.ts';

const latest = 'pacticipants/Web/latest.json';
const version = 'pacticipants/Web/versions/da/2.json';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main', '--tag=dev');
});

const who = ['-c', 'user.name=Somebody', '-c', 'user.email=s@example.org'];

function gitIn(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...who, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Edits files of the contract repository by hand and commits them; `undefined` removes one. */
function byHand(files: Readonly<Record<string, string | undefined>>): void {
  const clone = newFolder();
  gitIn(clone, 'clone', '--quiet', at.repository, '.');
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) gitIn(clone, 'rm', '--quiet', '-r', path);
    else {
      mkdirSync(join(clone, dirname(path)), { recursive: true });
      writeFileSync(join(clone, path), text);
    }
  }
  gitIn(clone, 'add', '--all');
  gitIn(clone, 'commit', '--quiet', '--message', 'By hand');
  gitIn(clone, 'push', '--quiet', 'origin', 'HEAD');
}

const head = (what = 'HEAD') => at.git('rev-parse', what).trim();
const textAt = (path: string) => at.git('show', `HEAD:${path}`);

describe('gitpact fsck --repair', () => {
  it.each(['git', 'isomorphic'])(
    'brings back the very same tree, as one commit (engine %s)',
    async (engine) => {
      const sound = head('HEAD^{tree}');
      byHand({
        [latest]: '{"number": "1.10", "order": 7}\n',
        deployments: undefined,
        'pacts/provider/Api/consumer/Web/branch': undefined,
        'pacts/provider/Api/consumer/Web/tag/00/old.json': 'old\n',
        [version]: JSON.stringify(JSON.parse(textAt(version))),
      });
      const broken = head();
      const first = await at.gitpact('fsck');
      expect(first.code).toBe(1);
      expect(first.out).toContain(`${latest} does not say what the facts say\n`);
      expect(first.out).toContain(`${version} is not in canonical form\n  Run \`gitpact fsck --repair\``);
      expect(head()).toBe(broken);

      const repaired = await at.gitpactWith({ GITPACT_GIT: engine }, 'fsck', '--repair');
      expect(repaired).toMatchObject({ code: 0, err: '' });
      expect(repaired.out).toContain(`${latest} does not say what the facts say: repaired\n`);
      expect(repaired.out).toMatch(/\n\d things were repaired\.\nThe contract repository is sound\.\n$/);
      expect(head('HEAD^')).toBe(broken);
      expect(head('HEAD^{tree}')).toBe(sound);
      expect(at.git('log', '-1', '--format=%s%n%(trailers:key=Event)').trim()).toBe(
        'Repair the contract repository: what follows from the facts, made anew\nEvent: repaired',
      );

      const tip = await at.soundTip();
      expect(await at.gitpact('fsck', '--repair')).toEqual({
        code: 0,
        out: 'The contract repository is sound.\n',
        err: '',
      });
      expect(head()).toBe(tip);
    },
  );

  it('says what remains for a human, with a hint, and leaves it', async () => {
    byHand({ 'pacticipants/notes.txt': 'hello\n', [latest]: undefined });
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(1);
    expect(out).toBe(
      `${latest} is missing, and can be made from the facts: repaired\n` +
        'pacticipants/notes.txt does not belong in a contract repository\n' +
        '  Move it out of the folders of the contract repository, or remove it.\n' +
        'One thing was repaired.\nOne thing is not as it should be.\n',
    );
    expect(textAt('pacticipants/notes.txt')).toBe('hello\n');
  });

  it('leaves derived files alone while a fact cannot be read', async () => {
    byHand({ [version]: '{\n', [latest]: undefined });
    const tip = head();
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(1);
    expect(out).toContain(`${version} is not JSON\n  Take the file as it was from the history`);
    expect(out).toContain('Derived files were not looked at');
    expect(head()).toBe(tip);
  });

  it('mends a merge of two histories that both published, deployed and verified', async () => {
    const other = join(newFolder(), 'other.git');
    execFileSync('git', ['clone', '--quiet', '--bare', at.repository, other], { stdio: 'pipe' });
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
    gitIn(clone, 'clone', '--quiet', at.repository, '.');
    gitIn(clone, 'pull', '--quiet', '--no-rebase', '--no-edit', '-X', 'ours', other, 'HEAD');
    gitIn(clone, 'push', '--quiet', 'origin', 'HEAD');

    const found = (await at.json('fsck')) as { findings: { rule: string }[] };
    expect(new Set(found.findings.map(({ rule }) => rule))).toEqual(
      new Set(['number-taken', 'slot-taken', 'stale']),
    );
    expect(await at.gitpact('fsck', '--repair')).toMatchObject({ code: 0, err: '' });
    await at.soundTip();
    const orders = ['1.10', '2', '3', '4'].map((number) => {
      const path = at
        .git('ls-tree', '-r', '--name-only', 'HEAD')
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

  it('is not for the past', async () => {
    const { code, out, err } = await at.gitpact('fsck', '--repair', '--at', head('HEAD^'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('--at');
  });
});

describe('gitpact fsck', () => {
  it('tells JSON of a stable shape', async () => {
    expect(await at.json('fsck')).toEqual({
      sound: true,
      derivedFilesChecked: true,
      findings: [],
      repaired: [],
    });
    byHand({ [latest]: undefined });
    const finding = { path: latest, rule: 'stale', text: 'is missing, and can be made from the facts' };
    expect(await at.json('fsck')).toEqual({
      sound: false,
      derivedFilesChecked: true,
      findings: [
        { ...finding, severity: 'error', repairable: true, hint: expect.stringContaining('--repair') },
      ],
      repaired: [],
    });
    expect(await at.json('fsck', '--repair')).toEqual({
      sound: true,
      derivedFilesChecked: true,
      findings: [],
      repaired: [finding],
    });
  });

  it('takes a field it does not know for a note: sound, and never rewritten', async () => {
    const settings = `${textAt('gitpact.yaml')}stict: true\n`;
    byHand({ 'gitpact.yaml': settings, [version]: textAt(version).replace('{', '{\n  "colour": "red",') });
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(0);
    expect(out).toContain('note: gitpact.yaml has the unknown field stict\n');
    expect(out).toContain(`note: ${version} has the unknown field colour\n  Was it misspelt`);
    expect(textAt(version)).toContain('colour');
  });

  it('tells of settings that cannot be read', async () => {
    byHand({ 'gitpact.yaml': 'format: 1\nstrict: maybe\n' });
    expect(await at.gitpact('fsck')).toMatchObject({
      code: 1,
      out: expect.stringContaining('gitpact.yaml has a `strict` that is neither true nor false\n'),
    });
  });

  it('sees what bytes Git has: no UTF-8, and a link in place of a file', async () => {
    const clone = newFolder();
    gitIn(clone, 'clone', '--quiet', at.repository, '.');
    writeFileSync(
      join(clone, version),
      Buffer.concat([Buffer.from(textAt(version).slice(0, -3)), Buffer.from([0xff, 0x22, 0x0a, 0x7d])]),
    );
    execFileSync('ln', ['-sf', '../../../gitpact.yaml', join(clone, 'environments', 'production.yaml')]);
    gitIn(clone, 'commit', '--quiet', '--all', '--message', 'By hand');
    gitIn(clone, 'push', '--quiet', 'origin', 'HEAD');
    const { findings } = (await at.json('fsck')) as { findings: { path: string; text: string }[] };
    expect(findings.map(({ path, text }) => `${path} ${text}`)).toEqual([
      'environments/production.yaml is not an object',
      `${version} is not UTF-8`,
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
    gitIn(folder, 'init', '--quiet', '-b', 'main');
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
    gitIn(folder, 'add', '--all');
    gitIn(folder, 'commit', '--quiet', '--message', 'The code');
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
    const sound = gitIn(folder, 'rev-parse', `${ref}^{tree}`);
    if (ref !== 'main') gitIn(folder, 'checkout', '--quiet', ref);
    gitIn(folder, 'rm', '--quiet', `${prefix}${latest}`);
    gitIn(folder, 'commit', '--quiet', '--message', 'By hand');
    if (ref !== 'main') gitIn(folder, 'checkout', '--quiet', 'main');
    const found = await here('fsck');
    expect(found.code).toBe(1);
    expect(found.out.split('\n')[0]).toBe(`${latest} is missing, and can be made from the facts`);
    expect(await here('fsck', '--repair')).toMatchObject({ code: 0, err: '' });
    expect(gitIn(folder, 'rev-parse', `${ref}^{tree}`)).toBe(sound);
    expect(gitIn(folder, 'status', '--porcelain')).toBe('');
  });
});
