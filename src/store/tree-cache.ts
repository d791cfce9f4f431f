import { type Entries, emptyFolder, type File, type Folder, type Node, NotLoaded } from '../domain/tree.ts';
import { type GitObject, isFolderMode } from './objects.ts';
import { TreeEntries } from './tree-entries.ts';

/** What a known node costs in memory beside its text: the object, its id, its place in two maps. */
const nodeBytes = 400;

/** What an entry of a folder costs that is looked up, whose node may be known already: its name, its place in the map. */
const entryBytes = 100;

const usualMode = '100644';

/** Of most files the very id that the node has: half a million keys of their own would be 40 MB. */
function fileKey(oid: string, mode = usualMode): string {
  return mode === usualMode ? oid : `${mode} ${oid}`;
}

/**
 * The nodes that were read, one for each Git object (and file mode), so that a new commit's tree shares every
 * unchanged node with the one before and what was computed about a node stays true.
 *
 * Memory: nodes are held until `budget` bytes of them were read, then all are forgotten at once ({@link renew});
 * whoever still asks a question keeps the ones it holds. That is coarser than evicting the least used, but never
 * takes a node away from under a running question.
 */
export class TreeCache {
  readonly #budget: number;
  /** By id. */
  #folders = new Map<string, Folder>();
  /** By id, and by mode and id where the mode is not the usual one. */
  #files = new Map<string, File>();
  #bytes = 0;

  /** @param budget in bytes */
  constructor(budget = 256 * 1024 * 1024) {
    this.#budget = budget;
  }

  /** The folder of this id, loaded or not. */
  folder(oid: string): Folder {
    return this.#known(this.#folders, oid, () => ({ kind: 'folder', oid }));
  }

  /** The file of this id and mode, loaded or not. */
  file(oid: string, mode: string): File {
    return this.#known(this.#files, fileKey(oid, mode), () =>
      mode === usualMode ? { kind: 'file', oid } : { kind: 'file', oid, mode },
    );
  }

  /** Gives a node that was just committed the id it got, and keeps it. */
  adopt(node: Node, oid: string): void {
    if (node === emptyFolder) return;
    node.oid = oid;
    if (node.kind === 'folder') this.#known(this.#folders, oid, () => node);
    else this.#known(this.#files, fileKey(oid, node.mode), () => node);
    if (node.kind === 'file') this.#bytes += 2 * (node.text?.length ?? 0);
  }

  /** Loads these nodes from their objects. */
  fill(nodes: Iterable<Node>, objects: ReadonlyMap<string, GitObject>): void {
    for (const node of nodes) {
      const data = node.oid === undefined ? undefined : objects.get(node.oid)?.data;
      if (!data) throw new NotLoaded([node]);
      if (node.kind === 'file') node.text ??= this.#text(data);
      else node.entries ??= this.#entries(data);
    }
  }

  /** Forgets everything when the budget is spent; to be called between questions. */
  renew(): void {
    if (this.#bytes < this.#budget) return;
    this.#folders = new Map();
    this.#files = new Map();
    this.#bytes = 0;
  }

  #known<N extends Node>(nodes: Map<string, N>, key: string, make: () => N): N {
    const known = nodes.get(key);
    if (known) return known;
    const made = make();
    nodes.set(key, made);
    this.#bytes += nodeBytes;
    return made;
  }

  #text(data: Buffer): string {
    this.#bytes += 2 * data.length;
    return data.toString('utf8');
  }

  #entries(data: Buffer): Entries {
    this.#bytes += data.length;
    return new TreeEntries(data, this.#entry);
  }

  readonly #entry = (mode: string, oid: string): Node => {
    this.#bytes += entryBytes;
    return isFolderMode(mode) ? this.folder(oid) : this.file(oid, mode);
  };
}
