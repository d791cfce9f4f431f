import { GitpactError } from '../domain/failure.ts';
import type { Duty, Need } from '../domain/policy.ts';
import type { Presence, Version } from '../domain/records.ts';
import { type Folder, gather, textOf } from '../domain/tree.ts';
import { readEnvironment, readPointer, readPresences } from '../format/environments.ts';
import { paths } from '../format/paths.ts';
import { namedRecords } from '../format/recall.ts';
import { decodeSegment } from '../format/segment.ts';
import { readVersion } from '../format/versions.ts';
import type { FileDifference } from './file-differences.ts';

/** What a change needs somebody to be allowed: every one of these, of each any of the needs. */
export type Needed = readonly (readonly Need[])[];

/** The name of the environment of a uuid, where one is known. */
export type EnvironmentNames = (uuid: string) => string | undefined;

/** The names of the environments of a state. @throws NotLoaded */
export function environmentNames(root: Folder): EnvironmentNames {
  const known = new Map<string, string>();
  for (const { uuid, name } of namedRecords(root, paths.environments, readEnvironment)) {
    if (!known.has(uuid)) known.set(uuid, name);
  }
  return (uuid) => known.get(uuid);
}

const inPacticipant = /^pacticipants\/([^/]+)\/(.+)$/;
const inPair = /^(pacts|results)\/provider\/([^/]+)\/consumer\/([^/]+)\/(.+)$/;

/**
 * What somebody must be allowed to make this change, by what it means: that a version was deployed is another thing than
 * that it has a pact, though both stand in one file. Undefined for files that are none of the store's. Facts that are
 * taken out or edited need `clean`, whatever the commit says of itself.
 * @throws NotLoaded
 */
export function neededFor(difference: FileDifference, names: EnvironmentNames): Needed | undefined {
  const { path } = difference;
  if (path === paths.settings) return [[{ duty: 'settings' }]];
  if (path === paths.policy) return [[{ duty: 'policy' }]];
  if (path === paths.lastResult) return [[{ duty: 'results' }, { duty: 'clean' }]];
  if (path.startsWith('webhooks/')) return [[{ duty: 'webhooks' }]];
  if (path.startsWith('environments/')) return [[{ duty: 'environments', in: nameOf(path.slice(13, -5)) }]];
  if (path.startsWith('deployments/')) return forDeployments(difference);
  const [, pacticipant, rest] = inPacticipant.exec(path) ?? [];
  if (pacticipant !== undefined) return forPacticipant(nameOf(pacticipant), rest ?? '', difference, names);
  const [, area, provider, consumer, file] = inPair.exec(path) ?? [];
  if (provider === undefined || consumer === undefined) return undefined;
  const pair = { consumer: nameOf(consumer), provider: nameOf(provider) };
  return area === 'pacts' ? forPact(pair, file ?? '', difference) : forResult(pair, difference);
}

function nameOf(segment: string): string {
  return decodeSegment(segment) ?? segment;
}

const recording: readonly Duty[] = ['pacts', 'results', 'versions', 'deployments'];

function forPacticipant(
  of: string,
  rest: string,
  { path, before, after }: FileDifference,
  names: EnvironmentNames,
): Needed {
  if (rest === 'pacticipant.yaml') {
    // Whoever records something of two applications makes both known.
    const anybody = before ? [] : recording.map((duty) => ({ duty }));
    return [[{ duty: 'pacticipants', of }, ...anybody]];
  }
  if (!rest.startsWith('versions/')) return [[{ duty: 'versions', of }]];
  const [was, is] = gather(
    [before, after],
    (file) => file && readable(() => readVersion(path, textOf(file))),
  );
  if (!is) return [[{ duty: 'clean', of }]];
  return changesOfVersion(was, is).map(({ duty, environment }) => {
    const name = environment === undefined ? undefined : (names(environment) ?? environment);
    return [{ duty, of, ...(name === undefined ? {} : { in: name }) }];
  });
}

