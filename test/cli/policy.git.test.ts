import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../helpers/git-program.ts';
import { commitFiles, filesIn, leaveOut, tipOf } from '../helpers/repository.ts';
import { gpgHome, sshKey } from '../store/keys.ts';
import { type Desk, desk, verified } from './cli.ts';

const [web, api, ops, thief] = [sshKey(), sshKey('ecdsa'), sshKey('rsa'), sshKey()];
const { home, fingerprints } = gpgHome('grace');

afterAll(() => {
  spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

const policy = (reading = 'all') => `reading: ${reading}
people:
  web-ci:
    ssh: ${web.line}
  api-ci: { ssh: ["${api.line}"] }
  ops: { ssh: "${ops.line}", email: "*@ops.example.org" }
  grace: { gpg: "${fingerprints[0]}" }
rules:
  - { who: web-ci, may: pacts, of: Web }
  - { who: api-ci, may: results, of: Api }
  - { who: [web-ci, api-ci], may: deployments, in: test }
  - { who: [ops, grace], may: everything }
`;

const by = (key: { readonly file: string }, email = 'ci@example.org') => ({
  GITPACT_SIGN_KEY: key.file,
  GIT_COMMITTER_EMAIL: email,
  GNUPGHOME: home,
});
const byOps = by(ops, 'olga@ops.example.org');

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
  await commitFiles(at.repository, { 'policy.yaml': policy() });
});

const readingIt = ['--policy=enforce'] as const;

