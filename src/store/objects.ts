import { createHash } from 'node:crypto';

/** The kinds of Git object. */
export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** One Git object, as it is stored. */
export interface GitObject {
  /** 40 lower-case hex digits. */
  readonly oid: string;
  readonly type: ObjectType;
  readonly data: Buffer;
}

/** The id of a tree without entries. */
export const emptyTreeId = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The id Git gives to an object of this type and content. */
export function objectId(type: ObjectType, data: Uint8Array): string {
  return createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest('hex');
}

/** How many bytes the id of an entry of a tree takes. */
export const idLength = 20;

/** One line of a tree object. */
export interface TreeEntry {
  /** As Git writes it in trees: `40000`, `100644`, `100755`, `120000`, `160000`. */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

/** Whether an entry of this mode is a folder. */
export function isFolderMode(mode: string): boolean {
  return mode === '40000' || mode === '040000';
}

/** The entries of a tree object, in its order. */
export function parseTree(data: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < data.length) {
    const space = data.indexOf(0x20, at);
    const nul = data.indexOf(0, space);
    entries.push({
      mode: data.toString('latin1', at, space),
      name: decodeName(data.subarray(space + 1, nul)),
      oid: data.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

/** The tree object of these entries, which may come in any order. */
export function serializeTree(entries: readonly TreeEntry[]): Buffer {
  const lines = entries
    .map(({ mode, name, oid }) => {
      const bytes = bytesOf(name);
      return { head: `${mode} ${bytes}\0`, key: isFolderMode(mode) ? `${bytes}/` : bytes, oid };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const data = Buffer.allocUnsafe(lines.reduce((size, { head }) => size + head.length + idLength, 0));
  let at = 0;
  for (const { head, oid } of lines) {
    at += data.write(head, at, 'latin1');
    at += data.write(oid, at, 'hex');
  }
  return data;
}

/** The bytes of a name, a character for each. */
export function bytesOf(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is ASCII is its own bytes
  return /^[\x00-\x7f]*$/.test(name) ? name : encodeName(name).toString('latin1');
}

/**
 * A file name of Git, which is any bytes, as text. Bytes that are not UTF-8 become lone surrogates (U+DC80 + byte,
 * as Python does), so that {@link encodeName} gives them back.
 */
export function decodeName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd') || Buffer.from(text).equals(bytes)) return text;
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('');
}

/** The bytes of a name or path that {@link decodeName} may have made. */
export function encodeName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name);
  return Buffer.concat(
    Array.from(name, (char) => {
      const unit = char.charCodeAt(0);
      const escaped = char.length === 1 && unit >= 0xdc80 && unit <= 0xdcff;
      return escaped ? Buffer.from([unit - 0xdc00]) : Buffer.from(char);
    }),
  );
}
