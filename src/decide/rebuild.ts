import type { PacticipantName, VersionNumber } from '../domain/names.ts';
import type { Environment, Presence, Version } from '../domain/records.ts';
import { type Folder, gather, withNode, withoutPaths } from '../domain/tree.ts';
import { isDeployed, isSupported, publicationOf } from '../domain/version.ts';
import { derivedPaths } from '../format/derived-paths.ts';
import { Draft } from '../format/draft.ts';
import { paths } from '../format/paths.ts';
import { reachEveryFact } from '../query/every-fact.ts';
import { latestWithPact, tagFromVersions } from './upkeep.ts';
import { saveLastResult } from './verification.ts';

/**
 * The tree with every derived file made anew from the facts alone (FORMAT.md, "Files"): what `fsck` compares with, and
 * what `fsck --repair` writes. A sound store is its own rebuilt tree. The facts must be whole, and nothing foreign may
 * lie among them.
 * @throws NotLoaded
 */
export function rebuilt(root: Folder): Folder {
  const bare = derivedPaths(root).reduce((tree, path) => withNode(tree, path, undefined), root);
  const draft = new Draft(bare);
  reachEveryFact(draft.now);
  for (const pacticipant of draft.now.pacticipantNames()) rebuildPacticipant(draft, pacticipant);
  const pairs = pairsIn(draft);
  for (const { consumer, provider } of pairs) rebuildIntegration(draft, consumer, provider);
  rebuildEnvironments(draft, draft.now.pacticipantNames());
  for (const { consumer, provider } of pairs) rebuildRaw(draft, consumer, provider);
  rebuildLastNumber(draft, pairs);
  return draft.root;
}

interface Pair {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
}

function pairsIn({ now }: Draft): readonly Pair[] {
  return gather(now.providerNames(), (provider) =>
    now.consumersOf(provider).map((consumer) => ({ consumer, provider })),
  ).flat();
}

/**
 * As {@link rebuilt}, of what follows from these pacticipants and pairs alone: whose facts are not those that the derived
 * files were made from. Costs what they have. @throws NotLoaded
 */
export function rebuiltAround(
  root: Folder,
  touched: ReadonlySet<PacticipantName>,
  touchedPairs: readonly Pair[],
): Folder {
  const draft = new Draft(root);
  const known = draft.now.pacticipantNames().filter((name) => touched.has(name));
  const pairs = pairsIn(draft).filter(
    ({ consumer, provider }) =>
      touched.has(consumer) ||
      touchedPairs.some((pair) => pair.consumer === consumer && pair.provider === provider),
  );
  const folders = [
    ...[...touched].map((name) => `${paths.pacticipantFolder(name)}/`),
    ...pairs.map(({ consumer, provider }) => `${paths.pair(consumer, provider)}/`),
  ];
  const stale = derivedPaths(root).filter((path) => folders.some((folder) => path.startsWith(folder)));
  draft.reset(withoutPaths(root, stale));
  gather(known, (name) => draft.now.versions(name));
  for (const name of known) rebuildPacticipant(draft, name);
  for (const { consumer, provider } of pairs) rebuildIntegration(draft, consumer, provider);
  rebuildEnvironments(draft, known, touched);
  for (const { consumer, provider } of pairs) rebuildRaw(draft, consumer, provider);
  return draft.root;
}

function rebuildPacticipant(draft: Draft, pacticipant: PacticipantName): void {
  const versions = draft.now.versions(pacticipant);
  draft.putLatest(pacticipant, versions.at(-1));
  const tags = new Set(versions.flatMap((version) => version.tags.map(({ name }) => name)));
  for (const name of tags) {
    const tag = tagFromVersions(draft, pacticipant, name);
    if (tag) draft.putTag(pacticipant, tag);
  }
}

function rebuildIntegration(draft: Draft, consumer: PacticipantName, provider: PacticipantName): void {
  const integration = draft.now.integration(consumer, provider);
  if (!integration) return;
  const { latest: _, ...rest } = integration;
  const latest = latestWithPact(draft, consumer, provider);
  draft.putIntegration(latest === undefined ? rest : { ...rest, latest });
  saveLastResult(draft, consumer, provider);
}

/** What is where of these pacticipants; of others, that are not `touched`, what is there already. */
function rebuildEnvironments(
  draft: Draft,
  pacticipants: readonly PacticipantName[],
  touched: ReadonlySet<PacticipantName> = new Set(pacticipants),
): void {
  const environments = new Map(
    draft.now.environments().map((environment) => [environment.uuid, environment]),
  );
  const presences = new Map<Environment, Presence[]>();
  const versions = gather(pacticipants, (name) => draft.now.versions(name)).flat();
  for (const version of versions) {
    const { pacticipant, number } = version;
    for (const { uuid } of [...version.deployments, ...version.releases]) {
      draft.putDeploymentPointer(uuid, { pacticipant, version: number });
    }
    for (const { environment: uuid, presence } of presencesOf(version)) {
      const environment = environments.get(uuid);
      if (!environment) continue;
      const here = presences.get(environment);
      if (here) here.push(presence);
      else presences.set(environment, [presence]);
    }
  }
  for (const environment of environments.values()) {
    const others = draft.now
      .presences(environment.name)
      .filter(({ pacticipant }) => !touched.has(pacticipant));
    draft.putPresences(environment.name, [...others, ...(presences.get(environment) ?? [])]);
  }
}

function presencesOf(version: Version): { environment: string; presence: Presence }[] {
  const { pacticipant, number } = version;
  const deployed = version.deployments.filter(isDeployed).map(({ environment, uuid, target, createdAt }) => ({
    environment,
    presence: {
      kind: 'deployed' as const,
      uuid,
      pacticipant,
      version: number,
      ...(target === undefined ? {} : { target }),
      createdAt,
    },
  }));
  const released = version.releases.filter(isSupported).map(({ environment, uuid, createdAt }) => ({
    environment,
    presence: { kind: 'released' as const, uuid, pacticipant, version: number, createdAt },
  }));
  return [...deployed, ...released];
}

function rebuildRaw(draft: Draft, consumer: PacticipantName, provider: PacticipantName): void {
  const { now } = draft;
  const place = (where: string, number: VersionNumber | undefined) => {
    const version = number === undefined ? undefined : now.version(consumer, number);
    draft.placeRaw(consumer, provider, where, version && publicationOf(version, provider)?.sha);
  };
  place(paths.rawLatest, now.integration(consumer, provider)?.latest);
  const mainBranch = now.pacticipant(consumer)?.mainBranch;
  for (const { name, head } of now.branches(consumer)) {
    place(paths.rawBranch(name), head);
    if (name === mainBranch) place(paths.rawMainBranch, head);
  }
  for (const { name, latest } of now.tags(consumer)) place(paths.rawTag(name), latest);
  for (const environment of now.environments()) {
    for (const presence of now.presences(environment.name)) {
      if (presence.pacticipant !== consumer) continue;
      place(paths.rawEnvironment(environment.name, presence.version), presence.version);
    }
  }
}

function rebuildLastNumber(
  draft: Draft,
  pairs: readonly { consumer: PacticipantName; provider: PacticipantName }[],
): void {
  const { now } = draft;
  const numbers = pairs.map(
    ({ consumer, provider }) => now.integration(consumer, provider)?.lastResult?.number ?? 0,
  );
  const last = numbers.reduce((a, b) => Math.max(a, b), now.lastResultNumber);
  if (last > now.lastResultNumber) draft.putLastResultNumber(last);
}