describe.each(engines)('with the engine %s, a policy', (engine) => {
  const as = (who: Record<string, string>, ...argv: string[]) =>
    at.gitpactWith({ ...who, GITPACT_GIT: engine }, ...argv);
  const publish = (who: Record<string, string>, version: string, path: string) =>
    as(who, 'publish', at.pact('Web', 'Api', path), '-a', version, '--branch=main');

  it('that everybody keeps to is never in the way', async () => {
    const since = await tipOf(at.repository);
    await publish(by(web), '2', '/rows');
    const said = ['--provider=Api', '-a=3', '--consumer=Web', '--branch=main', '--result=success'];
    await as(by(api), 'record-verification', ...said);
    await as(byOps, 'record-deployment', '-a=Web', '-e=2', '--environment=production');
    await as({ ...by(ops), GITPACT_SIGN_KEY: fingerprints[0] ?? '' }, 'create-environment', '--name=test');
    await as(by(web), 'record-deployment', '-a=Web', '-e=2', '--environment=test');
    expect(await as({ GNUPGHOME: home }, 'audit', '--since', since)).toEqual({
      code: 0,
      err: '',
      out: expect.stringMatching(
        /^No fact was tampered with, and nobody broke the policy in 5 commits up to/,
      ),
    });
    const [all, enforced] = await Promise.all(
      [[], readingIt].map((more) => as({ GNUPGHOME: home }, 'matrix', '-a=Web', '-o=json', ...more)),
    );
    expect(enforced).toEqual(all);
  });

  it('is kept to with the key that a code base names, unless a call says otherwise', async () => {
    const since = await tipOf(at.repository);
    at.write('.gitpact.yaml', `sign: true\nsignKey: ${web.file}\n`);
    const pact = at.pact('Web', 'Api', '/rows');
    await as({}, 'publish', pact, '-a=2', '--branch=main');
    expect((await as({}, 'audit', '--since', since)).code).toBe(0);
    await as({}, 'publish', pact, '-a=3', '--branch=main', '--no-sign');
    await as({ GITPACT_SIGN: '0' }, 'publish', pact, '-a=4', '--branch=main');
    expect((await as({}, 'audit', '--since', since)).out).toContain('broken in 2 of 3 commits');
  });

  it('names who broke it and how: without a signature, with another key, beyond what is theirs', async () => {
    const since = await tipOf(at.repository);
    await publish({ GIT_COMMITTER_EMAIL: 'olga@ops.example.org' }, '2', '/rows');
    await publish(by(thief), '3', '/columns');
    await as(by(web), 'record-deployment', '-a=Web', '-e=1.10', '--environment=production');
    await as(by(ops, 'olga@elsewhere.example.org'), 'create-environment', '--name=test');
    const { code, out, err } = await as({}, 'audit', '--since', since);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('The policy was broken in 4 of 4 commits');
    expect(out).toContain('committed by <olga@ops.example.org>, not signed');
    expect(out).toContain(`signed with ${thief.line.split(' ').slice(0, 2).join(' ')}`);
    expect(out).toMatch(/versions\/.*1\.10\.json was changed, which needs deployments of Web in production/);
    expect(out).toContain('environments/test.yaml was added, which needs environments in test');
    const told = JSON.parse((await as({}, 'audit', '--since', since, '-o=json')).out);
    expect(told).toMatchObject({ commits: 4, judged: 4, findings: expect.any(Array) });
    expect(told.findings.every((one: { breaksPolicy: boolean }) => one.breaksPolicy)).toBe(true);
  });

  it('is not changed by whom it does not let: nobody grants themselves', async () => {
    const since = await tipOf(at.repository);
    await commitFiles(at.repository, { 'policy.yaml': 'otherwise: allow\n' });
    await publish(by(thief), '2', '/rows');
    const { out } = await as({}, 'audit', '--since', since);
    expect(out).toContain('policy.yaml was changed, which needs policy');
    expect(out).toContain('The policy was broken in 2 of 2 commits');
  });

  it('is believed more than the trailers of a commit', async () => {
    for (const version of ['2', '3']) await publish(by(web), version, '/rows');
    const since = await tipOf(at.repository);
    await as(by(web), 'clean', '--keep-version-selectors=[{"latest":true}]');
    const { code, out } = await as({}, 'audit', '--since', since);
    expect(code).toBe(1);
    expect(out).not.toContain('tampered');
    expect(out).toMatch(/was removed, which needs clean of Web/);
  });

  it('leaves out what breaks it: publications, results, deployments and deletions', async () => {
    const questions = [
      ['matrix', '-a=Web', '-o=json'],
      ['can-i-deploy', '-a=Web', '-e=1.10', '--to-environment=production', '-o=json'],
      ['list-latest-pact-versions', '-o=json'],
      ['list-environments', '-o=json'],
      ['describe-version', '-a=Web', '-o=json'],
      ['list-pacticipants', '-o=json'],
    ];
    const answers = async (...more: string[]) => {
      const found = [];
      for (const question of questions) found.push(await as({}, ...question, ...more));
      return found;
    };
    const before = await answers();
    expect(before.map(({ out }) => out)).not.toContain('');
    await publish(by(thief), '2', '/rows');
    await as(by(thief), 'publish', at.pact('Other', 'Api'), '-a=1', '--branch=main');
    const failed = ['--provider=Api', '-a=2.0', '--consumer=Web', '--branch=main', '--result=failed'];
    await as(by(web), 'record-verification', ...failed);
    await as(by(api), 'record-deployment', '-a=Api', '-e=2.0', '--environment=production');
    await as(by(thief), 'create-environment', '--name=shadow', '--production');
    await as(by(thief), 'delete-branch', '-a=Web', '--branch=main');
    await commitFiles(at.repository, {
      'deployments/production.json': '[]\n',
      'pacticipants/Web': undefined,
    });
    const enforced = await answers(...readingIt);
    expect(enforced.map(({ code, out }) => ({ code, out }))).toEqual(
      before.map(({ code, out }) => ({ code, out })),
    );
    expect(enforced[0]?.err).toMatch(
      /^gitpact: \d+ changes that break the policy, by .*ci@example\.org.*, are left out: gitpact audit shows them\n$/,
    );
    expect((await answers())[0]?.out).not.toEqual(before[0]?.out);
  });

  it('is enforced in a batch, too, while writes of it wait', async () => {
    await publish(by(thief), '2', '/rows');
    const call = (...words: string[]) => words.map((word) => `'${word}'`).join(' ');
    const bin = new URL('../../bin/gitpact.js', import.meta.url).pathname;
    const steps = [
      call(process.execPath, bin, 'create-version-tag', '-a=Web', '-e=1.10', '--tag=mine'),
      `${call(process.execPath, bin, 'describe-version', '-a=Web', '-e=1.10', '-o=json')} > own.json`,
      `${call(process.execPath, bin, 'matrix', '-a=Web', '-o=json', ...readingIt)} > matrix.json`,
    ];
    const script = at.write('steps.sh', steps.join(' && '));
    expect(await as(by(web), 'batch', '--', 'sh', script)).toMatchObject({ code: 0 });
    const printed = (name: string) => JSON.parse(readFileSync(join(at.folder, name), 'utf8'));
    expect(JSON.stringify(printed('own.json'))).toContain('mine');
    const { matrix } = printed('matrix.json');
    const versions = matrix.map(
      (row: { consumer: { version: { number: string } } }) => row.consumer.version.number,
    );
    expect(versions).toEqual(['1.10']);
  });

  it('is in force beyond an archive, also where that cannot be had', async () => {
    const archived = JSON.parse((await as(byOps, 'archive', '-o=json')).out);
    await publish(by(thief), '2', '/rows');
    expect((await as({}, 'audit')).out).toContain('The policy was broken in 1 of');
    leaveOut(at.repository, archived);
    const { out } = await as({ GITPACT_CACHE: `${at.folder}/other` }, 'audit');
    expect(out).toContain('The policy was broken in 1 of 2 commits');
  });

  it('may ask readers itself to leave out what breaks it', async () => {
    const asked = policy('enforced');
    at = await desk();
    await verified(at);
    await commitFiles(at.repository, { 'policy.yaml': asked });
    const ask = (...more: string[]) => as({}, 'describe-pacticipant', '--name=Web', '-o=json', ...more);
    const before = await ask();
    await commitFiles(at.repository, { 'pacticipants/Web/pacticipant.yaml': 'nonsense' });
    expect((await ask('--policy=ignore')).err).toContain('pacticipants/Web/pacticipant.yaml');
    expect(before).toMatchObject({ code: 0, err: '' });
    expect(await ask()).toMatchObject({
      code: 0,
      out: before.out,
      err: expect.stringMatching(
        /^gitpact: 1 change that breaks the policy, by somebody@example\.org, is left/,
      ),
    });
  });

  it('takes what a permitted commit wrote beside what was not permitted, and nothing else', async () => {
    await as(by(thief), 'create-version-tag', '-a=Web', '-e=1.10', '--tag=stolen');
    await as(by(web), 'create-version-tag', '-a=Web', '-e=1.10', '--tag=kept');
    const { out } = await as({}, 'describe-version', '-a=Web', '-e=1.10', '-o=json', ...readingIt);
    expect(out).toContain('kept');
    expect(out).not.toContain('stolen');
    expect([...(await filesIn(at.repository)).keys()].join()).toContain('stolen');
  });
});
