import { closeSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { applyDelta, sizeAt } from './delta.ts';
import type { ObjectType } from './objects.ts';
import { PackIndex } from './pack-index.ts';

const types: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

/** An entry that is the difference to one that begins so many bytes before it, or to the object of an id. */
const [offsetDelta, idDelta] = [6, 7];

/** So many bytes are read of an entry at first: of most, all of it. */
const mostly = 4096;

/** Where an entry is read to, before what it is compressed from is made of it: nothing else is done meanwhile. */
const page = Buffer.allocUnsafe(mostly);

/** An object without its name. */
interface Content {
  readonly type: ObjectType;
  readonly data: Buffer;
}

/** One pack of a repository, read in this process as far as a question needs it. */
export class Pack {
  readonly #index: PackIndex;
  readonly #file: number;

  /** @param path of its index. @throws when it cannot be read */
  constructor(path: string) {
    this.#index = new PackIndex(path);
    try {
      this.#file = openSync(path.replace(/\.idx$/, '.pack'), 'r');
    } catch (error) {
      this.#index.close();
      throw error;
    }
  }

  /** The object of an id of 20 bytes; undefined when it is not in the pack. @throws when it is damaged */
  read(id: Buffer): Content | undefined {
    const offset = this.#index.find(id);
    return offset === undefined ? undefined : this.#contentAt(offset);
  }

  close(): void {
    this.#index.close();
    closeSync(this.#file);
  }

  /** The differences on the way to a whole object are many at times, so they are collected first. */
  #contentAt(start: number): Content {
    const deltas: Buffer[] = [];
    for (let at = start; ; ) {
      const { type, base, data } = this.#entryAt(at);
      if (base === undefined) {
        const whole = types[type];
        if (whole === undefined) throw new Error(`a pack has an entry of type ${type}`);
        return { type: whole, data: deltas.reduceRight(applyDelta, data) };
      }
      deltas.push(data);
      at = base;
    }
  }

  #entryAt(at: number): { readonly type: number; readonly base?: number; readonly data: Buffer } {
    const bytes = this.#bytes(at, page);
    const first = bytes[0] ?? 0;
    const type = (first >> 4) & 7;
    const rest = first < 128 ? { size: 0, next: 1 } : sizeAt(bytes, 1);
    const size = (first & 15) + 16 * rest.size;
    const { base, next } = this.#baseOf(type, at, bytes, rest.next);
    const data = inflate(bytes.subarray(next), size) ?? inflate(this.#long(at + next, size), size);
    if (data?.length !== size) throw new Error('an object is of another size than it says');
    return { type, data, ...(base === undefined ? {} : { base }) };
  }

  /** Where the base of an entry begins, if it has one, and its compressed content. `at`: where the entry begins. */
  #baseOf(type: number, at: number, bytes: Buffer, start: number): { base?: number; next: number } {
    if (type === offsetDelta) {
      const { back, next } = distanceAt(bytes, start);
      return { base: at - back, next };
    }
    if (type !== idDelta) return { next: start };
    const base = this.#index.find(bytes.subarray(start, start + 20));
    if (base === undefined) throw new Error('a pack lacks the base of a delta');
    return { base, next: start + 20 };
  }

  /** As much as so many bytes can be compressed to: what does not compress is stored, with a few bytes for each block. */
  #long(at: number, size: number): Buffer {
    return this.#bytes(at, Buffer.allocUnsafe(size + Math.ceil(size / 512) + 128));
  }

  #bytes(at: number, into: Buffer): Buffer {
    return into.subarray(0, readSync(this.#file, into, 0, into.length, at));
  }
}

/** What so many bytes were compressed to; undefined when that is cut off. */
function inflate(bytes: Buffer, size: number): Buffer | undefined {
  try {
    return inflateSync(bytes, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return undefined;
    throw error;
  }
}

/** How far before an entry its base begins: seven bits a byte, the highest first, where each further byte adds one. */
function distanceAt(bytes: Buffer, start: number): { readonly back: number; readonly next: number } {
  let byte = bytes[start] ?? 0;
  let [back, next] = [byte & 127, start + 1];
  while (byte >= 128) {
    byte = bytes[next] ?? 0;
    back = (back + 1) * 128 + (byte & 127);
    next += 1;
  }
  return { back, next };
}
