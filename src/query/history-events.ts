import type { EnvironmentName, Instant, PacticipantName, PactSha, VersionNumber } from '../domain/names.ts';
import type { Deployment, Publication, Release, VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import type { VerificationEventName } from './events.ts';
import { type ContentComment, type ContractEvent, detected, verificationEvents } from './events.ts';
import { type Changed, isSamePact, Moment } from './moment.ts';
import type { RequiredVerification } from './required-verifications.ts';

/** Something that happened to a pact by its publication (webhooks.md §1). */
export interface PactEvent {
  readonly kind: 'pact';
  readonly name: ContractEvent['name'];
  readonly at: Instant;
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  /** As it was at that moment. */
  readonly consumerVersion: Version;
  readonly sha: PactSha;
  readonly revision: number;
  readonly comments: readonly ContentComment[];
  /** Who should verify it; of `contract_requiring_verification_published` only. */
  readonly required: readonly RequiredVerification[];
}

/** Something that happened by a verification result. */
export interface ResultEvent {
  readonly kind: 'result';
  readonly name: VerificationEventName;
  readonly at: Instant;
  readonly result: VerificationResult;
}

/** A version came to an environment or left it; the Pact Broker has no event for that, so webhooks do not wait for it. */
export interface PlaceEvent {
  readonly kind: 'place';
  readonly name: 'version_deployed' | 'version_undeployed' | 'version_released' | 'version_support_ended';
  readonly at: Instant;
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
  /** By name; by uuid where the environment is gone. */
  readonly environment: EnvironmentName | string;
  readonly target?: string;
}

/** Something that a commit of the contract repository means. */
export type HistoryEvent = PactEvent | ResultEvent | PlaceEvent;

/** What a commit changed, as `recordChanges` tells it. */
interface Changes {
  readonly versions: readonly Changed[];
  readonly results: readonly VerificationResult[];
}

/**
 * What happened between two states, in the order of the moments that facts tell: the events of every publication and
 * result as if each had been recorded by itself, whoever committed them and however many at once. What is only taken back
 * or tagged means nothing (webhooks.md §1).
 * @throws NotLoaded
 */
export function eventsBetween(before: Snapshot, after: Snapshot, changes: Changes): readonly HistoryEvent[] {
  const publications = changes.versions.flatMap(acts);
  const [pacts = [], places = []] = gather(
    [
      () =>
        gather(publications, ({ version, pact }) =>
          pactEvents(before, after, changes.versions, version, pact),
        ),
      () => gather(changes.versions, (change) => placeEvents(after, change)),
    ],
    (derive): readonly (readonly HistoryEvent[])[] => derive(),
  );
  const results = changes.results.map((result) =>
    verificationEvents(result.success).map(
      (name): ResultEvent => ({ kind: 'result', name, at: result.createdAt, result }),
    ),
  );
  return [...pacts, ...results, ...places].flat().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The publications that a commit adds to a version, each at its moment; one of the same content again is one more. */
function acts({
  before,
  after,
}: Changed): readonly { readonly version: Version; readonly pact: Publication }[] {
  return (after?.pacts ?? []).flatMap((pact) => {
    const was = before?.pacts.find(isSamePact(pact));
    const { againAt } = pact;
    return [
      ...(was ? [] : [pact.createdAt]),
      ...(againAt === undefined || againAt === was?.againAt ? [] : [againAt]),
    ].map((at) => ({ version: after as Version, pact: { ...pact, createdAt: at } }));
  });
}

function pactEvents(
  before: Snapshot,
  after: Snapshot,
  changed: readonly Changed[],
  version: Version,
  { provider, revision, sha, createdAt: at }: Publication,
): readonly PactEvent[] {
  const { pacticipant: consumer, number, order } = version;
  const now = new Moment(before, after, changed, { at, order, revision });
  const { events, required } = detected(now, { consumer, provider, version: number, sha });
  const consumerVersion = now.version(consumer, number) ?? version;
  return events.map(({ name, comments }) => ({
    kind: 'pact',
    name,
    at,
    consumer,
    provider,
    consumerVersion,
    sha,
    revision,
    comments,
    required: name === 'contract_requiring_verification_published' ? required : [],
  }));
}

function placeEvents(after: Snapshot, change: Changed): readonly PlaceEvent[] {
  const version = change.after;
  if (!version) return [];
  const { before } = change;
  return [
    ...stays(before?.deployments, version.deployments, ({ undeployedAt }: Deployment) => undeployedAt).map(
      ({ stay, at, isOver }) =>
        ({ stay, at, name: isOver ? 'version_undeployed' : 'version_deployed' }) as const,
    ),
    ...stays(before?.releases, version.releases, ({ supportEndedAt }: Release) => supportEndedAt).map(
      ({ stay, at, isOver }) =>
        ({ stay, at, name: isOver ? 'version_support_ended' : 'version_released' }) as const,
    ),
  ].map(({ stay, at, name }) => ({
    kind: 'place',
    name,
    at,
    pacticipant: version.pacticipant,
    version: version.number,
    environment: after.environments().find(({ uuid }) => uuid === stay.environment)?.name ?? stay.environment,
    ...('target' in stay && stay.target !== undefined ? { target: stay.target } : {}),
  }));
}

/** The beginnings and ends that a commit adds to the stays of a version in environments. */
function stays<T extends Deployment | Release>(
  before: readonly T[] | undefined,
  after: readonly T[],
  endOf: (stay: T) => Instant | undefined,
): readonly { readonly stay: Deployment | Release; readonly at: Instant; readonly isOver: boolean }[] {
  return after.flatMap((stay) => {
    const was = before?.find(({ uuid }) => uuid === stay.uuid);
    const end = endOf(stay);
    return [
      ...(was ? [] : [{ stay, at: stay.createdAt, isOver: false }]),
      ...(end === undefined || (was && endOf(was) !== undefined) ? [] : [{ stay, at: end, isOver: true }]),
    ];
  });
}
