import { arrangedPact, canonicalPact } from '../domain/canonical.ts';
import { GitpactError } from '../domain/failure.ts';
import { type JsonValue, parseJson } from '../domain/json.ts';
import { byCodePoint, type PacticipantName, type PactSha } from '../domain/names.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import { entriesOf, type File, type Folder, gather, textOf } from '../domain/tree.ts';
import { readIntegration, readResult } from '../format/contracts.ts';
import { readEnvironment, readPointer, readPresences } from '../format/environments.ts';
import { readBranch, readLatest, readPacticipant, readTagIndex } from '../format/pacticipants.ts';
import { paths } from '../format/paths.ts';
import { readJsonFields } from '../format/reading.ts';
import { decodeSegment, fold } from '../format/segment.ts';
import { readSettings } from '../format/settings.ts';
import { snapshotOf } from '../format/snapshot.ts';
import { readVersion } from '../format/versions.ts';
import { rebuilt } from './rebuild.ts';

/** One thing that is wrong with a store: where, in a sentence, and whether it is derived and can be made anew. */
export interface Finding {
  readonly path: string;
  readonly text: string;
  readonly derived: boolean;
}

/** Everything that breaks a rule of FORMAT.md, in order of the paths. @throws NotLoaded */
export function examine(root: Folder): readonly Finding[] {
  const files = filesBelow(root, '');
  const unreadable = gather(files, ([path, file]) => complaintAbout(root, path, file)).flat();
  const facts = [...unreadable, ...clashes(files.map(([path]) => path))];
  if (facts.some(({ derived }) => !derived)) return sorted(facts);
  return sorted([...facts, ...inconsistencies(root), ...staleFiles(root)]);
}

function sorted(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => byCodePoint(a.path, b.path));
}

function filesBelow(folder: Folder, at: string): [path: string, file: File][] {
  return gather(entriesOf(folder), ([name, node]): [string, File][] =>
    node.kind === 'folder' ? filesBelow(node, `${at}${name}/`) : [[at + name, node]],
  ).flat();
}

type Reader = (path: string, text: string) => string | undefined;

const xx = '[0-9a-f]{2}';
const name = '[^/]+';

/** What may lie where: each reader gives the path the record belongs at, or nothing when the path says it all. */
const kinds: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [/^gitpact\.yaml$/, (path, text) => void readSettings(path, text)],
  [
    new RegExp(`^pacticipants/${name}/pacticipant\\.yaml$`),
    (path, text) => paths.pacticipant(readPacticipant(path, text).name),
  ],
  [
    new RegExp(`^pacticipants/${name}/versions/${xx}/${name}\\.json$`),
    (path, text) => {
      const { pacticipant, number } = readVersion(path, text);
      return paths.version(pacticipant, number);
    },
  ],
  [
    new RegExp(`^pacticipants/${name}/branches/${xx}/${name}\\.json$`),
    (path, text) => void readBranch(path, text),
  ],
  [
    new RegExp(`^pacticipants/${name}/tags/${xx}/${name}\\.json$`),
    (path, text) => void readTagIndex(path, text),
  ],
  [new RegExp(`^pacticipants/${name}/latest\\.json$`), (path, text) => void readLatest(path, text)],
  [
    new RegExp(`^pacts/provider/${name}/consumer/${name}/integration\\.json$`),
    (path, text) => {
      const { consumer, provider } = readIntegration(path, text);
      return paths.integration(consumer, provider);
    },
  ],
  [
    new RegExp(`^pacts/provider/${name}/consumer/${name}/content/${xx}/[0-9a-f]{40}(\\.order)?\\.json$`),
    () => undefined,
  ],
  [
    new RegExp(
      `^pacts/provider/${name}/consumer/${name}/(latest|main-branch|(branch|tag)/${xx}/${name}|environment/${name}/${name})\\.json$`,
    ),
    () => undefined,
  ],
  [
    new RegExp(`^results/provider/${name}/consumer/${name}/${xx}/[0-9a-f]{40}/${xx}/${name}~\\d+\\.json$`),
    readResultAt,
  ],
  [
    new RegExp(
      `^results/provider/${name}/consumer/${name}/${xx}/[0-9a-f]{40}/${xx}/${name}~\\d+\\.tests\\.json$`,
    ),
    (path, text) => void parseJson(text, path),
  ],
  [/^results\/last\.json$/, (path, text) => void readJsonFields(path, text).whole('number')],
  [
    new RegExp(`^environments/${name}\\.yaml$`),
    (path, text) => paths.environment(readEnvironment(path, text).name),
  ],
  [new RegExp(`^deployments/by-uuid/${xx}/${name}\\.json$`), (path, text) => void readPointer(path, text)],
  [new RegExp(`^deployments/${name}\\.json$`), (path, text) => void readPresences(path, text)],
];

