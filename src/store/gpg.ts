import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Signed } from './port.ts';
import { runProgram } from './run-git.ts';
import type { World } from './world.ts';

/**
 * Whose signature it is: the fingerprints of the key and of its primary key; `unknown` where the keyring has no such key, or
 * no gpg is to be had; undefined where the signature is none of these bytes.
 */
export type GpgSigner = readonly string[] | 'unknown' | undefined;

/** So many signatures are checked by one process. */
const together = 500;

/** Whether a signature is one of gpg. */
export function isGpg(signature: string): boolean {
  return /^-----BEGIN PGP (SIGNATURE|MESSAGE)-----/.test(signature);
}

/** Who made these signatures, by the keyring of the user. Keys are never fetched from anywhere. */
export async function gpgSigners(
  all: readonly Signed[],
  world: Pick<World, 'env'>,
): Promise<readonly GpgSigner[]> {
  const found: GpgSigner[] = [];
  for (let from = 0; from < all.length; from += together) {
    found.push(...(await signersOf(all.slice(from, from + together), world)));
  }
  return found;
}

/**
 * Each signature and what it is of are put together to a message, of which gpg checks many at a time; of a detached
 * signature it would check one. A signature that brings anything else along is none.
 */
async function signersOf(
  some: readonly Signed[],
  { env }: Pick<World, 'env'>,
): Promise<readonly GpgSigner[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gitpact-gpg-'));
  try {
    const messages = some.map(({ signature, bytes }) => messageOf(signature, bytes));
    const nameOf = (index: number) => `${index}.gpg`;
    const files = messages.flatMap((message, index) => (message ? [nameOf(index)] : []));
    await Promise.all(
      messages.map((message, index) => message && writeFile(join(folder, nameOf(index)), message)),
    );
    const parts = await statusOf(files, { env, cwd: folder });
    return messages.map((message, index) => {
      if (!message) return undefined;
      const part = parts.get(nameOf(index));
      return part === undefined ? 'unknown' : signerIn(part);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What gpg says of each file. It ends with the first signature that is wrong, and is asked about the rest again. */
async function statusOf(
  files: readonly string[],
  where: Pick<World, 'env' | 'cwd'>,
): Promise<ReadonlyMap<string, string>> {
  const args = ['--batch', '--no-tty', '--no-auto-key-retrieve', '--disable-dirmngr', '--status-fd=1'];
  const told = new Map<string, string>();
  for (let left = files; left.length > 0; ) {
    const call = { file: 'gpg', args: [...args, '--verify-files', ...left], ...where };
    const ended = await runProgram({ ...call, patience: 300_000 }).catch(() => undefined);
    const parts = (ended?.stdout.toString('latin1') ?? '').split(/^\[GNUPG:\] FILE_START 1 /m).slice(1);
    if (parts.length === 0) break;
    for (const part of parts) told.set(part.split(/\r?\n/, 1)[0] ?? '', part);
    left = left.filter((name) => !told.has(name));
  }
  return told;
}

/** What gpg says of one file. A key that has expired since made good signatures before; a revoked one is not believed. */
function signerIn(status: string): GpgSigner {
  const has = (word: string) => status.includes(`\n[GNUPG:] ${word} `);
  if (has('NO_PUBKEY')) return 'unknown';
  if (has('BADSIG') || has('REVKEYSIG') || has('EXPSIG')) return undefined;
  if (!has('GOODSIG') && !has('EXPKEYSIG')) return undefined;
  const valid = [...status.matchAll(/^\[GNUPG:\] VALIDSIG ([0-9A-F]{40}) .*?([0-9A-F]{40})?\r?$/gm)];
  const [only] = valid;
  if (!only || valid.length > 1) return undefined;
  return [...new Set(only.slice(1).filter((one) => one !== undefined))];
}

/** A signed message of RFC 4880, section 11.3: the signature packet, and these bytes as a literal packet. */
function messageOf(signature: string, bytes: Buffer): Buffer | undefined {
  const packet = packetIn(signature);
  if (!packet) return undefined;
  // Binary, without a name, of no date.
  const body = Buffer.concat([Buffer.from('b\0\0\0\0\0', 'latin1'), bytes]);
  return Buffer.concat([packet, Buffer.from([0xcb, 0xff]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

/** The one signature packet that an armored signature is; undefined when it is anything else or more. */
function packetIn(armored: string): Buffer | undefined {
  const [, body] =
    /^-----BEGIN PGP SIGNATURE-----\n(?:[^\n]+: [^\n]*\n)*\n([A-Za-z0-9+/=\n]+?)\n(?:=[A-Za-z0-9+/]{4}\n)?-----END PGP SIGNATURE-----\s*$/.exec(
      armored.replace(/\r\n/g, '\n'),
    ) ?? [];
  if (body === undefined) return undefined;
  const packet = Buffer.from(body, 'base64');
  return isOneSignature(packet) ? packet : undefined;
}

/** RFC 4880, section 4.2: a header of the old or the new form, of kind 2, and a body that ends where the packet does. */
function isOneSignature(packet: Buffer): boolean {
  const [tag = 0, first = 0] = packet;
  const isNew = (tag & 0xc0) === 0xc0;
  if ((isNew ? tag & 0x3f : (tag & 0x3c) >> 2) !== 2 || (tag & 0x80) === 0) return false;
  if (!isNew) {
    const size = [1, 2, 4][tag & 3];
    return (
      size !== undefined && packet.length > size && packet.readUIntBE(1, size) === packet.length - 1 - size
    );
  }
  if (first < 192) return packet.length === first + 2;
  if (first < 224)
    return packet.length > 2 && ((first - 192) << 8) + packet.readUInt8(2) + 192 === packet.length - 3;
  return first === 255 && packet.length > 6 && packet.readUInt32BE(2) === packet.length - 6;
}
