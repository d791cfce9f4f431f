import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../helpers/git-program.ts';
import { expectSound } from '../helpers/repository.ts';
import { counts, puts, textAt, textsOf } from './contract.ts';
import { bareRepository, newFolder, openAt } from './places.ts';

describe.each(['git', 'isomorphic'])('a repository that others use git on, through %s', (engine) => {
  const open = (repository: string, more = {}) => openAt({ repository, ...more }, { GITPACT_GIT: engine });

  it('has its refs packed', async () => {
    const repository = await bareRepository();
    const store = await open(repository);
    await store.transact({ title: 'One' }, counts('n'));
    git(repository, 'pack-refs', '--all');
    git(repository, 'gc', '-q');
    expect(await store.transact({ title: 'Two' }, counts('n'))).toBe(2);
    git(repository, 'pack-refs', '--all');
    const other = await open(repository);
    expect(await other.read((root) => textAt(root, 'n'))).toBe('2');
    await Promise.all([store.close(), other.close()]);
    await expectSound(repository);
  });

  it('keeps what is not ours exactly: modes, links, names that are not Unicode', async () => {
    const repository = await bareRepository();
    const folder = newFolder();
    git(folder, 'clone', '-q', repository, 'clone');
    const clone = join(folder, 'clone');
    writeFileSync(join(clone, 'run'), '', { mode: 0o755 });
    symlinkSync('run', join(clone, 'link'));
    writeFileSync(Buffer.concat([Buffer.from(`${clone}/latin-`), Buffer.from([0xe9])]), 'x');
    writeFileSync(join(clone, 'binary'), Buffer.from([0, 255, 128]));
    git(clone, 'add', '.');
    git(clone, 'commit', '-qm', 'By hand');
    git(clone, 'push', '-q', 'origin', 'HEAD:main');
    const before = git(repository, 'ls-tree', 'main');
    const store = await open(repository, { ref: 'main' });
    await store.read(textsOf);
    await store.transact({ title: 'Add' }, puts({ zzz: '1' }));
    await store.close();
    const after = git(repository, 'ls-tree', 'main').split('\n');
    expect(after.slice(0, -1).join('\n')).toBe(before);
    await expectSound(repository);
  });
});
