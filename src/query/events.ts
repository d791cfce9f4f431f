import type { PacticipantName, PactSha, VersionNumber } from '../domain/names.ts';
import type { Publication, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { publicationOf } from '../domain/version.ts';
import { findTag } from './asked.ts';
import {
  type LiveState,
  type RequiredVerification,
  requiredVerifications,
} from './required-verifications.ts';

/** Why a published content counts as changed, or as the same (webhooks.md §1.2). */
export type ContentComment =
  | { readonly kind: 'first-untagged' }
  | { readonly kind: 'changed-since-untagged' }
  | { readonly kind: 'first-with-tag'; readonly tag: string }
  | { readonly kind: 'changed-since-tag'; readonly tag: string }
  | { readonly kind: 'modified'; readonly consumer: PacticipantName; readonly version: VersionNumber }
  | { readonly kind: 'same'; readonly tags: readonly string[] };

/** Something that happened to a pact by its publication, for webhooks and for the one who published. */
export interface ContractEvent {
  readonly name:
    | 'contract_published'
    | 'contract_requiring_verification_published'
    | 'contract_content_changed';
  readonly comments: readonly ContentComment[];
}

/** What a publication means. */
export interface Detected {
  readonly events: readonly ContractEvent[];
  readonly required: readonly RequiredVerification[];
}

/** Something that happened by a verification result. */
export type VerificationEventName =
  | 'provider_verification_published'
  | 'provider_verification_succeeded'
  | 'provider_verification_failed';

/** What of a state tells what a publication means. */
export type Surroundings = LiveState & Pick<Snapshot, 'integration' | 'versions'>;

/** A content about to be published; the version has its tags already. */
export interface Publishing {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly version: VersionNumber;
  readonly sha: PactSha;
}

/**
 * What the publication means, asked of the state right before the pact is stored (webhooks.md §1.1, §1.2), in the order
 * of the Pact Broker.
 * @throws NotLoaded
 */
export function contractEvents(now: Surroundings, publishing: Publishing): readonly ContractEvent[] {
  return detected(now, publishing).events;
}

/** As {@link contractEvents}, with who should verify the content. @throws NotLoaded */
export function detected(now: Surroundings, publishing: Publishing): Detected {
  const { consumer, provider, sha } = publishing;
  const [change, required = []] = gather(
    [
      () => contentChange(now, publishing),
      () => requiredVerifications(now, consumer, provider, sha),
    ] as const,
    (ask) => ask(),
  ) as [Change, readonly RequiredVerification[]];
  const { changed, comments } = change;
  const events: ContractEvent[] = [{ name: 'contract_published', comments: changed ? [] : comments }];
  if (required.length > 0) {
    events.push({
      name: 'contract_requiring_verification_published',
      comments: changed ? [] : comments,
    });
  }
  if (changed) events.push({ name: 'contract_content_changed', comments });
  return { events, required };
}

/** What a verification result means (webhooks.md §1.1). */
export function verificationEvents(success: boolean): readonly VerificationEventName[] {
  return [
    'provider_verification_published',
    success ? 'provider_verification_succeeded' : 'provider_verification_failed',
  ];
}

interface Change {
  readonly changed: boolean;
  readonly comments: readonly ContentComment[];
}

/** Compares with what this version published before, else with the last version of each tag, else of no tag. */
function contentChange(now: Surroundings, { consumer, provider, version: number, sha }: Publishing): Change {
  const version = now.version(consumer, number);
  const before = version && publicationOf(version, provider);
  if (before) {
    const changed = before.sha !== sha;
    return { changed, comments: changed ? [{ kind: 'modified', consumer, version: number }] : [] };
  }
  const tags = version?.tags.map(({ name }) => name) ?? [];
  const previous = previousPublication(now, consumer, provider, version);
  const changes =
    tags.length === 0
      ? changeSince(previous(undefined), sha, { kind: 'first-untagged' }, { kind: 'changed-since-untagged' })
      : tags.flatMap((tag) =>
          changeSince(
            previous(tag),
            sha,
            { kind: 'first-with-tag', tag },
            { kind: 'changed-since-tag', tag },
          ),
        );
  return changes.length > 0
    ? { changed: true, comments: changes }
    : { changed: false, comments: [{ kind: 'same', tags }] };
}

function changeSince(
  previous: Publication | undefined,
  sha: PactSha,
  first: ContentComment,
  changed: ContentComment,
): readonly ContentComment[] {
  if (!previous) return [first];
  return previous.sha === sha ? [] : [changed];
}

/**
 * Finds the pact of the greatest earlier version that carries a tag, or none. Looks at all versions only when neither the
 * newest pact of the pair nor the age of the tag tells.
 */
function previousPublication(
  now: Surroundings,
  consumer: PacticipantName,
  provider: PacticipantName,
  version: Version | undefined,
): (tag: string | undefined) => Publication | undefined {
  const latest = now.integration(consumer, provider)?.latest;
  const newest = latest === undefined ? undefined : now.version(consumer, latest);
  const isEarlier = (other: Version) => !version || other.order < version.order;
  const carries = (other: Version, tag: string | undefined) =>
    tag === undefined ? other.tags.length === 0 : other.tags.some(({ name }) => name === tag);
  return (tag) => {
    if (!newest) return undefined;
    if (isEarlier(newest) && carries(newest, tag)) return publicationOf(newest, provider);
    const tagging = version?.tags.find(({ name }) => name === tag);
    const isFirstUse =
      tag !== undefined && tagging && findTag(now, consumer, tag)?.createdAt === tagging.createdAt;
    if (isFirstUse) return undefined;
    const previous = now
      .versions(consumer)
      .findLast((other) => isEarlier(other) && carries(other, tag) && publicationOf(other, provider));
    return previous && publicationOf(previous, provider);
  };
}
