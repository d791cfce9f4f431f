import { onceForEach } from '../domain/once-for-each.ts';
import {
  entriesOf,
  type File,
  type Folder,
  file,
  forgetText,
  gather,
  NotLoaded,
  withNode,
} from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { examineFile } from './examine-files.ts';
import { placeOf } from './examine-places.ts';
import type { Correction, Examined } from './examined.ts';
import type { Facts, Located } from './fact.ts';
import type { Finding } from './finding.ts';

/** Where everything of a store lies; all else in its folder is none of its business (FORMAT.md, "Files"). */
const ownPlaces =
  /^((gitpact|policy)\.yaml|pacts\/provider|results\/(provider|last\.json)|pacticipants|environments|deployments|webhooks)(\/|$)/;
const ownAreas = [
  'gitpact.yaml',
  'policy.yaml',
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

/** How many files of a tree in Git are examined at a time: what they said is kept, most of their texts are not. */
const batchSize = 20_000;

/** Reads every file of the store's own folders, once for each tree. @throws NotLoaded */
export const survey = onceForEach((root: Folder): Survey => {
  const { files, facts, findings, corrections, strange } = examineAll(root);
  const places = files.map(([path]) => path).filter(isFact);
  return {
    facts: { paths: new Set(places), records: facts },
    findings: [...findings, ...missingSettings(places)],
    corrections,
    strange: strange.map(([path]) => path),
    known: strange.reduce((tree, [path, known]) => withNode(tree, path, known), root),
  };
});

/** How far the files of a tree have been examined: each round of loading goes on where the last one ended. */
interface Progress {
  readonly files: readonly (readonly [path: string, file: File])[];
  examined: number;
  readonly facts: Located[];
  readonly findings: Finding[];
  readonly corrections: Correction[];
  /** Files gitpact does not know, or not all of: with the part that it knows. */
  readonly strange: [path: string, known: File | undefined][];
}

const begun = onceForEach(
  (root: Folder): Progress => ({
    files: ownFiles(root),
    examined: 0,
    facts: [],
    findings: [],
    corrections: [],
    strange: [],
  }),
);

function examineAll(root: Folder): Progress {
  const progress = begun(root);
  while (progress.examined < progress.files.length) {
    const batch = progress.files.slice(progress.examined, progress.examined + batchSize);
    requireLoaded(batch);
    const examined = gather(batch, ([path, node]) => ({ path, ...examineFile(root, path, node) }));
    for (const one of examined) keep(progress, one);
    if (root.oid !== undefined) for (const [path, node] of batch) if (isReadOnce(path)) forgetText(node);
    progress.examined += batch.length;
  }
  return progress;
}

function keep(
  { facts, findings, corrections, strange }: Progress,
  { path, fact, ...told }: Examined & { path: string },
): void {
  if (fact) facts.push(fact);
  findings.push(...told.findings);
  corrections.push(...told.corrections);
  if (told.knownPart !== undefined) strange.push([path, file(told.knownPart)]);
  else if (told.findings.some(({ rule }) => rule === 'foreign')) strange.push([path, undefined]);
}

/** Whether nothing looks into a file after its examination: contents, results, and versions, whose records are kept. */
function isReadOnce(path: string): boolean {
  return path.startsWith('results/provider/') || path.includes('/content/') || path.includes('/versions/');
}

/** Asks for the texts of a batch at once. */
function requireLoaded(files: Progress['files']): void {
  const unread = files.flatMap(([, node]) => (node.text === undefined ? [node] : []));
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
