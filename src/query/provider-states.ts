import { compactJson, type JsonObject, parseJson } from '../domain/json.ts';
import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import { parsePact } from '../domain/pact.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { versionsInEnvironment } from './asked.ts';
import { findHeadPact, findMainHeadPact, pactsByConsumer } from './latest-pacts.ts';
import { findPact, type PublishedPact } from './publications.ts';

/** A state that the provider must be able to take, and who asks for it. */
export interface ProviderStateUse {
  readonly name: string;
  readonly params?: JsonObject;
  /** In code point order. */
  readonly consumers: readonly PacticipantName[];
}

/** Whose pacts tell the states: the heads of the main branches unless a branch or environment is named. */
export type ProviderStateSource =
  | { readonly branch: string }
  | { readonly environment: string }
  | 'main-branches';

/**
 * The states of a provider that pacts ask for, by name, those of the oldest pacts first; the same name and parameters of
 * several consumers are one (api.md §10).
 * @throws NotLoaded
 */
export function providerStates(
  now: Snapshot,
  provider: PacticipantName,
  source: ProviderStateSource,
): readonly ProviderStateUse[] {
  const uses = new Map<string, { name: string; params?: JsonObject; consumers: Set<PacticipantName> }>();
  const pacts = [...pactsFrom(now, provider, source)].sort((a, b) =>
    byCodePoint(a.publication.createdAt, b.publication.createdAt),
  );
  for (const { consumer, states } of gather(pacts, (pact) => statesOf(now, pact))) {
    for (const { name, params } of states) {
      const key = JSON.stringify([name, params ? compactJson(params) : '']);
      const use = uses.get(key) ?? { name, ...(params ? { params } : {}), consumers: new Set() };
      use.consumers.add(consumer);
      uses.set(key, use);
    }
  }
  return [...uses.values()]
    .map((use) => ({ ...use, consumers: [...use.consumers].sort(byCodePoint) }))
    .sort((a, b) => byCodePoint(a.name, b.name));
}

function pactsFrom(
  now: Snapshot,
  provider: PacticipantName,
  source: ProviderStateSource,
): readonly PublishedPact[] {
  if (source === 'main-branches')
    return pactsByConsumer(now, provider, (pair) => findMainHeadPact(now, pair));
  if ('branch' in source) {
    return pactsByConsumer(now, provider, (pair) => findHeadPact(now, pair, source.branch));
  }
  return gather(now.consumersOf(provider), (consumer) =>
    versionsInEnvironment(now, consumer, source.environment)
      .map((version) => findPact(version, provider))
      .filter((pact) => pact !== undefined),
  ).flat();
}

function statesOf(now: Snapshot, { consumer, provider, publication }: PublishedPact) {
  const text = now.content(consumer, provider, publication.sha);
  const interactions = text === undefined ? [] : parsePact(parseJson(text)).interactions;
  return { consumer, states: interactions.flatMap((interaction) => interaction.providerStates) };
}
