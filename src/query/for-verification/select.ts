import { byCodePoint, type PacticipantName } from '../../domain/names.ts';
import type { Environment, Presence, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findEnvironment, findHead, findLatestTagged, isTagged } from '../asked.ts';
import { both } from '../both.ts';
import { findPact, type PublishedPact } from '../publications.ts';
import type { AppliedSelector, Criterion } from './applied-selector.ts';
import type { VerificationRequest } from './request.ts';
import type { ConsumerVersionSelector } from './selector-rules.ts';

/** A pact and the selector that chose it. */
export interface Selected {
  readonly pact: PublishedPact;
  readonly selector: AppliedSelector;
}

/**
 * Every pact of the provider that a selector of the request, or a default selector, chooses; a pact that is chosen
 * twice is there twice (selectors.md §3, §4).
 * @throws NotLoaded
 */
export function selectPacts(now: Snapshot, request: VerificationRequest): readonly Selected[] {
  const consumers = now.consumersOf(request.provider);
  if (request.selectors.length === 0) return selectByDefault(now, consumers, request.provider);
  const selected = gather(request.selectors.flatMap(expand), (selector) =>
    select(now, consumers, request, selector),
  ).flat();
  const [branches, tags] = both(
    () => selectFallbackBranches(now, consumers, request, selected),
    () => selectFallbackTags(now, consumers, request, selected),
  );
  return [...selected, ...branches, ...tags];
}

/** The branch heads, latest versions and live versions that a provider verifies unless it says otherwise. */
function selectByDefault(
  now: Snapshot,
  consumers: readonly PacticipantName[],
  provider: PacticipantName,
): readonly Selected[] {
  const [latest, live] = both(
    () =>
      gather(consumers, (consumer) => {
        const { criterion, version } = defaultChoice(now, consumer, provider);
        return chosen(version, provider, criterion, consumer);
      }).flat(),
    () =>
      gather(['deployed', 'released'] as const, (kind) =>
        selectInEnvironments(now, consumers, provider, {}, kind),
      ).flat(),
  );
  return [...latest, ...live];
}

function defaultChoice(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
): { criterion: Criterion; version: Version | undefined } {
  const mainBranch = now.pacticipant(consumer)?.mainBranch;
  if (mainBranch !== undefined) {
    const head = findHead(now, consumer, mainBranch);
    if (head) {
      return { criterion: { kind: 'main-branch', branch: mainBranch, byDefault: true }, version: head };
    }
    const tagged = findLatestTagged(now, consumer, mainBranch);
    if (tagged) return { criterion: { kind: 'latest-tagged', tag: mainBranch }, version: tagged };
  }
  return { criterion: { kind: 'latest' }, version: latestWithPact(now, consumer, provider) };
}

function expand(selector: ConsumerVersionSelector): readonly ConsumerVersionSelector[] {
  const { deployedOrReleased, ...rest } = selector;
  if (!deployedOrReleased) return [rest];
  return [
    { ...rest, deployed: true },
    { ...rest, released: true },
  ];
}

function select(
  now: Snapshot,
  allConsumers: readonly PacticipantName[],
  request: VerificationRequest,
  selector: ConsumerVersionSelector,
): readonly Selected[] {
  const { provider } = request;
  const consumers = allConsumers.filter((name) => (selector.consumer ?? name) === name);
  if (selector.deployed) return selectInEnvironments(now, consumers, provider, selector, 'deployed');
  if (selector.released) return selectInEnvironments(now, consumers, provider, selector, 'released');
  if (selector.environment !== undefined) {
    return selectInEnvironments(now, consumers, provider, selector, 'environment');
  }
  return gather(consumers, (consumer) =>
    choicesFor(now, consumer, request, selector).flatMap(({ criterion, version }) =>
      chosen(version, provider, criterion, selector.consumer),
    ),
  ).flat();
}

interface Choice {
  readonly criterion: Criterion;
  readonly version: Version | undefined;
}

/** The versions of one consumer that a selector without environments means, with or without a pact. */
function choicesFor(
  now: Snapshot,
  consumer: PacticipantName,
  { provider, providerVersionBranch }: VerificationRequest,
  selector: ConsumerVersionSelector,
): readonly Choice[] {
  if (selector.mainBranch) {
    const branch = now.pacticipant(consumer)?.mainBranch;
    if (branch === undefined) return [];
    return [{ criterion: { kind: 'main-branch', branch }, version: findHead(now, consumer, branch) }];
  }
  if (selector.branch === true) {
    return gather(now.branches(consumer), ({ name, head }) => ({
      criterion: { kind: 'every-branch', branch: name },
      version: head === undefined ? undefined : now.version(consumer, head),
    }));
  }
  const branch = selector.matchingBranch ? providerVersionBranch : selector.branch;
  if (branch !== undefined) {
    return [{ criterion: { kind: 'branch', branch }, version: findHead(now, consumer, branch) }];
  }
  const { tag } = selector;
  if (tag === undefined) {
    return [{ criterion: { kind: 'latest' }, version: latestWithPact(now, consumer, provider) }];
  }
  const latest = findLatestTagged(now, consumer, tag);
  if (selector.latest) return [{ criterion: { kind: 'latest-tagged', tag }, version: latest }];
  const tagged = latest ? now.versions(consumer) : [];
  return tagged
    .filter((version) => isTagged(version, tag))
    .map((version) => ({ criterion: { kind: 'tagged', tag }, version }));
}

