import { describe, expect, it } from 'vitest';
import { entriesOf, type Folder, file, NotLoaded, textOf } from '../../src/domain/tree.ts';
import { type GitObject, objectId, serializeTree } from '../../src/store/objects.ts';
import { TreeCache } from '../../src/store/tree-cache.ts';

function blob(text: string): GitObject {
  const data = Buffer.from(text);
  return { oid: objectId('blob', data), type: 'blob', data };
}

function tree(files: Record<string, GitObject>): GitObject {
  const entries = Object.entries(files).map(([name, { oid }]) => ({ mode: '100644', name, oid }));
  const data = serializeTree(entries);
  return { oid: objectId('tree', data), type: 'tree', data };
}

function filled(cache: TreeCache, root: GitObject, ...objects: GitObject[]): Folder {
  const folder = cache.folder(root.oid);
  const known = new Map([root, ...objects].map((object) => [object.oid, object]));
  cache.fill([folder], known);
  cache.fill(
    [...entriesOf(folder).values()].filter(({ oid }) => known.has(oid ?? '')),
    known,
  );
  return folder;
}

describe('the nodes that were read', () => {
  const [one, two, three] = [blob('one'), blob('two'), blob('three')];

  it('are the same in every tree that has them', () => {
    const cache = new TreeCache();
    const before = filled(cache, tree({ a: one, b: two }), one, two);
    const after = filled(cache, tree({ a: one, b: three }));
    expect(entriesOf(after).get('a')).toBe(entriesOf(before).get('a'));
    expect(() => textOf(entriesOf(after).get('b') as never)).toThrow(NotLoaded);
  });

  it('are forgotten when the budget is spent, and stay whole for whoever holds them', () => {
    const cache = new TreeCache(2_000);
    const first = tree({ a: one });
    const folder = filled(cache, first, one);
    cache.renew();
    expect(cache.folder(first.oid)).toBe(folder);
    const large = blob('x'.repeat(1_000));
    filled(cache, tree({ a: one, large }), large);
    cache.renew();
    expect(cache.folder(first.oid)).not.toBe(folder);
    expect(textOf(entriesOf(folder).get('a') as never)).toBe('one');
  });

  it('are those that were written, once they have an id', () => {
    const cache = new TreeCache();
    const made = file('two');
    cache.adopt(made, two.oid);
    const read = filled(cache, tree({ b: two }));
    expect(entriesOf(read).get('b')).toBe(made);
  });
});
