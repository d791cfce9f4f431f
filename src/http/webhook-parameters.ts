import type { PacticipantName } from '../domain/names.ts';
import type { VerificationResult, WebhookSide } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { findVersion } from '../query/asked.ts';
import { integrations } from '../query/integrations.ts';
import { findLatestPact } from '../query/latest-pacts.ts';
import type { PublishedPact } from '../query/publications.ts';
import { findLatestResultFor } from '../query/verification-status.ts';
import type { Links } from '../render/hal/links.ts';
import { metadataSegment } from '../render/hal/metadata.ts';
import type { Parameters } from './webhook-trial.ts';

/** Which pacts a webhook is for. */
export interface Sides {
  readonly consumer?: WebhookSide;
  readonly provider?: WebhookSide;
}

/** The newest pact a webhook is for, and the newest result for it. @throws NotLoaded */
function exampleFor(
  now: Snapshot,
  sides: Sides,
): { pact: PublishedPact; result?: VerificationResult } | undefined {
  for (const pair of integrations(now)) {
    if (!fits(now, sides.consumer, pair.consumer) || !fits(now, sides.provider, pair.provider)) continue;
    const pact = findLatestPact(now, pair);
    if (!pact) continue;
    const result = findLatestResultFor(now, pact);
    return { pact, ...(result ? { result } : {}) };
  }
  return undefined;
}

function fits(now: Snapshot, side: WebhookSide | undefined, name: PacticipantName): boolean {
  if (!side) return true;
  if ('name' in side) return side.name === name;
  return now.pacticipant(name)?.labels.some((label) => label.name === side.label) ?? false;
}

/** What the parameters of a webhook stand for when it is tried out (webhooks.md §4.2, §6). @throws NotLoaded */
export function trialParameters(now: Snapshot, links: Links, sides: Sides): Parameters {
  const example = exampleFor(now, sides);
  if (!example) return placeholders;
  const { pact, result } = example;
  const { consumer, provider, consumerVersion, publication } = pact;
  const version = consumerVersion.number;
  const providerVersion = result && findVersion(now, provider, result.providerVersion);
  const metadata = metadataSegment(consumer, { consumerVersion: version });
  return {
    pactUrl: links.pactVersion(pact, publication.sha, metadata),
    verificationResultUrl: result ? links.verificationResult(result) : '',
    consumerName: consumer,
    providerName: provider,
    consumerVersionNumber: version,
    consumerVersionTags: names(consumerVersion.tags),
    consumerVersionBranch: consumerVersion.branches.at(-1)?.name ?? '',
    consumerLabels: names(now.pacticipant(consumer)?.labels ?? []),
    providerLabels: names(now.pacticipant(provider)?.labels ?? []),
    providerVersionNumber: result?.providerVersion ?? '',
    providerVersionTags: names(providerVersion?.tags ?? []),
    providerVersionBranch: providerVersion?.branches.at(-1)?.name ?? '',
    providerVersionDescriptions: '',
    ...statuses(result),
    buildUrl: result?.buildUrl ?? consumerVersion.buildUrl ?? '',
    eventName: 'test',
  };
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
  consumerVersionNumber: 'placeholder-consumer-version',
  consumerVersionTags: '',
  consumerVersionBranch: '',
  consumerLabels: '',
  providerLabels: '',
  providerVersionNumber: 'placeholder-provider-version',
  providerVersionTags: '',
  providerVersionBranch: '',
  providerVersionDescriptions: '',
  ...statuses(undefined),
  buildUrl: '',
  eventName: 'test',
};
