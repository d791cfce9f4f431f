import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import {
  entriesOf,
  type File,
  type Folder,
  fileAt,
  folderAt,
  gather,
  type Node,
  textOf,
} from '../domain/tree.ts';
import { readPacticipant } from './pacticipants.ts';
import { paths } from './paths.ts';
import { readJsonFields } from './reading.ts';
import { decodeSegment } from './segment.ts';

/** Reads a record from the text at a path. */
export type Read<T> = (path: string, text: string) => T;

/** The file beside a result; no name of a version ends like this, since `~` is never left as it is. */
const testResults = /~\d+\.tests\.json$/;

const made = new WeakMap<Node, unknown>();

/** What `make` makes of a node, made once as long as the node lives: nodes are shared by all commits that agree. */
export function once<T>(node: Node, make: () => T): T {
  const known = made.get(node);
  if (known !== undefined) return known as T;
  const value = make();
  made.set(node, value);
  return value;
}

/** As {@link once}, with the names in code point order. */
export function onceSorted(
  folder: Folder,
  make: () => readonly PacticipantName[],
): readonly PacticipantName[] {
  return once(folder, () => [...make()].sort(byCodePoint));
}

/** The record of a file. @throws NotLoaded, GitpactError `bad-record` */
export function readOnce<T>(file: File, path: string, read: Read<T>): T {
  return once(file, () => read(path, textOf(file)));
}

/** The record at a path, if there is a file. @throws NotLoaded, GitpactError `bad-record` */
export function recordAt<T>(root: Folder, path: string, read: Read<T>): T | undefined {
  const file = fileAt(root, path);
  return file && readOnce(file, path, read);
}

/** The records of all files below a folder that lies at `at`. @throws NotLoaded, GitpactError `bad-record` */
export function recordsBelow<T>(folder: Folder, at: string, read: Read<T>): T[] {
  return gather(entriesOf(folder), ([name, node]): T[] => {
    if (node.kind === 'folder') return recordsBelow(node, `${at}/${name}`, read);
    if (!/\.(json|yaml)$/.test(name) || testResults.test(name)) return [];
    return [readOnce(node, `${at}/${name}`, read)];
  }).flat();
}

/** The records below `at` in code point order of their names. @throws NotLoaded, GitpactError `bad-record` */
export function namedRecords<T extends { readonly name: string }>(
  root: Folder,
  at: string,
  read: Read<T>,
): readonly T[] {
  const folder = folderAt(root, at);
  if (!folder) return [];
  return once(folder, () => recordsBelow(folder, at, read).sort((a, b) => byCodePoint(a.name, b.name)));
}

/**
 * The names that the folders in a folder stand for; a shortened one is looked up in the record at `recordOf`.
 * @throws NotLoaded, GitpactError `bad-record`
 */
export function namesIn(
  root: Folder,
  folder: Folder,
  recordOf: (segment: string) => string | undefined,
  field = 'name',
): readonly PacticipantName[] {
  const segments = [...entriesOf(folder)].filter(([, node]) => node.kind === 'folder').map(([name]) => name);
  return gather(segments, (segment) => {
    const name = decodeSegment(segment);
    if (name !== undefined) return name;
    const path = recordOf(segment);
    const file = path === undefined ? undefined : fileAt(root, path);
    if (!path || !file) return segment;
    return path.endsWith('.yaml')
      ? readPacticipant(path, textOf(file)).name
      : readJsonFields(path, textOf(file)).text(field);
  }) as PacticipantName[];
}

/** Where the record of any integration of a provider lies, by the segment of its name. @throws NotLoaded */
export function anyIntegration(root: Folder, providerSegment: string): string | undefined {
  const at = `${paths.providers}/${providerSegment}/consumer`;
  const consumers = folderAt(root, at);
  const [first] = consumers ? entriesOf(consumers).keys() : [];
  return first === undefined ? undefined : `${at}/${first}/integration.json`;
}
