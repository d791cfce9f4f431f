import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entriesOf, file, textOf, withNode } from '../../src/domain/tree.ts';
import { forgetHistory } from '../../src/store/archive.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { newFolder } from '../cli/cli.ts';
import { engines, git } from '../helpers/git-program.ts';
import { startGitServer } from '../helpers/git-server.ts';

const ref = 'refs/gitpact/webhooks/heads/main';

/** Writes files one by one, forgets the history, and writes one more; what is there then, and how many commits. */
async function forgetful(options: StoreOptions, repository: string) {
  const write = async (name: string) => {
    const store = await openStore(options);
    await store.transact({ title: name }, (root) => ({
      root: withNode(root, name, file(name)),
      outcome: undefined,
    }));
    await store.close();
  };
  for (const name of ['a', 'b', 'c']) await write(name);
  await forgetHistory(options);
  await forgetHistory(options);
  const forgotten = git(repository, 'rev-list', '--count', ref);
  await write('d');
  const store = await openStore(options);
  const texts = await store.read((root) =>
    [...entriesOf(root).values()].map((node) => (node.kind === 'file' ? textOf(node) : '')),
  );
  await store.close();
  git(repository, 'fsck', '--strict');
  return { forgotten, texts, commits: git(repository, 'rev-list', '--count', ref) };
}

function newRepository(): { folder: string; repository: string } {
  const folder = newFolder();
  const repository = join(folder, 'contracts.git');
  mkdirSync(repository);
  git(repository, 'init', '-q', '--bare');
  return { folder, repository };
}

const expected = { forgotten: '1', texts: ['a', 'b', 'c', 'd'], commits: '2' };

describe('the history of deliveries', () => {
  it.each(engines)('is forgotten, and nothing of what they are: %s', async (engine) => {
    const { folder, repository } = newRepository();
    const env = { PATH: process.env.PATH, HOME: folder, GITPACT_GIT: engine };
    expect(await forgetful({ repository, ref, env, cwd: folder }, repository)).toEqual(expected);
  });

  it('is forgotten in a repository that only git knows how to write to', async () => {
    const { folder, repository } = newRepository();
    mkdirSync(join(repository, 'logs', 'refs'), { recursive: true });
    writeFileSync(join(repository, 'logs', 'refs', 'kept'), '');
    const env = { PATH: process.env.PATH, HOME: folder };
    expect(await forgetful({ repository, ref, env, cwd: folder }, repository)).toEqual(expected);
  });

  it('is forgotten by the host of a remote repository', async () => {
    const { folder, repository } = newRepository();
    git(repository, 'config', 'http.receivepack', 'true');
    const host = await startGitServer(folder);
    try {
      const env = { PATH: process.env.PATH, HOME: folder };
      const options = { repository: `${host.url}/contracts.git`, ref, env, cwd: folder };
      expect(await forgetful(options, repository)).toEqual(expected);
    } finally {
      await host.close();
    }
  });
});
