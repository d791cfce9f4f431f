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
  ResultPointer,
  Settings,
  TagIndex,
  VerificationResult,
  Version,
  Webhook,
} from '../domain/records.ts';
import type { Head, Snapshot } from '../domain/snapshot.ts';
import { entriesOf, type File, type Folder, fileAt, folderAt, gather, textOf } from '../domain/tree.ts';
import { arrangedText } from './contents.ts';
import { readIntegration, readResult } from './contracts.ts';
import { readEnvironment, readPointer, readPresences } from './environments.ts';
import { headsOf } from './heads.ts';
import { readBranch, readLatest, readPacticipant, readTagIndex } from './pacticipants.ts';
import { paths } from './paths.ts';
import { readJsonFields } from './reading.ts';
import {
  anyIntegration,
  namedRecords,
  namesIn,
  once,
  onceSorted,
  readOnce,
  recordAt,
  recordsBelow,
} from './recall.ts';
import { decodeSegment, encodeSegment } from './segment.ts';
import { readSettings } from './settings.ts';
import { readVersion } from './versions.ts';
import { readWebhook } from './webhooks.ts';

/** The state that the files of a tree stand for. @throws GitpactError `not-a-store` on first use of an empty tree */
export function snapshotOf(root: Folder): Snapshot {
  return new TreeSnapshot(root);
}

/** What the names in a folder of results say, told once. */
const pointersIn = new WeakMap<Folder, readonly ResultPointer[]>();

/** The files of results in a folder of them, by the segment of their provider version and their number. */
function resultFiles(folder: Folder): { segment: string; number: number; file: File }[] {
  return [...entriesOf(folder)].flatMap(([name, node]) => {
    const [, segment, number] = /^(.+)~(\d+)\.json$/.exec(name) ?? [];
    if (segment === undefined || node.kind !== 'file') return [];
    return [{ segment, number: Number(number), file: node }];
  });
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
      namesIn(this.#root, folder, (segment) => `${paths.pacticipants}/${segment}/pacticipant.yaml`),
    );
  }

  hasPacticipant(name: PacticipantName): boolean {
    return fileAt(this.#root, paths.pacticipant(name)) !== undefined;
  }

  pacticipant(name: PacticipantName): Pacticipant | undefined {
    return recordAt(this.#root, paths.pacticipant(name), readPacticipant);
  }

  version(pacticipant: PacticipantName, number: VersionNumber): Version | undefined {
    return recordAt(this.#root, paths.version(pacticipant, number), readVersion);
  }

  versions(pacticipant: PacticipantName): readonly Version[] {
    const folder = folderAt(this.#root, paths.versions(pacticipant));
    if (!folder) return [];
    return once(folder, () =>
      recordsBelow(folder, paths.versions(pacticipant), readVersion).sort((a, b) => a.order - b.order),
    );
  }

  latestVersion(pacticipant: PacticipantName): Version | undefined {
    const latest = recordAt(this.#root, paths.latestVersion(pacticipant), readLatest);
    return latest && this.version(pacticipant, latest.number);
  }

  branch(pacticipant: PacticipantName, name: BranchName): Branch | undefined {
    return recordAt(this.#root, paths.branch(pacticipant, name), readBranch);
  }

  branches(pacticipant: PacticipantName): readonly Branch[] {
    return namedRecords(this.#root, paths.branches(pacticipant), readBranch);
  }

  tag(pacticipant: PacticipantName, name: TagName): TagIndex | undefined {
    return recordAt(this.#root, paths.tag(pacticipant, name), readTagIndex);
  }

  tags(pacticipant: PacticipantName): readonly TagIndex[] {
    return namedRecords(this.#root, paths.tags(pacticipant), readTagIndex);
  }

  heads(pacticipant: PacticipantName): readonly Head[] {
    const folder = folderAt(this.#root, paths.pacticipantFolder(pacticipant));
    return folder ? once(folder, () => headsOf(this, pacticipant)) : [];
  }

  integration(consumer: PacticipantName, provider: PacticipantName): Integration | undefined {
    return recordAt(this.#root, paths.integration(consumer, provider), readIntegration);
  }

  consumersOf(provider: PacticipantName): readonly PacticipantName[] {
    const folder = folderAt(this.#root, paths.consumers(provider));
    if (!folder) return [];
    return onceSorted(folder, () =>
      namesIn(
        this.#root,
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
      namesIn(this.#root, folder, (segment) => anyIntegration(this.#root, segment), 'provider'),
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
      recordsBelow(folder, at, (path, text) => readResult(path, text, { consumer, provider, sha })).sort(
        (a, b) => a.number - b.number,
      ),
    );
  }

  resultPointers(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
  ): readonly ResultPointer[] {
    const at = paths.results(consumer, provider, sha);
    const folder = folderAt(this.#root, at);
    if (!folder) return [];
    const known = pointersIn.get(folder);
    if (known) return known;
    const fans = [...entriesOf(folder)].flatMap(([fan, inner]) =>
      inner.kind === 'folder' ? [{ fan, inner }] : [],
    );
    const pointers = gather(fans, ({ fan, inner }) =>
      gather(resultFiles(inner), ({ segment, number, file }) => {
        const read = () =>
          readOnce(file, `${at}/${fan}/${segment}~${number}.json`, (path, text) =>
            readResult(path, text, { consumer, provider, sha }),
          ).providerVersion;
        const providerVersion = (decodeSegment(segment) as VersionNumber | undefined) ?? read();
        return { sha, providerVersion, number };
      }),
    )
      .flat()
      .sort((a, b) => a.number - b.number);
    pointersIn.set(folder, pointers);
    return pointers;
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
      readOnce(node as File, `${at}/${name}`, (path, text) =>
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
    return (
      recordAt(this.#root, paths.lastResult, (path, text) => readJsonFields(path, text).whole('number')) ?? 0
    );
  }

  environmentsInSight(): readonly EnvironmentName[] {
    const folder = folderAt(this.#root, paths.environments);
    const files = folder ? [...entriesOf(folder).keys()] : [];
    const names = files.map((file) => decodeSegment(file.replace(/\.yaml$/, '')));
    return names.filter((name) => name !== undefined) as EnvironmentName[];
  }

  environments(): readonly Environment[] {
    const folder = folderAt(this.#root, paths.environments);
    if (!folder) return [];
    return once(folder, () =>
      recordsBelow(folder, paths.environments, readEnvironment).sort((a, b) => byCodePoint(a.name, b.name)),
    );
  }

  hasEnvironment(name: EnvironmentName): boolean {
    return fileAt(this.#root, paths.environment(name)) !== undefined;
  }

  environment(name: EnvironmentName): Environment | undefined {
    return recordAt(this.#root, paths.environment(name), readEnvironment);
  }

  presences(environment: EnvironmentName): readonly Presence[] {
    return recordAt(this.#root, paths.deployments(environment), readPresences) ?? [];
  }

  versionOfDeployment(uuid: string): Version | undefined {
    const pointer = recordAt(this.#root, paths.deploymentPointer(uuid), readPointer);
    return pointer && this.version(pointer.pacticipant, pointer.version);
  }

  webhooks(): readonly Webhook[] {
    const folder = folderAt(this.#root, paths.webhooks);
    if (!folder) return [];
    return once(folder, () =>
      recordsBelow(folder, paths.webhooks, readWebhook).sort(
        (a, b) => byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.uuid, b.uuid),
      ),
    );
  }

  webhook(uuid: string): Webhook | undefined {
    return recordAt(this.#root, paths.webhook(uuid), readWebhook);
  }
}
