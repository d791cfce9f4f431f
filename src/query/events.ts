import type { BranchName, PacticipantName, PactSha, TagName, VersionNumber } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { hasTag, publicationOf } from '../domain/version.ts';

/** What happened to a contract, in the names webhooks subscribe to (webhooks.md §1). */
export interface ContractEvent {
  readonly name:
    | 'contract_published'
    | 'contract_requiring_verification_published'
    | 'contract_content_changed';
  /** Why, in the Pact Broker's words. */
  readonly comment?: string;
}

/** A content about to be published for a consumer version, which has its tags already. */
export interface AboutToPublish {
  readonly consumer: PacticipantName;
  readonly version: VersionNumber;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
}

/** The events that publishing this content causes, in the order the Pact Broker detects them (webhooks.md §1). @throws NotLoaded */
export function contractEvents(now: Snapshot, about: AboutToPublish): readonly ContractEvent[] {
  const { consumer, version: number, provider, sha } = about;
  const version = now.version(consumer, number);
  const before = version && publicationOf(version, provider);
  const requiring: ContractEvent[] =
    requiredVerifications(now, consumer, provider, sha).length > 0
      ? [{ name: 'contract_requiring_verification_published' }]
      : [];
  if (before) {
    const comment = `pact content modified since previous publication for ${consumer} version ${number}`;
    const changed: ContractEvent[] =
      before.sha === sha ? [] : [{ name: 'contract_content_changed', comment }];
    return [{ name: 'contract_published' }, ...requiring, ...changed];
  }
  const tags = version?.tags.map(({ name }) => name) ?? [];
  const comments = changeComments(now, about, version, tags);
  return comments.length > 0
    ? [
        { name: 'contract_published' },
        ...requiring,
        { name: 'contract_content_changed', comment: comments.join(', ') },
      ]
    : [{ name: 'contract_published', comment: unchangedComment(tags) }, ...requiring];
}

function unchangedComment(tags: readonly TagName[]): string {
  const versions =
    tags.length === 1 ? `version with tag ${tags[0]}` : `versions with tags ${tags.join(', ')}`;
  return `pact content is the same as previous ${versions} and no new tags were applied`;
}

function changeComments(
  now: Snapshot,
  about: AboutToPublish,
  version: Version | undefined,
  tags: readonly TagName[],
): string[] {
  if (tags.length === 0) {
    const previous = previousPact(now, about, version, ({ tags }) => tags.length === 0);
    if (previous === about.sha) return [];
    return [
      previous === undefined
        ? 'first time untagged pact published'
        : 'pact content has changed since previous untagged version',
    ];
  }
  return tags.flatMap((tag) => {
    const previous = previousPact(now, about, version, (other) => hasTag(other, tag));
    if (previous === about.sha) return [];
    return previous === undefined
      ? `first time any pact published for this consumer with consumer version tagged ${tag}`
      : `pact content has changed since the last consumer version tagged with ${tag}`;
  });
}

/** The content of the newest earlier version that qualifies and has a pact; the pair's newest is looked at first. */
function previousPact(
  now: Snapshot,
  { consumer, provider, version: number }: AboutToPublish,
  version: Version | undefined,
  qualifies: (other: Version) => boolean,
): PactSha | undefined {
  const order = version?.order ?? Number.POSITIVE_INFINITY;
  const shaIn = (other: Version | undefined) =>
    other && other.number !== number && other.order < order && qualifies(other)
      ? publicationOf(other, provider)?.sha
      : undefined;
  const latest = now.integration(consumer, provider)?.latest;
  if (latest === undefined) return undefined;
  const sha = shaIn(now.version(consumer, latest));
  if (sha !== undefined) return sha;
  const previous = now.versions(consumer).findLast((other) => shaIn(other) !== undefined);
  return shaIn(previous);
}

/** A provider version that has to verify a content: it is live or at the head of the main branch (webhooks.md §1.3). */
export interface RequiredVerification {
  readonly version: Version;
  /** The main branch when it is its head, else the branch it was added to last. */
  readonly branch?: BranchName;
  /** `latest from main branch`, `deployed in <env>`, `released in <env>`, in that order. */
  readonly descriptions: readonly string[];
}

/** The provider versions that must, and did not yet, verify this content (webhooks.md §1.3). @throws NotLoaded */
export function requiredVerifications(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  sha: PactSha,
): readonly RequiredVerification[] {
  const mainBranch = now.pacticipant(provider)?.mainBranch;
  const head = mainBranch && now.branch(provider, mainBranch)?.head;
  const wanted = new Map<VersionNumber, string[]>();
  const want = (number: VersionNumber, description: string) =>
    wanted.set(number, [...new Set([...(wanted.get(number) ?? []), description])]);
  if (head !== undefined) want(head, 'latest from main branch');
  for (const kind of ['deployed', 'released'] as const) {
    for (const { name } of now.environments()) {
      for (const presence of now.presences(name)) {
        if (presence.kind === kind && presence.pacticipant === provider)
          want(presence.version, `${kind} in ${name}`);
      }
    }
  }
  return gather(wanted, ([number, descriptions]): RequiredVerification[] => {
    const version = now.version(provider, number);
    if (!version || now.resultsBy(consumer, provider, sha, number).length > 0) return [];
    const branch = number === head ? mainBranch : version.branches.at(-1)?.name;
    return [{ version, descriptions, ...(branch === undefined ? {} : { branch }) }];
  }).flat();
}
