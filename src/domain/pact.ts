import { type Complaint, GitpactError } from './failure.ts';
import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue, jsonAt } from './json.ts';
import { type PacticipantName, pacticipantName, whyNotAName } from './names.ts';
import { interactionIdOf, specificationVersion } from './pact-sha.ts';

/** What an interaction exchanges; `other` when it does not say so in a way this version knows. */
export type InteractionKind = 'http' | 'async' | 'sync' | 'other';

/** What must hold at the provider before an interaction, with the parameters of specification 3 and later. */
export interface ProviderState {
  readonly name: string;
  readonly params?: JsonObject;
}

/** One interaction or message of a pact. */
export interface Interaction {
  /** All of it, as submitted. */
  readonly value: JsonObject;
  readonly kind: InteractionKind;
  readonly description: string | undefined;
  readonly providerStates: readonly ProviderState[];
  /** Marked by the consumer as not yet to be relied on (specification 4). */
  readonly pending: boolean;
  /** The names of the plugins that are needed to understand it (specification 4). */
  readonly plugins: readonly string[];
}

/** What can be told of a document that was submitted as a pact, of any version of the specification or none. */
export interface Pact {
  /** All of it, as submitted. */
  readonly value: JsonValue;
  readonly consumer: string | undefined;
  readonly provider: string | undefined;
  /** The version of the pact specification, as in `3.0.0`. */
  readonly specification: string | undefined;
  /** The interactions, then the messages, in the order of the document; items that are no objects left out. */
  readonly interactions: readonly Interaction[];
}

/** Reads what a document tells as a pact. Any JSON will do: the Pact Broker stores it all (domain.md §5.5). */
export function parsePact(value: JsonValue): Pact {
  const specification = specificationVersion(value);
  return {
    value,
    consumer: textOrNone(jsonAt(value, 'consumer', 'name')),
    provider: textOrNone(jsonAt(value, 'provider', 'name')),
    specification: specification instanceof JsonNumber ? specification.literal : textOrNone(specification),
    interactions: [
      ...objectsIn(jsonAt(value, 'interactions')).map((item) => interactionOf(item, 'http')),
      ...objectsIn(jsonAt(value, 'messages')).map((item) => interactionOf(item, 'async')),
    ],
  };
}

/** A pact that says between whom it is. */
export interface PublishablePact extends Pact {
  readonly value: JsonObject;
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
}

/**
 * A document that is to be published as a pact without anything beside it that says between whom: names and
 * interactions must be there. `what` names the document in the complaint, as in `pacts/foo-bar.json`.
 * @throws GitpactError `bad-pact` with every complaint at once.
 */
export function parsePublishablePact(value: JsonValue, what: string): PublishablePact {
  const complaints = isJsonObject(value)
    ? [
        ...complaintsAboutName(value, 'consumer'),
        ...complaintsAboutName(value, 'provider'),
        ...complaintsAboutItems(value),
      ]
    : [{ where: 'pact', text: 'must be an object' }];
  const pact = parsePact(value);
  if (complaints.length > 0 || !isJsonObject(value)) {
    const all = complaints.map(({ where, text }) => `${where} ${text}`).join('; ');
    throw new GitpactError('bad-pact', `${what} is not a pact: ${all}.`, {
      hint: 'Give only the files that the pact tests of a consumer have written.',
      complaints,
    });
  }
  return {
    ...pact,
    value,
    consumer: pacticipantName(pact.consumer ?? ''),
    provider: pacticipantName(pact.provider ?? ''),
  };
}

/**
 * The pact with an `_id` as the first key of every interaction and message, as the Pact Broker hands pacts out; one
 * that was submitted stays what it was (domain.md §5.3).
 */
export function withInteractionIds(pact: JsonValue): JsonValue {
  if (!isJsonObject(pact)) return pact;
  const result = new Map(pact);
  for (const key of ['interactions', 'messages']) {
    const items = pact.get(key);
    if (isJsonArray(items)) result.set(key, items.map(withId));
  }
  return result;
}

function withId(item: JsonValue): JsonValue {
  return isJsonObject(item) ? new Map<string, JsonValue>([['_id', interactionIdOf(item)], ...item]) : item;
}

function interactionOf(value: JsonObject, usual: InteractionKind): Interaction {
  return {
    value,
    kind: kindOf(value, usual),
    description: textOrNone(value.get('description')),
    providerStates: providerStatesOf(value),
    pending: value.get('pending') === true,
    plugins: pluginsOf(value),
  };
}

function kindOf(value: JsonObject, usual: InteractionKind): InteractionKind {
  switch (value.get('type') ?? undefined) {
    case undefined:
      return usual;
    case 'Synchronous/HTTP':
      return 'http';
    case 'Asynchronous/Messages':
      return 'async';
    case 'Synchronous/Messages':
      return 'sync';
    default:
      return 'other';
  }
}

function providerStatesOf(value: JsonObject): readonly ProviderState[] {
  const told = value.get('providerStates') ?? value.get('providerState') ?? value.get('provider_state') ?? [];
  return (isJsonArray(told) ? told : [told]).flatMap((state): ProviderState[] => {
    if (typeof state === 'string') return [{ name: state }];
    const name = jsonAt(state, 'name');
    const params = jsonAt(state, 'params');
    if (typeof name !== 'string') return [];
    return [isJsonObject(params) ? { name, params } : { name }];
  });
}

function pluginsOf(value: JsonObject): readonly string[] {
  const configuration = value.get('pluginConfiguration');
  return isJsonObject(configuration) ? [...configuration.keys()] : [];
}

function complaintsAboutName(pact: JsonObject, side: 'consumer' | 'provider'): readonly Complaint[] {
  const name = jsonAt(pact, side, 'name') ?? undefined;
  const text =
    name === undefined ? 'is missing' : typeof name === 'string' ? whyNotAName(name) : 'must be a string';
  return text === undefined ? [] : [{ where: `${side}.name`, text }];
}

function complaintsAboutItems(pact: JsonObject): readonly Complaint[] {
  const keys = ['interactions', 'messages'].filter((key) => (pact.get(key) ?? null) !== null);
  if (keys.length === 0) return [{ where: 'interactions', text: 'or messages must be there' }];
  return keys.flatMap((key) => {
    const items = pact.get(key);
    if (!isJsonArray(items)) return [{ where: key, text: 'must be an array' }];
    return items.flatMap((item, index) =>
      isJsonObject(item) ? [] : [{ where: `${key}[${index}]`, text: 'must be an object' }],
    );
  });
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function textOrNone(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
