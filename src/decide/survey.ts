import { entriesOf, type File, type Folder, file, gather, NotLoaded, withNode } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { examineFile } from './examine-files.ts';
import { placeOf } from './examine-places.ts';
import type { Correction } from './examined.ts';
import type { Facts } from './fact.ts';
import type { Finding } from './finding.ts';

/** Where everything of a store lies; all else in its folder is none of its business (FORMAT.md, "Files"). */
const ownPlaces =
  /^(gitpact\.yaml|pacts\/provider|results\/(provider|last\.json)|pacticipants|environments|deployments|webhooks)(\/|$)/;
const ownAreas = [
  'gitpact.yaml',
  'pacts',
  'results',
  'pacticipants',
  'environments',
  'deployments',
  'webhooks',
];

/** What the files of a store say, each by itself. */
export interface Survey {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  /** What is needed for every record to be in canonical form. */
  readonly corrections: readonly Correction[];
  /** The files in the store's own folders that gitpact does not know, or not all of: they are to stay as they are. */
  readonly strange: readonly string[];
  /** The tree with nothing in the store's own folders but what gitpact knows. */
  readonly known: Folder;
}

/** Reads every file of the store's own folders. @throws NotLoaded */
export function survey(root: Folder): Survey {
  const files = ownFiles(root);
  requireLoaded(files.map(([, node]) => node));
  const examined = gather(files, ([path, node]) => examineFile(root, path, node));
  const findings = examined.flatMap((one) => one.findings);
  const places = files.map(([path]) => path).filter(isFact);
  const strange = files.flatMap(([path], index): [path: string, known: File | undefined][] => {
    const { findings: told = [], knownPart } = examined[index] ?? {};
    if (knownPart !== undefined) return [[path, file(knownPart)]];
    return told.some(({ rule }) => rule === 'foreign') ? [[path, undefined]] : [];
  });
  return {
    facts: { paths: new Set(places), records: examined.flatMap(({ fact }) => (fact ? [fact] : [])) },
    findings: [...findings, ...missingSettings(places)],
    corrections: examined.flatMap((one) => one.corrections),
    strange: strange.map(([path]) => path),
    known: strange.reduce((tree, [path, known]) => withNode(tree, path, known), root),
  };
}

/** Asks for all texts at once: to throw for each of a hundred thousand files would take longer than to read them. */
function requireLoaded(files: readonly File[]): void {
  const unread = files.filter(({ text }) => text === undefined);
  if (unread.length > 0) throw new NotLoaded(unread);
}

function missingSettings(places: readonly string[]): Finding[] {
  if (places.includes(paths.settings)) return [];
  const text = 'is missing: it makes this a contract repository';
  return [{ path: paths.settings, rule: 'missing', text }];
}

function isFact(path: string): boolean {
  const kind = placeOf(path)?.kind;
  return kind !== undefined && kind !== 'derived';
}

function ownFiles(root: Folder): [path: string, file: File][] {
  const own = [...entriesOf(root)].filter(([name]) => ownAreas.includes(name));
  return gather(own, ([name, node]) => filesBelow(node, name))
    .flat()
    .filter(([path]) => ownPlaces.test(path));
}

function filesBelow(node: Folder | File, path: string): [path: string, file: File][] {
  if (node.kind === 'file') return [[path, node]];
  return gather(entriesOf(node), ([name, below]) => filesBelow(below, `${path}/${name}`)).flat();
}
