import { canonicalPact } from '../domain/canonical.ts';
import { isJsonObject, type JsonValue, parseJson } from '../domain/json.ts';
import type {
  BranchName,
  Instant,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import { mergePacts } from '../domain/pact-merge.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import { similarNames } from '../domain/similar-names.ts';
import { publicationOf } from '../domain/version.ts';
import type { Draft } from '../format/draft.ts';
import { type ContractEvent, contractEvents } from '../query/events.ts';
import type { Pair } from '../query/latest-pacts.ts';
import { webhooksFor } from '../query/webhooks.ts';
import { foreseePublication } from './foresight.ts';
import { saveVersion } from './upkeep.ts';
import { addTag, addToBranch, ensurePacticipant, ensureVersion, setBuildUrl } from './versions.ts';

/** One pact to publish. */
export interface ContractToPublish {
  readonly provider: PacticipantName;
  readonly content: JsonValue;
  /** `merge` adds to what this version has published already (domain.md §5.6). */
  readonly onConflict: 'overwrite' | 'merge';
}

/** Pacts of one consumer version, published together (domain.md §5.4). */
export interface PublishRequest {
  readonly consumer: PacticipantName;
  readonly version: VersionNumber;
  readonly branch?: BranchName | undefined;
  readonly tags: readonly TagName[];
  readonly buildUrl?: string | undefined;
  readonly contracts: readonly ContractToPublish[];
  readonly at: Instant;
}

/** What became of one pact. */
export interface PublishedContract {
  readonly provider: PacticipantName;
  readonly sha: PactSha;
  readonly revision: number;
  /** `unchanged` is the same content again; `changed` replaced another one of this version. */
  readonly result: 'created' | 'unchanged' | 'changed' | 'merged';
  readonly events: readonly ContractEvent[];
}

/** Why nothing was published: contents of this version that would change, and names very like existing ones. */
export interface PublishRefusal {
  readonly kind: 'refused';
  readonly conflicts: readonly {
    readonly provider: PacticipantName;
    readonly before: JsonValue;
    readonly after: JsonValue;
  }[];
  readonly similar: readonly {
    readonly name: PacticipantName;
    readonly existing: readonly PacticipantName[];
  }[];
}

/** What was published. */
export interface Published {
  readonly kind: 'published';
  /** Whether the version was there before. */
  readonly versionExisted: boolean;
  readonly contracts: readonly PublishedContract[];
}

/**
 * Publishes pacts. Every contract is examined before anything is written; one that would change what this version has
 * published already refuses them all, unless the settings allow it (domain.md §5.4).
 */
export function publish(draft: Draft, request: PublishRequest): Published | PublishRefusal {
  foreseePublication(draft.now, request);
  const refusal = whyRefused(draft, request);
  if (refusal) return refusal;
  const { consumer, version, at } = request;
  const versionExisted = draft.now.version(consumer, version) !== undefined;
  ensureVersion(draft, consumer, version, at, 'on purpose');
  if (request.buildUrl !== undefined) setBuildUrl(draft, consumer, version, request.buildUrl, at);
  if (request.branch !== undefined) addToBranch(draft, consumer, version, request.branch, at);
  for (const tag of request.tags) addTag(draft, consumer, version, tag, at);
  const contracts = request.contracts.map((contract) =>
    storePact(draft, { consumer, version, at, ...contract }),
  );
  return { kind: 'published', versionExisted, contracts };
}

function whyRefused(draft: Draft, request: PublishRequest): PublishRefusal | undefined {
  const conflicts = request.contracts.flatMap(({ provider, content }) => {
    const before = conflictingContent(draft, request.consumer, request.version, provider, content);
    return before === undefined ? [] : [{ provider, before, after: content }];
  });
  const names = [request.consumer, ...request.contracts.map(({ provider }) => provider)];
  const similar = similarPacticipants(draft, names);
  return conflicts.length + similar.length > 0 ? { kind: 'refused', conflicts, similar } : undefined;
}

/** The stored content that publishing this one would change without leave; undefined when there is no conflict. */
export function conflictingContent(
  draft: Draft,
  consumer: PacticipantName,
  number: VersionNumber,
  provider: PacticipantName,
  content: JsonValue,
): JsonValue | undefined {
  if (draft.now.settings.allowContractModification) return undefined;
  const version = draft.now.version(consumer, number);
  const published = version && publicationOf(version, provider);
  if (!published || published.sha === pactShaOf(content)) return undefined;
  const text = draft.now.content(consumer, provider, published.sha);
  return text === undefined ? undefined : parseJson(text);
}

/**
 * Which of these new names are very like existing pacticipants (domain.md §1.6); empty when the check is off.
 * @throws GitpactError `name-clash` for one that cannot be told from an existing one at all
 */
export function similarPacticipants(
  draft: Draft,
  names: readonly PacticipantName[],
): PublishRefusal['similar'] {
  for (const name of names) draft.refuseClashingPacticipant(name);
  if (!draft.now.settings.checkSimilarNames) return [];
  return [...new Set(names)].flatMap((name) => {
    if (draft.now.pacticipant(name)) return [];
    const existing = similarNames(name, draft.now.pacticipantNames());
    return existing.length > 0 ? [{ name, existing }] : [];
  });
}

/** A pact of one consumer version to store, whether or not it changes what is there. */
export interface PactToStore extends ContractToPublish {
  readonly consumer: PacticipantName;
  readonly version: VersionNumber;
  readonly at: Instant;
}

/** Stores a pact as a new revision unless its content is what the version has already; makes what is missing. */
export function storePact(draft: Draft, pact: PactToStore): PublishedContract {
  const { consumer, provider, at } = pact;
  ensurePacticipant(draft, provider, at);
  const version = ensureVersion(draft, consumer, pact.version, at);
  const before = publicationOf(version, provider);
  const merging = pact.onConflict === 'merge' && before !== undefined;
  const content = merging ? mergedContent(draft, pact, before.sha) : pact.content;
  const sha = pactShaOf(content);
  const unchanged = before?.sha === sha;
  const events = contractEvents(draft.now, { consumer, provider, version: pact.version, sha });
  const revision = unchanged ? before.revision : (before?.revision ?? 0) + 1;
  if (!unchanged) {
    const integration = draft.now.integration(consumer, provider);
    draft.putIntegration({ consumer, provider, createdAt: at, ...integration, contractDataUpdatedAt: at });
    draft.putContent(consumer, provider, sha, canonicalPact(content));
    saveVersion(draft, { ...version, pacts: [...version.pacts, { provider, revision, sha, createdAt: at }] });
  }
  if (unchanged && isAwaited(draft, { consumer, provider }, events)) {
    const again = { ...before, againAt: at };
    saveVersion(draft, { ...version, pacts: version.pacts.map((one) => (one === before ? again : one)) });
  }
  const result = merging ? 'merged' : unchanged ? 'unchanged' : before ? 'changed' : 'created';
  return { provider, sha, revision, result, events };
}

/** Whether a webhook waits for one of these events: what changes nothing else is then recorded all the same. */
function isAwaited({ now }: Draft, pair: Pair, events: readonly ContractEvent[]): boolean {
  return webhooksFor(now, pair).some(
    (webhook) => webhook.enabled && events.some(({ name }) => webhook.events.includes(name)),
  );
}

function mergedContent(draft: Draft, pact: PactToStore, sha: PactSha): JsonValue {
  const text = draft.now.content(pact.consumer, pact.provider, sha);
  const stored = text === undefined ? undefined : parseJson(text);
  return isJsonObject(stored) ? mergePacts(stored, pact.content) : pact.content;
}