const ours = /^(gitpact\.yaml$|pacticipants\/|pacts\/|results\/|environments\/|deployments\/)/;
const derivedPlaces = /^(deployments\/|pacticipants\/[^/]+\/(tags\/|latest\.json))/;

function readResultAt(path: string, text: string): string {
  const [, , provider = '', , consumer = '', , sha = ''] = path.split('/');
  const of = {
    consumer: (decodeSegment(consumer) ?? consumer) as PacticipantName,
    provider: (decodeSegment(provider) ?? provider) as PacticipantName,
    sha: sha as PactSha,
  };
  const result = readResult(path, text, of);
  const folder = path.slice(0, path.lastIndexOf('/', path.lastIndexOf('/') - 1));
  const rest = paths.resultsBy(of.consumer, of.provider, of.sha, result.providerVersion).split('/').at(-1);
  return `${folder}/${rest}/${paths.resultName(result.providerVersion, result.number)}.json`;
}

function complaintAbout(root: Folder, path: string, file: File): Finding[] {
  if (!ours.test(path)) return [];
  const derived = derivedPlaces.test(path);
  const read = kinds.find(([pattern]) => pattern.test(path))?.[1];
  if (!read) return [{ path, text: 'does not belong in a contract repository', derived }];
  try {
    const belongsAt = read(path, textOf(file));
    if (belongsAt !== undefined && belongsAt !== path) {
      return [{ path, text: `tells of something that belongs at ${belongsAt}`, derived }];
    }
    return path.includes('/content/') && !path.endsWith('.order.json')
      ? contentComplaint(root, path, file)
      : [];
  } catch (error) {
    if (!(error instanceof GitpactError)) throw error;
    return [{ path, text: error.message, derived }];
  }
}

function contentComplaint(root: Folder, path: string, file: File): Finding[] {
  const orderPath = path.replace(/\.json$/, '.order.json');
  const order = filesAt(root, orderPath);
  const [text = '', arrangement] = gather([file, order], (node) => node && textOf(node));
  const stored = parseJson(text, path);
  const submitted = arrangement === undefined ? stored : arranged(text, arrangement);
  if (submitted === undefined && path.endsWith(`/${pactShaOf(stored)}.json`)) {
    return [
      { path: orderPath, text: 'does not say in which order its content was submitted', derived: false },
    ];
  }
  const sha = pactShaOf(submitted ?? stored);
  if (!path.endsWith(`/${sha}.json`))
    return [{ path, text: `has the content of ${sha}: it was changed`, derived: false }];
  const canonical = canonicalPact(submitted ?? stored);
  if (canonical.text !== text) return [{ path, text: 'is not in the canonical form', derived: false }];
  return [];
}

