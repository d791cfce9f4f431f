import { createHash } from 'node:crypto';
import { groupBy } from '../domain/grouping.ts';
import type { PacticipantName } from '../domain/names.ts';
import type { Presence } from '../domain/records.ts';
import {
  emptyFolder,
  entriesOf,
  type File,
  type Folder,
  file,
  folderAt,
  gather,
  type Node,
  nodeAt,
  textOf,
  withNode,
} from '../domain/tree.ts';
import { readPresences, writePresences } from './environments.ts';
import { paths } from './paths.ts';

/** Some pacticipants, and some of the pairs that have contracts. */
export interface PartNames {
  readonly pacticipants: readonly PacticipantName[];
  readonly pairs: readonly { readonly consumer: PacticipantName; readonly provider: PacticipantName }[];
}

/** What lies at a path. */
interface Placed {
  readonly path: string;
  readonly node: Node;
}

/**
 * A tree with nothing but the settings, the environments, these pacticipants with what is live of them, and the contracts
 * and results of these pairs: an answer that is looked for in it can depend on nothing else. @throws NotLoaded
 */
export function partOf(root: Folder, names: PartNames): Folder {
  return placesOf(root, names).reduce((part, { path, node }) => withNode(part, path, node), emptyFolder);
}

/** Equal for equal {@link partOf}s; undefined where something in it is in no repository yet. @throws NotLoaded */
export function digestOf(root: Folder, names: PartNames): string | undefined {
  const lines = placesOf(root, names).map(({ path, node }) => {
    const content = node.oid ?? (node.kind === 'file' ? node.text : undefined);
    return content === undefined ? undefined : JSON.stringify([path, content]);
  });
  if (lines.includes(undefined)) return undefined;
  return createHash('sha1').update(lines.join('\n')).digest('hex');
}

function placesOf(root: Folder, names: PartNames): readonly Placed[] {
  const wanted = [
    paths.settings,
    paths.environments,
    ...names.pacticipants.map(paths.pacticipantFolder),
    ...names.pairs.flatMap(({ consumer, provider }) => [
      paths.pair(consumer, provider),
      paths.resultsOfPair(consumer, provider),
    ]),
  ];
  const [found, live] = gather(
    [
      () => gather(new Set(wanted), (path) => ({ path, node: nodeAt(root, path) })),
      () => deploymentsOf(root, names.pacticipants),
    ],
    (look) => look(),
  );
  return [...(found ?? []), ...(live ?? [])].filter((placed): placed is Placed => placed.node !== undefined);
}

/** What is live of the pacticipants, a file for each environment where something is. */
function deploymentsOf(root: Folder, names: readonly PacticipantName[]): readonly Placed[] {
  const folder = folderAt(root, paths.allDeployments);
  if (!folder) return [];
  return gather(entriesOf(folder), ([name, node]): Placed[] => {
    if (node.kind !== 'file') return [];
    const path = `${paths.allDeployments}/${name}`;
    const byName = presencesByName(path, node);
    const presences = names.flatMap((one) => byName.get(one) ?? []);
    return presences.length === 0 ? [] : [{ path, node: file(writePresences(presences)) }];
  }).flat();
}

/** What was sorted of a file: every part asks for some of it. */
const sorted = new WeakMap<File, ReadonlyMap<string, readonly Presence[]>>();

function presencesByName(path: string, node: File): ReadonlyMap<string, readonly Presence[]> {
  const known = sorted.get(node);
  if (known) return known;
  const byName = groupBy(readPresences(path, textOf(node)), ({ pacticipant }) => pacticipant);
  sorted.set(node, byName);
  return byName;
}
