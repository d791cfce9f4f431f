import type { BranchName, PacticipantName, VersionNumber } from '../domain/names.ts';
import type { Branch, Version, Webhook, WebhookSide } from '../domain/records.ts';
import { gather } from '../domain/tree.ts';
import { isOnBranch } from '../domain/version.ts';
import type { Draft } from '../format/draft.ts';
import { saveBranch, savePresences, saveVersion } from './upkeep.ts';
import { saveLastResult } from './verification.ts';

/**
 * What each deletion takes along: domain.md §12. Contents and their results outlive the pacts that had them, so that
 * publishing the same content again is verified at once.
 */

/** The providers a consumer has or had a pact with. */
function providersOf(draft: Draft, consumer: PacticipantName): PacticipantName[] {
  const { now } = draft;
  return gather(now.providerNames(), (provider) =>
    now.integration(consumer, provider) ? [provider] : [],
  ).flat();
}

/** Removes a version with its pacts, tags, branch memberships, deployments, releases and the results made by it. */
export function deleteVersion(draft: Draft, version: Version): void {
  const { pacticipant, number } = version;
  deleteResultsBy(draft, pacticipant, number);
  leaveEnvironments(draft, (presence) => presence.pacticipant === pacticipant && presence.version === number);
  dropPointers(draft, [version]);
  saveVersion(draft, { ...version, pacts: [], tags: [] });
  for (const { name } of version.branches) leaveBranch(draft, pacticipant, number, name);
  draft.dropVersion(pacticipant, number);
  if (!draft.now.latestVersion(pacticipant))
    draft.putLatest(pacticipant, draft.now.versions(pacticipant).at(-1));
}

function deleteResultsBy(draft: Draft, provider: PacticipantName, number: VersionNumber): void {
  const { now } = draft;
  const results = gather(now.consumersOf(provider), (consumer) =>
    gather(now.contentShas(consumer, provider), (sha) =>
      now.resultsBy(consumer, provider, sha, number),
    ).flat(),
  ).flat();
  for (const result of results) draft.dropResult(result);
  for (const consumer of new Set(results.map((result) => result.consumer))) {
    saveLastResult(draft, consumer, provider);
  }
}

function leaveEnvironments(
  draft: Draft,
  leaves: (presence: { pacticipant: PacticipantName; version: VersionNumber }) => boolean,
): void {
  for (const { name } of draft.now.environments()) {
    const presences = draft.now.presences(name);
    const kept = presences.filter((presence) => !leaves(presence));
    if (kept.length < presences.length) savePresences(draft, name, kept);
  }
}

function dropPointers(draft: Draft, versions: readonly Version[]): void {
  for (const { deployments, releases } of versions) {
    for (const { uuid } of [...deployments, ...releases]) draft.dropDeploymentPointer(uuid);
  }
}

function leaveBranch(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: BranchName,
): void {
  const version = draft.now.version(pacticipant, number);
  if (version) {
    saveVersion(draft, { ...version, branches: version.branches.filter((branch) => branch.name !== name) });
  }
  const branch = draft.now.branch(pacticipant, name);
  if (branch?.head === number)
    saveBranch(draft, pacticipant, name, withHeadFromVersions(draft, pacticipant, branch));
}

/** The branch with the version of the greatest order on it as head (domain.md §3.2, deletion). */
export function withHeadFromVersions(draft: Draft, pacticipant: PacticipantName, branch: Branch): Branch {
  const head = draft.now
    .versions(pacticipant)
    .findLast((version) => isOnBranch(version, branch.name))?.number;
  const { head: _, ...rest } = branch;
  return head === undefined ? rest : { ...rest, head };
}

/** Takes a version off a branch; false when it was not on it. The branch stays, with the head that is left. */
export function deleteBranchVersion(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber,
  name: BranchName,
): boolean {
  const version = draft.now.version(pacticipant, number);
  if (!version || !isOnBranch(version, name)) return false;
  leaveBranch(draft, pacticipant, number, name);
  return true;
}

/** Removes a branch; its versions and their pacts stay. False when there was none. */
export function deleteBranch(draft: Draft, pacticipant: PacticipantName, name: BranchName): boolean {
  if (!draft.now.branch(pacticipant, name)) return false;
  saveBranch(draft, pacticipant, name, undefined);
  for (const version of draft.now.versions(pacticipant)) {
    if (!isOnBranch(version, name)) continue;
    saveVersion(draft, { ...version, branches: version.branches.filter((branch) => branch.name !== name) });
  }
  return true;
}

/** Removes all revisions of the pacts with a provider from these versions; contents and results stay. */
export function deletePacts(draft: Draft, provider: PacticipantName, versions: readonly Version[]): void {
  for (const { pacticipant, number } of versions) {
    const version = draft.now.version(pacticipant, number);
    if (!version) continue;
    const pacts = version.pacts.filter((pact) => pact.provider !== provider);
    if (pacts.length < version.pacts.length) saveVersion(draft, { ...version, pacts });
  }
}

/** Removes a pacticipant and everything that refers to it. */
export function deletePacticipant(draft: Draft, name: PacticipantName): void {
  leaveEnvironments(draft, (presence) => presence.pacticipant === name);
  dropPointers(draft, draft.now.versions(name));
  for (const consumer of draft.now.consumersOf(name)) deletePair(draft, consumer, name);
  for (const provider of providersOf(draft, name)) deletePair(draft, name, provider);
  dropWebhooks(draft, ({ consumer, provider }) => isNamed(consumer, name) || isNamed(provider, name));
  draft.dropPacticipant(name);
}

function dropWebhooks(draft: Draft, goes: (webhook: Webhook) => boolean): void {
  for (const webhook of draft.now.webhooks()) if (goes(webhook)) draft.dropWebhook(webhook.uuid);
}

function isNamed(side: WebhookSide | undefined, name: PacticipantName): boolean {
  return side !== undefined && 'name' in side && side.name === name;
}

function deletePair(draft: Draft, consumer: PacticipantName, provider: PacticipantName): void {
  deletePacts(draft, provider, draft.now.versions(consumer));
  draft.dropPair(consumer, provider);
}

/**
 * Removes an integration: its pacts, contents, results and webhooks, the versions of both sides that have neither pact nor
 * result left, and either pacticipant when it has no other integration (domain.md §10).
 */
export function deleteIntegration(draft: Draft, consumer: PacticipantName, provider: PacticipantName): void {
  deletePair(draft, consumer, provider);
  dropWebhooks(
    draft,
    (webhook) => isNamed(webhook.consumer, consumer) && isNamed(webhook.provider, provider),
  );
  for (const name of new Set([consumer, provider])) {
    if (draft.now.consumersOf(name).length === 0 && providersOf(draft, name).length === 0) {
      deletePacticipant(draft, name);
    } else {
      deleteOrphanVersions(draft, name);
    }
  }
}

function deleteOrphanVersions(draft: Draft, pacticipant: PacticipantName): void {
  const { now } = draft;
  const verifying = new Set(
    gather(now.consumersOf(pacticipant), (consumer) =>
      gather(now.contentShas(consumer, pacticipant), (sha) =>
        now.results(consumer, pacticipant, sha).map(({ providerVersion }) => providerVersion),
      ).flat(),
    ).flat(),
  );
  for (const version of now.versions(pacticipant)) {
    if (version.pacts.length === 0 && !verifying.has(version.number)) deleteVersion(draft, version);
  }
}
