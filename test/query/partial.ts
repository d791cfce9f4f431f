import { type File, type Folder, type Node, NotLoaded } from '../../src/domain/tree.ts';

/** What a question read from a tree of which nothing was loaded. */
export interface Reading<T> {
  readonly answer: T;
  /** How often files had to be fetched: a blobless clone has all folders, so they are looked at first. */
  readonly rounds: number;
  /** The paths of the files that were loaded. */
  readonly files: readonly string[];
}

/** Asks as on a remote store: nothing is loaded but what the question names, round by round. */
export function readPartially<T>(root: Folder, question: (root: Folder) => T): Reading<T> {
  const sources = new Map<Node, { readonly node: Node; readonly path: string }>();
  const files: string[] = [];
  let ids = 0;
  const unloaded = (node: Node, path: string): Node => {
    ids += 1;
    const copy: Node = { kind: node.kind, oid: ids.toString(16).padStart(40, '0') };
    sources.set(copy, { node, path });
    return copy;
  };
  const load = (copy: Node) => {
    const source = sources.get(copy);
    if (!source) throw new Error('asked for a node that is not of this tree');
    const { node, path } = source;
    if (node.kind === 'file') {
      (copy as File).text = node.text ?? '';
      files.push(path);
    } else {
      const entries = [...(node.entries ?? [])];
      (copy as Folder).entries = new Map(
        entries.map(([name, child]) => [name, unloaded(child, path === '' ? name : `${path}/${name}`)]),
      );
    }
  };
  const partial = unloaded(root, '') as Folder;
  let rounds = 0;
  for (let attempt = 1; attempt < 200; attempt += 1) {
    try {
      return { answer: question(partial), rounds, files };
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      if (error.nodes.length === 0) throw new Error('needs something, but does not say what');
      const folders = new Set(error.nodes.filter((node) => node.kind === 'folder'));
      if (folders.size === 0) rounds += 1;
      for (const node of folders.size > 0 ? folders : new Set(error.nodes)) load(node);
    }
  }
  throw new Error('never has enough');
}
