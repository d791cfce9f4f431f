import type { Folder } from './tree.ts';

/** What a decision asks for: the tree as it should be (the same object when nothing changes), and its outcome. */
export interface Decision<T> {
  readonly root: Folder;
  readonly outcome: T;
}
