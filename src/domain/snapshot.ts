import type {
  BranchName,
  EnvironmentName,
  Instant,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from './names.ts';
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
} from './records.ts';

/** The version that is the head of a branch, or the newest of a tag, and when it last published a contract. */
export type Head = { readonly version: Version; readonly publishedAt: Instant } & (
  | { readonly kind: 'branch'; readonly name: BranchName }
  | { readonly kind: 'tag'; readonly name: TagName }
);

/**
 * The state at one commit, frozen and synchronous. It may be partial: any member may throw {@link NotLoaded}, whoever
 * runs the question then loads what it names and runs it again. So loop over records with {@link gather}, which turns
 * the needs of a whole loop into one round. Records are the same object as long as nothing about them changed.
 */
export interface Snapshot {
  readonly settings: Settings;

  /** All names, in code point order. */
  pacticipantNames(): readonly PacticipantName[];
  /** Whether it exists; looks at no file's text. */
  hasPacticipant(name: PacticipantName): boolean;
  pacticipant(name: PacticipantName): Pacticipant | undefined;

  version(pacticipant: PacticipantName, number: VersionNumber): Version | undefined;
  /** All versions, by rising order. Costs as much as there are versions. */
  versions(pacticipant: PacticipantName): readonly Version[];
  /** The version of the greatest order. */
  latestVersion(pacticipant: PacticipantName): Version | undefined;

  branch(pacticipant: PacticipantName, name: BranchName): Branch | undefined;
  /** All branches, in code point order of their names. */
  branches(pacticipant: PacticipantName): readonly Branch[];
  tag(pacticipant: PacticipantName, name: TagName): TagIndex | undefined;
  /** All tags in use, in code point order of their names. */
  tags(pacticipant: PacticipantName): readonly TagIndex[];
  /**
   * What branches and tags stand for that have contracts, those with the newest contract first; else branches before tags,
   * in code point order of their names. Made once until the pacticipant changes.
   */
  heads(pacticipant: PacticipantName): readonly Head[];

  integration(consumer: PacticipantName, provider: PacticipantName): Integration | undefined;
  /** The consumers of every pair with this provider that has or had a pact, in code point order. */
  consumersOf(provider: PacticipantName): readonly PacticipantName[];
  /** The names of everything that provides, in code point order. */
  providerNames(): readonly PacticipantName[];

  /** The distinct contents of a pair, in order of their shas. */
  contentShas(consumer: PacticipantName, provider: PacticipantName): readonly PactSha[];
  /** The pact as it was submitted: lossless JSON text. */
  content(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): string | undefined;

  /** All results for a content, by rising number. */
  results(consumer: PacticipantName, provider: PacticipantName, sha: PactSha): readonly VerificationResult[];
  /** Names all results for a content, by rising number; reads none of them. */
  resultPointers(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
  ): readonly ResultPointer[];
  /** The results of one provider version for a content, by rising number. */
  resultsBy(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
    providerVersion: VersionNumber,
  ): readonly VerificationResult[];
  /** The test results of a result, as JSON text. */
  testResults(result: VerificationResult): string | undefined;
  /** The greatest number ever given to a result; 0 before the first. */
  readonly lastResultNumber: number;

  /** The names of environments as far as the names of their files tell: enough to look ahead; looks at no file's text. */
  environmentsInSight(): readonly EnvironmentName[];
  /** All environments, in code point order of their names. */
  environments(): readonly Environment[];
  /** Whether it exists; looks at no file's text. */
  hasEnvironment(name: EnvironmentName): boolean;
  environment(name: EnvironmentName): Environment | undefined;
  /** What is deployed or released there now, in order of recording. */
  presences(environment: EnvironmentName): readonly Presence[];
  /** Finds a deployment or release by its uuid: the version it belongs to. */
  versionOfDeployment(uuid: string): Version | undefined;

  /** All webhooks, in order of creation. */
  webhooks(): readonly Webhook[];
  webhook(uuid: string): Webhook | undefined;
}
