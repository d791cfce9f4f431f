import { isJsonObject, type JsonValue, parseJson } from '../domain/json.ts';
import {
  type BranchName,
  byCodePoint,
  type EnvironmentName,
  type PacticipantName,
  type PactSha,
  type VersionNumber,
} from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { currentPublications } from '../domain/version.ts';
import { versionsInEnvironment } from './asked.ts';
import { both } from './both.ts';
import { canIDeploy, canIMerge } from './can-i-deploy.ts';
import { diffPacts, type PactDiff } from './diff.ts';
import type { MatrixAnswer } from './matrix/matrix.ts';
import { type Network, network } from './network.ts';
import { findPact } from './publications.ts';
import { findVersionMeant, type MeantVersion, type VersionMeant } from './version-meant.ts';

/** What a pull request is to be told of. */
export interface ReportQuestion {
  readonly pacticipant: PacticipantName;
  readonly subject: VersionMeant;
  /** What to compare with; by default the head of the main branch. */
  readonly base?: VersionMeant;
  /** Where it may have to be deployed; by default everywhere. */
  readonly environments?: readonly string[];
}

/** A version that is spoken of, and the branch whose head it is, where it was found by that. */
export interface ReportedVersion {
  readonly number: VersionNumber;
  readonly branch?: string;
}

/** What became of the contract with one provider. */
export interface ContractChange {
  readonly provider: PacticipantName;
  readonly state: 'added' | 'removed' | 'changed' | 'same';
  /** Of the content now, or of the one that is gone. */
  readonly sha: PactSha;
  /** Absent when nothing changed. Of an added or removed contract, the difference to a contract without interactions. */
  readonly diff?: PactDiff;
  /** Where the provider is live, by environment in code point order. */
  readonly live: readonly { readonly environment: EnvironmentName; readonly version: VersionNumber }[];
}

/** Whether it can be deployed to one environment. */
export interface DeployAnswer {
  readonly environment: string;
  readonly answer: MatrixAnswer;
}

/** Everything that a reviewer should know of a version's contracts. */
export interface ContractReport {
  readonly pacticipant: PacticipantName;
  readonly subject: ReportedVersion;
  /** Absent when there is nothing to compare with: every contract is new. */
  readonly base?: ReportedVersion;
  /** Those that changed before those that did not, each by provider in code point order. */
  readonly contracts: readonly ContractChange[];
  readonly canMerge: MatrixAnswer;
  readonly canDeploy: readonly DeployAnswer[];
  /** It and its neighbours, as their main branches stand. */
  readonly network: Network;
}

/** How many pacticipants a graph shows at the most. */
const mostNeighbours = 40;

/** The report; undefined when nobody knows the version it is about. @throws NotLoaded */
export function findContractReport(now: Snapshot, question: ReportQuestion): ContractReport | undefined {
  const subject = findVersionMeant(now, question.pacticipant, question.subject);
  if (!subject) return undefined;
  const base = baseOf(now, question);
  const [contracts, standing] = both(
    () => changesOf(now, subject.version, base?.version),
    () => standingOf(now, question, subject.version.number),
  );
  return {
    pacticipant: question.pacticipant,
    subject: reported(subject),
    ...(base ? { base: reported(base) } : {}),
    contracts,
    ...standing,
  };
}

type Standing = Pick<ContractReport, 'canMerge' | 'canDeploy' | 'network'>;

/** How the version stands with its neighbours. */
function standingOf(
  now: Snapshot,
  { pacticipant, environments }: ReportQuestion,
  version: VersionNumber,
): Standing {
  const selectors = [{ pacticipant, version }];
  const [canMerge, [canDeploy, around]] = both(
    () => canIMerge(now, pacticipant, version),
    () =>
      both(
        () =>
          gather(environments ?? now.environments().map(({ name }) => name), (environment) => ({
            environment,
            answer: canIDeploy(now, { selectors, destination: { environment } }),
          })),
        () => network(now, { pacticipants: [pacticipant], depth: 1, most: mostNeighbours }),
      ),
  );
  return { canMerge, canDeploy, network: around };
}

function reported({ version, branch }: MeantVersion): ReportedVersion {
  return { number: version.number, ...(branch === undefined ? {} : { branch }) };
}

function baseOf(now: Snapshot, { pacticipant, base }: ReportQuestion): MeantVersion | undefined {
  if (base) return findVersionMeant(now, pacticipant, base);
  const branch: BranchName | undefined = now.pacticipant(pacticipant)?.mainBranch;
  return branch === undefined ? undefined : findVersionMeant(now, pacticipant, { branch });
}

function changesOf(now: Snapshot, after: Version, before: Version | undefined): readonly ContractChange[] {
  const providers = new Set(
    [after, ...(before ? [before] : [])].flatMap((version) =>
      currentPublications(version).map(({ provider }) => provider),
    ),
  );
  const changes = gather([...providers].sort(byCodePoint), (provider) =>
    changeOf(now, after, before, provider),
  ).flat();
  return [
    ...changes.filter(({ state }) => state !== 'same'),
    ...changes.filter(({ state }) => state === 'same'),
  ];
}

function changeOf(
  now: Snapshot,
  after: Version,
  before: Version | undefined,
  provider: PacticipantName,
): readonly ContractChange[] {
  const [is, was] = [findPact(after, provider), findPact(before, provider)];
  const sha = (is ?? was)?.publication.sha;
  if (sha === undefined) return [];
  const live = gather(now.environments(), ({ name }) =>
    versionsInEnvironment(now, provider, name).map(({ number }) => ({ environment: name, version: number })),
  ).flat();
  if (is && was && is.publication.sha === was.publication.sha) {
    return [{ provider, state: 'same', sha, live }];
  }
  const [newer, older] = gather([is, was], (pact) => {
    const text = pact && now.content(pact.consumer, provider, pact.publication.sha);
    return text === undefined ? undefined : parseJson(text);
  });
  const state = is ? (was ? 'changed' : 'added') : 'removed';
  const diff = diffPacts(older ?? askingNothing(newer), newer ?? askingNothing(older));
  return [{ provider, state, sha, diff, live }];
}

/** The same pact without anything that it asks of the provider. */
function askingNothing(pact: JsonValue | undefined): JsonValue {
  if (!isJsonObject(pact)) return null;
  return new Map([...pact].filter(([name]) => name !== 'interactions' && name !== 'messages'));
}
