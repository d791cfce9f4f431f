import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entries, file, type Node } from '../../src/domain/tree.ts';
import { serializeTree, type TreeEntry } from '../../src/store/objects.ts';
import { TreeEntries } from '../../src/store/tree-entries.ts';

const oids = ['0'.repeat(40), 'a0'.repeat(20), '20313030363434206100'.repeat(2)];
const modes = ['100644', '40000', '100755', '120000', '160000'];

/** Names that look like parts of a tree object, or sort in their own way as folders. */
const name = fc.oneof(
  fc.constantFrom('a', 'a.b', 'a-b', 'ab', 'x40000 a', '100644 a', 'ü', 'ünter', '\udcff', ' '),
  fc.stringMatching(/^[a-c]{1,3}$/),
);
const entry = fc.record({ mode: fc.constantFrom(...modes), oid: fc.constantFrom(...oids), name });
const tree = fc.uniqueArray(entry, { selector: (one) => one.name, maxLength: 12 });

/** The entries, and how many nodes were made of them. */
function read(entries: readonly TreeEntry[]): { entries: Entries; made: () => number } {
  const nodes = new Map<string, Node>();
  const nodeOf = (mode: string, oid: string): Node => {
    const key = `${mode} ${oid}`;
    const node = nodes.get(key) ?? { ...file(key), oid };
    nodes.set(key, node);
    return node;
  };
  return { entries: new TreeEntries(serializeTree(entries), nodeOf), made: () => nodes.size };
}

const told = (entries: readonly TreeEntry[]) =>
  entries.map(({ mode, name, oid }) => [name, `${mode} ${oid}`] as const);
const text = (node: Node | undefined) => (node?.kind === 'file' ? node.text : undefined);

describe('the entries of a tree object', () => {
  it('are found by their names, before and after all are gone through', () => {
    fc.assert(
      fc.property(tree, name, (entries, other) => {
        const one = read(entries).entries;
        const wanted = new Map(told(entries));
        for (let look = 0; look < 2; look += 1) {
          for (const key of [...wanted.keys(), other]) {
            expect(text(one.get(key))).toBe(wanted.get(key));
            expect(one.has(key)).toBe(wanted.has(key));
          }
          expect(new Map([...one].map(([key, node]) => [key, text(node)]))).toEqual(wanted);
          expect([one.size, [...one.keys()].length, [...one.values()].length]).toEqual(
            Array(3).fill(wanted.size),
          );
        }
      }),
    );
  });

  it('are compared with those of another', () => {
    fc.assert(
      fc.property(tree, tree, fc.nat(12), (some, others, shared) => {
        const names = new Set(others.map((one) => one.name));
        const here = [...some.slice(0, shared).filter((one) => !names.has(one.name)), ...others];
        for (const [a, b] of [
          [some, others],
          [here, others],
          [others, here],
        ] as const) {
          const [old, now] = [new Map(told(a)), new Map(told(b))];
          const unlike = [...new Set([...old.keys(), ...now.keys()])].filter(
            (key) => old.get(key) !== now.get(key),
          );
          expect([...(read(a).entries.unlike?.(read(b).entries) ?? [])].sort()).toEqual(unlike.sort());
        }
      }),
      { numRuns: 500 },
    );
  });

  it('become nodes when they are looked up', () => {
    const many = Array.from({ length: 256 }, (_, index) => ({
      mode: '40000',
      name: index.toString(16).padStart(2, '0'),
      oid: index.toString(16).padStart(40, '0'),
    }));
    const { entries, made } = read(many);
    expect(made()).toBe(0);
    expect(entries.get('7f')).toBe(entries.get('7f'));
    expect(entries.get('zz')).toBeUndefined();
    expect(made()).toBe(1);
    expect(entries.size).toBe(256);
    expect(made()).toBe(256);
    expect(entries.unlike?.(new Map())).toBeUndefined();
  });

  it('end where an object is cut off', () => {
    const cut = serializeTree([{ mode: '100644', name: 'a', oid: '0'.repeat(40) }]).subarray(0, 8);
    expect(new TreeEntries(cut, () => file('')).get('b')).toBeUndefined();
  });
});
