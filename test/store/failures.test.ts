import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initRepository } from '../../src/store/init.ts';
import { objectId } from '../../src/store/objects.ts';
import { engines } from '../helpers/git-program.ts';
import { commitsOf, expectSound, pointBranch, refsOf, textIn, tipOf } from '../helpers/repository.ts';
import { counts, puts, textsOf } from './contract.ts';
import { asOrdinaryUser, bareRepository, env, newFolder, openAt } from './places.ts';

/** Lets every object lie by itself. */
function unpack(repository: string): void {
  const packs = join(repository, 'objects/pack');
  for (const name of readdirSync(packs).filter((one) => one.endsWith('.pack'))) {
    const input = readFileSync(join(packs, name));
    rmSync(join(packs, name));
    rmSync(join(packs, name.replace(/pack$/, 'idx')));
    execFileSync('git', ['unpack-objects', '-q'], { cwd: repository, input });
  }
}

describe.each(engines)('a local repository, through %s', (engine) => {
  const open = (repository: string, more = {}) => openAt({ repository, ...more }, { GITPACT_GIT: engine });

  it('is missing', async () => {
    const folder = newFolder();
    await expect(open(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'not-a-repository' });
    await expect(open(folder)).rejects.toMatchObject({
      code: 'not-a-repository',
      hint: expect.stringContaining('gitpact init'),
    });
  });

  it('may be read and not written by this user', async () => {
    const repository = await bareRepository();
    const before = await open(repository);
    await before.transact({ title: 'One' }, puts({ a: '1' }));
    await before.close();
    appendFileSync(join(repository, 'config'), '[core]\n\tsharedRepository = 0444\n');
    for (const folder of ['.', 'objects', 'refs', 'refs/heads']) chmodSync(join(repository, folder), 0o555);
    await asOrdinaryUser(async () => {
      const store = await open(repository);
      expect(await store.read(textsOf)).toEqual({ a: '1' });
      await expect(store.transact({ title: 'Two' }, puts({ a: '2' }))).rejects.toMatchObject({
        code: 'store-refused',
      });
      expect(await store.read(textsOf)).toEqual({ a: '1' });
      await store.close();
    });
    for (const folder of ['.', 'objects', 'refs', 'refs/heads']) chmodSync(join(repository, folder), 0o755);
    await expectSound(repository);
  });

  it('has a lock that somebody left behind: says which, and works again when it is gone', async () => {
    const repository = await bareRepository();
    const lock = join(repository, 'refs/heads/main.lock');
    writeFileSync(lock, '');
    const store = await open(repository, { deadline: 300 });
    await expect(store.transact({ title: 'One' }, counts('n'))).rejects.toMatchObject({
      code: 'store-busy',
      hint: expect.stringContaining(lock),
    });
    expect(await store.tip()).toBeUndefined();
    rmSync(lock);
    expect(await store.transact({ title: 'One' }, counts('n'))).toBe(1);
    await store.close();
  });

  it('is damaged', async () => {
    const repository = await bareRepository();
    const store = await open(repository);
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.close();
    unpack(repository);
    const blob = objectId('blob', Buffer.from('1'));
    const object = join(repository, 'objects', blob.slice(0, 2), blob.slice(2));
    rmSync(object);
    const missing = await open(repository);
    await expect(missing.read(textsOf)).rejects.toMatchObject({ code: 'store-damaged' });
    await missing.close();
    writeFileSync(object, 'broken');
    const broken = await open(repository);
    await expect(broken.read(textsOf)).rejects.toMatchObject({ code: 'store-damaged' });
    await broken.close();
  });

  it('has a branch whose commit is gone', async () => {
    const repository = await bareRepository();
    const store = await open(repository);
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.close();
    await pointBranch(repository, 'main', '1'.repeat(40));
    const other = await open(repository);
    await expect(other.read(textsOf)).rejects.toMatchObject({ code: 'store-damaged' });
    await other.close();
  });

  it('has a branch in the way of the branch', async () => {
    const repository = await bareRepository();
    const store = await open(repository, { ref: 'a' });
    await store.transact({ title: 'One' }, puts({ a: '1' }));
    await store.close();
    await pointBranch(repository, 'b/c', await tipOf(repository, 'a'));
    for (const ref of ['a/b', 'b']) {
      const other = await open(repository, { ref, deadline: 2_000 });
      await expect(other.transact({ title: 'One' }, puts({ a: '1' }))).rejects.toMatchObject({
        code: 'store-refused',
      });
      await other.close();
    }
  });

  it('runs no hook of its own, and leaves no ref but the branch', async () => {
    const repository = await bareRepository();
    const ran = join(newFolder(), 'ran');
    for (const hook of ['reference-transaction', 'post-update', 'pre-receive', 'pre-push', 'post-commit']) {
      writeFileSync(join(repository, 'hooks', hook), `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    }
    const store = await open(repository);
    await store.transact({ title: 'One' }, counts('n'));
    await store.close();
    expect(existsSync(ran)).toBe(false);
    expect(await refsOf(repository)).toEqual(['heads/main']);
    expect(readdirSync(repository).filter((name) => name.startsWith('gitpact'))).toEqual([]);
  });

  it('names whom the environment, then the configuration, then nobody names', async () => {
    const who = async (variables: Record<string, string>) => {
      const repository = await bareRepository();
      const store = await openAt({ repository }, { GITPACT_GIT: engine, ...variables });
      await store.transact({ title: 'One' }, counts('n'));
      await store.close();
      const [newest] = await commitsOf(repository);
      return [newest?.author, newest?.committer].map((who) => `${who?.name} <${who?.email}>`).join(' ');
    };
    const home = newFolder();
    writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Ann\n\temail = ann@example.org\n');
    expect(await who({})).toBe('gitpact <gitpact@localhost> gitpact <gitpact@localhost>');
    expect(await who({ HOME: home })).toBe('Ann <ann@example.org> Ann <ann@example.org>');
    const given = { GIT_AUTHOR_NAME: 'Bob', GIT_AUTHOR_EMAIL: 'bob@example.org' };
    expect(await who({ HOME: home, ...given })).toBe('Bob <bob@example.org> Ann <ann@example.org>');
  });

  it('is made where there is nothing, and never made anew', async () => {
    const world = { env: env({ GITPACT_GIT: engine }), cwd: newFolder() };
    expect(await initRepository({ repository: 'a/new.git', ...world })).toBe('made');
    const store = await open(join(world.cwd, 'a/new.git'));
    await store.transact({ title: 'One' }, counts('n'));
    await store.close();
    expect(await initRepository({ repository: 'a/new.git', ...world })).toBe('exists');
    expect(await textIn(join(world.cwd, 'a/new.git'), 'n', 'main')).toBe('1');
    expect(readdirSync(join(world.cwd, 'a'))).toEqual(['new.git']);
    mkdirSync(join(world.cwd, 'other'));
    expect(await initRepository({ repository: 'other', ...world })).toBe('made');
    mkdirSync(join(world.cwd, 'full'));
    writeFileSync(join(world.cwd, 'full/file'), '');
    await expect(initRepository({ repository: 'full', ...world })).rejects.toMatchObject({
      code: 'not-a-repository',
    });
    expect(await initRepository({ repository: 'https://host.example/a', ...world })).toBe('exists');
  });
});

describe('without git on the PATH', () => {
  const PATH = '/nothing/here';

  it('works on this machine', async () => {
    const repository = await bareRepository();
    const store = await openAt({ repository }, { PATH });
    expect(await store.transact({ title: 'One' }, counts('n'))).toBe(1);
    await store.close();
  });

  it.each([
    [{ PATH }, 'git@host.example:a'],
    [{ PATH, GITPACT_GIT: 'git' }, '.'],
  ])('says so when only git will do: %j %s', async (variables, repository) => {
    await expect(openAt({ repository }, variables)).rejects.toMatchObject({ code: 'git-missing' });
  });

  it('knows no third way', async () => {
    const repository = await bareRepository();
    await expect(openAt({ repository }, { GITPACT_GIT: 'jgit' })).rejects.toMatchObject({
      code: 'bad-arguments',
    });
  });
});
