import type { PacticipantName, VersionNumber } from '../domain/names.ts';
import type { VerificationResult, Version, Webhook } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { isOnBranch } from './asked.ts';
import type { HistoryEvent, PactEvent, ResultEvent } from './history-events.ts';
import { findPactOfVersion, findPactWithContent } from './latest-pacts.ts';
import type { PublishedPact } from './publications.ts';
import type { RequiredVerification } from './required-verifications.ts';
import { webhooksFor } from './webhooks.ts';

/** A reason to send the request of a webhook: what happened, and to which versions (webhooks.md §4.3). */
export interface Occasion {
  readonly webhook: Webhook;
  readonly event: PactEvent | ResultEvent;
  readonly pact: PublishedPact;
  /** The result that triggered it; of a publication, what the provider's main branch said last of the content. */
  readonly result: VerificationResult | undefined;
  /** The tags the pact was verified for; absent: those the version has. */
  readonly consumerTags?: readonly string[];
  /** The provider version that should verify. */
  readonly required?: RequiredVerification;
  /** A provider version that is deployed, where the body asks for each. */
  readonly deployedVersion?: VersionNumber;
}

/**
 * What is to be sent because of the events of a commit: for each webhook that waits for one and was there when it happened,
 * a request for each provider version that should verify, and for each consumer version that was verified.
 * @throws NotLoaded
 */
export function occasions(
  before: Snapshot,
  after: Snapshot,
  events: readonly HistoryEvent[],
): readonly Occasion[] {
  const waiting = after.webhooks().filter(({ enabled }) => enabled);
  if (waiting.length === 0) return [];
  return gather(events, (event) => {
    if (event.kind === 'place') return [];
    const pair = event.kind === 'pact' ? event : event.result;
    const listening = webhooksFor(after, pair).filter(
      (webhook) =>
        webhook.enabled &&
        webhook.events.includes(event.name) &&
        (webhook.createdAt <= event.at || before.webhook(webhook.uuid) !== undefined),
    );
    return gather(listening, (webhook) => contexts(after, webhook, event)).flat();
  }).flat();
}

function contexts(now: Snapshot, webhook: Webhook, event: PactEvent | ResultEvent): readonly Occasion[] {
  const about = event.kind === 'pact' ? ofPublication(now, event) : ofResult(now, event);
  const deployed = deployedVersions(
    now,
    webhook,
    event.kind === 'pact' ? event.provider : event.result.provider,
  );
  return about.flatMap((occasion) =>
    deployed.map((version) => ({
      webhook,
      event,
      ...occasion,
      ...(version === undefined ? {} : { deployedVersion: version }),
    })),
  );
}

type About = Omit<Occasion, 'webhook' | 'event'>;

function ofPublication(now: Snapshot, event: PactEvent): readonly About[] {
  const { consumer, provider, consumerVersion, sha, revision, at, required } = event;
  const publication = { provider, revision, sha, createdAt: at };
  const pact = { consumer, provider, consumerVersion, publication };
  const base = { pact, result: resultFor(now, event) };
  return required.length > 0 ? required.map((one) => ({ ...base, required: one })) : [base];
}

/** What the provider's main branch said last of a content, else what anybody did (webhooks.md §4.2). */
function resultFor(
  now: Snapshot,
  { consumer, provider, sha, at }: PactEvent,
): VerificationResult | undefined {
  const results = now.results(consumer, provider, sha).filter(({ createdAt }) => createdAt <= at);
  const mainBranch = now.pacticipant(provider)?.mainBranch;
  if (mainBranch === undefined) return results.at(-1);
  const versions = gather(results, ({ providerVersion }) => now.version(provider, providerVersion));
  return (
    results.findLast((_, index) => {
      const version = versions[index];
      return version !== undefined && isOnBranch(version, mainBranch);
    }) ?? results.at(-1)
  );
}

/** One for each consumer version that the verification was asked for by selectors, else for the newest with the content. */
function ofResult(now: Snapshot, { result }: ResultEvent): readonly About[] {
  const tagsOf = new Map<string, string[]>();
  for (const { consumerVersion, tag } of result.selectors ?? []) {
    if (consumerVersion === undefined) continue;
    const tags = tagsOf.get(consumerVersion) ?? [];
    tagsOf.set(consumerVersion, tag === undefined ? tags : [...tags, tag]);
  }
  const named = gather(tagsOf, ([number, tags]) => {
    const pact = findPactOfVersion(now, result, number);
    return pact ? [{ pact, result, consumerTags: tags }] : [];
  }).flat();
  if (named.length > 0) return named;
  const pact = findPactWithContent(now, result, result.sha);
  return pact ? [{ pact, result }] : [];
}

/** Every deployed version of the provider where the body asks for it; else nothing in particular (webhooks.md §4.2). */
function deployedVersions(
  now: Snapshot,
  { request }: Webhook,
  provider: PacticipantName,
): readonly (Version['number'] | undefined)[] {
  const body = JSON.stringify(request.body ?? null);
  if (!body.includes(`\${pactbroker.currentlyDeployedProviderVersionNumber}`)) return [undefined];
  const deployed = gather(now.environments(), ({ name }) =>
    now.presences(name).filter(({ kind, pacticipant }) => kind === 'deployed' && pacticipant === provider),
  ).flat();
  const numbers = new Set(deployed.map(({ version }) => version));
  return numbers.size === 0 ? [undefined] : [...numbers];
}
