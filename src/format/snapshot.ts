import { GitpactError } from '../domain/failure.ts';
import type {
  BranchName,
  EnvironmentName,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import { byCodePoint } from '../domain/names.ts';
import type {
  Branch,
  Environment,
  Integration,
  Pacticipant,
  Presence,
  Settings,
  TagIndex,
  VerificationResult,
  Version,
  Webhook,
} from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
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
import { arrangedText } from './contents.ts';
import { readIntegration, readResult } from './contracts.ts';
import { readEnvironment, readPointer, readPresences } from './environments.ts';
import { readBranch, readLatest, readPacticipant, readTagIndex } from './pacticipants.ts';
import { paths } from './paths.ts';
import { readJsonFields } from './reading.ts';
import { decodeSegment, encodeSegment } from './segment.ts';
import { readSettings } from './settings.ts';
import { readVersion } from './versions.ts';
import { readWebhook } from './webhooks.ts';

/** The file beside a result; no name of a version ends like this, since `~` is never left as it is. */
const testResults = /~\d+\.tests\.json$/;

const records = new WeakMap<Node, unknown>();

/** What `make` makes of a node, made once as long as the node lives: nodes are shared by all commits that agree. */
function once<T>(node: Node, make: () => T): T {
  const known = records.get(node);
  if (known !== undefined) return known as T;
  const made = make();
  records.set(node, made);
  return made;
}

/** The state that the files of a tree stand for. @throws GitpactError `not-a-store` on first use of an empty tree */
export function snapshotOf(root: Folder): Snapshot {
  return new TreeSnapshot(root);
}

class TreeSnapshot implements Snapshot {
  readonly #root: Folder;

  constructor(root: Folder) {
    this.#root = root;
  }

  get settings(): Settings {
    const file = fileAt(this.#root, paths.settings);
    if (!file) {
      throw new GitpactError(
        'not-a-store',
        'There is no contract repository here: gitpact.yaml is missing.',
        {
          hint: 'Make one with `gitpact init`, or name another place with --repo, --ref or --prefix.',
        },
      );
    }
    return once(file, () => readSettings(paths.settings, textOf(file)));
  }

  pacticipantNames(): readonly PacticipantName[] {
    const folder = folderAt(this.#root, paths.pacticipants);
    if (!folder) return [];
    return onceSorted(folder, () =>
      this.#names(folder, (segment) => `${paths.pacticipants}/${segment}/pacticipant.yaml`),
    );
  }

  hasPacticipant(name: PacticipantName): boolean {
    return fileAt(this.#root, paths.pacticipant(name)) !== undefined;
  }

  pacticipant(name: PacticipantName): Pacticipant | undefined {
    return this.#record(paths.pacticipant(name), readPacticipant);
  }

  version(pacticipant: PacticipantName, number: VersionNumber): Version | undefined {
    return this.#record(paths.version(pacticipant, number), readVersion);
  }

  versions(pacticipant: PacticipantName): readonly Version[] {
    const folder = folderAt(this.#root, paths.versions(pacticipant));
    if (!folder) return [];
    return once(folder, () =>
      this.#filesBelow(folder, paths.versions(pacticipant), readVersion).sort((a, b) => a.order - b.order),
    );
  }

  latestVersion(pacticipant: PacticipantName): Version | undefined {
    const latest = this.#record(paths.latestVersion(pacticipant), readLatest);
    return latest && this.version(pacticipant, latest.number);
  }

  branch(pacticipant: PacticipantName, name: BranchName): Branch | undefined {
    return this.#record(paths.branch(pacticipant, name), readBranch);
  }

  branches(pacticipant: PacticipantName): readonly Branch[] {
    return this.#named(paths.branches(pacticipant), readBranch);
  }

  tag(pacticipant: PacticipantName, name: TagName): TagIndex | undefined {
    return this.#record(paths.tag(pacticipant, name), readTagIndex);
  }

  tags(pacticipant: PacticipantName): readonly TagIndex[] {
    return this.#named(paths.tags(pacticipant), readTagIndex);
  }

  integration(consumer: PacticipantName, provider: PacticipantName): Integration | undefined {
    return this.#record(paths.integration(consumer, provider), readIntegration);
  }

  consumersOf(provider: PacticipantName): readonly PacticipantName[] {
    const folder = folderAt(this.#root, paths.consumers(provider));
    if (!folder) return [];
    return onceSorted(folder, () =>
      this.#names(
        folder,
        (segment) => `${paths.consumers(provider)}/${segment}/integration.json`,
        'consumer',
      ),
    );
  }

  providerNames(): readonly PacticipantName[] {
    const folder = folderAt(this.#root, paths.providers);
    if (!folder) return [];
    return onceSorted(folder, () =>
      this.#names(folder, (segment) => this.#anyIntegration(segment), 'provider'),
    );
  }

  contentShas(consumer: PacticipantName, provider: PacticipantName): readonly PactSha[] {
    const folder = folderAt(this.#root, paths.contents(consumer, provider));
    if (!folder) return [];
    return once(folder, () =>
      gather(entriesOf(folder).values(), (inner) =>
        inner.kind === 'folder' ? [...entriesOf(inner).keys()] : [],
      )
        .flat()
        .filter((name) => /^[0-9a-f]{40}\.json$/.test(name))
        .map((name) => name.slice(0, 40) as PactSha)
        .sort(),
    );
  }

  content(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): string | undefined {
    const file = fileAt(this.#root, paths.content(consumer, provider, sha));
    const order = fileAt(this.#root, paths.arrangement(consumer, provider, sha));
    if (!file) return undefined;
    const [text, arrangement] = gather([file, order], (node) => node && textOf(node));
    return arrangedText(text as string, arrangement);
  }

  results(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): readonly VerificationResult[] {
    const at = paths.results(consumer, provider, sha);
    const folder = folderAt(this.#root, at);
    if (!folder) return [];
    return once(folder, () =>
      this.#filesBelow(folder, at, (path, text) => readResult(path, text, { consumer, provider, sha })).sort(
        (a, b) => a.number - b.number,
      ),
    );
  }

  resultsBy(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
    providerVersion: VersionNumber,
  ): readonly VerificationResult[] {
    const at = paths.resultsBy(consumer, provider, sha, providerVersion);
    const folder = folderAt(this.#root, at);
    if (!folder) return [];
    const prefix = `${encodeSegment(providerVersion)}~`;
    const files = [...entriesOf(folder)].filter(
      ([name]) => name.startsWith(prefix) && /^\d+\.json$/.test(name.slice(prefix.length)),
    );
    return gather(files, ([name, node]) =>
      this.#read(node as File, `${at}/${name}`, (path, text) =>
        readResult(path, text, { consumer, provider, sha }),
      ),
    ).sort((a, b) => a.number - b.number);
  }

  testResults(result: VerificationResult): string | undefined {
    const { consumer, provider, sha, providerVersion, number } = result;
    const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
    const file = fileAt(this.#root, `${folder}/${paths.resultName(providerVersion, number)}.tests.json`);
    return file && textOf(file);
  }

  get lastResultNumber(): number {
    return this.#record(paths.lastResult, (path, text) => readJsonFields(path, text).whole('number')) ?? 0;
  }

  environments(): readonly Environment[] {
    const folder = folderAt(this.#root, paths.environments);
    if (!folder) return [];
    return once(folder, () =>
      gather(entriesOf(folder), ([name, node]) =>
        node.kind === 'file' && name.endsWith('.yaml')
          ? [this.#read(node, `${paths.environments}/${name}`, readEnvironment)]
          : [],
      )
        .flat()
        .sort((a, b) => byCodePoint(a.name, b.name)),
    );
  }

  hasEnvironment(name: EnvironmentName): boolean {
    return fileAt(this.#root, paths.environment(name)) !== undefined;
  }

  environment(name: EnvironmentName): Environment | undefined {
    return this.#record(paths.environment(name), readEnvironment);
  }

  presences(environment: EnvironmentName): readonly Presence[] {
    return this.#record(paths.deployments(environment), readPresences) ?? [];
  }

  versionOfDeployment(uuid: string): Version | undefined {
    const pointer = this.#record(paths.deploymentPointer(uuid), readPointer);
    return pointer && this.version(pointer.pacticipant, pointer.version);
  }

  webhooks(): readonly Webhook[] {
    const folder = folderAt(this.#root, paths.webhooks);
    if (!folder) return [];
    return once(folder, () =>
      gather(entriesOf(folder), ([name, node]) =>
        node.kind === 'file' && name.endsWith('.yaml')
          ? [this.#read(node, `${paths.webhooks}/${name}`, readWebhook)]
          : [],
      )
        .flat()
        .sort((a, b) => byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.uuid, b.uuid)),
    );
  }

  webhook(uuid: string): Webhook | undefined {
    return this.#record(paths.webhook(uuid), readWebhook);
  }

  #record<T>(path: string, read: (path: string, text: string) => T): T | undefined {
    const file = fileAt(this.#root, path);
    return file && this.#read(file, path, read);
  }

  #read<T>(file: File, path: string, read: (path: string, text: string) => T): T {
    return once(file, () => read(path, textOf(file)));
  }

  #named<T extends { readonly name: string }>(
    at: string,
    read: (path: string, text: string) => T,
  ): readonly T[] {
    const folder = folderAt(this.#root, at);
    if (!folder) return [];
    return once(folder, () => this.#filesBelow(folder, at, read).sort((a, b) => byCodePoint(a.name, b.name)));
  }

  #filesBelow<T>(folder: Folder, at: string, read: (path: string, text: string) => T): T[] {
    return gather(entriesOf(folder), ([name, node]): T[] => {
      if (node.kind === 'folder') return this.#filesBelow(node, `${at}/${name}`, read);
      if (!name.endsWith('.json') || testResults.test(name)) return [];
      return [this.#read(node, `${at}/${name}`, read)];
    }).flat();
  }

  #names(
    folder: Folder,
    recordOf: (segment: string) => string | undefined,
    field = 'name',
  ): readonly PacticipantName[] {
    const segments = [...entriesOf(folder)]
      .filter(([, node]) => node.kind === 'folder')
      .map(([name]) => name);
    return gather(segments, (segment) => {
      const name = decodeSegment(segment);
      if (name !== undefined) return name;
      const path = recordOf(segment);
      const file = path === undefined ? undefined : fileAt(this.#root, path);
      if (!path || !file) return segment;
      return path.endsWith('.yaml')
        ? readPacticipant(path, textOf(file)).name
        : readJsonFields(path, textOf(file)).text(field);
    }) as PacticipantName[];
  }

  #anyIntegration(providerSegment: string): string | undefined {
    const at = `${paths.providers}/${providerSegment}/consumer`;
    const consumers = folderAt(this.#root, at);
    const [first] = consumers ? entriesOf(consumers).keys() : [];
    return first === undefined ? undefined : `${at}/${first}/integration.json`;
  }
}

function onceSorted(folder: Folder, make: () => readonly PacticipantName[]): readonly PacticipantName[] {
  return once(folder, () => [...make()].sort(byCodePoint));
}
