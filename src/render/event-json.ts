import type { HistoryEvent, PactEvent, ResultEvent } from '../query/history-events.ts';
import type { RequiredVerification } from '../query/required-verifications.ts';
import { commentWords } from './words/events.ts';

/** An event as `gitpact events` tells it: one flat object, names in the words of the Pact Broker. */
export function eventJson(event: HistoryEvent): Readonly<Record<string, unknown>> {
  const { name, at } = event;
  if (event.kind === 'pact') return { event: name, at, ...pactFields(event) };
  if (event.kind === 'result') return { event: name, at, ...resultFields(event) };
  const { pacticipant, version, environment, target } = event;
  return { event: name, at, pacticipant, version, environment, target };
}

function pactFields({ consumer, consumerVersion, provider, sha, comments, required }: PactEvent) {
  const { number, branches, tags, buildUrl } = consumerVersion;
  return {
    consumer,
    consumerVersion: number,
    consumerVersionBranch: branches.at(-1)?.name,
    consumerVersionTags: tags.map((tag) => tag.name),
    provider,
    sha,
    comment: comments.length > 0 ? comments.map(commentWords).join(', ') : undefined,
    buildUrl,
    required:
      required.length > 0
        ? required.map((one) => ({
            providerVersion: one.providerVersion.number,
            providerVersionBranch: one.branch,
            providerVersionDescriptions: descriptionsOf(one),
          }))
        : undefined,
  };
}

function resultFields({ result }: ResultEvent) {
  const { consumer, provider, sha, providerVersion, number, success, wip, pending, buildUrl } = result;
  return { consumer, provider, sha, providerVersion, number, success, wip, pending, buildUrl };
}

/** Why a provider version should verify a content, in the words of webhooks.md §1.3. */
export function descriptionsOf(required: RequiredVerification): readonly string[] {
  return [
    ...(required.mainBranch ? ['latest from main branch'] : []),
    ...required.deployedIn.map(({ name }) => `deployed in ${name}`),
    ...required.releasedIn.map(({ name }) => `released in ${name}`),
  ];
}
