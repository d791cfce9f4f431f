import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFolder, type Folder, file, withNode } from '../../src/domain/tree.ts';
import { fileChanges, reapply } from '../../src/store/file-changes.ts';

/** A tree of a few files, so that two of them often have paths in common. */
const tree = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'in/a', 'in/b', 'in/deep/a', 'other/a'),
    fc.constantFrom('1', '2', '3'),
  )
  .map((texts) =>
    Object.entries(texts).reduce<Folder>(
      (root, [path, text]) => withNode(root, path, file(text)),
      emptyFolder,
    ),
  );

const textsOf = (root: Folder) =>
  fileChanges(emptyFolder, root).map(({ path, after }) => [path, after] as const);

describe('changes, file by file', () => {
  it('make of the tree before the tree after', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const { root, contested } = reapply(before, fileChanges(before, after));
        expect(contested).toEqual([]);
        expect(textsOf(root).sort()).toEqual(textsOf(after).sort());
      }),
    );
  });

  it('change nothing where they are in already', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        expect(reapply(after, fileChanges(before, after))).toEqual({ root: after, contested: [] });
      }),
    );
  });

  it('leave what others have made of a file, and say which', () => {
    fc.assert(
      fc.property(tree, tree, tree, (before, mine, theirs) => {
        const changes = fileChanges(before, mine);
        const { root, contested } = reapply(theirs, changes);
        const [was, is] = [new Map(textsOf(theirs)), new Map(textsOf(root))];
        for (const change of changes) {
          const isContested = contested.includes(change);
          expect(isContested).toBe(![change.before, change.after].includes(was.get(change.path)));
          expect(is.get(change.path)).toBe(isContested ? was.get(change.path) : change.after);
        }
      }),
    );
  });
});
