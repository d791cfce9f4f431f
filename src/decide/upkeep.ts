import type {
  BranchName,
  EnvironmentName,
  PacticipantName,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import type { Branch, Pacticipant, Presence, TagIndex, Version } from '../domain/records.ts';
import { hasTag, publicationOf } from '../domain/version.ts';
import type { Draft } from '../format/draft.ts';
import { paths } from '../format/paths.ts';

/**
 * Every write of a version, branch, pacticipant or environment's content goes through here: it writes the record and
 * at once everything derived from it (FORMAT.md, "Derived files"), so that no decision can forget a part.
 */

/** Writes a version, and the newest version, tags, integrations and raw copies that follow from it. */
export function saveVersion(draft: Draft, version: Version): void {
  const { pacticipant, number } = version;
  const known = draft.now.version(pacticipant, number);
  // A tag hands its raw copies over together with the pacts that they were made of: those of before.
  if (known && known.pacts !== version.pacts && known.tags !== version.tags) {
    saveVersion(draft, { ...version, pacts: known.pacts });
  }
  const before = draft.now.version(pacticipant, number);
  draft.putVersion(version);
  if (!before) raiseLatest(draft, version);
  for (const tag of changedTags(before, version)) saveTag(draft, pacticipant, tag, version);
  const providers = changedProviders(before, version);
  for (const provider of providers) saveLatestPact(draft, provider, version);
  if (providers.length === 0) return;
  for (const where of placesHeldBy(draft, version)) {
    for (const provider of providers) {
      draft.placeRaw(pacticipant, provider, where, publicationOf(version, provider)?.sha);
    }
  }
}

function raiseLatest(draft: Draft, version: Version): void {
  const latest = draft.now.latestVersion(version.pacticipant);
  if (!latest || latest.order < version.order) draft.putLatest(version.pacticipant, version);
}

function changedTags(before: Version | undefined, after: Version): TagName[] {
  const names = new Set([...(before?.tags ?? []), ...after.tags].map(({ name }) => name));
  return [...names].filter((name) => !before || hasTag(before, name) !== hasTag(after, name));
}

function changedProviders(before: Version | undefined, after: Version): PacticipantName[] {
  const names = new Set([...(before?.pacts ?? []), ...after.pacts].map(({ provider }) => provider));
  return [...names].filter(
    (provider) => (before && publicationOf(before, provider)?.sha) !== publicationOf(after, provider)?.sha,
  );
}

function saveTag(draft: Draft, pacticipant: PacticipantName, name: TagName, version: Version): void {
  const before = draft.now.tag(pacticipant, name);
  const use = version.tags.find((tag) => tag.name === name);
  const after =
    use && before
      ? withUse(draft, before, use.createdAt, version)
      : tagFromVersions(draft, pacticipant, name);
  if (after) draft.putTag(pacticipant, after);
  else draft.dropTag(pacticipant, name);
  moveRaw(draft, pacticipant, paths.rawTag(name), before?.latest, after?.latest);
}

function withUse(
  draft: Draft,
  index: TagIndex,
  createdAt: TagIndex['createdAt'],
  version: Version,
): TagIndex {
  const latest = draft.now.version(version.pacticipant, index.latest);
  return {
    name: index.name,
    createdAt: createdAt < index.createdAt ? createdAt : index.createdAt,
    latest: latest && latest.order > version.order ? index.latest : version.number,
  };
}

/** What is derived of a tag, from all versions; undefined when none carries it. */
export function tagFromVersions(
  draft: Draft,
  pacticipant: PacticipantName,
  name: TagName,
): TagIndex | undefined {
  const tagged = draft.now.versions(pacticipant).filter((version) => hasTag(version, name));
  const latest = tagged.at(-1);
  if (!latest) return undefined;
  const [first] = tagged
    .flatMap((version) => version.tags.filter((tag) => tag.name === name))
    .map(({ createdAt }) => createdAt)
    .sort();
  return { name, createdAt: first as TagIndex['createdAt'], latest: latest.number };
}

function saveLatestPact(draft: Draft, provider: PacticipantName, version: Version): void {
  const consumer = version.pacticipant;
  const integration = draft.now.integration(consumer, provider);
  if (!integration) return;
  const { latest: before, ...rest } = integration;
  const after = publicationOf(version, provider)
    ? newerOf(draft, consumer, before, version)
    : before === version.number
      ? latestWithPact(draft, consumer, provider)
      : before;
  if (after !== before) draft.putIntegration(after === undefined ? rest : { ...rest, latest: after });
  const latest = after === undefined ? undefined : draft.now.version(consumer, after);
  draft.placeRaw(consumer, provider, paths.rawLatest, latest && publicationOf(latest, provider)?.sha);
}

function newerOf(
  draft: Draft,
  pacticipant: PacticipantName,
  number: VersionNumber | undefined,
  version: Version,
): VersionNumber {
  const other = number === undefined ? undefined : draft.now.version(pacticipant, number);
  return other && other.order > version.order ? other.number : version.number;
}

/** The newest version of the consumer that has a pact with the provider, from all versions. */
export function latestWithPact(
  draft: Draft,
  consumer: PacticipantName,
  provider: PacticipantName,
): VersionNumber | undefined {
  return draft.now.versions(consumer).findLast((version) => publicationOf(version, provider))?.number;
}

function placesHeldBy(draft: Draft, version: Version): string[] {
  const { now } = draft;
  const { pacticipant, number } = version;
  const heads = version.branches.filter(({ name }) => now.branch(pacticipant, name)?.head === number);
  const mainBranch = now.pacticipant(pacticipant)?.mainBranch;
  const tags = version.tags.filter(({ name }) => now.tag(pacticipant, name)?.latest === number);
  const uuids = new Set([
    ...version.deployments.filter(({ undeployedAt }) => !undeployedAt).map(({ environment }) => environment),
    ...version.releases.filter(({ supportEndedAt }) => !supportEndedAt).map(({ environment }) => environment),
  ]);
  const environments = uuids.size === 0 ? [] : now.environments().filter(({ uuid }) => uuids.has(uuid));
  return [
    ...heads.map(({ name }) => paths.rawBranch(name)),
    ...heads.filter(({ name }) => name === mainBranch).map(() => paths.rawMainBranch),
    ...tags.map(({ name }) => paths.rawTag(name)),
    ...environments.map(({ name }) => paths.rawEnvironment(name, number)),
  ];
}

/** Hands a place for raw copies from one version to another: for each provider, the new holder's pact or nothing. */
function moveRaw(
  draft: Draft,
  consumer: PacticipantName,
  where: string,
  from: VersionNumber | undefined,
  to: VersionNumber | undefined,
): void {
  const before = from === undefined ? undefined : draft.now.version(consumer, from);
  const after = to === undefined ? undefined : draft.now.version(consumer, to);
  const providers = [...(before?.pacts ?? []), ...(after?.pacts ?? [])].map(({ provider }) => provider);
  for (const provider of new Set(providers)) {
    draft.placeRaw(consumer, provider, where, after && publicationOf(after, provider)?.sha);
  }
}

/** Writes a branch (or removes it), and the raw copies that follow its head. */
export function saveBranch(
  draft: Draft,
  pacticipant: PacticipantName,
  name: BranchName,
  branch: Branch | undefined,
): void {
  const before = draft.now.branch(pacticipant, name)?.head;
  if (branch) draft.putBranch(pacticipant, branch);
  else draft.dropBranch(pacticipant, name);
  if (before === branch?.head) return;
  moveRaw(draft, pacticipant, paths.rawBranch(name), before, branch?.head);
  if (draft.now.pacticipant(pacticipant)?.mainBranch === name) {
    moveRaw(draft, pacticipant, paths.rawMainBranch, before, branch?.head);
  }
}

/** Writes a pacticipant, and the raw copies that follow its main branch. */
export function savePacticipant(draft: Draft, pacticipant: Pacticipant): void {
  const { name, mainBranch } = pacticipant;
  const before = draft.now.pacticipant(name)?.mainBranch;
  draft.putPacticipant(pacticipant);
  if (before === mainBranch) return;
  const headOf = (branch: BranchName | undefined) => branch && draft.now.branch(name, branch)?.head;
  moveRaw(draft, name, paths.rawMainBranch, headOf(before), headOf(mainBranch));
}

/** Writes what is in an environment, and the raw copies that follow. */
export function savePresences(
  draft: Draft,
  environment: EnvironmentName,
  presences: readonly Presence[],
): void {
  const keyOf = ({ pacticipant, version }: Presence) => JSON.stringify([pacticipant, version]);
  const before = new Map(draft.now.presences(environment).map((presence) => [keyOf(presence), presence]));
  const after = new Map(presences.map((presence) => [keyOf(presence), presence]));
  draft.putPresences(environment, presences);
  for (const [key, { pacticipant, version }] of before) {
    if (!after.has(key))
      moveRaw(draft, pacticipant, paths.rawEnvironment(environment, version), version, undefined);
  }
  for (const [key, { pacticipant, version }] of after) {
    if (!before.has(key))
      moveRaw(draft, pacticipant, paths.rawEnvironment(environment, version), undefined, version);
  }
}
