import { isJsonArray, jsonAt, parseJson } from '../domain/json.ts';
import type { Instant } from '../domain/names.ts';
import type { VerificationResult, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { isDeployed, isSupported } from '../domain/version.ts';
import { integrations } from './integrations.ts';
import { latestPacts } from './latest-pacts.ts';

/** How much of everything there is, under the Pact Broker's names (api.md §11). Looks at everything. @throws NotLoaded */
export function brokerMetrics(now: Snapshot) {
  const pacticipants = gather(now.pacticipantNames(), (name) => now.pacticipant(name)).filter(
    (pacticipant) => pacticipant !== undefined,
  );
  const versions = gather(pacticipants, ({ name }) => now.versions(name)).flat();
  const pairs = integrations(now);
  const contents = gather(pairs, ({ consumer, provider }) =>
    now.contentShas(consumer, provider).map((sha) => ({ consumer, provider, sha })),
  ).flat();
  const results = gather(contents, ({ consumer, provider, sha }) => now.results(consumer, provider, sha));
  return {
    interactions: interactionCounts(now),
    pacticipants: {
      count: pacticipants.length,
      withMainBranchSetCount: pacticipants.filter(({ mainBranch }) => mainBranch !== undefined).length,
    },
    integrations: { count: pairs.length },
    ...pactCounts(versions),
    pactVersions: { count: contents.length },
    ...resultCounts(results),
    ...versionCounts(versions),
    webhooks: { count: now.webhooks().length },
    ...tagCounts(versions),
    triggeredWebhooks: { count: 0 },
    webhookExecutions: { count: 0 },
    matrix: { count: -1 },
    environments: { count: now.environments().length },
    ...placeCounts(versions),
  };
}

function interactionCounts(now: Snapshot) {
  const counts = gather(latestPacts(now), ({ consumer, provider, publication }) => {
    const pact = parseJson(now.content(consumer, provider, publication.sha) ?? '{}');
    const lengthOf = (key: string) => {
      const items = jsonAt(pact, key);
      return isJsonArray(items) ? items.length : 0;
    };
    return { interactions: lengthOf('interactions'), messages: lengthOf('messages') };
  });
  const latestInteractionsCount = counts.reduce((sum, { interactions }) => sum + interactions, 0);
  const latestMessagesCount = counts.reduce((sum, { messages }) => sum + messages, 0);
  return {
    latestInteractionsCount,
    latestMessagesCount,
    latestInteractionsAndMessagesCount: latestInteractionsCount + latestMessagesCount,
  };
}

function pactCounts(versions: readonly Version[]) {
  const pacts = versions.flatMap((version) => version.pacts);
  const revisions = versions.flatMap((version) => [
    ...countBy(version.pacts, ({ provider }) => provider).values(),
  ]);
  return {
    pactPublications: {
      count: pacts.length,
      ...firstAndLast(pacts.map(({ createdAt }) => createdAt)),
    },
    pactRevisionsPerConsumerVersion: { distribution: distribution(revisions) },
  };
}

function resultCounts(perContent: readonly (readonly VerificationResult[])[]) {
  const results = perContent.flat();
  const distinct = countBy(results, ({ consumer, provider, sha, providerVersion, success }) =>
    JSON.stringify([consumer, provider, sha, providerVersion, success]),
  );
  return {
    verificationResults: {
      count: results.length,
      successCount: results.filter(({ success }) => success).length,
      failureCount: results.filter(({ success }) => !success).length,
      distinctCount: distinct.size,
      ...firstAndLast(results.map(({ createdAt }) => createdAt)),
    },
    verificationResultsPerPactVersion: {
      distribution: distribution(perContent.map((list) => list.length).filter((count) => count > 0)),
    },
  };
}

function versionCounts(versions: readonly Version[]) {
  const withBranch = versions.filter(({ branches }) => branches.length > 0).length;
  return {
    pacticipantVersions: {
      count: versions.length,
      withUserCreatedBranchCount: versions.filter(({ branches }) => branches.some(({ auto }) => !auto))
        .length,
      withBranchCount: withBranch,
      withBranchSetCount: withBranch,
    },
  };
}

function tagCounts(versions: readonly Version[]) {
  const all = versions.flatMap(({ pacticipant, tags }) => tags.map(({ name }) => ({ pacticipant, name })));
  return {
    tags: {
      count: all.length,
      distinctCount: new Set(all.map(({ name }) => name)).size,
      distinctWithPacticipantCount: countBy(all, (tag) => JSON.stringify(tag)).size,
    },
  };
}

function placeCounts(versions: readonly Version[]) {
  const deployments = versions.flatMap((version) => version.deployments);
  const releases = versions.flatMap((version) => version.releases);
  return {
    deployedVersions: {
      count: deployments.length,
      userCreatedCount: deployments.filter(({ auto }) => !auto).length,
      currentlyDeployedCount: deployments.filter(isDeployed).length,
    },
    releasedVersions: {
      count: releases.length,
      currentlySupportedCount: releases.filter(isSupported).length,
    },
  };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** How often each number occurs. */
function distribution(numbers: readonly number[]): Record<string, number> {
  return Object.fromEntries(countBy(numbers, String));
}

function firstAndLast(instants: readonly Instant[]): { readonly first?: Instant; readonly last?: Instant } {
  const sorted = [...instants].sort();
  const [first] = sorted;
  const last = sorted.at(-1);
  return { ...(first ? { first } : {}), ...(last ? { last } : {}) };
}
