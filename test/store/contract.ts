import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import { GitpactError } from '../../src/domain/failure.ts';
import {
  emptyFolder,
  entriesOf,
  type Folder,
  file,
  fileAt,
  folderAt,
  gather,
  nodeAt,
  textOf,
  withNode,
} from '../../src/domain/tree.ts';
import type { Store } from '../../src/store/port.ts';

/** A place for stores: `open` opens one more on the same repository. */
export interface StorePlace {
  open(): Promise<Store>;
}

/** The text at a path. */
export function textAt(root: Folder, path: string): string | undefined {
  const found = fileAt(root, path);
  return found && textOf(found);
}

/** Every file of a tree with its text. */
export function textsOf(root: Folder): Record<string, string> {
  return Object.fromEntries(
    gather(entriesOf(root), ([name, node]): [string, string][] =>
      node.kind === 'file'
        ? [[name, textOf(node)]]
        : Object.entries(textsOf(node)).map(([path, text]) => [`${name}/${path}`, text]),
    ).flat(),
  );
}

/** A decision that writes these files; `undefined` takes one away. */
export function puts(files: Readonly<Record<string, string | undefined>>) {
  return (root: Folder): Decision<string> => ({
    root: Object.entries(files).reduce(
      (tree, [path, text]) => withNode(tree, path, text === undefined ? undefined : file(text)),
      root,
    ),
    outcome: 'put',
  });
}

/** A decision that counts up in a file: it can only be right if it is made on the newest state. */
export function counts(path: string) {
  return (root: Folder): Decision<number> => {
    const next = Number(textAt(root, path) ?? '0') + 1;
    return { root: withNode(root, path, file(`${next}`)), outcome: next };
  };
}

/**
 * What every store promises, whatever it is made of. `runs`: how often to try each law; `oddNames`: file names that
 * only some systems have, which isomorphic-git does not push.
 */
