import { createHash } from 'node:crypto';
import type { Delivery } from '../domain/delivery.ts';
import type { CommitId, PacticipantName } from '../domain/names.ts';
import type { VerificationResult, WebhookSide } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findVersion } from '../query/asked.ts';
import type { Occasion } from '../query/deliveries.ts';
import { integrations } from '../query/integrations.ts';
import { findLatestPact } from '../query/latest-pacts.ts';
import type { PublishedPact } from '../query/publications.ts';
import { findLatestResultFor } from '../query/verification-status.ts';
import { appliesTo } from '../query/webhooks.ts';
import { descriptionsOf } from './event-json.ts';
import type { Links } from './hal/links.ts';
import { metadataSegment } from './hal/metadata.ts';

/** What stands for `${pactbroker.NAME}`, by NAME (webhooks.md §4.2). */
export type Parameters = Readonly<Record<string, string>>;

/** Which pacts a webhook is for, and what it waits for. */
export interface Interest {
  readonly consumer?: WebhookSide;
  readonly provider?: WebhookSide;
  readonly events: readonly string[];
}

/** What is to be sent on an occasion; nobody has tried yet. @throws NotLoaded */
export function deliveryOf(now: Snapshot, links: Links, occasion: Occasion, commit: CommitId): Delivery {
  const { webhook, event, pact, required, deployedVersion } = occasion;
  const { consumer, provider, consumerVersion, publication } = pact;
  const result = event.kind === 'result' ? event.result.number : undefined;
  const parameters = occasionParameters(now, links, occasion);
  const which = [consumer, consumerVersion.number, provider, publication.revision, result ?? '', event.at];
  const whom = [required?.providerVersion.number ?? '', deployedVersion ?? ''];
  return {
    id: idOf([webhook.uuid, event.name, ...which, ...whom]),
    webhook: webhook.uuid,
    event: event.name,
    commit,
    triggeredAt: event.at,
    consumer,
    consumerVersion: consumerVersion.number,
    provider,
    sha: publication.sha,
    ...(result === undefined ? {} : { result }),
    parameters,
    attempts: [],
    status: 'not_run',
    dueAt: event.at,
  };
}

/** 22 characters that follow from what they name. */
function idOf(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');
}

function occasionParameters(now: Snapshot, links: Links, occasion: Occasion): Parameters {
  const { event, pact, result, required, deployedVersion } = occasion;
  const parameters = parametersFor(now, links, { pact, result, tags: occasion.consumerTags });
  const buildUrl = event.kind === 'result' ? event.result.buildUrl : pact.consumerVersion.buildUrl;
  return {
    ...parameters,
    ...(required
      ? {
          providerVersionNumber: required.providerVersion.number,
          providerVersionTags: names(required.providerVersion.tags),
          providerVersionBranch: required.branch ?? '',
          providerVersionDescriptions: descriptionsOf(required).join(', '),
        }
      : {}),
    ...(deployedVersion === undefined ? {} : { currentlyDeployedProviderVersionNumber: deployedVersion }),
    buildUrl: buildUrl ?? '',
    eventName: event.name,
  };
}

/** What the parameters of a webhook stand for when it is tried out: those of the newest pact it is for (§6). @throws NotLoaded */
export function trialParameters(now: Snapshot, links: Links, interest: Interest): Parameters {
  const example = exampleFor(now, interest);
  if (!example) return placeholders;
  const { pact, result } = example;
  const buildUrl = result?.buildUrl ?? pact.consumerVersion.buildUrl ?? '';
  return { ...parametersFor(now, links, { pact, result, tags: undefined }), buildUrl, eventName: 'test' };
}

/** The pact that was published last of those a webhook is for, and what was said of it. */
function exampleFor(
  now: Snapshot,
  { consumer, provider }: Interest,
): { pact: PublishedPact; result: VerificationResult | undefined } | undefined {
  const pairs = integrations(now).filter(
    (pair) => appliesTo(now, consumer, pair.consumer) && appliesTo(now, provider, pair.provider),
  );
  const pact = gather(pairs, (pair) => findLatestPact(now, pair)).reduce(
    (a, b) => (a && (!b || a.publication.createdAt >= b.publication.createdAt) ? a : b),
    undefined,
  );
  return pact && { pact, result: findLatestResultFor(now, pact) };
}

interface Subject {
  readonly pact: PublishedPact;
  readonly result: VerificationResult | undefined;
  readonly tags: readonly string[] | undefined;
}

function parametersFor(now: Snapshot, links: Links, { pact, result, tags }: Subject): Parameters {
  const { consumer, provider, consumerVersion, publication } = pact;
  const version = consumerVersion.number;
  const consumerTags = tags ?? consumerVersion.tags.map(({ name }) => name);
  const providerVersion = result && findVersion(now, provider, result.providerVersion);
  const metadata = { consumerVersion: version, consumerTags, wip: true } as const;
  return {
    pactUrl: links.pactVersion(pact, publication.sha, metadataSegment(consumer, metadata)),
    verificationResultUrl: result ? links.verificationResult(result) : '',
    consumerName: consumer,
    providerName: provider,
    consumerVersionNumber: version,
    consumerVersionTags: consumerTags.join(', '),
    consumerVersionBranch: consumerVersion.branches.at(-1)?.name ?? '',
    consumerLabels: labels(now, consumer),
    providerLabels: labels(now, provider),
    providerVersionNumber: result?.providerVersion ?? '',
    providerVersionTags: names(providerVersion?.tags ?? []),
    providerVersionBranch: providerVersion?.branches.at(-1)?.name ?? '',
    providerVersionDescriptions: '',
    ...statuses(result),
  };
}

function labels(now: Snapshot, name: PacticipantName): string {
  return names(now.pacticipant(name)?.labels ?? []);
}

function names(things: readonly { readonly name: string }[]): string {
  return things.map(({ name }) => name).join(', ');
}

/** How hosts of code call the outcome of a verification. */
function statuses(result: VerificationResult | undefined): Parameters {
  const pick = (pending: string, success: string, failure: string) =>
    !result ? pending : result.success ? success : failure;
  return {
    githubVerificationStatus: pick('pending', 'success', 'failure'),
    bitbucketVerificationStatus: pick('INPROGRESS', 'SUCCESSFUL', 'FAILED'),
    azureDevOpsVerificationStatus: pick('pending', 'succeeded', 'failed'),
    gitlabVerificationStatus: pick('pending', 'success', 'failed'),
  };
}

/** What stands for everything where there is no pact yet. */
const placeholders: Parameters = {
  pactUrl: 'http://example.org/pact',
  verificationResultUrl: 'http://example.org/verification-result',
  consumerName: 'placeholder-consumer',
  providerName: 'placeholder-provider',
  consumerVersionNumber: '1',
  consumerVersionTags: '',
  consumerVersionBranch: '',
  consumerLabels: '',
  providerLabels: '',
  providerVersionNumber: '',
  providerVersionTags: '',
  providerVersionBranch: '',
  providerVersionDescriptions: '',
  ...statuses(undefined),
  buildUrl: '',
  eventName: 'test',
};
