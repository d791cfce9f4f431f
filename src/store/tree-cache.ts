import { type Entries, emptyFolder, type File, type Folder, type Node, NotLoaded } from '../domain/tree.ts';
import { type GitObject, isFolderMode } from './objects.ts';
import { TreeEntries } from './tree-entries.ts';

/** What a known node costs in memory beside its text: the object, its id, its place in two maps. */
const nodeBytes = 400;

/** What an entry of a folder costs that is looked up, whose node may be known already: its name, its place in the map. */
const entryBytes = 100;

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
  #nodes = new Map<string, Node>();
  #bytes = 0;

  /** @param budget in bytes */
  constructor(budget = 256 * 1024 * 1024) {
    this.#budget = budget;
  }

  /** The folder of this id, loaded or not. */
  folder(oid: string): Folder {
    return this.#node(`40000 ${oid}`, () => ({ kind: 'folder', oid })) as Folder;
  }

  /** The file of this id and mode, loaded or not. */
  file(oid: string, mode: string): File {
    const usual = mode === '100644';
    return this.#node(`${mode} ${oid}`, () =>
      usual ? { kind: 'file', oid } : { kind: 'file', oid, mode },
    ) as File;
  }

  /** Gives a node that was just committed the id it got, and keeps it. */
  adopt(node: Node, oid: string): void {
    if (node === emptyFolder) return;
    node.oid = oid;
    const key = `${node.kind === 'folder' ? '40000' : (node.mode ?? '100644')} ${oid}`;
    if (!this.#nodes.has(key)) this.#nodes.set(key, node);
    this.#bytes += nodeBytes + (node.kind === 'file' ? 2 * (node.text?.length ?? 0) : 0);
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
    this.#nodes = new Map();
    this.#bytes = 0;
  }

  #node(key: string, make: () => Node): Node {
    const known = this.#nodes.get(key);
    if (known) return known;
    const made = make();
    this.#nodes.set(key, made);
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
