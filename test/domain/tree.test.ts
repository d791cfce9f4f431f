import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesBetween,
  emptyFolder,
  type Folder,
  file,
  withNode,
  withoutPaths,
} from '../../src/domain/tree.ts';

const segment = fc.constantFrom('a', 'b', 'c');
const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
const tree = fc
  .array(fc.tuple(fc.array(segment, { minLength: 2, maxLength: 3 }), fc.constantFrom('x', 'y')))
  .map((files) =>
    files.reduce<Folder>((root, [at, text]) => withNode(root, at.join('/'), file(text)), emptyFolder),
  );

describe('a tree without some paths', () => {
  it('is the tree from which they were taken one by one', () => {
    fc.assert(
      fc.property(tree, fc.array(path, { maxLength: 6 }), (root, paths) => {
        const oneByOne = paths.reduce((left, gone) => withNode(left, gone, undefined), root);
        expect(changesBetween(oneByOne, withoutPaths(root, paths))).toEqual([]);
        expect(changesBetween(withoutPaths(root, paths), oneByOne)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('is the very same where nothing lies at them', () => {
    const root = withNode(emptyFolder, 'a/b', file('x'));
    expect(withoutPaths(root, ['a/c', 'd', 'a/b/c'])).toBe(root);
  });
});
