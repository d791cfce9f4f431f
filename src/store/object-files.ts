import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Found } from './engine.ts';
import type { GitObject, ObjectType } from './objects.ts';
import { Pack } from './pack.ts';

/** A repository with more packs is left to Git: each is two open files. */
const mostPacks = 64;

/**
 * Reads objects out of the files of a repository of this machine, in this process: of a pack only what an object is made of,
 * however large it is.
 */
export class ObjectFiles {
  readonly #folder: string;
  /** By file name of the index; undefined until the folder of packs was looked at. */
  #packs: Map<string, Pack> | undefined;

  constructor(commonDir: string) {
    this.#folder = join(commonDir, 'objects');
  }

  /**
   * The objects of these ids, in order; undefined where it takes Git to say: other repositories lend their objects, there
   * are too many packs, or one of the files is not what it should be.
   */
  read(oids: readonly string[]): readonly Found[] | undefined {
    try {
      return oids.map((oid) => this.#read(oid));
    } catch {
      return undefined;
    }
  }

  /** Closes the files; a later read opens them again. */
  close(): void {
    for (const pack of this.#packs?.values() ?? []) pack.close();
    this.#packs = undefined;
  }

  /** Packs are looked for anew when an object is not found: others write, and merge packs. */
  #read(oid: string): Found {
    return (
      this.#inPacks(oid) ?? this.#loose(oid) ?? (this.#look() ? this.#inPacks(oid) : undefined) ?? 'missing'
    );
  }

  #inPacks(oid: string): GitObject | undefined {
    if (!this.#packs) this.#look();
    const id = Buffer.from(oid, 'hex');
    for (const pack of this.#packs?.values() ?? []) {
      const found = pack.read(id);
      if (found) return { oid, ...found };
    }
    return undefined;
  }

  /** Opens the packs that are there by now, and closes those that are gone; whether there are new ones. */
  #look(): boolean {
    this.#packs ??= new Map();
    if (existsSync(join(this.#folder, 'info', 'alternates')))
      throw new Error('other repositories lend objects');
    const folder = join(this.#folder, 'pack');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.idx')) : [];
    for (const [name, pack] of this.#packs) {
      if (names.includes(name)) continue;
      pack.close();
      this.#packs.delete(name);
    }
    if (names.length > mostPacks) throw new Error('there are too many packs');
    const before = this.#packs.size;
    for (const name of names) {
      if (!this.#packs.has(name)) this.#packs.set(name, new Pack(join(folder, name)));
    }
    return this.#packs.size > before;
  }

  #loose(oid: string): GitObject | undefined {
    const path = join(this.#folder, oid.slice(0, 2), oid.slice(2));
    if (!existsSync(path)) return undefined;
    const bytes = inflateSync(readFileSync(path));
    const end = bytes.indexOf(0);
    const [, type, size] = /^(blob|tree|commit|tag) (\d+)$/.exec(bytes.toString('latin1', 0, end)) ?? [];
    const data = bytes.subarray(end + 1);
    if (type === undefined || data.length !== Number(size)) throw new Error(`${path} is no object`);
    return { oid, type: type as ObjectType, data };
  }
}
