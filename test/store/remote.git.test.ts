import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { fileAt, folderAt, withNode } from '../../src/domain/tree.ts';
import { git } from '../helpers/git-program.ts';
import { counts, puts, textAt, textsOf } from './contract.ts';
import { bareRepository, newFolder, openAt, servedRepository, workTree } from './places.ts';

const isomorphic = { GITPACT_GIT: 'isomorphic' };

/** A bare repository with a commit of these files. */
async function filled(files: Record<string, string>): Promise<string> {
  const repository = await bareRepository();
  const store = await openAt({ repository });
  await store.transact({ title: 'Fill' }, puts(files));
  await store.close();
  return repository;
}

describe('a hook of the host that refuses', () => {
  it('is not asked twice, and its reason is shown', async () => {
    const repository = await bareRepository();
    const log = join(newFolder(), 'asked');
    const hook = `#!/bin/sh\necho asked >> '${log}'\necho 'Only on Mondays.' >&2\nexit 1\n`;
    writeFileSync(join(repository, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const store = await openAt({ repository: `file://${repository}` });
    await expect(store.transact({ title: 'Write' }, puts({ a: '1' }))).rejects.toMatchObject({
      code: 'store-refused',
      message: expect.stringContaining('Only on Mondays.'),
    });
    await store.close();
    expect(readFileSync(log, 'utf8')).toBe('asked\n');
    expect(git(repository, 'for-each-ref')).toBe('');
  });

  it('fails only the write it refuses, of those that were pushed together', async () => {
    const repository = await bareRepository();
    const hook =
      '#!/bin/sh\nwhile read old new ref; do git ls-tree -r --name-only $new | grep bad && exit 1; done\nexit 0\n';
    writeFileSync(join(repository, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const store = await openAt({ repository: `file://${repository}` });
    const results = await Promise.allSettled([
      store.transact({ title: 'Good' }, puts({ good: '1' })),
      store.transact({ title: 'Bad' }, puts({ bad: '1' })),
      store.transact({ title: 'Also good' }, puts({ fine: '1' })),
    ]);
    await store.close();
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(git(repository, 'ls-tree', '--name-only', 'main').split('\n')).toEqual(['fine', 'good']);
  });
});

it('does not push to a branch that is checked out there', async () => {
  const repository = `file://${await workTree()}`;
  const store = await openAt({ repository });
  await expect(store.transact({ title: 'Write' }, puts({ a: '1' }))).rejects.toMatchObject({
    code: 'store-refused',
    hint: expect.stringContaining('path'),
  });
  await store.close();
});

describe.each(['git', 'isomorphic'])('a host on http, through %s', (engine) => {
  const variables = { GITPACT_GIT: engine };

  it('gets a token that is in no URL', async () => {
    const { url, server } = await servedRepository();
    server.credentials = 'x-access-token:s3cret';
    await expect((await openAt({ repository: url }, variables)).tip()).rejects.toMatchObject({
      code: 'store-refused',
      hint: expect.stringContaining('GITPACT_TOKEN'),
    });
    const store = await openAt({ repository: url }, { ...variables, GITPACT_TOKEN: 's3cret' });
    await store.transact({ title: 'Write' }, puts({ a: '1' }));
    await store.close();
    const withPassword = url.replace('http://', 'http://x-access-token:s3cret@');
    const other = await openAt({ repository: withPassword }, variables);
    expect(await other.read(textsOf)).toEqual({ a: '1' });
    await other.close();
    expect(server.requests.some((request) => request.url.includes('s3cret'))).toBe(false);
  });

  it('says why it refuses', async () => {
    const { url, folder } = await servedRepository();
    const hook = "#!/bin/sh\necho 'Only on Mondays.' >&2\nexit 1\n";
    writeFileSync(join(folder, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const store = await openAt({ repository: url }, variables);
    await expect(store.transact({ title: 'Write' }, puts({ a: '1' }))).rejects.toMatchObject({
      code: 'store-refused',
      message: expect.stringContaining('Only on Mondays.'),
      hint: expect.stringContaining('hook'),
    });
    await store.close();
  });

  it('whose HEAD names a branch that is not there has its contracts on main', async () => {
    const { url, folder } = await servedRepository();
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
    for (const expected of [1, 2]) {
      const store = await openAt({ repository: url }, variables);
      expect(await store.transact({ title: 'Write' }, counts('n'))).toBe(expected);
      await store.close();
    }
    const store = await openAt({ repository: url }, variables);
    expect(await store.read((root) => textAt(root, 'n'))).toBe('2');
    await store.close();
    expect(git(folder, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('whose HEAD is detached has its contracts on main', async () => {
    const { url, folder } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'Write' }, counts('n'));
    await source.transact({ title: 'Write' }, counts('n'));
    await source.close();
    git(folder, 'update-ref', '--no-deref', 'HEAD', 'main~1');
    const store = await openAt({ repository: url }, variables);
    expect(await store.transact({ title: 'Write' }, counts('n'))).toBe(3);
    await store.close();
  });

  it('that has no such repository is told from one that is away', async () => {
    const { url, server } = await servedRepository();
    const gone = await openAt({ repository: `${url}-not` }, variables);
    await expect(gone.tip()).rejects.toMatchObject({ code: 'not-a-repository' });
    await server.close();
    const away = await openAt({ repository: url }, variables);
    await expect(away.tip()).rejects.toMatchObject({ code: 'network-failed' });
    await Promise.all([gone.close(), away.close()]);
  });

  it('may break the connection after a push: nothing is written twice', async () => {
    const { url, server, folder } = await servedRepository();
    const store = await openAt({ repository: url }, variables);
    await store.transact({ title: 'One' }, counts('n'));
    server.breakPushes = 1;
    expect(await store.transact({ title: 'Two' }, counts('n'))).toBe(2);
    expect(await store.transact({ title: 'Three' }, counts('n'))).toBe(3);
    await store.close();
    expect(git(folder, 'rev-list', '--count', 'main')).toBe('3');
    expect(git(folder, 'show', 'main:n')).toBe('3');
  });

  it('may break it while others write on top: nothing is written twice', async () => {
    const { url, server, folder } = await servedRepository();
    const stores = await Promise.all([0, 1, 2].map(() => openAt({ repository: url }, variables)));
    server.breakPushes = 3;
    const writes = stores.flatMap((store) =>
      [1, 2].map(() => store.transact({ title: 'Count' }, counts('n'))),
    );
    const seen = await Promise.all(writes);
    await Promise.all(stores.map((store) => store.close()));
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(git(folder, 'show', 'main:n')).toBe('6');
  });
});

describe('the private clone', () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`many/${i % 4}/${i}`, `text ${i}\n`]),
  );

  it('fetches what a question needs in one request a round, and nothing when nothing is new', async () => {
    const { url, folder, server } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'Fill' }, puts(files));
    await source.close();
    const cacheDir = newFolder();
    const store = await openAt({ repository: url, cacheDir });
    const fetches = () => server.requests.filter(({ method }) => method === 'POST').length;
    expect(await store.read((root) => folderAt(root, 'many') !== undefined)).toBe(true);
    const before = fetches();
    expect(await store.read(textsOf)).toEqual(files);
    expect(fetches() - before).toBe(1); // one fetch for forty files
    await store.close();
    const again = await openAt({ repository: url, cacheDir, freshFor: 60_000 });
    const known = server.requests.length;
    expect(await again.read(textsOf)).toEqual(files);
    expect(server.requests.length - known).toBe(1); // the look whether there is something new
    expect(await again.read(textsOf)).toEqual(files);
    expect(server.requests.length - known).toBe(1);
    await again.close();
  });

  it('asks a repository with very many refs for its branch alone, once it knows', async () => {
    const { url, folder, server } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'Fill' }, puts(files));
    await source.close();
    const tip = git(folder, 'rev-parse', 'main');
    const refs = Array.from({ length: 2_001 }, (_, i) => `${tip} refs/pull/${i}/head\n`);
    writeFileSync(join(folder, 'packed-refs'), refs.join(''));
    const cacheDir = newFolder();
    const posts = async (): Promise<number> => {
      const store = await openAt({ repository: url, cacheDir });
      const before = server.requests.filter(({ method }) => method === 'POST').length;
      expect(await store.read(textsOf)).toEqual(files);
      await store.close();
      return server.requests.filter(({ method }) => method === 'POST').length - before;
    };
    await posts();
    expect(await posts()).toBe(1);
  });

  it('writes to a repository most of which it has never fetched', async () => {
    const { url, folder, server } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'Fill' }, puts(files));
    await source.close();
    const store = await openAt({ repository: url });
    await store.transact({ title: 'Add' }, puts({ new: '1' }));
    await store.transact({ title: 'Move' }, (root) => ({
      root: withNode(
        withNode(root, 'moved/here', folderAt(root, 'many/1')),
        'copy',
        fileAt(root, 'many/2/2'),
      ),
      outcome: undefined,
    }));
    const posts = server.requests.filter(({ method }) => method === 'POST').length;
    await store.close();
    expect(posts).toBeLessThan(12);
    expect(git(folder, 'fsck', '--strict')).toBe('');
    expect(git(folder, 'show', 'main:moved/here/1')).toBe('text 1');
    expect(git(folder, 'show', 'main:copy')).toBe('text 2');
    expect(git(folder, 'rev-list', '--count', 'main')).toBe('3');
  });

  it('sends a change without fetching what was there before', async () => {
    const { url, folder, server } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'Fill' }, puts(files));
    await source.close();
    const store = await openAt({ repository: url });
    await store.read((root) => folderAt(root, 'many/1'));
    const fetches = () => server.requests.filter(({ url: at }) => at.endsWith('/git-upload-pack')).length;
    const before = fetches();
    await store.transact({ title: 'Change' }, puts({ 'many/1/1': 'another text\n' }));
    expect(fetches() - before).toBe(0);
    await store.close();
    expect(git(folder, 'show', 'main:many/1/1')).toBe('another text');
  });

  it('fetches the past as far back as somebody wants to go, with its folders, once', async () => {
    const { url, folder, server } = await servedRepository();
    let day = 0;
    const clock = () => new Date(Date.UTC(2026, 0, day));
    const source = await openAt({ repository: folder, clock });
    for (day = 1; day <= 9; day += 1) {
      await source.transact({ title: `Write ${day}` }, puts({ [`n/${day}`]: `${day}` }));
    }
    const history = await source.history();
    await source.close();
    const back = history[3]?.id;
    const variables = { XDG_CACHE_HOME: newFolder() };
    for (const wanted of ['for the first time', 'again']) {
      const store = await openAt({ repository: url }, variables);
      const seen = await store.history({ limit: 4, ...(back ? { back } : {}) });
      expect(seen.map(({ title }) => title)).toEqual(['Write 9', 'Write 8', 'Write 7', 'Write 6']);
      const before = server.requests.length;
      for (const { id } of seen) await store.read((root) => folderAt(root, 'n'), id);
      expect([wanted, server.requests.length - before]).toEqual([wanted, 0]);
      await store.close();
    }
    const [clone = ''] = globSync('**/shallow', { cwd: variables.XDG_CACHE_HOME, absolute: true });
    const listed = git(dirname(clone), 'rev-list', history[0]?.id ?? '').split('\n');
    expect(listed).toHaveLength(4);
    const all = await openAt({ repository: url }, variables);
    expect(await all.history()).toHaveLength(9);
    await all.close();
  });

  it('knows of the past what it is asked', async () => {
    const { url, folder } = await servedRepository();
    const source = await openAt({ repository: folder });
    for (const n of ['1', '2', '3']) await source.transact({ title: `Write ${n}` }, puts({ n }));
    const history = await source.history();
    await source.close();
    git(folder, 'tag', '-a', '-m', 'Second', 'v2', 'main~1');
    git(folder, 'branch', 'first', 'main~2');
    for (const variables of [{}, isomorphic]) {
      const at = async (name: string) => {
        const store = await openAt({ repository: url }, variables);
        try {
          return await store.read((root) => textAt(root, 'n'), await store.resolve(name));
        } finally {
          await store.close();
        }
      };
      expect(await at('v2')).toBe('2');
      expect(await at('first')).toBe('1');
      expect(await at(history[2]?.id ?? '')).toBe('1');
      expect(await at((history[1]?.id ?? '').slice(0, 10))).toBe('2');
      expect(await at('HEAD')).toBe('3');
      const store = await openAt({ repository: url }, variables);
      expect((await store.history()).map(({ title }) => title)).toEqual(['Write 3', 'Write 2', 'Write 1']);
      await store.close();
    }
  });

  it.each([
    ['loses its objects', (clone: string) => rmSync(join(clone, 'objects'), { recursive: true })],
    [
      'is thrown away while somebody still writes to it',
      (clone: string) => {
        rmSync(clone, { recursive: true });
        mkdirSync(join(clone, 'refs/gitpact'), { recursive: true });
        writeFileSync(join(clone, 'refs/gitpact/complete'), `${'1'.repeat(40)}\n`);
      },
    ],
    ['loses its refs', (clone: string) => rmSync(join(clone, 'refs'), { recursive: true })],
    ['gets a broken configuration', (clone: string) => writeFileSync(join(clone, 'config'), '[broken')],
    [
      'gets broken packs',
      (clone: string) => {
        const packs = join(clone, 'objects/pack');
        for (const name of readdirSync(packs)) {
          rmSync(join(packs, name));
          writeFileSync(join(packs, name), 'broken');
        }
      },
    ],
    [
      'points at what is not there',
      (clone: string) => writeFileSync(join(clone, 'refs/gitpact/complete'), `${'1'.repeat(40)}\n`),
    ],
  ])('that %s heals', async (_what, damage) => {
    const repository = `file://${await filled({ a: '1', 'b/c': '2' })}`;
    const cacheDir = newFolder();
    const first = await openAt({ repository, cacheDir });
    expect(await first.read(textsOf)).toEqual({ a: '1', 'b/c': '2' });
    await first.close();
    const [clone = ''] = readdirSync(cacheDir);
    damage(join(cacheDir, clone));
    const second = await openAt({ repository, cacheDir });
    expect(await second.read(textsOf)).toEqual({ a: '1', 'b/c': '2' });
    await second.transact({ title: 'Write' }, puts({ a: '3' }));
    expect(await second.read(textsOf)).toEqual({ a: '3', 'b/c': '2' });
    await second.close();
    expect(readdirSync(cacheDir)).toHaveLength(1);
  });

  it.each(['git', 'isomorphic'])(
    'that is made anew under a reader through %s has what the reader is at',
    async (engine) => {
      const { url, server } = await servedRepository();
      const world = { GITPACT_GIT: engine };
      const reader = await openAt({ repository: url, freshFor: 0, carryOn: true }, world);
      const writer = await openAt({ repository: url }, world);
      await writer.transact({ title: 'Write' }, puts({ a: '1' }));
      const before = await reader.tip();
      await writer.transact({ title: 'Write more' }, puts({ a: '2' }));
      server.refusal = { for: '/git-upload-pack', status: 418, isOldOnly: engine === 'isomorphic' };
      expect(await reader.tip()).toBe(before);
      server.refusal = undefined;
      expect(await reader.read(textsOf)).toEqual({ a: '1' });
      expect(await reader.tip(true)).not.toBe(before);
      expect(await reader.read(textsOf)).toEqual({ a: '2' });
      for (const store of [reader, writer]) await store.close();
    },
  );

  it('is made anew by isomorphic-git when too many packs have come together', async () => {
    const { url } = await servedRepository();
    const cacheDir = newFolder();
    const first = await openAt({ repository: url, cacheDir }, isomorphic);
    await first.transact({ title: 'Write' }, puts({ a: '1' }));
    await first.close();
    const packs = () => readdirSync(join(cacheDir, readdirSync(cacheDir)[0] ?? '', 'objects/pack'));
    const [clone = ''] = readdirSync(cacheDir);
    mkdirSync(join(cacheDir, clone, 'objects/pack'), { recursive: true });
    for (let i = 0; i <= 200; i += 1) writeFileSync(join(cacheDir, clone, `objects/pack/pack-${i}.pack`), '');
    const second = await openAt({ repository: url, cacheDir }, isomorphic);
    expect(await second.read(textsOf)).toEqual({ a: '1' });
    await second.close();
    expect(packs().filter((name) => name.endsWith('.pack'))).toHaveLength(1);
  });

  it('is shared by stores that read and write at once', async () => {
    const repository = `file://${await filled({ n: '0' })}`;
    const cacheDir = newFolder();
    const stores = await Promise.all([0, 1, 2, 3].map(() => openAt({ repository, cacheDir })));
    const seen = await Promise.all(stores.map((store) => store.transact({ title: 'Count' }, counts('n'))));
    expect(seen.sort()).toEqual([1, 2, 3, 4]);
    for (const store of stores) expect(await store.read((root) => textAt(root, 'n'))).toBe('4');
    await Promise.all(stores.map((store) => store.close()));
    expect(readdirSync(cacheDir)).toHaveLength(1);
  });
});
