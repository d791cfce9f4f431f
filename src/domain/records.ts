import type {
  BranchName,
  EnvironmentName,
  Instant,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from './names.ts';

/** The store's own settings, from `gitpact.yaml`; people edit it. */
export interface Settings {
  /** The version of the on-disk format. */
  readonly format: 1;
  /** Makes a live version without a result count in can-i-deploy (README, "Where gitpact differs"). */
  readonly strict: boolean;
  /** Lets a published pact be replaced under the same version number (domain.md §5.4; default false). */
  readonly allowContractModification: boolean;
  /** Refuses a new pacticipant whose name is very like an existing one (domain.md §1.6; default true). */
  readonly checkSimilarNames: boolean;
  /** Takes the first tag of a young, branchless version as its branch (domain.md §3.3; default true). */
  readonly firstTagAsBranch: boolean;
  /** A tag put with the name of an environment records a deployment there (domain.md §4; default true). */
  readonly deployTagsNamedLikeEnvironments: boolean;
  /** The names that become a pacticipant's main branch by themselves (domain.md §1.4); empty turns this off. */
  readonly mainBranchCandidates: readonly string[];
  /** The hosts that webhooks may call (webhooks.md §5.5); empty lets every public one. */
  readonly webhookHosts: readonly string[];
  /** The schemes that webhooks may use. */
  readonly webhookSchemes: readonly string[];
  /** The methods that webhooks may use. */
  readonly webhookMethods: readonly string[];
  /** After how many seconds a delivery that failed is tried again, try by try (webhooks.md §5.1). */
  readonly webhookRetrySchedule: readonly number[];
}

/** A label on a pacticipant (domain.md §1.5). */
export interface Label {
  readonly name: string;
  readonly createdAt: Instant;
}

/** An application that consumes or provides (domain.md §1). */
export interface Pacticipant {
  readonly name: PacticipantName;
  readonly displayName: string;
  readonly mainBranch?: BranchName;
  readonly repositoryUrl?: string;
  readonly repositoryName?: string;
  readonly repositoryNamespace?: string;
  readonly labels: readonly Label[];
  readonly createdAt: Instant;
  /** Absent while never changed. */
  readonly updatedAt?: Instant;
}

/** A version's membership of a branch; in the order they were added (domain.md §3.1). */
export interface BranchMembership {
  readonly name: BranchName;
  readonly createdAt: Instant;
  /** Made from the first tag (domain.md §3.3). */
  readonly auto?: true;
}

/** A tag on a version; in the order they were added. */
export interface Tagging {
  readonly name: TagName;
  readonly createdAt: Instant;
}

/** The act of publishing a content for a version and a provider; the highest revision counts (domain.md §5.1). */
export interface Publication {
  readonly provider: PacticipantName;
  readonly revision: number;
  readonly sha: PactSha;
  readonly createdAt: Instant;
  /** When the same content was published for it once more, last; recorded only where a webhook waits for that. */
  readonly againAt?: Instant;
}

/** A version recorded as deployed to an environment; current until `undeployedAt` (domain.md §8). */
export interface Deployment {
  readonly uuid: string;
  /** Uuid of the environment. */
  readonly environment: string;
  /** The application instance; absent for the only one. */
  readonly target?: string;
  readonly createdAt: Instant;
  readonly undeployedAt?: Instant;
  /** Made from a tag named like the environment (domain.md §4). */
  readonly auto?: true;
}

/** A version recorded as released to an environment; supported until `supportEndedAt` (domain.md §9). */
export interface Release {
  readonly uuid: string;
  /** Uuid of the environment. */
  readonly environment: string;
  readonly createdAt: Instant;
  readonly updatedAt?: Instant;
  readonly supportEndedAt?: Instant;
}

/** A version of a pacticipant and every fact that hangs on it (domain.md §2). */
export interface Version {
  readonly pacticipant: PacticipantName;
  readonly number: VersionNumber;
  /** Creation order among the pacticipant's versions, from 1. "Latest" always means the greatest. */
  readonly order: number;
  readonly createdAt: Instant;
  readonly updatedAt?: Instant;
  readonly buildUrl?: string;
  readonly branches: readonly BranchMembership[];
  readonly tags: readonly Tagging[];
  /** All revisions, oldest first. */
  readonly pacts: readonly Publication[];
  readonly deployments: readonly Deployment[];
  readonly releases: readonly Release[];
}

/** A branch of a pacticipant; its head is the version added last, not the newest (domain.md §3.2). */
export interface Branch {
  readonly name: BranchName;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly head?: VersionNumber;
}

/** Derived from the versions that carry a tag: its first use and the newest version that has it. */
export interface TagIndex {
  readonly name: TagName;
  readonly createdAt: Instant;
  readonly latest: VersionNumber;
}

/** A consumer and a provider that have, or once had, a pact (domain.md §10). */
export interface Integration {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly createdAt: Instant;
  /** When a pact or a result of this pair was last recorded. */
  readonly contractDataUpdatedAt: Instant;
  /** The newest consumer version that has a pact with this provider; derived. */
  readonly latest?: VersionNumber;
  /** The newest result for any content of this pair; derived. */
  readonly lastResult?: ResultPointer;
}

/** Names one verification result. */
export interface ResultPointer {
  readonly sha: PactSha;
  readonly providerVersion: VersionNumber;
  readonly number: number;
}

/** One selector a verified pact was chosen by, as the metadata of its URL told (selectors.md §9). */
export interface AnsweredSelector {
  readonly branch?: string;
  readonly tag?: string;
  readonly latest?: boolean;
  readonly environment?: string;
  readonly consumerVersion?: string;
}

/** What one provider version said of one content (domain.md §6). */
export interface VerificationResult {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
  readonly providerVersion: VersionNumber;
  /** Rises by one with each result of the store: the newest result is the one with the greatest number. */
  readonly number: number;
  readonly success: boolean;
  /** When it was recorded; also its execution date. */
  readonly createdAt: Instant;
  readonly buildUrl?: string;
  /** As the verifier sent it. */
  readonly verifiedBy?: unknown;
  /** True when the content was verified as work in progress (metadata `w`). */
  readonly wip: boolean;
  /** Whether the content was pending when handed out (metadata `p`); absent when not told. */
  readonly pending?: boolean;
  readonly selectors?: readonly AnsweredSelector[];
  /** The tags the provider version had at this moment (selectors.md §8.3). */
  readonly providerTags: readonly string[];
  /** Whether test results lie beside it; see {@link Snapshot.testResults}. */
  readonly hasTestResults?: true;
}

/** A person or team to ask about an environment. */
export interface Contact {
  readonly name: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A place versions are deployed or released to (domain.md §7). */
export interface Environment {
  readonly uuid: string;
  readonly name: EnvironmentName;
  readonly displayName: string;
  readonly production: boolean;
  readonly contacts: readonly Contact[];
  readonly createdAt: Instant;
  readonly updatedAt?: Instant;
}

/** A version that is in an environment now: currently deployed, or released and supported; derived. */
export interface Presence {
  readonly kind: 'deployed' | 'released';
  readonly uuid: string;
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
  readonly target?: string;
  readonly createdAt: Instant;
}

/** Which pacticipants a webhook is for: the one of a name, or all with a label. */
export type WebhookSide = { readonly name: PacticipantName } | { readonly label: string };

/** What a webhook sends. Secrets in it are references: `${env:NAME}`, `${file:PATH}`, `${secret:NAME}`. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or a text that is sent as it is; absent for none. */
  readonly body?: unknown;
  readonly username?: string;
  readonly password?: string;
}

/** A request to send when something happens to the pacts of a pair (webhooks.md §2). */
export interface Webhook {
  readonly uuid: string;
  readonly description?: string;
  readonly enabled: boolean;
  /** Absent for every consumer. */
  readonly consumer?: WebhookSide;
  /** Absent for every provider. */
  readonly provider?: WebhookSide;
  readonly events: readonly string[];
  readonly request: WebhookRequest;
  readonly createdAt: Instant;
  readonly updatedAt?: Instant;
}
