import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { git } from '../helpers/git-program.ts';
import { titlesOf } from '../helpers/repository.ts';
import { type Desk, desk, type Ended } from './cli.ts';

let at: Desk;
let code: string;
let head: string;

/** A code base with a Git repository of its own, whose `.gitpact.yaml` names the contracts of the desk. */
beforeEach(async () => {
  at = await desk();
  code = join(at.folder, 'web');
  at.pact('Web', 'Api', '/seats', 'web/pacts/web-api.json');
  at.write('web/.gitpact.yaml', 'repo: ../contracts.git\npacticipant: Web\npacts: pacts/*.json\n');
  git(code, 'init', '-q', '-b', 'main', '.');
  git(code, 'add', '.');
  git(code, 'commit', '-qm', 'First');
  head = git(code, 'rev-parse', 'HEAD');
});

async function inCode(
  argv: readonly string[],
  { env = {}, cwd = code }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const ended = await main({
    argv,
    env: { PATH: process.env.PATH, HOME: at.folder, ...env },
    cwd,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    now: () => new Date('2026-01-02T00:00:00Z'),
    columns: 100,
    colour: false,
  });
  return { code: ended, out: out.join(''), err: err.join('') };
}

const newestTitle = async () => (await titlesOf(at.repository))[0];

describe('a build without flags', () => {
  it('publishes, asks and tells in the version of its commit, and says what it guessed', async () => {
    const published = await inCode(['publish']);
    expect(published.err).toBe(
      `gitpact: version ${head} (from HEAD of Git), branch main (from HEAD of Git)\n`,
    );
    expect(published.code).toBe(0);
    expect(await newestTitle()).toBe(`Publish Web ${head} (branch main) for Api`);
    expect(await inCode(['drift'])).toEqual({
      code: 0,
      err: published.err,
      out: `✓ The pact of Web with Api is the one published for version ${head}.\nNothing has drifted.\n`,
    });
    await at.gitpact('create-environment', '--name=production', '--production');
    const asked = await inCode(['can-i-deploy', '--to-environment=production']);
    expect(asked).toMatchObject({ code: 3, err: `gitpact: version ${head} (from HEAD of Git)\n` });
    expect(asked.out).toContain(`version ${head} of Web`);
    expect((await inCode(['record-deployment', '--environment=production'])).code).toBe(0);
    expect(await newestTitle()).toContain(`Web ${head}`);
  });

  it('does so from a folder below, and not from one above', async () => {
    mkdirSync(join(code, 'src', 'deep'), { recursive: true });
    expect((await inCode(['publish'], { cwd: join(code, 'src', 'deep') })).code).toBe(0);
    expect(await newestTitle()).toBe(`Publish Web ${head} (branch main) for Api`);
    expect(await inCode(['publish'], { cwd: at.folder })).toMatchObject({
      code: 2,
      err: expect.stringContaining('--consumer-app-version: is missing, and neither the CI nor Git tells it'),
    });
  });

  it('does not read the file above another code base', async () => {
    at.write('web/vendor/lib/.keep', '');
    git(join(code, 'vendor', 'lib'), 'init', '-q', '.');
    const ended = await inCode(['publish', '-a=1'], { cwd: join(code, 'vendor', 'lib') });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('<file|folder|glob>…: is missing') });
  });

  it('asks about the version that is named, of its own pacticipant', async () => {
    await inCode(['publish']);
    const asked = await inCode(['can-i-deploy', '--branch=main']);
    expect(asked).toMatchObject({ err: '' });
    expect(asked.out).toContain(head);
  });
});

describe('what is told beats what is guessed', () => {
  const ci = { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'c'.repeat(40), GITHUB_REF: 'refs/heads/from-ci' };

  it.each([
    ['a flag', ['-a', 'flag', '--branch', 'b'], { ...ci, GITPACT_APP_VERSION: 'env' }, 'Web flag (branch b)'],
    ['a variable', [], { ...ci, GITPACT_APP_VERSION: 'env', GITPACT_BRANCH: 'e' }, 'Web env (branch e)'],
    ['the older variable', [], { GITPACT_CONSUMER_APP_VERSION: 'env', GITPACT_APP_VERSION: 'x' }, 'Web env'],
    ['the CI', [], ci, `Web ${'c'.repeat(40)} (branch from-ci)`],
    ['a version of one’s own, without a branch then', ['-a', 'mine'], ci, 'Web mine'],
  ])('%s', async (_what, argv, env, title) => {
    expect((await inCode(['publish', ...argv], { env })).code).toBe(0);
    expect(await newestTitle()).toBe(`Publish ${title} for Api`);
  });

  it('a flag or variable for the repository beats the file, and takes its folder with it', async () => {
    appendFileSync(join(code, '.gitpact.yaml'), 'prefix: elsewhere\n');
    expect((await inCode(['publish'])).err).toContain('There is no contract repository here');
    expect(await inCode(['publish', '--repo', '../contracts.git'])).toMatchObject({ code: 0 });
    expect(await inCode(['publish'], { env: { GITPACT_REPO: at.repository } })).toMatchObject({ code: 0 });
  });
});

