import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CommitId } from '../../src/domain/names.ts';
import { type CommitText, nobody } from '../../src/store/commits.ts';
import type { Engine } from '../../src/store/engine.ts';
import { GitEngine } from '../../src/store/engine-git.ts';
import { IsomorphicEngine } from '../../src/store/engine-isomorphic.ts';
import { emptyTreeId, objectId } from '../../src/store/objects.ts';
import { findGit } from '../../src/store/run-git.ts';
import { type EngineName, engines } from '../helpers/git-program.ts';
import { packRefs, tag, tipOf, writeBlob } from '../helpers/repository.ts';
import { bareRepository, env } from './places.ts';

const makers: Record<EngineName, (folder: string) => Engine> = {
  git: (folder) => {
    const program = findGit(process.env);
    if (!program) throw new Error('there is no git');
    return new GitEngine(program, { gitDir: folder, commonDir: folder });
  },
  isomorphic: (folder) => new IsomorphicEngine({ gitDir: folder, commonDir: folder }, env()),
};

const main = 'refs/heads/main';

function commitOf(message: string, seconds: number, parents: CommitId[] = []): CommitText {
  return { tree: emptyTreeId, parents, author: nobody, committer: nobody, seconds, message };
}

async function write(
  engine: Engine,
  message: string,
  seconds = 0,
  parents: CommitId[] = [],
): Promise<CommitId> {
  const tree = { oid: emptyTreeId, type: 'tree', data: Buffer.alloc(0) } as const;
  return engine.writeCommit({ commit: commitOf(message, seconds, parents), placements: [], objects: [tree] });
}

describe.each(engines)('the engine %s', (name) => {
  const make = makers[name];

  it('moves a ref only from where it is', async () => {
    const folder = await bareRepository();
    const engine = make(folder);
    const [a, b, c] = [await write(engine, 'a'), await write(engine, 'b'), await write(engine, 'c')];
    const swap = async (from: CommitId | undefined, to: CommitId) =>
      (await engine.compareAndSwap(main, from, to, 'test')).kind;
    expect(await swap(a, b)).toBe('lost');
    expect(await engine.readRef(main)).toBeUndefined();
    expect(await swap(undefined, a)).toBe('moved');
    expect(await swap(undefined, b)).toBe('lost');
    expect(await swap(b, c)).toBe('lost');
    await packRefs(folder);
    expect(await swap(undefined, b)).toBe('lost');
    expect(await swap(b, c)).toBe('lost');
    expect((await engine.readRef(main))?.id).toBe(a);
    expect(await swap(a, b)).toBe('moved');
    expect((await engine.readRef(main))?.id).toBe(b);
    expect(await tipOf(folder, main)).toBe(b);
    await engine.close();
  });

  it('lets one of many movers win', async () => {
    const folder = await bareRepository();
    const engine = make(folder);
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => write(engine, `${i}`)));
    const swaps = await Promise.all(ids.map((id) => engine.compareAndSwap(main, undefined, id, 'test')));
    expect(swaps.filter(({ kind }) => kind === 'moved')).toHaveLength(1);
    expect((await engine.readRef(main))?.id).toBe(ids[swaps.findIndex(({ kind }) => kind === 'moved')]);
    await engine.close();
  });

  it('makes a branch where empty folders of others are left', async () => {
    const folder = await bareRepository();
    mkdirSync(join(folder, main, 'sub/sub'), { recursive: true });
    mkdirSync(join(folder, 'refs/heads/other'), { recursive: true });
    const engine = make(folder);
    const id = await write(engine, 'a');
    expect(await engine.compareAndSwap('refs/heads/other', undefined, id, 'test')).toEqual({ kind: 'moved' });
    expect(await engine.compareAndSwap(main, undefined, id, 'test')).toEqual({ kind: 'moved' });
    expect([await tipOf(folder, main), await tipOf(folder, 'other')]).toEqual([id, id]);
    await engine.close();
  });

  it('finds commits by what people call them', async () => {
    const folder = await bareRepository();
    const engine = make(folder);
    const first = await write(engine, 'first');
    await engine.compareAndSwap(main, undefined, first, 'test');
    await tag(folder, 'light', first);
    await tag(folder, 'heavier', await tag(folder, 'heavy', first, 'x'), 'x');
    const blob = await writeBlob(folder, 'x');
    expect(blob).toBe(objectId('blob', Buffer.from('x')));
    const find = async (name: string) => {
      const found = await engine.findCommit(name);
      return typeof found === 'string' ? found : found.oid;
    };
    for (const name of [first, first.slice(0, 8), 'main', 'heads/main', main, 'light', 'heavy', 'heavier']) {
      expect([name, await find(name)]).toEqual([name, first]);
    }
    for (const name of ['nothing', blob, blob.slice(0, 10), '1'.repeat(40), 'a\nb', '../config', '-x', '']) {
      expect([name, await find(name)]).toEqual([name, 'missing']);
    }
    await engine.close();
  });

  it('tells history along first parents, newest first', async () => {
    const folder = await bareRepository();
    const engine = make(folder);
    const one = await write(engine, 'one', 100);
    const side = await write(engine, 'side', 150, [one]);
    const two = await write(engine, 'two', 200, [one]);
    const merge = await write(engine, 'merge', 300, [two, side]);
    const titles = async (limit?: number, notAfter?: number) =>
      (await engine.history(merge, limit, notAfter)).map(({ title }) => title);
    expect(await titles()).toEqual(['merge', 'two', 'one']);
    expect(await titles(2)).toEqual(['merge', 'two']);
    expect(await titles(1, 200)).toEqual(['two']);
    expect(await titles(1, 199)).toEqual(['one']);
    expect(await titles(1, 99)).toEqual([]);
    await engine.close();
  });

  it('answers many questions at once, each with its own', async () => {
    const engine = make(await bareRepository());
    const ids = await Promise.all(
      Array.from({ length: 30 }, (_, i) => write(engine, `${i}`.repeat(i * 300))),
    );
    const unknown = '1'.repeat(40);
    const answers = await Promise.all(ids.map((id) => engine.readObjects([unknown, id, unknown])));
    expect(
      answers.map(([before, found, after]) => [
        before,
        typeof found === 'string' ? found : found?.oid,
        after,
      ]),
    ).toEqual(ids.map((id) => ['missing', id, 'missing']));
    await engine.close();
  });
});