interface VersionChange {
  readonly duty: Duty;
  /** The uuid of the environment of a deployment or release. */
  readonly environment?: string;
}

function changesOfVersion(was: Version | undefined, is: Version): readonly VersionChange[] {
  const changes: VersionChange[] = [{ duty: 'versions' }];
  const isSame = was && was.number === is.number && was.order === is.order && was.createdAt === is.createdAt;
  if (was && !isSame) changes.push({ duty: 'clean' });
  const keyOf = ({ provider, revision }: Version['pacts'][number]) => `${revision} ${provider}`;
  const pacts = differing(was?.pacts ?? [], is.pacts, keyOf);
  for (const [old, now] of pacts) {
    const isEdited = old && (old.sha !== now?.sha || old.createdAt !== now.createdAt);
    changes.push({ duty: isEdited ? 'clean' : 'pacts' });
  }
  const present = ({ deployments, releases }: Version) => [...deployments, ...releases];
  const uuidOf = ({ uuid }: { readonly uuid: string }) => uuid;
  for (const [old, now] of differing(was ? present(was) : [], present(is), uuidOf)) {
    const isEdited = old && (old.environment !== now?.environment || old.createdAt !== now.createdAt);
    changes.push(isEdited ? { duty: 'clean' } : { duty: 'deployments', environment: now?.environment ?? '' });
  }
  return changes;
}

/** The pairs of what is not the same in two lists, matched by a key. */
function differing<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly (readonly [was: T | undefined, is: T | undefined])[] {
  const [old, now] = [before, after].map((items) => new Map(items.map((item) => [keyOf(item), item])));
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [[was, is] as const];
  });
}

interface Pair {
  readonly consumer: string;
  readonly provider: string;
}

function forPact({ consumer, provider }: Pair, file: string, { before, after }: FileDifference): Needed {
  const clean = { duty: 'clean', of: consumer } as const;
  if (file.startsWith('content/')) return [[before ? clean : { duty: 'pacts', of: consumer }]];
  if (file !== 'integration.json')
    return [
      [
        { duty: 'versions', of: consumer },
        { duty: 'pacticipants', of: consumer },
      ],
    ];
  if (!after) return [[clean]];
  return [
    [{ duty: 'pacts', of: consumer }, { duty: 'results', of: provider }, clean, { ...clean, of: provider }],
  ];
}

function forResult({ consumer, provider }: Pair, { before }: FileDifference): Needed {
  if (!before) return [[{ duty: 'results', of: provider }]];
  return [
    [
      { duty: 'clean', of: provider },
      { duty: 'clean', of: consumer },
    ],
  ];
}

/** What is deployed where follows from the versions, and needs what changing those needs. */
function forDeployments({ path, before, after }: FileDifference): Needed {
  if (path.startsWith('deployments/by-uuid/')) {
    const pointers = gather(
      [before, after],
      (file) => file && readable(() => readPointer(path, textOf(file))),
    );
    return forDeploymentsOf(pointers.flatMap((pointer) => pointer?.pacticipant ?? []));
  }
  const environment = nameOf(path.slice('deployments/'.length, -'.json'.length));
  const [was = [], is = []] = gather([before, after], (file): readonly Presence[] =>
    file ? (readable(() => readPresences(path, textOf(file))) ?? []) : [],
  );
  const changed = differing(was, is, ({ uuid }) => uuid).flat();
  return forDeploymentsOf(
    changed.flatMap((one) => one?.pacticipant ?? []),
    environment,
  );
}

/** A change to none of any pacticipant, such as to what nobody can read, is for who puts things in order. */
function forDeploymentsOf(pacticipants: readonly string[], environment?: string): Needed {
  const inside = environment === undefined ? {} : { in: environment };
  if (pacticipants.length === 0) return [[{ duty: 'clean' }, { duty: 'environments', ...inside }]];
  return [...new Set(pacticipants)].map((of) => [
    { duty: 'deployments', of, ...inside },
    { duty: 'clean', of },
  ]);
}

/** What is read; undefined when it cannot be. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}
