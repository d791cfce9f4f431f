/**
 * The files of a store as an immutable tree, shaped like Git's own: a node that was read from Git knows its object
 * id, a node that was made here does not have one yet. Trees share everything they have in common, so comparing two
 * of them costs what differs. A node read from Git may not be *loaded* yet; touching one throws {@link NotLoaded},
 * and whoever runs the question loads the named nodes and runs it again.
 */
export type Node = Folder | File;

/** A file of UTF-8 text. `text` is undefined while not loaded. */
export interface File {
  readonly kind: 'file';
  /** Git object id (40 hex digits), once it is known. */
  oid?: string;
  text?: string | undefined;
  /** Git file mode, when it is not the usual `100644`; kept as found. */
  mode?: string;
}

/** A folder. `entries` is undefined while not loaded. */
export interface Folder {
  readonly kind: 'folder';
  /** Git object id (40 hex digits), once it is known. */
  oid?: string;
  entries?: Entries;
}

/** What lies in a folder, by name. */
export interface Entries extends ReadonlyMap<string, Node> {
  /** The names under which not the same lies here and there; undefined where that is not told without a look at each. */
  unlike?(other: Entries): readonly string[] | undefined;
}

/**
 * Thrown by a question that touched nodes which are not loaded; says which. Never reaches a caller of the store. It is no
 * `Error`: loading a large store throws one for every file, and an `Error` spends most of that time on its stack.
 */
export class NotLoaded {
  readonly nodes: readonly Node[];
  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }
}

/** A folder with nothing in it. */
export const emptyFolder: Folder = { kind: 'folder', entries: new Map() };

/** The entries of a folder. @throws NotLoaded */
export function entriesOf(folder: Folder): Entries {
  if (!folder.entries) throw new NotLoaded([folder]);
  return folder.entries;
}

/** The names under which two folders may hold something else; costs what differs, where that can be. @throws NotLoaded */
export function unlikeNames(before: Folder | undefined, after: Folder | undefined): Iterable<string> {
  const [old, now] = gather([before, after], (folder) => folder && entriesOf(folder)) as (
    | Entries
    | undefined
  )[];
  if (!old || !now) return (old ?? now)?.keys() ?? [];
  return old.unlike?.(now) ?? new Set([...old.keys(), ...now.keys()]);
}

/** The text of a file. @throws NotLoaded */
export function textOf(file: File): string {
  if (file.text === undefined) throw new NotLoaded([file]);
  return file.text;
}

/** Forgets the text of a file that lies in a repository; whoever looks into it again has it loaded again. */
export function forgetText(file: File): void {
  if (file.oid !== undefined) file.text = undefined;
}

/** The node at `path` (segments joined by `/`; `''` is the root). @throws NotLoaded */
export function nodeAt(root: Folder, path: string): Node | undefined {
  if (path === '') return root;
  let node: Node | undefined = root;
  for (const segment of path.split('/')) {
    if (node?.kind !== 'folder') return undefined;
    node = entriesOf(node).get(segment);
  }
  return node;
}

/** The folder at `path`, if there is one. @throws NotLoaded */
export function folderAt(root: Folder, path: string): Folder | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'folder' ? node : undefined;
}

/** The file at `path`, if there is one. @throws NotLoaded */
export function fileAt(root: Folder, path: string): File | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'file' ? node : undefined;
}

/**
 * `visit` of every item; items whose parts are not loaded are collected, so that one round loads what all of them
 * need. Loops over records go through this.
 * @throws NotLoaded naming the nodes of all items.
 */
export function gather<A, B>(items: Iterable<A>, visit: (item: A) => B): B[] {
  const results: B[] = [];
  const missing: Node[] = [];
  for (const item of items) {
    try {
      results.push(visit(item));
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      for (const node of error.nodes) missing.push(node);
    }
  }
  if (missing.length > 0) throw new NotLoaded(missing);
  return results;
}

/** A file with this text. */
export function file(text: string): File {
  return { kind: 'file', text };
}

/**
 * The tree with `node` at `path`, or without anything there when `node` is undefined; folders left empty vanish, as
 * in Git. The tree given is left as it is.
 * @throws NotLoaded
 */
export function withNode(root: Folder, path: string, node: Node | undefined): Folder {
  return place(root, path.split('/'), 0, node) ?? emptyFolder;
}

function place(
  folder: Folder | undefined,
  segments: readonly string[],
  depth: number,
  node: Node | undefined,
): Folder | undefined {
  const segment = segments[depth] as string;
  const before = folder ? entriesOf(folder) : undefined;
  const there = before?.get(segment);
  let next: Node | undefined = node;
  if (depth < segments.length - 1) {
    const below = there?.kind === 'folder' ? there : undefined;
    if (!below && !node) return folder;
    next = place(below, segments, depth + 1, node);
  }
  if (next === there) return folder;
  const entries = new Map(before);
  if (next) entries.set(segment, next);
  else entries.delete(segment);
  return entries.size === 0 ? undefined : { kind: 'folder', entries };
}

/** The tree without anything at these paths, each folder copied once however many of them lie below it. @throws NotLoaded */
export function withoutPaths(root: Folder, paths: Iterable<string>): Folder {
  const gone: Gone = new Map();
  for (const path of paths) markGone(gone, path.split('/'));
  return without(root, gone) ?? emptyFolder;
}

/** What is to go below a folder: whole entries (`true`), or parts of them. */
type Gone = Map<string, Gone | true>;

function markGone(gone: Gone, segments: readonly string[]): void {
  let at = gone;
  for (const segment of segments.slice(0, -1)) {
    const below = at.get(segment) ?? new Map();
    if (below === true) return;
    at.set(segment, below);
    at = below;
  }
  at.set(segments.at(-1) as string, true);
}

function without(folder: Folder, gone: Gone): Folder | undefined {
  const entries = new Map(entriesOf(folder));
  let changed = false;
  for (const [name, what] of gone) {
    const node = entries.get(name);
    const left = what !== true && node?.kind === 'folder' ? without(node, what) : undefined;
    const stays = what !== true && node?.kind !== 'folder';
    if (!node || stays || left === node) continue;
    changed = true;
    if (left) entries.set(name, left);
    else entries.delete(name);
  }
  if (!changed) return folder;
  return entries.size === 0 ? undefined : { kind: 'folder', entries };
}

/** One difference between two trees: what lies at `path` now (`undefined`: nothing). */
export interface TreeChange {
  readonly path: string;
  readonly node: Node | undefined;
}

/**
 * What turns `before` into `after`: made or changed files, whole folders that were moved here from elsewhere in
 * Git (they have an id), and paths that are gone; in byte order of the segments.
 * @throws NotLoaded
 */
export function changesBetween(before: Folder | undefined, after: Folder, at = ''): TreeChange[] {
  if (before === after) return [];
  const old = before ? entriesOf(before) : new Map<string, Node>();
  const now = entriesOf(after);
  const changes: TreeChange[] = [];
  for (const name of old.keys()) if (!now.has(name)) changes.push({ path: at + name, node: undefined });
  for (const [name, node] of now) {
    const was = old.get(name);
    if (was === node || (was?.oid !== undefined && was.oid === node.oid)) continue;
    if (node.kind === 'folder' && node.oid === undefined) {
      changes.push(...changesBetween(was?.kind === 'folder' ? was : undefined, node, `${at + name}/`));
    } else if (
      !(was?.kind === 'file' && node.kind === 'file' && was.text !== undefined && was.text === node.text)
    ) {
      changes.push({ path: at + name, node });
    }
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
