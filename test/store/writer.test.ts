import { describe, expect, it } from 'vitest';
import { GitpactError } from '../../src/domain/failure.ts';
import type { Folder } from '../../src/domain/tree.ts';
import type { Published, StoreBranch } from '../../src/store/branch.ts';
import type { ReadCommit } from '../../src/store/commits.ts';
import { Committer } from '../../src/store/committer.ts';
import type { Found } from '../../src/store/engine.ts';
import { IsomorphicEngine } from '../../src/store/engine-isomorphic.ts';
import { GitStore } from '../../src/store/git-store.ts';
import type { World } from '../../src/store/world.ts';
import { counts, puts } from './contract.ts';
import { bareRepository, env } from './places.ts';

/** A store on a branch that ends every push as it is told; time passes only by waiting. */
async function storeThat(
  publish: (attempt: number, to: ReadCommit) => Published,
  deadline = 120_000,
  courtesy = 0,
) {
  const folder = await bareRepository();
  const engine = new IsomorphicEngine({ gitDir: folder, commonDir: folder }, env());
  const waits: number[] = [];
  const world: World = {
    env: env(),
    cwd: '/',
    clock: () => new Date('2026-01-01T00:00:00Z'),
    random: () => 0.5,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
    log: () => undefined,
  };
  let tip: ReadCommit | undefined;
  const branch: StoreBranch = {
    engine,
    name: async () => 'main',
    schedule: { first: 100, most: 400, urgent: Number.POSITIVE_INFINITY, deadline, courtesy, perTurn: 1 },
    tip: async () => tip,
    readObjects: (oids) => engine.readObjects(oids),
    deepen: async () => undefined,
    findCommit: async (): Promise<Found> => 'missing',
    inTurn: (attempt) => attempt(),
    writeCommit: (draft) => engine.writeCommit(draft),
    publish: async (_from, to) => {
      const published = publish(waits.length + 1, to);
      if (published.kind === 'in') tip = to;
      return published;
    },
    beginAnew: () => Promise.reject(new Error('nobody archives')),
    close: () => engine.close(),
  };
  const another = () => new GitStore({ branch, committer: new Committer(branch, world, {}), world }, '');
  return { store: another(), another, waits, setTip: (commit: ReadCommit) => (tip = commit) };
}

describe('a write that does not get in', () => {
  it('backs off further each time', async () => {
    const { store, waits } = await storeThat((attempt) => ({ kind: attempt < 4 ? 'lost' : 'in' }));
    expect(await store.transact({ title: 'One' }, counts('n'))).toBe(1);
    expect(waits).toEqual([50, 100, 200]);
    await store.close();
  });

  it('gives up at the deadline, and says that others were faster', async () => {
    const { store } = await storeThat(() => ({ kind: 'lost', why: 'fetch first' }), 300);
    const started = performance.now();
    const slowly = (root: Folder) => {
      while (performance.now() - started < 400);
      return puts({ a: '1' })(root);
    };
    await expect(store.transact({ title: 'One' }, slowly)).rejects.toMatchObject({
      code: 'store-busy',
      message: expect.stringContaining('fetch first'),
    });
    await store.close();
  });

  it('does not try for ever when pushes end without a word', async () => {
    const error = new GitpactError('git-failed', 'Something nobody foresaw.');
    const { store, waits } = await storeThat(() => ({ kind: 'unknown', error }));
    await expect(store.transact({ title: 'One' }, counts('n'))).rejects.toBe(error);
    expect(waits).toHaveLength(5);
    await store.close();
  });

  it('is in when a later look finds its commit, whatever was said of it', async () => {
    for (const kind of ['lost', 'unknown'] as const) {
      let set: (commit: ReadCommit) => void = () => undefined;
      const { store, setTip, waits } = await storeThat((_attempt, to) => {
        set(to);
        return { kind, error: new Error('broken'), why: '' };
      });
      set = setTip;
      expect(await store.transact({ title: 'One' }, counts('n'))).toBe(1);
      expect(waits).toHaveLength(1);
      await store.close();
    }
  });

  it('lets others go first who have just written, but not itself', async () => {
    const { store, another, waits } = await storeThat(() => ({ kind: 'in' }), 120_000, 300);
    const other = another();
    await store.transact({ title: 'One' }, counts('n'));
    await store.transact({ title: 'Two' }, counts('n'));
    expect(waits).toEqual([]);
    await other.transact({ title: 'Three' }, counts('n'));
    expect(waits).toEqual([150]);
    await other.transact({ title: 'Four' }, counts('n'));
    expect(waits).toEqual([150]);
    expect(await store.transact({ title: 'Five' }, counts('n'))).toBe(5);
    expect(waits).toEqual([150, 150]);
    await store.close();
  });

  it('never makes the same commit as another process that does the same', async () => {
    const made: string[] = [];
    const { store } = await storeThat((_attempt, to) => {
      made.push(to.message);
      return { kind: 'in' };
    });
    await store.transact({ title: 'One' }, counts('n'));
    expect(made).toEqual(['One\n\nGitpact-Write: 800000000000\n']);
    await store.close();
  });
});
