import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonAt } from '../domain/json.ts';
import { byCodePoint } from '../domain/names.ts';
import { specificationVersion } from '../domain/pact-sha.ts';
import { type Change, judgementOf, type Reason } from './diff-change.ts';
import { interactionChanges, stateNames } from './diff-interaction.ts';
import { keysOf, memberPath, sameJson, sides } from './diff-json.ts';
import {
  type InteractionKind,
  type InteractionPair,
  interactionsOf,
  type PactInteraction,
  pairInteractions,
} from './diff-pairing.ts';
import { judged } from './diff-request.ts';

/** What changed between two contents of a pact, and whether a provider that passed the first may fail the second. */
export interface PactDiff {
  /** `may-break` as soon as one change may. `cannot-break` is a promise: no verification is needed. */
  readonly verdict: 'cannot-break' | 'may-break';
  /** The interactions that differ: changed and added ones in the order of the new pact, then removed ones. */
  readonly interactions: readonly InteractionDiff[];
  /** Changes outside of interactions. */
  readonly document: readonly Change[];
  /** How many interactions did not change. */
  readonly unchanged: number;
  /** Names of provider states that are needed now and were not before, sorted. */
  readonly newStates: readonly string[];
  /** Names of provider states that no interaction needs any more, sorted. */
  readonly unneededStates: readonly string[];
}

/** An interaction that was added, removed or changed. */
export interface InteractionDiff {
  readonly change: 'added' | 'removed' | 'changed';
  readonly kind: InteractionKind;
  /** The description it has now, or had when it is gone. */
  readonly description: string;
  /** Its provider states as texts, with their parameters. */
  readonly states: readonly string[];
  /** Its JSON path in each pact that has it. */
  readonly places: { readonly before?: string; readonly after?: string };
  /** At least one. */
  readonly changes: readonly Change[];
}

/**
 * Compares two contents of a pact of any version, interaction by interaction, and judges each change from the
 * provider's side (see {@link reasons}). The order of interactions and keys means nothing; numbers are compared as
 * they are written. Takes time linear in the pacts.
 */
export function diffPacts(before: JsonValue, after: JsonValue): PactDiff {
  const [was, is] = [interactionsOf(before), interactionsOf(after)];
  const pairs = pairInteractions(was, is);
  const interactions = pairs
    .map(pairDiff)
    .filter((diff) => diff.changes.length > 0)
    .sort(asInPacts(was, is));
  const document = documentChanges(before, after);
  const all = [...document, ...interactions.flatMap(({ changes }) => changes)];
  return {
    verdict: all.some((change) => judgementOf(change).mayBreak) ? 'may-break' : 'cannot-break',
    interactions,
    document,
    unchanged: pairs.length - interactions.length,
    newStates: onlyIn(statesIn(is), statesIn(was)),
    unneededStates: onlyIn(statesIn(was), statesIn(is)),
  };
}

function pairDiff({ before, after }: InteractionPair): InteractionDiff {
  if (!after) {
    return { ...named('removed', before), changes: [whole('interaction-removed', before.json, undefined)] };
  }
  if (!before) {
    return { ...named('added', after), changes: [whole('interaction-added', undefined, after.json)] };
  }
  const places = { before: before.place, after: after.place };
  return { ...named('changed', after), places, changes: interactionChanges(before, after) };
}

function named(change: InteractionDiff['change'], interaction: PactInteraction) {
  const { kind, description, json, place } = interaction;
  const places = change === 'removed' ? { before: place } : { after: place };
  return { change, kind, description, states: stateNames(json), places };
}

function whole(reason: Reason, before: JsonObject | undefined, after: JsonObject | undefined): Change {
  return { ...sides('$', before, after), reason };
}

function asInPacts(was: readonly PactInteraction[], is: readonly PactInteraction[]) {
  const ranks = new Map<string, number>();
  for (const { place } of is) ranks.set(`after ${place}`, ranks.size);
  for (const { place } of was) ranks.set(`before ${place}`, ranks.size);
  const rank = ({ places }: InteractionDiff) =>
    ranks.get(places.after ? `after ${places.after}` : `before ${places.before}`) ?? 0;
  return (a: InteractionDiff, b: InteractionDiff) => rank(a) - rank(b);
}

function statesIn(interactions: readonly PactInteraction[]): ReadonlySet<string> {
  return new Set(interactions.flatMap(({ states }) => states));
}

function onlyIn(some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...some].filter((name) => !others.has(name)).sort(byCodePoint);
}

/** Members of a pact that no verifier reads; `createdAt` and `_links` are what a broker adds. */
const unread: readonly string[] = ['consumer', 'provider', 'metadata', 'createdAt', '_links'];

function documentChanges(before: JsonValue, after: JsonValue): readonly Change[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return judged(before, after, '$', 'other-part-changed');
  const isPact = (pact: JsonObject) =>
    isJsonArray(pact.get('interactions')) || isJsonArray(pact.get('messages'));
  const changes: Change[] = [...metadataChanges(before, after)];
  for (const key of keysOf(before, after)) {
    if (key === 'metadata' || (isInteractions(before, key) && isInteractions(after, key))) continue;
    const list = key === 'interactions' || key === 'messages';
    const known = unread.includes(key) || (!list && isPact(before) && isPact(after));
    const [was, is] = [before.get(key), after.get(key)];
    changes.push(...judged(was, is, memberPath('$', key), known ? 'not-verified' : 'other-part-changed'));
  }
  return changes;
}

/** Whether what lies there is a list of interactions (or nothing), and as such compared elsewhere. */
function isInteractions(pact: JsonObject, key: string): boolean {
  const items = pact.get(key);
  const listed = isJsonArray(items) ? items.every(isJsonObject) : items === undefined;
  return (key === 'interactions' || key === 'messages') && listed;
}

const specification = ['pactSpecification', 'pact-specification', 'pactSpecificationVersion'];

function metadataChanges(before: JsonObject, after: JsonObject): readonly Change[] {
  const changes: Change[] = [];
  const [was, is] = [jsonAt(before, 'metadata'), jsonAt(after, 'metadata')];
  const [old, now] = [specificationVersion(before), specificationVersion(after)];
  if (!sameJson(old, now)) {
    const path = '$.metadata.pactSpecification.version';
    changes.push({ ...sides(path, old, now), reason: 'specification-changed' });
  }
  const [had, has] = [membersOf(was), membersOf(is)];
  if (!had || !has || had.size + has.size === 0) {
    return [...changes, ...judged(was, is, '$.metadata', 'not-verified')];
  }
  for (const key of keysOf(had, has)) {
    if (specification.includes(key)) continue;
    const reason = key === 'plugins' ? 'plugin-changed' : 'not-verified';
    changes.push(...judged(had.get(key), has.get(key), memberPath('$.metadata', key), reason));
  }
  return changes;
}

/** What metadata consists of, none where there is none; undefined for what is no metadata. */
function membersOf(metadata: JsonValue | undefined): JsonObject | undefined {
  if (metadata === undefined) return new Map();
  return isJsonObject(metadata) ? metadata : undefined;
}
