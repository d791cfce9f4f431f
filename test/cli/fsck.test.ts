import { beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, commitsOf, textIn, tipOf } from '../helpers/repository.ts';
import { type Desk, desk, verified } from './cli.ts';

const latest = 'pacticipants/Web/latest.json';
const version = 'pacticipants/Web/versions/da/2.json';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main', '--tag=dev');
});

const byHand = (edits: Parameters<typeof commitFiles>[1]) => commitFiles(at.repository, edits);
const head = () => tipOf(at.repository);
const textAt = (path: string) => textIn(at.repository, path);

describe('gitpact fsck --repair', () => {
  it.each([
    ['of this machine', {}],
    ['isomorphic', { GITPACT_GIT: 'isomorphic' }],
  ])('brings back the very same tree, as one commit (engine %s)', async (_which, engine) => {
    const [sound] = await commitsOf(at.repository);
    await byHand({
      [latest]: '{"number": "1.10", "order": 7}\n',
      deployments: undefined,
      'pacts/provider/Api/consumer/Web/branch': undefined,
      'pacts/provider/Api/consumer/Web/tag/00/old.json': 'old\n',
      [version]: JSON.stringify(JSON.parse(await textAt(version))),
    });
    const broken = await head();
    const first = await at.gitpact('fsck');
    expect(first.code).toBe(1);
    expect(first.out).toContain(`${latest} does not say what the facts say\n`);
    expect(first.out).toContain(`${version} is not in canonical form\n  Run \`gitpact fsck --repair\``);
    expect(await head()).toBe(broken);

    const repaired = await at.gitpactWith(engine, 'fsck', '--repair');
    expect(repaired).toMatchObject({ code: 0, err: '' });
    expect(repaired.out).toContain(`${latest} does not say what the facts say: repaired\n`);
    expect(repaired.out).toMatch(/\n\d things were repaired\.\nThe contract repository is sound\.\n$/);
    const [repair] = await commitsOf(at.repository);
    expect(repair).toMatchObject({ parent: [broken], tree: sound?.tree });
    expect(repair?.message).toContain(
      'Repair the contract repository: what follows from the facts, made anew\n\nEvent: repaired\n',
    );

    const tip = await at.soundTip();
    expect(await at.gitpact('fsck', '--repair')).toEqual({
      code: 0,
      out: 'The contract repository is sound.\n',
      err: '',
    });
    expect(await head()).toBe(tip);
  });

  it('says what remains for a human, with a hint, and leaves it', async () => {
    await byHand({ 'pacticipants/notes.txt': 'hello\n', [latest]: undefined });
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(1);
    expect(out).toBe(
      `${latest} is missing, and can be made from the facts: repaired\n` +
        'pacticipants/notes.txt does not belong in a contract repository\n' +
        '  Move it out of the folders of the contract repository, or remove it.\n' +
        'One thing was repaired.\nOne thing is not as it should be.\n',
    );
    expect(await textAt('pacticipants/notes.txt')).toBe('hello\n');
  });

  it('leaves derived files alone while a fact cannot be read', async () => {
    await byHand({ [version]: '{\n', [latest]: undefined });
    const tip = await head();
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(1);
    expect(out).toContain(`${version} is not JSON\n  Take the file as it was from the history`);
    expect(out).toContain('Derived files were not looked at');
    expect(await head()).toBe(tip);
  });

  it('is not for the past', async () => {
    const [newest] = await commitsOf(at.repository);
    const { code, out, err } = await at.gitpact('fsck', '--repair', '--at', newest?.parent[0] ?? '');
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
    await byHand({ [latest]: undefined });
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
    const settings = `${await textAt('gitpact.yaml')}stict: true\n`;
    await byHand({
      'gitpact.yaml': settings,
      [version]: (await textAt(version)).replace('{', '{\n  "colour": "red",'),
    });
    const { code, out } = await at.gitpact('fsck', '--repair');
    expect(code).toBe(0);
    expect(out).toContain('note: gitpact.yaml has the unknown field stict\n');
    expect(out).toContain(`note: ${version} has the unknown field colour\n  Was it misspelt`);
    expect(await textAt(version)).toContain('colour');
  });

  it('tells of settings that cannot be read', async () => {
    await byHand({ 'gitpact.yaml': 'format: 1\nstrict: maybe\n' });
    expect(await at.gitpact('fsck')).toMatchObject({
      code: 1,
      out: expect.stringContaining('gitpact.yaml has a `strict` that is neither true nor false\n'),
    });
  });

  it('sees what bytes Git has: no UTF-8, and a link in place of a file', async () => {
    const text = (await textAt(version)).slice(0, -3);
    await byHand({
      [version]: Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x22, 0x0a, 0x7d])]),
      'environments/production.yaml': { link: '../../../gitpact.yaml' },
    });
    const { findings } = (await at.json('fsck')) as { findings: { path: string; text: string }[] };
    expect(findings.map(({ path, text }) => `${path} ${text}`)).toEqual([
      'environments/production.yaml is not an object',
      `${version} is not UTF-8`,
    ]);
  });
});