function latestWithPact(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
): Version | undefined {
  const latest = now.integration(consumer, provider)?.latest;
  return latest === undefined ? undefined : now.version(consumer, latest);
}

/** One entry for every record of being deployed or released, environment by environment. */
function selectInEnvironments(
  now: Snapshot,
  consumers: readonly PacticipantName[],
  provider: PacticipantName,
  { environment: name, consumer: only }: ConsumerVersionSelector,
  kind: 'deployed' | 'released' | 'environment',
): readonly Selected[] {
  const named = name === undefined ? undefined : findEnvironment(now, name);
  const environments = name === undefined ? now.environments() : named ? [named] : [];
  const wanted = new Set(consumers);
  const present = gather(environments, (environment) =>
    presencesOf(now, environment, kind)
      .filter((presence) => wanted.has(presence.pacticipant))
      .map((presence) => ({ environment, presence })),
  ).flat();
  return gather(present, ({ environment, presence }) =>
    chosen(
      now.version(presence.pacticipant, presence.version),
      provider,
      { kind, environment, named: name !== undefined },
      only,
    ),
  ).flat();
}

/** For `environment`, a release counts like a deployment without target: the two are one (selectors.md §4). */
function presencesOf(
  now: Snapshot,
  environment: Environment,
  kind: 'deployed' | 'released' | 'environment',
): readonly Presence[] {
  const presences = now.presences(environment.name);
  if (kind !== 'environment') return presences.filter((presence) => presence.kind === kind);
  const distinct = new Map<string, Presence>();
  for (const presence of presences) {
    distinct.set(`${presence.pacticipant}\n${presence.version}\n${presence.target ?? ''}`, presence);
  }
  return [...distinct.values()];
}

/** A fallback branch is used for all consumers as soon as nothing selected is from the branch, as a fallback tag is. */
function selectFallbackBranches(
  now: Snapshot,
  consumers: readonly PacticipantName[],
  { selectors, provider }: VerificationRequest,
  selected: readonly Selected[],
): readonly Selected[] {
  const found = new Set(
    selected.flatMap(({ selector }) => (selector.kind === 'branch' ? [selector.branch] : [])),
  );
  return gather(selectors, ({ branch, fallbackBranch, consumer: only }) => {
    if (typeof branch !== 'string' || fallbackBranch === undefined || found.has(branch)) return [];
    const criterion = { kind: 'branch', branch: fallbackBranch, insteadOf: branch } as const;
    return gather(
      consumers.filter((name) => (only ?? name) === name),
      (consumer) => chosen(findHead(now, consumer, fallbackBranch), provider, criterion, only),
    ).flat();
  }).flat();
}

/** A fallback tag is used for all consumers as soon as nothing selected is the latest of the tag (selectors.md §4.3). */
function selectFallbackTags(
  now: Snapshot,
  consumers: readonly PacticipantName[],
  { selectors, provider }: VerificationRequest,
  selected: readonly Selected[],
): readonly Selected[] {
  const found = new Set(
    selected.flatMap(({ selector }) => (selector.kind === 'latest-tagged' ? [selector.tag] : [])),
  );
  const wanting = selectors.flatMap(({ tag, fallbackTag, consumer }) =>
    tag === undefined || fallbackTag === undefined || found.has(tag) ? [] : [{ tag, fallbackTag, consumer }],
  );
  return gather(wanting, ({ tag, fallbackTag, consumer: only }) =>
    gather(
      consumers.filter((name) => (only ?? name) === name),
      (consumer) =>
        chosen(
          findLatestTagged(now, consumer, fallbackTag),
          provider,
          { kind: 'latest-tagged', tag: fallbackTag, insteadOf: tag },
          only,
        ),
    ).flat(),
  ).flat();
}

/** The version's pact with the provider as a selection; nothing when it has none. */
function chosen(
  version: Version | undefined,
  provider: PacticipantName,
  criterion: Criterion,
  consumer: string | undefined,
): readonly Selected[] {
  const pact = findPact(version, provider);
  if (!version || !pact) return [];
  return [{ pact, selector: { ...criterion, version, ...(consumer === undefined ? {} : { consumer }) } }];
}

/** The order of names in an answer: without regard to case. */
export function byNameIgnoringCase(a: string, b: string): number {
  return byCodePoint(a.toLowerCase(), b.toLowerCase()) || byCodePoint(a, b);
}
