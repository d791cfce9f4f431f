import { createHash, randomUUID } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { makeFile, syncFolder } from './durable-file.ts';
import type { GitObject, ObjectType } from './objects.ts';

/** How a pack names the kinds of object (gitformat-pack). */
const kinds: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** An object as it lies in a pack. */
interface Packed {
  readonly oid: string;
  readonly bytes: Buffer;
  /** From the beginning of the pack. */
  readonly offset: number;
}

/**
 * Writes objects as one pack, onto the disk: two files, however many objects. Nothing of it can be seen before all of it
 * is there. Whoever writes many should have them merged now and then.
 */
export async function writePack(commonDir: string, objects: readonly GitObject[]): Promise<void> {
  const folder = join(commonDir, 'objects', 'pack');
  const { pack, index, name } = packOf(objects);
  if (!existsSync(folder)) await mkdir(folder, { recursive: true });
  const growing = join(folder, `tmp_pack_${randomUUID()}`);
  const parts = [
    { bytes: pack, from: growing, to: join(folder, `pack-${name}.pack`) },
    { bytes: index, from: `${growing}_index`, to: join(folder, `pack-${name}.idx`) },
  ];
  try {
    const written = await Promise.allSettled(
      parts.map(({ bytes, from }) => makeFile(from, bytes, { mode: 0o444 })),
    );
    const failed = written.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    for (const { from, to } of parts) renameSync(from, to);
  } catch (error) {
    for (const { from } of parts) await rm(from, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A pack of these objects, each once and whole, its index (version 2), and what both are called. */
export function packOf(objects: readonly GitObject[]): {
  readonly pack: Buffer;
  readonly index: Buffer;
  readonly name: string;
} {
  const unique = new Map(objects.map((object) => [object.oid, object]));
  const head = Buffer.concat([Buffer.from('PACK'), numbers(2, unique.size)]);
  let offset = head.length;
  const packed = [...unique.values()].map((object): Packed => {
    const bytes = Buffer.concat([entryHead(object), compressed(object)]);
    const entry = { oid: object.oid, bytes, offset };
    offset += bytes.length;
    return entry;
  });
  const body = Buffer.concat([head, ...packed.map(({ bytes }) => bytes)]);
  const checksum = sha1(body);
  const sorted = packed.sort((a, b) => (a.oid < b.oid ? -1 : 1));
  return {
    pack: Buffer.concat([body, checksum]),
    index: indexOf(sorted, checksum),
    name: checksum.toString('hex'),
  };
}

/** A tree is made of ids, which do not compress: more than the least effort costs time and saves nothing. */
function compressed({ type, data }: GitObject): Buffer {
  const chunkSize = Math.min(data.length + 64, 65_536);
  return deflateSync(data, { level: type === 'tree' ? 1 : -1, chunkSize });
}

/** Kind and size: four bits of the size, then seven at a time, the lowest first. */
function entryHead({ type, data }: GitObject): Buffer {
  const bytes: number[] = [];
  let byte = (kinds[type] << 4) | (data.length & 15);
  for (let rest = Math.floor(data.length / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 128);
    byte = rest & 127;
  }
  return Buffer.from([...bytes, byte]);
}

/** @param packed by rising ids */
function indexOf(packed: readonly Packed[], checksum: Buffer): Buffer {
  const counts = new Array<number>(256).fill(0);
  for (const { oid } of packed) {
    const first = Number.parseInt(oid.slice(0, 2), 16);
    counts[first] = (counts[first] ?? 0) + 1;
  }
  let sum = 0;
  const upTo = counts.map((count) => {
    sum += count;
    return sum;
  });
  const body = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63]),
    numbers(2, ...upTo),
    Buffer.from(packed.map(({ oid }) => oid).join(''), 'hex'),
    numbers(...packed.map(({ bytes }) => crc32(bytes))),
    numbers(...packed.map(({ offset }) => offset)),
    checksum,
  ]);
  return Buffer.concat([body, sha1(body)]);
}

/** Whole numbers of 32 bits, the highest first. */
function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) buffer.writeUInt32BE(value, 4 * i);
  return buffer;
}

function sha1(data: Buffer): Buffer {
  return createHash('sha1').update(data).digest();
}