/** The pact as it was submitted; undefined when the recorded order does not fit it. */
function arranged(text: string, arrangement: string): JsonValue | undefined {
  try {
    return arrangedPact(text, arrangement);
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}

function filesAt(root: Folder, path: string): File | undefined {
  const node = path
    .split('/')
    .reduce<Folder | File | undefined>(
      (at, segment) => (at?.kind === 'folder' ? entriesOf(at).get(segment) : undefined),
      root,
    );
  return node?.kind === 'file' ? node : undefined;
}

function clashes(all: readonly string[]): Finding[] {
  const seen = new Map<string, string>();
  return all.flatMap((path) => {
    const other = seen.get(fold(path));
    seen.set(fold(path), path);
    return other === undefined
      ? []
      : [
          {
            path,
            text: `cannot be told from ${other} where upper and lower case are the same`,
            derived: false,
          },
        ];
  });
}

/** Facts that contradict each other: orders given twice, and references to what is not there. */
function inconsistencies(root: Folder): Finding[] {
  const now = snapshotOf(root);
  const names = now.pacticipantNames();
  const findings: Finding[] = [];
  const complain = (path: string, text: string) => findings.push({ path, text, derived: false });
  gather(names, (pacticipant) => [
    now.versions(pacticipant),
    now.branches(pacticipant),
    now.pacticipant(pacticipant),
  ]);
  for (const pacticipant of names) {
    const versions = now.versions(pacticipant);
    const orders = new Map<number, string>();
    if (!now.pacticipant(pacticipant)) complain(paths.pacticipant(pacticipant), 'is missing');
    for (const version of versions) {
      const path = paths.version(pacticipant, version.number);
      const twin = orders.get(version.order);
      if (twin !== undefined) complain(path, `has the same order (${version.order}) as version ${twin}`);
      orders.set(version.order, version.number);
      for (const { provider, sha } of version.pacts) {
        if (!filesAt(root, paths.content(pacticipant, provider, sha))) {
          complain(path, `has published a pact with ${provider} whose content ${sha} is missing`);
        }
      }
      for (const { name: branch } of version.branches) {
        if (!now.branch(pacticipant, branch)) complain(path, `is on the branch ${branch}, which is missing`);
      }
    }
    for (const { name: branch, head } of now.branches(pacticipant)) {
      const version = head === undefined ? undefined : now.version(pacticipant, head);
      if (head !== undefined && !version?.branches.some((membership) => membership.name === branch)) {
        complain(paths.branch(pacticipant, branch), `has the head ${head}, which is not on it`);
      }
    }
  }
  return [...findings, ...danglingResults(root)];
}

function danglingResults(root: Folder): Finding[] {
  const now = snapshotOf(root);
  const pairs = gather(now.providerNames(), (provider) =>
    now.consumersOf(provider).map((consumer) => ({ consumer, provider })),
  ).flat();
  const results = gather(pairs, ({ consumer, provider }) =>
    gather(now.contentShas(consumer, provider), (sha) => now.results(consumer, provider, sha)).flat(),
  ).flat();
  const numbers = new Map<number, string>();
  return results.flatMap((result) => {
    const { consumer, provider, sha, providerVersion, number } = result;
    const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
    const path = `${folder}/${paths.resultName(providerVersion, number)}.json`;
    const twin = numbers.get(number);
    numbers.set(number, path);
    const findings: Finding[] = [];
    if (twin !== undefined) findings.push({ path, text: `has the same number as ${twin}`, derived: false });
    if (!filesAt(root, paths.version(provider, providerVersion))) {
      findings.push({
        path,
        text: `is by version ${providerVersion} of ${provider}, which is missing`,
        derived: false,
      });
    }
    return findings;
  });
}

function staleFiles(root: Folder): Finding[] {
  return differences(root, rebuilt(root), '');
}

function differences(before: Folder | undefined, after: Folder | undefined, at: string): Finding[] {
  if (before === after || (before?.oid !== undefined && before.oid === after?.oid)) return [];
  const old = before ? entriesOf(before) : new Map();
  const made = after ? entriesOf(after) : new Map();
  return gather(new Set<string>([...old.keys(), ...made.keys()]), (entry): Finding[] => {
    const was = old.get(entry);
    const is = made.get(entry);
    const path = at + entry;
    if (was === is) return [];
    if (was?.kind !== 'file' && is?.kind !== 'file') return differences(was, is, `${path}/`);
    if (was === undefined)
      return [{ path, text: 'is missing, and can be made from the facts', derived: true }];
    if (is === undefined) return [{ path, text: 'has nothing to stand for', derived: true }];
    if (was.kind === 'file' && is.kind === 'file' && textOf(was) === textOf(is)) return [];
    return [{ path, text: 'does not say what the facts say', derived: true }];
  }).flat();
}
