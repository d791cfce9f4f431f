import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/port.ts';
import { engines } from '../helpers/git-program.ts';
import { commitsOf, expectSound, stage, statusOf, textIn, tipOf } from '../helpers/repository.ts';
import { puts, textAt } from './contract.ts';
import { newFolder, openAt, workTree } from './places.ts';

/** The work tree with its index, to be put back later. */
function copyOf(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** Puts files and index back; the branch stays where it is, as if a write was killed that had moved it. */
function putBack(folder: string, copy: string): void {
  const files = (where: string) => readdirSync(where).filter((name) => name !== '.git');
  for (const name of files(folder)) rmSync(join(folder, name), { recursive: true });
  for (const name of [...files(copy), '.git/index']) {
    cpSync(join(copy, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  }
}

describe.each(engines)('a checked-out branch, through %s', (engine) => {
  const open = (repository: string, more = {}) => openAt({ repository, ...more }, { GITPACT_GIT: engine });
  const write = async (repository: string, files: Record<string, string | undefined>) => {
    const store = await open(repository);
    try {
      return await store.transact({ title: 'Write' }, puts(files));
    } finally {
      await store.close();
    }
  };
  const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

  it('shows each write in its files and leaves nothing to commit', async () => {
    const folder = await workTree();
    await write(folder, { 'a.json': '1\n', 'b/c.json': '2\n', 'b/d.json': '3\n' });
    await write(folder, { 'a.json': '4\n', 'b/c.json': undefined, 'e/f/g.json': '5\n' });
    expect([read(folder, 'a.json'), read(folder, 'e/f/g.json')]).toEqual(['4\n', '5\n']);
    expect(existsSync(join(folder, 'b/c.json'))).toBe(false);
    await write(folder, { 'b/d.json': undefined });
    expect(existsSync(join(folder, 'b'))).toBe(false);
    expect(await statusOf(folder)).toEqual([]);
    await expectSound(folder);
  });

  it('leaves edits elsewhere alone, staged or not', async () => {
    const folder = await workTree();
    await write(folder, { a: '1\n', b: '1\n', c: '1\n' });
    writeFileSync(join(folder, 'b'), 'mine\n');
    writeFileSync(join(folder, 'c'), 'staged\n');
    await stage(folder, 'c');
    writeFileSync(join(folder, 'new'), 'untracked\n');
    await write(folder, { a: '2\n', d: '2\n' });
    expect((await statusOf(folder)).sort()).toEqual([' M b', '?? new', 'M  c']);
    expect([read(folder, 'a'), read(folder, 'b'), read(folder, 'd')]).toEqual(['2\n', 'mine\n', '2\n']);
  });

  it.each([
    ['an edited file', (folder: string) => writeFileSync(join(folder, 'a'), 'mine\n'), { a: '2\n' }, 'a'],
    [
      'an edited file that is to go',
      (folder: string) => writeFileSync(join(folder, 'a'), 'mine\n'),
      { a: undefined },
      'a',
    ],
    [
      'a staged file',
      (folder: string) => {
        writeFileSync(join(folder, 'a'), 'mine\n');
        return stage(folder, 'a');
      },
      { a: '2\n' },
      'a',
    ],
    ['an untracked file', (folder: string) => writeFileSync(join(folder, 'b'), 'mine\n'), { b: '2\n' }, 'b'],
    [
      'an untracked file where a folder is to be',
      (folder: string) => writeFileSync(join(folder, 'b'), 'mine\n'),
      { 'b/c': '2\n' },
      'b',
    ],
    [
      'an untracked folder where a file is to be',
      (folder: string) => {
        mkdirSync(join(folder, 'b'));
        writeFileSync(join(folder, 'b/mine'), 'mine\n');
      },
      { b: '2\n' },
      'b',
    ],
  ])('refuses to overwrite %s, and moves nothing', async (_what, edit, files, path) => {
    const folder = await workTree();
    await write(folder, { a: '1\n' });
    await edit(folder);
    const [tip, before] = [await tipOf(folder), await statusOf(folder)];
    await expect(write(folder, { ...files, other: '2\n' })).rejects.toMatchObject({
      code: 'local-edits',
      message: expect.stringContaining(path),
      complaints: [expect.objectContaining({ where: path })],
    });
    expect([await tipOf(folder), await statusOf(folder)]).toEqual([tip, before]);
    expect(existsSync(join(folder, 'other'))).toBe(false);
    await write(folder, { elsewhere: '3\n' });
    expect(read(folder, 'elsewhere')).toBe('3\n');
  });

  it('fails only the write that touches an edit, of those that were committed together', async () => {
    const folder = await workTree();
    await write(folder, { a: '1\n' });
    writeFileSync(join(folder, 'a'), 'mine\n');
    const store: Store = await open(folder);
    const results = await Promise.allSettled([
      store.transact({ title: 'Bad' }, puts({ a: '2\n' })),
      store.transact({ title: 'Good' }, puts({ b: '2\n' })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await store.read((root) => [textAt(root, 'a'), textAt(root, 'b')])).toEqual(['1\n', '2\n']);
    await store.close();
  });

  it('touches no file when another branch is checked out', async () => {
    const folder = await workTree();
    await write(folder, { a: '1\n' });
    const store = await open(folder, { ref: 'contracts' });
    await store.transact({ title: 'Elsewhere' }, puts({ b: '1\n' }));
    await store.close();
    expect(existsSync(join(folder, 'b'))).toBe(false);
    expect(await statusOf(folder)).toEqual([]);
    expect(await textIn(folder, 'b', 'contracts')).toBe('1\n');
  });

  it('is found from a folder inside', async () => {
    const folder = await workTree();
    mkdirSync(join(folder, 'deep/inside'), { recursive: true });
    await write(join(folder, 'deep/inside'), { a: '1\n' });
    expect(read(folder, 'a')).toBe('1\n');
  });

  it('writes to no branch when none is checked out', async () => {
    const folder = await workTree();
    await write(folder, { a: '1\n' });
    writeFileSync(join(folder, '.git/HEAD'), `${await tipOf(folder)}\n`);
    const store = await open(folder);
    expect(await store.read((root) => textAt(root, 'a'))).toBe('1\n');
    await store.close();
    await expect(write(folder, { a: '2\n' })).rejects.toMatchObject({ code: 'store-refused' });
  });

  it.each([
    ['before any file', () => undefined],
    ['after all files', (folder: string) => writeFileSync(join(folder, 'a'), 'second\n')],
    ['in the middle of a file', (folder: string) => writeFileSync(join(folder, 'a'), 'sec')],
    ['between two files', (folder: string) => writeFileSync(join(folder, 'b'), 'second\n')],
    ['with a file taken away', (folder: string) => rmSync(join(folder, 'a'))],
  ])('finishes a write that was killed %s', async (_when, leave) => {
    const folder = await workTree();
    await write(folder, { a: 'first\n', gone: 'first\n' });
    const before = copyOf(folder);
    await write(folder, { a: 'second\n', b: 'second\n', gone: undefined });
    const [second, first] = await commitsOf(folder);
    putBack(folder, before);
    const entry = {
      ref: 'refs/heads/main',
      from: first?.tree,
      to: second?.tree,
      commit: await tipOf(folder),
    };
    const dead = { host: hostname(), pid: 2 ** 22 + 1, session: 'gone', since: Date.now() - 60_000, entry };
    writeFileSync(join(folder, '.git/gitpact-write.json'), JSON.stringify(dead));
    leave(folder);
    const store = await open(folder);
    await store.read(() => undefined);
    await store.close();
    expect(await statusOf(folder)).toEqual([]);
    expect([read(folder, 'a'), read(folder, 'b')]).toEqual(['second\n', 'second\n']);
    await write(folder, { c: 'third\n' });
    expect(await statusOf(folder)).toEqual([]);
  });

  it('keeps an edit made after a write was killed', async () => {
    const folder = await workTree();
    await write(folder, { a: 'first\n' });
    const before = copyOf(folder);
    await write(folder, { a: 'second\n' });
    const [second, first] = await commitsOf(folder);
    putBack(folder, before);
    const entry = {
      ref: 'refs/heads/main',
      from: first?.tree,
      to: second?.tree,
      commit: await tipOf(folder),
    };
    const dead = { host: hostname(), pid: 2 ** 22 + 1, session: 'gone', since: Date.now() - 60_000, entry };
    writeFileSync(join(folder, '.git/gitpact-write.json'), JSON.stringify(dead));
    writeFileSync(join(folder, 'a'), 'mine\n');
    const store = await open(folder);
    await store.read(() => undefined);
    await store.close();
    expect(read(folder, 'a')).toBe('mine\n');
  });

  it.each([
    ['index.lock', 'another process', 2 ** 22 + 1],
    ['index.lock', 'an earlier process of the same number', process.pid],
    ['HEAD.lock', 'another process', 2 ** 22 + 1],
    ['refs/heads/main.lock', 'another process', 2 ** 22 + 1],
  ])('takes away the %s that %s was killed with', async (lock, _who, pid) => {
    const folder = await workTree();
    await write(folder, { a: 'first\n' });
    const [{ tree } = { tree: '' }] = await commitsOf(folder);
    const entry = { ref: 'refs/heads/main', from: tree, to: tree, commit: '1'.repeat(40) };
    const dead = { host: hostname(), pid, session: 'gone', since: Date.now() - 60_000, entry };
    writeFileSync(join(folder, '.git/gitpact-write.json'), JSON.stringify(dead));
    writeFileSync(join(folder, '.git', lock), '');
    utimesSync(join(folder, '.git', lock), new Date(), new Date(Date.now() - 50_000));
    await write(folder, { a: 'second\n' });
    expect([read(folder, 'a'), await statusOf(folder)]).toEqual(['second\n', []]);
  });

  it('leaves the index lock of anybody else alone, and says which file it is', async () => {
    const folder = await workTree();
    await write(folder, { a: 'first\n' });
    writeFileSync(join(folder, '.git/index.lock'), '');
    const store = await open(folder, { deadline: 300 });
    await expect(store.transact({ title: 'Write' }, puts({ a: '2' }))).rejects.toMatchObject({
      code: 'store-busy',
      hint: expect.stringContaining('index.lock'),
    });
    await store.close();
    expect(read(folder, 'a')).toBe('first\n');
    rmSync(join(folder, '.git/index.lock'));
    expect(await statusOf(folder)).toEqual([]);
  });

  it('waits for a writer that is at work, and says which file it waits for', async () => {
    const folder = await workTree();
    writeFileSync(
      join(folder, '.git/gitpact-write.json'),
      JSON.stringify({ host: 'elsewhere', pid: 1, session: '', since: Date.now() }),
    );
    const store = await open(folder, { deadline: 200 });
    await expect(store.transact({ title: 'Write' }, puts({ a: '1' }))).rejects.toMatchObject({
      code: 'store-busy',
      hint: expect.stringContaining('gitpact-write.json'),
    });
    await store.close();
  });
});
