import { expect, it } from 'vitest';
import { type Folder, file, fileAt, withNode } from '../../src/domain/tree.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { SessionStore } from '../../src/store/session-store.ts';

const adding = (path: string) => (root: Folder) => ({
  root: withNode(root, path, file(path)),
  outcome: path,
});
const count = (root: Folder) => root.entries?.size ?? 0;

it('keeps writes to itself until they are flushed as one commit', async () => {
  const under = memoryStore();
  await under.transact({ title: 'begin' }, adding('a'));
  const session = new SessionStore(under);
  expect(await session.transact({ title: 'add b' }, adding('b'))).toBe('b');
  await session.transact({ title: 'add c' }, adding('c'));
  expect(await session.read(count)).toBe(3);
  expect(await under.read(count)).toBe(1);
  expect(await session.flush({ title: 'session' })).toEqual({ written: 2, refused: [] });
  expect(await under.read(count)).toBe(3);
  expect((await under.history()).map(({ title }) => title)).toEqual(['session', 'begin']);
  expect(session.waiting).toEqual([]);
});

it('decides again on what others wrote meanwhile, and tells what is not fine any more', async () => {
  const under = memoryStore();
  await under.transact({ title: 'begin' }, adding('a'));
  const session = new SessionStore(under);
  const once = (root: Folder) => {
    if (fileAt(root, 'b')) throw new Error('b is there');
    return adding('b')(root);
  };
  await session.transact({ title: 'add b once' }, once);
  await session.transact({ title: 'add c' }, adding('c'));
  await under.transact({ title: 'theirs' }, adding('b'));
  const { written, refused } = await session.flush({ title: 'session' });
  expect(written).toBe(1);
  expect(refused).toMatchObject([{ title: 'add b once', reason: { message: 'b is there' } }]);
  expect(await under.read(count)).toBe(3);
});

it('makes no commit of a write that changes nothing or fails', async () => {
  const under = memoryStore();
  await under.transact({ title: 'begin' }, adding('a'));
  const session = new SessionStore(under);
  await session.transact({ title: 'nothing' }, (root) => ({ root, outcome: 1 }));
  const failing = session.transact({ title: 'fails' }, () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await session.flush({ title: 'session' })).toEqual({ written: 0, refused: [] });
  expect(await under.history()).toHaveLength(1);
});

it('keeps everything waiting when the store refuses the flush', async () => {
  const under = memoryStore();
  await under.transact({ title: 'begin' }, adding('a'));
  const broken = {
    ...under,
    read: under.read.bind(under),
    transact: () => Promise.reject(new Error('away')),
  };
  const session = new SessionStore(broken);
  await session.transact({ title: 'add b' }, adding('b'));
  await expect(session.flush({ title: 'session' })).rejects.toThrow('away');
  expect(session.waiting).toEqual(['add b']);
  expect(await session.read(count)).toBe(2);
});
