import type { Entries, Node } from '../domain/tree.ts';
import { bytesOf, decodeName, idLength, isFolderMode, parseTree } from './objects.ts';

/** Makes the node of an entry, or finds it. */
export type NodeOf = (mode: string, oid: string) => Node;

/**
 * The entries of a tree object as it lies in the repository. A question mostly wants one of hundreds, and what differs from
 * another tree: so nodes are made of the entries that are looked up, and of all only when all are gone through.
 */
export class TreeEntries implements Entries {
  /** The object, a character for each byte. */
  readonly #data: string;
  readonly #nodeOf: NodeOf;
  #found: Map<string, Node> | undefined;
  #all: ReadonlyMap<string, Node> | undefined;

  constructor(data: Buffer, nodeOf: NodeOf) {
    this.#data = data.toString('latin1');
    this.#nodeOf = nodeOf;
  }

  get(name: string): Node | undefined {
    if (this.#all) return this.#all.get(name);
    const known = this.#found?.get(name);
    if (known) return known;
    const made = this.#look(bytesOf(name));
    if (!made) return undefined;
    this.#found ??= new Map();
    this.#found.set(name, made);
    return made;
  }

  has(name: string): boolean {
    return this.#all ? this.#all.has(name) : startOf(this.#data, bytesOf(name)) >= 0;
  }

  unlike(other: Entries): readonly string[] | undefined {
    return other instanceof TreeEntries ? unlikeNames(this.#data, other.#data) : undefined;
  }

  get size(): number {
    return this.#whole().size;
  }

  keys(): MapIterator<string> {
    return this.#whole().keys();
  }

  values(): MapIterator<Node> {
    return this.#whole().values();
  }

  entries(): MapIterator<[string, Node]> {
    return this.#whole().entries();
  }

  [Symbol.iterator](): MapIterator<[string, Node]> {
    return this.entries();
  }

  forEach(visit: (node: Node, name: string, all: ReadonlyMap<string, Node>) => void): void {
    this.#whole().forEach(visit);
  }

  #look(name: string): Node | undefined {
    const at = startOf(this.#data, name);
    if (at < 0) return undefined;
    const space = this.#data.indexOf(' ', at);
    const id = space + name.length + 2;
    const oid = Buffer.from(this.#data.slice(id, id + idLength), 'latin1').toString('hex');
    return this.#nodeOf(this.#data.slice(at, space), oid);
  }

  #whole(): ReadonlyMap<string, Node> {
    this.#all ??= new Map(
      parseTree(Buffer.from(this.#data, 'latin1')).map(({ mode, name, oid }) => [
        name,
        this.#nodeOf(mode, oid),
      ]),
    );
    return this.#all;
  }
}

/** Where the entry of a name begins; less than 0 where there is none. Names may look like anything, and so may ids. */
function startOf(data: string, name: string): number {
  for (let at = 0; at < data.length; at = endOf(data, at)) {
    const from = nameStart(data, at);
    if (data.charCodeAt(from + name.length) === 0 && data.startsWith(name, from)) return at;
  }
  return -1;
}

/** Where the name begins of the entry at `at`: behind a mode of five or six digits. */
function nameStart(data: string, at: number): number {
  return data.charCodeAt(at + 5) === 0x20 ? at + 6 : at + 7;
}

/** Where the entry ends that begins at `at`; what is no entry ends with the object. */
function endOf(data: string, at: number): number {
  const nul = data.indexOf('\0', nameStart(data, at));
  return nul < 0 ? data.length : nul + 1 + idLength;
}

/**
 * The names whose entries are not the same in two tree objects, which hold them in Git's order. Most trees that follow one
 * another differ in one entry of hundreds: what they begin and end with is compared as a whole.
 */
function unlikeNames(one: string, other: string): readonly string[] {
  const names = new Set<string>();
  let here = sharedEntries(one, other);
  let there = here;
  while (!endAlike(one, here, other, there)) {
    const [hereEnd, thereEnd] = [endAt(one, here), endAt(other, there)];
    const [mine, yours] = [keyAt(one, here, hereEnd), keyAt(other, there, thereEnd)];
    const comesFirst = yours === undefined || (mine !== undefined && mine < yours);
    const comesLast = mine === undefined || (yours !== undefined && yours < mine);
    const isSame = mine === yours && one.slice(here, hereEnd) === other.slice(there, thereEnd);
    if (!comesLast && !isSame) names.add(nameOf(mine));
    if (!comesFirst && !isSame) names.add(nameOf(yours));
    if (!comesLast) here = hereEnd;
    if (!comesFirst) there = thereEnd;
  }
  return [...names];
}

/** How long the entries are that both begin with. */
function sharedEntries(one: string, other: string): number {
  let [same, most] = [0, Math.min(one.length, other.length)];
  while (same < most) {
    const middle = Math.ceil((same + most) / 2);
    if (one.slice(same, middle) === other.slice(same, middle)) same = middle;
    else most = middle - 1;
  }
  let at = 0;
  for (let end = endAt(one, 0); at < end && end <= same; end = endAt(one, at)) at = end;
  return at;
}

function endAlike(one: string, here: number, other: string, there: number): boolean {
  return one.length - here === other.length - there && one.slice(here) === other.slice(there);
}

function endAt(data: string, at: number): number {
  return at < data.length ? endOf(data, at) : at;
}

/** What an entry is sorted by: its name, of a folder with a slash behind it; undefined behind the last entry. */
function keyAt(data: string, at: number, end: number): string | undefined {
  if (at >= data.length) return undefined;
  const from = nameStart(data, at);
  const name = data.slice(from, end - idLength - 1);
  return isFolderMode(data.slice(at, from - 1)) ? `${name}/` : name;
}

function nameOf(key: string): string {
  return decodeName(Buffer.from(key.replace(/\/$/, ''), 'latin1'));
}