describe('branches', () => {
  it('are recorded by the rules of the file, which tag, too', async () => {
    appendFileSync(
      join(code, '.gitpact.yaml'),
      'branches: { "release/*": { as: release, tags: [candidate] } }\n',
    );
    git(code, 'switch', '-qc', 'release/1.2');
    const { err } = await inCode(['publish']);
    expect(err).toContain(
      'branch release (from release/1.2 by .gitpact.yaml), tags candidate (by .gitpact.yaml)',
    );
    expect(await newestTitle()).toBe(`Publish Web ${head} (branch release) for Api`);
    const { out } = await inCode(['can-i-deploy', '-a=Web', '--latest=candidate']);
    expect(out).toContain(head);
  });

  it('are known of a detached HEAD where one alone is at its commit', async () => {
    git(code, 'switch', '-q', '--detach');
    expect((await inCode(['publish'])).err).toContain('branch main (from the one branch of Git at HEAD)');
    git(code, 'branch', 'other');
    expect((await inCode(['publish'])).err).toBe(`gitpact: version ${head} (from HEAD of Git)\n`);
  });

  it('and commits are known of a shallow clone and of a linked work tree', async () => {
    git(code, 'commit', '-q', '--allow-empty', '-m', 'Second');
    const second = git(code, 'rev-parse', 'HEAD');
    git(at.folder, 'clone', '-q', '--depth=1', `file://${code}`, 'shallow');
    git(code, 'worktree', 'add', '-q', '-b', 'linked', '../linked', head);
    const told = (version: string, branch: string) =>
      `gitpact: version ${version} (from HEAD of Git), branch ${branch} (from HEAD of Git)\n`;
    expect((await inCode(['publish'], { cwd: join(at.folder, 'shallow') })).err).toBe(told(second, 'main'));
    expect((await inCode(['publish'], { cwd: join(at.folder, 'linked') })).err).toBe(told(head, 'linked'));
  });

  it('are not known before the first commit', async () => {
    git(at.folder, 'init', '-q', '-b', 'main', 'empty');
    const ended = await inCode(['publish', '../web/pacts/web-api.json'], { cwd: join(at.folder, 'empty') });
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('neither the CI nor Git tells it') });
  });
});

describe('where the code lies', () => {
  it('is told of the pacticipant of the code base, without a token that a CI put into the URL, and of no other', async () => {
    git(code, 'remote', 'add', 'origin', 'https://ci:s3cret@git.example/acme/web.git');
    const own = await inCode(['create-or-update-pacticipant', '--main-branch=main']);
    expect(own).toMatchObject({
      code: 0,
      err: 'gitpact: repository URL https://git.example/acme/web.git (from origin of Git)\n',
    });
    expect(await inCode(['create-or-update-pacticipant', '--name=Api'])).toMatchObject({ code: 0, err: '' });
    const described = await inCode(['describe-pacticipant', '--output=json']);
    expect(JSON.parse(described.out)).toMatchObject({
      name: 'Web',
      repositoryUrl: 'https://git.example/acme/web.git',
    });
  });
});

it('finds out the rest of a version that is given when it is asked to', async () => {
  const { err } = await inCode(['publish', '-a=1', '--auto-detect-version-properties']);
  expect(err).toBe('gitpact: branch main (from HEAD of Git)\n');
  expect(await newestTitle()).toBe('Publish Web 1 (branch main) for Api');
});

it('works through isomorphic-git as through git', async () => {
  const { err } = await inCode(['publish'], { env: { GITPACT_GIT: 'isomorphic' } });
  expect(err).toBe(`gitpact: version ${head} (from HEAD of Git), branch main (from HEAD of Git)\n`);
});
