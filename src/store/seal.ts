import { entriesOf, type File, type Folder, type Node, type TreeChange, textOf } from '../domain/tree.ts';
import { type GitObject, type ObjectType, objectId, serializeTree, type TreeEntry } from './objects.ts';

/** A tree made here, with the ids Git will give it. */
export interface SealedTree {
  readonly oid: string;
  /** The objects that are not in Git yet, children before their folders. */
  readonly objects: readonly GitObject[];
  /** The id of every node that had none. */
  readonly ids: ReadonlyMap<Node, string>;
}

/**
 * Computes the ids of everything in `after` that has none. `before` gives a rewritten file the mode it had, when that
 * said it may be run.
 */
export function sealTree(before: Folder | undefined, after: Folder): SealedTree {
  const objects: GitObject[] = [];
  const ids = new Map<Node, string>();
  const add = (node: Node, type: ObjectType, data: Buffer) => {
    const oid = objectId(type, data);
    objects.push({ oid, type, data });
    ids.set(node, oid);
    return oid;
  };
  const seal = (was: Node | undefined, node: Node): string => {
    const known = node.oid ?? ids.get(node);
    if (known !== undefined) return known;
    if (node.kind === 'file') return add(node, 'blob', Buffer.from(textOf(node)));
    const old = was?.kind === 'folder' ? was.entries : undefined;
    const entries = [...entriesOf(node)].map(([name, child]): TreeEntry => {
      const there = old?.get(name);
      const mode = child.kind === 'folder' ? '40000' : modeOf(there, child);
      return { mode, name, oid: seal(there, child) };
    });
    return add(node, 'tree', serializeTree(entries));
  };
  return { oid: seal(before, after), objects, ids };
}

/** The mode to write `file` with, where `was` lies now. */
export function modeOf(was: Node | undefined, file: File): string {
  if (file.mode !== undefined) return file.mode;
  return file.oid === undefined && was?.kind === 'file' && was.mode === '100755' ? '100755' : '100644';
}

/** One line of a write: what an engine puts at a path. */
export type Placement =
  | { readonly path: string; readonly kind: 'gone' }
  | { readonly path: string; readonly kind: 'text'; readonly mode: string; readonly data: Buffer }
  | { readonly path: string; readonly kind: 'object'; readonly mode: string; readonly oid: string };

/** How an engine places each of these changes, made on `before`. */
export function placementsOf(before: Folder | undefined, changes: readonly TreeChange[]): Placement[] {
  return changes.map(({ path, node }) => {
    if (!node) return { path, kind: 'gone' };
    const mode = node.kind === 'folder' ? '040000' : modeOf(loadedAt(before, path), node);
    if (node.oid !== undefined) return { path, kind: 'object', mode, oid: node.oid };
    return { path, kind: 'text', mode, data: Buffer.from(textOf(node as File)) };
  });
}

function loadedAt(root: Folder | undefined, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of path.split('/')) {
    node = node?.kind === 'folder' ? node.entries?.get(segment) : undefined;
  }
  return node;
}
