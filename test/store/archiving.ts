import { expect, it } from 'vitest';
import { archiveHistory } from '../../src/store/archive.ts';
import type { Store } from '../../src/store/port.ts';
import { counts, puts, textAt } from './contract.ts';
import { env, openAt } from './places.ts';

/** Where a history is archived. */
interface Place {
  readonly repository: string;
  readonly variables?: Readonly<Record<string, string>>;
}

const asOf = async (store: Store, name: string) =>
  store.read((root) => textAt(root, 'count'), await store.resolve(name));

/** What holds of an archive wherever the repository lies and whichever engine does it. */
export function archives(place: () => Promise<Place>): void {
  it('leaves one commit of the same files, and the history goes on before it', async () => {
    const { repository, variables = {} } = await place();
    const store = await openAt({ repository }, variables);
    for (const title of ['one', 'two', 'three']) await store.transact({ title }, counts('count'));
    const before = await store.history();
    const tip = before[0]?.id;

    const archived = await archiveHistory({ repository, env: env(variables), cwd: '/' });
    expect(archived).toMatchObject({ archived: tip });
    expect(archived?.ref).toMatch(/^refs\/archive\/\d{4}-\d\d-\d\d-[0-9a-f]{8}$/);

    const fresh = await openAt({ repository }, variables);
    for (const reader of [store, fresh]) {
      expect(await reader.tip(true)).toBe(archived?.beginning);
      expect(await reader.read((root) => textAt(root, 'count'))).toBe('3');
      expect((await reader.history()).slice(1)).toEqual(before);
      expect((await reader.history({ limit: 2 })).map(({ title }) => title)).toEqual([
        `Begin the history anew: what was before is ${archived?.ref}`,
        'three',
      ]);
      expect(await asOf(reader, 'HEAD~2')).toBe('2');
      expect(await asOf(reader, before[2]?.committedAt ?? '')).toBeDefined();
    }
    await store.transact({ title: 'four' }, counts('count'));
    expect(await fresh.read((root) => textAt(root, 'count'))).toBe('4');
    expect(await archiveHistory({ repository, env: env(variables), cwd: '/' })).toBeDefined();
    await Promise.all([store.close(), fresh.close()]);
  });

  it('has nothing to do where the history is one commit', async () => {
    const { repository, variables = {} } = await place();
    const store = await openAt({ repository }, variables);
    await store.transact({ title: 'one' }, puts({ a: '1' }));
    const tip = await store.tip();
    expect(await archiveHistory({ repository, env: env(variables), cwd: '/' })).toBeUndefined();
    expect(await store.tip(true)).toBe(tip);
    await store.close();
  });

  it('loses no write that is made at the same time', async () => {
    const { repository, variables = {} } = await place();
    const first = await openAt({ repository }, variables);
    await first.transact({ title: 'first' }, counts('count'));
    const writers = await Promise.all([1, 2, 3].map(() => openAt({ repository }, variables)));
    const writing = writers.map(async (store) => {
      for (let n = 0; n < 4; n += 1) await store.transact({ title: 'count' }, counts('count'));
    });
    const archived = await archiveHistory({ repository, env: env(variables), cwd: '/' });
    await Promise.all(writing);
    expect(await first.read((root) => textAt(root, 'count'))).toBe('13');
    const begun = archived === undefined ? 0 : 1;
    expect(await first.history()).toHaveLength(13 + begun);
    await Promise.all([first, ...writers].map((store) => store.close()));
  });
}
