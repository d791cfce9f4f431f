import { closeSync, openSync, readSync } from 'node:fs';

/** Signature and version of an index of version 2 (gitformat-pack), which is all that Git has written since 2008. */
const signature = Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]);

/** Where the ids begin: after the signature, and how many ids there are up to each first byte. */
const idsAt = signature.length + 256 * 4;

/** So many ids are read at once; more are halved first. */
const nearby = 200;

/** The index of a pack: where in it each object begins. Only what a question needs is read. */
export class PackIndex {
  readonly #file: number;
  readonly #head = Buffer.allocUnsafe(idsAt);
  readonly #ids = Buffer.allocUnsafe(20 * nearby);
  readonly #count: number;

  /** @throws when the file cannot be read, or is of another version */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    readSync(this.#file, this.#head, 0, idsAt, 0);
    if (!this.#head.subarray(0, signature.length).equals(signature)) {
      this.close();
      throw new Error(`${path} is an index of another version`);
    }
    this.#count = this.#upTo(255);
  }

  /** How many bytes into the pack the object of an id of 20 bytes begins; undefined when it is not in it. */
  find(id: Buffer): number | undefined {
    const first = id[0] ?? 0;
    let from = first === 0 ? 0 : this.#upTo(first - 1);
    let to = this.#upTo(first);
    while (to - from > nearby) {
      const middle = Math.floor((from + to) / 2);
      this.#readIds(middle, 1);
      if (id.compare(this.#ids, 0, 20) < 0) to = middle;
      else from = middle;
    }
    this.#readIds(from, to - from);
    const found = placeAmong(this.#ids.subarray(0, 20 * (to - from)), id);
    return found === undefined ? undefined : this.#offset(from + found);
  }

  close(): void {
    closeSync(this.#file);
  }

  #upTo(first: number): number {
    return this.#head.readUInt32BE(signature.length + 4 * first);
  }

  #readIds(from: number, count: number): void {
    readSync(this.#file, this.#ids, 0, 20 * count, idsAt + 20 * from);
  }

  /** After the ids come as many checksums of 4 bytes, then the offsets; those that need 8 bytes stand after all others. */
  #offset(position: number): number {
    const offsetsAt = idsAt + 24 * this.#count;
    const [offset, high] = [this.#number(offsetsAt + 4 * position), 2 ** 31];
    if (offset < high) return offset;
    const largeAt = offsetsAt + 4 * this.#count + 8 * (offset - high);
    return this.#number(largeAt) * 2 ** 32 + this.#number(largeAt + 4);
  }

  #number(at: number): number {
    const bytes = Buffer.allocUnsafe(4);
    readSync(this.#file, bytes, 0, 4, at);
    return bytes.readUInt32BE(0);
  }
}

/** Which of these ids, which rise, an id is. */
function placeAmong(ids: Buffer, id: Buffer): number | undefined {
  let [from, to] = [0, ids.length / 20];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const order = id.compare(ids, 20 * middle, 20 * middle + 20);
    if (order === 0) return middle;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return undefined;
}
