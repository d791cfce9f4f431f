import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { archiveHistory } from '../../src/store/archive.ts';
import { engines, git } from '../helpers/git-program.ts';
import { commitsOf, expectSound } from '../helpers/repository.ts';
import { puts } from './contract.ts';
import { gpgHome, sshKey } from './keys.ts';
import { bareRepository, env, newFolder, openAt, servedRepository } from './places.ts';

const key = sshKey();
const allowed = join(newFolder(), 'allowed');
writeFileSync(allowed, `committer@example.org ${key.line}\n`);
const { home, fingerprints } = gpgHome('ada');

afterAll(() => {
  spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

const who = { GIT_COMMITTER_NAME: 'C', GIT_COMMITTER_EMAIL: 'committer@example.org' };

/** What git says of the signature of the newest commit. */
function verdict(repository: string): string {
  const args = ['-c', `gpg.ssh.allowedSignersFile=${allowed}`, 'verify-commit', '--raw', 'HEAD'];
  const { status, stderr } = spawnSync('git', args, {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, GNUPGHOME: home },
  });
  return `${status} ${stderr}`;
}

describe.each(engines)('with the engine %s, a commit is signed', (engine) => {
  const variables = { ...who, GITPACT_GIT: engine };

  it.each(['ed25519', 'ecdsa', 'rsa'])(
    'by ssh, with a key of the type %s, so that git believes it',
    async (type) => {
      const own = type === 'ed25519' ? key : sshKey(type);
      appendFileSync(allowed, `committer@example.org ${own.line}\n`);
      const repository = await bareRepository();
      const store = await openAt({ repository, signingKey: own.file }, variables);
      await store.transact({ title: 'One' }, puts({ a: '1' }));
      await store.transact({ title: 'Two' }, puts({ 'b/c': '2' }));
      await store.close();
      expect(verdict(repository)).toMatch(/^0 Good "git" signature for committer@example\.org/);
      await expectSound(repository);
    },
  );

  it('by gpg, as git’s configuration asks for it', async () => {
    const repository = await bareRepository();
    git(repository, 'config', 'commit.gpgsign', 'true');
    git(repository, 'config', 'user.signingkey', fingerprints[0] ?? '');
    const store = await openAt({ repository }, { ...variables, GNUPGHOME: home });
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.close();
    expect(verdict(repository)).toMatch(new RegExp(`^0 [^]*VALIDSIG ${fingerprints[0]}`));
    const unsigned = await openAt({ repository, sign: false }, { ...variables, GNUPGHOME: home });
    await unsigned.transact({ title: 'Two' }, puts({ b: '2' }));
    await unsigned.close();
    expect((await commitsOf(repository)).map(({ gpgsig }) => gpgsig !== undefined)).toEqual([false, true]);
  });

  it('with which a history begins anew', async () => {
    const repository = await bareRepository();
    const options = { repository, env: env({ ...variables }), cwd: '/', signingKey: key.file };
    const store = await openAt(options);
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.transact({ title: 'Two' }, puts({ a: '2' }));
    await store.close();
    await archiveHistory(options);
    expect(await commitsOf(repository)).toHaveLength(1);
    expect(verdict(repository)).toMatch(/^0 Good/);
  });

  it('and pushed to a host', async () => {
    const { url, folder } = await servedRepository();
    const store = await openAt({ repository: url, signingKey: key.file }, variables);
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.transact({ title: 'Two' }, puts({ a: '2' }));
    await store.close();
    expect(verdict(folder)).toMatch(/^0 Good/);
  });

  const locked = sshKey('ed25519', 'secret');
  it.each([
    ['a passphrase nobody gives', { signingKey: locked.file }, {}, 'ssh-agent'],
    ['a file that is not there', { signingKey: '/no/such.pub' }, {}, 'Try it'],
    ['a gpg key nobody has', { signingKey: 'ABCDEF0123456789' }, {}, 'gpg --import'],
    ['no key', { sign: true }, { GIT_CONFIG_COUNT: '0' }, '--no-sign'],
  ])('or, with %s, nothing is written and that is told', async (_what, wish, more, hint) => {
    const repository = await bareRepository();
    const variables2 = { ...variables, ...more, CI: 'true', GNUPGHOME: home };
    const store = await openAt({ repository, ...wish }, variables2);
    await expect(store.transact({ title: 'One' }, puts({ a: '1' }))).rejects.toMatchObject({
      code: 'signing-failed',
      message: expect.stringMatching(/^The commit could not be signed: .+\. Nothing was written\.$/),
      hint: expect.stringContaining(hint),
    });
    expect(await store.tip()).toBeUndefined();
    await store.close();
  });
});

it('is signed in a repository that the git program must write to', async () => {
  const repository = await bareRepository();
  git(repository, 'config', 'core.logAllRefUpdates', 'true');
  const store = await openAt({ repository, signingKey: key.file }, who);
  await store.transact({ title: 'One' }, puts({ a: '1' }));
  await store.transact({ title: 'Two' }, puts({ a: '2', 'b/c': '3' }));
  await store.close();
  expect(verdict(repository)).toMatch(/^0 Good/);
  await expectSound(repository);
});
