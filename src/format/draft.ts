import type {
  BranchName,
  EnvironmentName,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
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
import { type File, type Folder, file, fileAt, folderAt, nodeAt, textOf, withNode } from '../domain/tree.ts';
import { refuseClash } from './clash.ts';
import { writeIntegration, writeResult } from './contracts.ts';
import { type DeploymentPointer, writeEnvironment, writePointer, writePresences } from './environments.ts';
import { writeBranch, writeLatest, writePacticipant, writeTagIndex } from './pacticipants.ts';
import { paths } from './paths.ts';
import { writeSettings } from './settings.ts';
import { snapshotOf } from './snapshot.ts';
import { writeVersion } from './versions.ts';
import { writeWebhook } from './webhooks.ts';
import { writeRecord } from './writing.ts';

/**
 * A tree in the making: each `put` and `drop` writes or removes the file of one record, and `now` is the state that
 * includes all of them. Lives within one pure decision; what it began from is left as it was.
 */
export class Draft {
  #root: Folder;

  constructor(root: Folder) {
    this.#root = root;
  }

  /** The tree with everything written so far. */
  get root(): Folder {
    return this.#root;
  }

  /** Takes back everything written since the tree was `root`. */
  reset(root: Folder): void {
    this.#root = root;
  }

  /** The state with everything written so far. */
  get now(): Snapshot {
    return snapshotOf(this.#root);
  }

  putSettings(settings: Settings): void {
    this.#put(paths.settings, writeSettings(settings, this.#text(paths.settings)));
  }

  /** @throws GitpactError `name-clash` when another pacticipant's name differs only in case or Unicode form. */
  putPacticipant(pacticipant: Pacticipant): void {
    const path = paths.pacticipant(pacticipant.name);
    this.refuseClashingPacticipant(pacticipant.name);
    this.#put(path, writePacticipant(pacticipant, this.#text(path)));
  }

  /** Refuses the name of a pacticipant that putting it would refuse. @throws GitpactError `name-clash` */
  refuseClashingPacticipant(name: PacticipantName): void {
    this.#refuseClash('pacticipant', paths.pacticipants, paths.pacticipantFolder(name), name);
  }

  /** Removes a pacticipant with its versions, branches and tags. */
  dropPacticipant(name: PacticipantName): void {
    this.#drop(paths.pacticipantFolder(name));
  }

  /** @throws GitpactError `name-clash` */
  putVersion(version: Version): void {
    this.#putNamed(
      'version',
      paths.version(version.pacticipant, version.number),
      version.number,
      writeVersion(version),
    );
  }

  dropVersion(pacticipant: PacticipantName, number: VersionNumber): void {
    this.#drop(paths.version(pacticipant, number));
  }

  putLatest(
    pacticipant: PacticipantName,
    latest: { number: VersionNumber; order: number } | undefined,
  ): void {
    if (latest) this.#put(paths.latestVersion(pacticipant), writeLatest(latest));
    else this.#drop(paths.latestVersion(pacticipant));
  }

  /** @throws GitpactError `name-clash` */
  putBranch(pacticipant: PacticipantName, branch: Branch): void {
    this.#putNamed('branch', paths.branch(pacticipant, branch.name), branch.name, writeBranch(branch));
  }

  dropBranch(pacticipant: PacticipantName, name: BranchName): void {
    this.#drop(paths.branch(pacticipant, name));
  }

  /** @throws GitpactError `name-clash` */
  putTag(pacticipant: PacticipantName, tag: TagIndex): void {
    this.#putNamed('tag', paths.tag(pacticipant, tag.name), tag.name, writeTagIndex(tag));
  }

  dropTag(pacticipant: PacticipantName, name: TagName): void {
    this.#drop(paths.tag(pacticipant, name));
  }

  putIntegration(integration: Integration): void {
    this.#put(paths.integration(integration.consumer, integration.provider), writeIntegration(integration));
  }

  /** Removes a pair with its contents and results. */
  dropPair(consumer: PacticipantName, provider: PacticipantName): void {
    this.#drop(paths.pair(consumer, provider));
    this.#drop(paths.resultsOfPair(consumer, provider));
  }

  /** Stores a content once; the first text of a sha stays for ever (domain.md §5.1). */
  putContent(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
    content: { text: string; arrangement?: string },
  ): void {
    const path = paths.content(consumer, provider, sha);
    if (nodeAt(this.#root, path)) return;
    this.#put(path, content.text);
    if (content.arrangement !== undefined) {
      this.#put(paths.arrangement(consumer, provider, sha), `${content.arrangement}\n`);
    }
  }

  dropContent(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): void {
    this.#drop(paths.content(consumer, provider, sha));
    this.#drop(paths.arrangement(consumer, provider, sha));
  }

  /** Lays the stored content of `sha` at `where` in the pair's folder for raw URLs, or clears the place. */
  placeRaw(
    consumer: PacticipantName,
    provider: PacticipantName,
    where: string,
    sha: PactSha | undefined,
  ): void {
    const at = `${paths.pair(consumer, provider)}/${where}`;
    const content = sha && fileAt(this.#root, paths.content(consumer, provider, sha));
    this.#root = withNode(this.#root, at, content);
  }

  putResult(result: VerificationResult, testResults: string | undefined): void {
    const { consumer, provider, sha, providerVersion, number } = result;
    const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
    const name = paths.resultName(providerVersion, number);
    this.#put(`${folder}/${name}.json`, writeResult(result));
    if (testResults !== undefined) this.#put(`${folder}/${name}.tests.json`, testResults);
  }

  dropResult({ consumer, provider, sha, providerVersion, number }: VerificationResult): void {
    const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
    const name = paths.resultName(providerVersion, number);
    this.#drop(`${folder}/${name}.json`);
    this.#drop(`${folder}/${name}.tests.json`);
  }

  /** Removes every result for a content. */
  dropResults(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): void {
    this.#drop(paths.results(consumer, provider, sha));
  }

  putLastResultNumber(number: number): void {
    this.#put(paths.lastResult, writeRecord({ number }));
  }

  /** @throws GitpactError `name-clash` */
  putEnvironment(environment: Environment): void {
    const path = paths.environment(environment.name);
    this.#refuseClash('environment', paths.environments, path, environment.name);
    this.#put(path, writeEnvironment(environment, this.#text(path)));
  }

  /** Gives an environment another name: its file, with its comments, and what is in it. @throws GitpactError `name-clash` */
  moveEnvironment(from: EnvironmentName, to: EnvironmentName): void {
    const moved = [paths.environment, paths.deployments].map(
      (at) => [at(to), nodeAt(this.#root, at(from))] as const,
    );
    this.dropEnvironment(from);
    this.#refuseClash('environment', paths.environments, paths.environment(to), to);
    for (const [path, node] of moved) if (node) this.#root = withNode(this.#root, path, node);
  }

  dropEnvironment(name: EnvironmentName): void {
    this.#drop(paths.environment(name));
    this.#drop(paths.deployments(name));
  }

  putPresences(environment: EnvironmentName, presences: readonly Presence[]): void {
    if (presences.length > 0) this.#put(paths.deployments(environment), writePresences(presences));
    else this.#drop(paths.deployments(environment));
  }

  putDeploymentPointer(uuid: string, pointer: DeploymentPointer): void {
    this.#put(paths.deploymentPointer(uuid), writePointer(pointer));
  }

  dropDeploymentPointer(uuid: string): void {
    this.#drop(paths.deploymentPointer(uuid));
  }

  putWebhook(webhook: Webhook): void {
    const path = paths.webhook(webhook.uuid);
    this.#put(path, writeWebhook(webhook, this.#text(path)));
  }

  dropWebhook(uuid: string): void {
    this.#drop(paths.webhook(uuid));
  }

  #text(path: string): string | undefined {
    const there = fileAt(this.#root, path);
    return there && textOf(there);
  }

  #put(path: string, text: string): void {
    const there = fileAt(this.#root, path);
    if (there && textOf(there) === text) return;
    const made: File = there?.mode === undefined ? file(text) : { ...file(text), mode: there.mode };
    this.#root = withNode(this.#root, path, made);
  }

  #drop(path: string): void {
    if (nodeAt(this.#root, path)) this.#root = withNode(this.#root, path, undefined);
  }

  #putNamed(what: string, path: string, name: string, text: string): void {
    this.#refuseClash(what, path.slice(0, path.lastIndexOf('/')), path, name);
    this.#put(path, text);
  }

  #refuseClash(what: string, folderPath: string, path: string, name: string): void {
    const folder = nodeAt(this.#root, path) ? undefined : folderAt(this.#root, folderPath);
    if (folder) refuseClash(folder, what, name);
  }
}
