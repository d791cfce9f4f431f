import {
  changesBetween,
  entriesOf,
  type Folder,
  file,
  fileAt,
  gather,
  type Node,
  nodeAt,
  textOf,
  withNode,
} from '../domain/tree.ts';

/** One file that differs between two trees: its text before and after; undefined where there is none. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** Every file that differs between two trees. @throws NotLoaded */
export function fileChanges(before: Folder, after: Folder): readonly FileChange[] {
  const paths = changesBetween(before, after).flatMap(({ path, node }) => [
    ...filesUnder(path, nodeAt(before, path)),
    ...filesUnder(path, node),
  ]);
  return gather(new Set(paths), (path): FileChange => {
    const [was, is] = [textAt(before, path), textAt(after, path)];
    return {
      path,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
  });
}

/** What became of changes that were made to another tree. */
export interface Reapplied {
  readonly root: Folder;
  /** Files that are neither as the changes found them nor as they left them; they stay as they are. */
  readonly contested: readonly FileChange[];
}

/** Makes changes again on a tree that others have changed meanwhile. @throws NotLoaded */
export function reapply(root: Folder, changes: readonly FileChange[]): Reapplied {
  const states = gather(changes, ({ path }) => textAt(root, path));
  const contested = changes.filter(
    ({ before, after }, index) => states[index] !== before && states[index] !== after,
  );
  const mine = changes.filter(
    (change, index) => states[index] === change.before && !contested.includes(change),
  );
  const changed = mine.reduce(
    (tree, { path, after }) => withNode(tree, path, after === undefined ? undefined : file(after)),
    root,
  );
  return { root: changed, contested };
}

function filesUnder(path: string, node: Node | undefined): string[] {
  if (node?.kind !== 'folder') return node ? [path] : [];
  return gather(entriesOf(node), ([name, below]) => filesUnder(`${path}/${name}`, below)).flat();
}

function textAt(root: Folder, path: string): string | undefined {
  const found = fileAt(root, path);
  return found && textOf(found);
}