export function keepsTheContract(
  makePlace: () => Promise<StorePlace>,
  runs = 5,
  oddNames = ['back\\slash'],
): void {
  const opened: Store[] = [];
  const open = async (place: StorePlace) => {
    const store = await place.open();
    opened.push(store);
    return store;
  };
  const openNew = async () => open(await makePlace());

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });

  it('begins empty, without a commit', async () => {
    const store = await openNew();
    expect(await store.read((root, commit) => [textsOf(root), commit])).toEqual([{}, undefined]);
    expect(await store.tip()).toBeUndefined();
    expect(await store.history()).toEqual([]);
    await expect(store.resolve('2026-01-31')).rejects.toMatchObject({ code: 'commit-missing' });
  });

  it('reads what was written, in this store and in the next', async () => {
    const place = await makePlace();
    const store = await open(place);
    const files = { 'a.json': '{}\n', 'b/c/d.yaml': 'x: "ü"\n', 'b/empty': '' };
    expect(await store.transact({ title: 'Write' }, puts(files))).toBe('put');
    expect(await store.read(textsOf)).toEqual(files);
    expect(await (await open(place)).read(textsOf)).toEqual(files);
  });

  it('commits title and trailers, and tells history newest first', async () => {
    const store = await openNew();
    await store.transact({ title: 'First' }, puts({ a: '1' }));
    await store.transact(
      {
        title: 'Second',
        trailers: [
          ['Pact-Consumer', 'Foo'],
          ['Pact-Version', '1\n2'],
        ],
      },
      puts({ a: '2' }),
    );
    const history = await store.history();
    expect(history.map(({ title }) => title)).toEqual(['Second', 'First']);
    expect(history[0]).toMatchObject({
      id: await store.tip(),
      parent: history[1]?.id,
      message: expect.stringMatching(
        /^Second\n\nPact-Consumer: Foo\nPact-Version: 1 2\n(Gitpact-Write: [0-9a-f]{12}\n)?$/,
      ),
    });
    expect(history[1]).not.toHaveProperty('parent');
    expect(await store.history({ limit: 1 })).toHaveLength(1);
    const [, first] = history;
    expect((await store.history(first ? { from: first.id } : {})).map(({ title }) => title)).toEqual([
      'First',
    ]);
  });

  it('answers questions about the past', async () => {
    const store = await openNew();
    await store.transact({ title: 'First' }, puts({ a: '1', b: '1' }));
    const then = await store.tip();
    await store.transact({ title: 'Second' }, puts({ a: '2', b: undefined }));
    expect(await store.read(textsOf, then)).toEqual({ a: '1', b: '1' });
    expect(await store.read(textsOf)).toEqual({ a: '2' });
    const unknown = 'f'.repeat(40) as NonNullable<typeof then>;
    await expect(store.read(textsOf, unknown)).rejects.toMatchObject({ code: 'commit-missing' });
  });

  it('resolves the newest commit, and so many before a commit', async () => {
    const store = await openNew();
    for (const n of [1, 2, 3]) await store.transact({ title: `${n}` }, counts('n'));
    const ids = (await store.history()).map(({ id }) => id);
    const [newest, second, first] = ids;
    for (const name of ['HEAD', '@', 'HEAD~0', `${newest}~0`]) expect(await store.resolve(name)).toBe(newest);
    for (const name of ['HEAD~', 'HEAD~1', 'HEAD^', '@~1', `${newest}~1`, `${newest?.slice(0, 12)}^`]) {
      expect(await store.resolve(name)).toBe(second);
    }
    for (const name of ['HEAD~2', 'HEAD^^', 'HEAD~1^', `${second}~`])
      expect(await store.resolve(name)).toBe(first);
    for (const name of ['HEAD~3', 'HEAD~999999999', 'HEAD~9999999999', '~1', 'nothing~1']) {
      await expect(store.resolve(name)).rejects.toMatchObject({ code: 'commit-missing' });
    }
  });

  it('resolves full and abbreviated ids, and dates', async () => {
    const store = await openNew();
    await store.transact({ title: 'First' }, puts({ a: '1' }));
    const id = (await store.tip()) ?? '';
    expect(await store.resolve(id)).toBe(id);
    expect(await store.resolve(id.slice(0, 12))).toBe(id);
    expect(await store.resolve('2999-12-31')).toBe(id);
    expect(await store.resolve('2999-12-31T10:00')).toBe(id);
    await expect(store.resolve('1999-12-31')).rejects.toMatchObject({ code: 'commit-missing' });
    await expect(store.resolve('nothing-like-it')).rejects.toMatchObject({ code: 'commit-missing' });
    await expect(store.resolve('--all')).rejects.toMatchObject({ code: 'commit-missing' });
  });

  it('makes no commit of a decision that changes nothing', async () => {
    const store = await openNew();
    await store.transact({ title: 'First' }, puts({ a: '1' }));
    const tip = await store.tip();
    expect(await store.transact({ title: 'Look' }, (root) => ({ root, outcome: textAt(root, 'a') }))).toBe(
      '1',
    );
    await store.transact({ title: 'Same' }, (root) => ({ root, outcome: 0 }));
    expect(await store.tip()).toBe(tip);
  });

  it('throws what a decision throws, and writes nothing', async () => {
    const store = await openNew();
    const failure = new GitpactError('pact-changed', 'The pact has changed.');
    await expect(
      store.transact({ title: 'No' }, () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await store.tip()).toBeUndefined();
  });

  it('lets writes that wait together succeed and fail each on its own', async () => {
    const store = await openNew();
    const writes = await Promise.allSettled([
      store.transact({ title: 'One' }, counts('n')),
      store.transact({ title: 'Two' }, () => {
        throw new Error('not this one');
      }),
      store.transact({ title: 'Three' }, counts('n')),
      store.transact({ title: 'Four' }, (root) => ({ root, outcome: textAt(root, 'n') })),
    ]);
    expect(
      writes.map((write) => (write.status === 'fulfilled' ? write.value : write.reason.message)),
    ).toEqual([1, 'not this one', 2, '2']);
    expect(await store.read((root) => textAt(root, 'n'))).toBe('2');
  });

  it('moves and removes whole folders', async () => {
    const store = await openNew();
    await store.transact({ title: 'One' }, puts({ 'old/a': '1', 'old/b/c': '2', keep: '3' }));
    await store.transact({ title: 'Two' }, (root) => ({
      root: withNode(withNode(root, 'new/place', folderAt(root, 'old')), 'old', undefined),
      outcome: undefined,
    }));
    expect(await store.read(textsOf)).toEqual({ 'new/place/a': '1', 'new/place/b/c': '2', keep: '3' });
    await store.transact({ title: 'Three' }, () => ({ root: emptyFolder, outcome: undefined }));
    expect(await store.read(textsOf)).toEqual({});
    await store.transact({ title: 'Four' }, puts({ again: '1' }));
    expect(await store.read(textsOf)).toEqual({ again: '1' });
  });

  it('shares what did not change between one state and the next', async () => {
    const store = await openNew();
    await store.transact({ title: 'One' }, puts({ 'a/x': '1', 'b/x': '1' }));
    const look = (root: Folder) => {
      textsOf(root);
      return [nodeAt(root, 'a'), nodeAt(root, 'b/x')];
    };
    const [a, bx] = await store.read(look);
    await store.transact({ title: 'Two' }, puts({ 'b/y': '2' }));
    const [a2, bx2] = await store.read(look);
    expect(a2).toBe(a);
    expect(bx2).toBe(bx);
  });

  it('turns files into folders and folders into files', async () => {
    const store = await openNew();
    await store.transact({ title: 'One' }, puts({ a: '1', 'b/c': '2' }));
    await store.transact({ title: 'Two' }, (root) => ({
      root: withNode(withNode(withNode(root, 'a', undefined), 'a/b', file('3')), 'b', file('4')),
      outcome: undefined,
    }));
    expect(await store.read(textsOf)).toEqual({ 'a/b': '3', b: '4' });
  });

  describe('laws', () => {
    it('loses no write of two stores on one repository', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 8 }),
          async (turns) => {
            const place = await makePlace();
            const stores = [await open(place), await open(place)];
            const seen = await Promise.all(
              turns.map((turn) => (stores[turn] as Store).transact({ title: 'Count' }, counts('n'))),
            );
            expect(seen.sort((a, b) => a - b)).toEqual(turns.map((_, i) => i + 1));
            for (const store of stores) {
              await store.transact({ title: 'Look' }, (root) => ({ root, outcome: undefined }));
              expect(await store.read((root) => textAt(root, 'n'))).toBe(`${turns.length}`);
            }
          },
        ),
        { numRuns: runs },
      );
    });

    it('gives back any tree that was written, step by step', { timeout: 120_000 }, async () => {
      const name = fc.constantFrom('a', 'b', 'Ä', 'x y', '"q"', '-dash', '日本', 'a.b', 'tab\t', ...oddNames);
      const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
      const step = fc.dictionary(path, fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }), {
        maxKeys: 4,
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 3 }), async (steps) => {
          const place = await makePlace();
          const store = await open(place);
          let expected = emptyFolder;
          for (const files of steps) {
            expected = puts(files)(expected).root;
            await store.transact({ title: 'Step' }, puts(files));
          }
          expect(await store.read(textsOf)).toEqual(textsOf(expected));
          expect(await (await open(place)).read(textsOf)).toEqual(textsOf(expected));
        }),
        { numRuns: runs },
      );
    });
  });
}
