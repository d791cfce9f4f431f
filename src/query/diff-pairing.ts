import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonAt } from '../domain/json.ts';
import { byCodePoint } from '../domain/names.ts';
import { canonicalText, numericText } from './diff-json.ts';

/** What an interaction is: a request and its response, a message, or a message and its answers. */
export type InteractionKind = 'http' | 'message' | 'sync-message';

/** An interaction or message of a pact, and what names it. */
export interface PactInteraction {
  readonly kind: InteractionKind;
  readonly description: string;
  /** The names of its provider states, in order. */
  readonly states: readonly string[];
  readonly json: JsonObject;
  /** The interaction's JSON path in its pact. */
  readonly place: string;
}

/** An interaction before and after; one side is missing when it was added or removed. */
export type InteractionPair =
  | { readonly before: PactInteraction; readonly after: PactInteraction }
  | { readonly before: PactInteraction; readonly after?: never }
  | { readonly before?: never; readonly after: PactInteraction };

/** All interactions and messages of a pact of any version, in its order. What is no object is no interaction. */
export function interactionsOf(pact: JsonValue): readonly PactInteraction[] {
  const found: PactInteraction[] = [];
  for (const key of ['interactions', 'messages'] as const) {
    const items = jsonAt(pact, key);
    if (!isJsonArray(items)) continue;
    items.forEach((item, index) => {
      if (isJsonObject(item)) found.push(interactionOf(item, key, `$.${key}[${index}]`));
    });
  }
  return found;
}

function interactionOf(json: JsonObject, key: 'interactions' | 'messages', place: string): PactInteraction {
  const description = json.get('description');
  return {
    kind: kindOf(json.get('type'), key),
    description: typeof description === 'string' ? description : '',
    states: statesOf(json).map(stateName),
    json,
    place,
  };
}

function kindOf(type: JsonValue | undefined, key: 'interactions' | 'messages'): InteractionKind {
  if (type === 'Asynchronous/Messages') return 'message';
  if (type === 'Synchronous/Messages') return 'sync-message';
  return key === 'messages' ? 'message' : 'http';
}

/** The members that hold provider states, over the versions of the specification. */
export const stateKeys = ['providerStates', 'providerState', 'provider_state'] as const;

/** The provider states of an interaction, each a name (until version 2) or an object with a name and parameters. */
export function statesOf(interaction: JsonObject): readonly JsonValue[] {
  for (const key of stateKeys) {
    const told = interaction.get(key);
    if (isJsonArray(told)) return told;
    if (told !== undefined && told !== null) return [told];
  }
  return [];
}

function stateName(state: JsonValue): string {
  const name = isJsonObject(state) ? state.get('name') : state;
  return typeof name === 'string' ? name : canonicalText(name ?? state);
}

/**
 * A provider state in one form for all versions: its name, and its parameters if there are any. Equal for parameters
 * that are the same numbers written otherwise: `19.90` and `19.9` are one state.
 */
export function stateText(state: JsonValue): string {
  const params = jsonAt(state, 'params');
  const bare = !isJsonObject(params) || params.size === 0;
  return JSON.stringify([stateName(state), bare ? '' : numericText(params)]);
}

/**
 * Finds each interaction's other self: the one of the same kind, description and provider states (equal ones
 * first); else one whose states differ in their parameters only; else one that is equal but for its description and
 * states. Independent of the order of interactions; takes time linear in the pacts.
 */
export function pairInteractions(
  before: readonly PactInteraction[],
  after: readonly PactInteraction[],
): readonly InteractionPair[] {
  const pairs: InteractionPair[] = [];
  let rest = { before, after };
  for (const keyOf of [identity, nameAlone, contentAlone]) {
    rest = pairBy(rest.before, rest.after, keyOf, pairs);
  }
  for (const gone of rest.before) pairs.push({ before: gone });
  for (const added of rest.after) pairs.push({ after: added });
  return pairs;
}

type KeyOf = (interaction: PactInteraction) => string;

const identity: KeyOf = ({ kind, description, json }) =>
  JSON.stringify([kind, description, ...statesOf(json).map(stateText)]);
const nameAlone: KeyOf = ({ kind, description, states }) => JSON.stringify([kind, description, ...states]);
const contentAlone: KeyOf = ({ kind, json }) =>
  kind + canonicalText(without(json, ['_id', 'key', 'description', ...stateKeys]));

function without(json: JsonObject, keys: readonly string[]): JsonObject {
  const rest = new Map(json);
  for (const key of keys) rest.delete(key);
  return rest;
}

/** Pairs those of equal key and returns the rest. Of several with the same key, equal ones, then by their texts. */
function pairBy(
  before: readonly PactInteraction[],
  after: readonly PactInteraction[],
  keyOf: KeyOf,
  pairs: InteractionPair[],
): { before: PactInteraction[]; after: PactInteraction[] } {
  const groups = grouped(after, keyOf);
  const rest: PactInteraction[] = [];
  for (const [key, sameBefore] of grouped(before, keyOf)) {
    const sameAfter = groups.get(key) ?? [];
    const alone = sameBefore.length === 1 && sameAfter.length === 1;
    const [ours, theirs] = alone ? [sameBefore, sameAfter] : byText(sameBefore, sameAfter, pairs);
    const count = Math.min(ours.length, theirs.length);
    for (let i = 0; i < count; i += 1) {
      pairs.push({ before: ours[i] as PactInteraction, after: theirs[i] as PactInteraction });
    }
    rest.push(...ours.slice(count));
    groups.set(key, theirs.slice(count));
  }
  return { before: rest, after: [...groups.values()].flat() };
}

/** Pairs those that are equal, and returns the others in the order of their texts. */
function byText(
  before: readonly PactInteraction[],
  after: readonly PactInteraction[],
  pairs: InteractionPair[],
): readonly [readonly PactInteraction[], readonly PactInteraction[]] {
  const [ours, theirs] = [grouped(before, fullText), grouped(after, fullText)];
  for (const [text, equal] of ours) {
    const others = theirs.get(text) ?? [];
    const count = Math.min(equal.length, others.length);
    for (const interaction of equal.splice(0, count)) {
      pairs.push({ before: interaction, after: others.shift() as PactInteraction });
    }
  }
  return [inTextOrder(ours), inTextOrder(theirs)];
}

const fullText: KeyOf = ({ json }) => canonicalText(without(json, ['_id']));

function inTextOrder(groups: ReadonlyMap<string, readonly PactInteraction[]>): readonly PactInteraction[] {
  return [...groups].sort(([a], [b]) => byCodePoint(a, b)).flatMap(([, group]) => group);
}

function grouped(interactions: readonly PactInteraction[], keyOf: KeyOf): Map<string, PactInteraction[]> {
  const groups = new Map<string, PactInteraction[]>();
  for (const interaction of interactions) {
    const key = keyOf(interaction);
    const group = groups.get(key);
    if (group) group.push(interaction);
    else groups.set(key, [interaction]);
  }
  return groups;
}
