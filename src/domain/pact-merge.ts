import { type Complaint, GitpactError } from './failure.ts';
import {
  compactJson,
  isJsonArray,
  type JsonArray,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  jsonAt,
} from './json.ts';
import type { PublishablePact } from './pact.ts';
import { rubyNumber, sortedJson } from './pact-sha.ts';

/**
 * Whether the incoming pact cannot be merged into the existing one by the rule of PATCH (domain.md §5.6): one of them
 * has no interactions, or an interaction that both have asks for something else. What it answers may differ.
 */
export function mergeConflicts(existing: JsonValue, incoming: JsonValue): boolean {
  const old = jsonAt(existing, 'interactions');
  const added = jsonAt(incoming, 'interactions');
  if (!isJsonArray(old) || !isJsonArray(added)) return true;
  const requests = new Map<string, Set<string>>();
  for (const interaction of old) {
    const identity = identityOf(interaction);
    requests.set(identity, (requests.get(identity) ?? new Set()).add(requestOf(interaction)));
  }
  return added.some((interaction) => {
    const asked = requests.get(identityOf(interaction));
    return asked !== undefined && (asked.size > 1 || !asked.has(requestOf(interaction)));
  });
}

/**
 * The existing pact with the interactions of the incoming one: each takes the place of the first with its description
 * and provider state, or comes last. Nothing else of the incoming pact is used (domain.md §5.6).
 */
export function mergePacts(existing: JsonObject, incoming: JsonValue): JsonObject {
  const added = jsonAt(incoming, 'interactions');
  if (!isJsonArray(added)) return existing;
  const merged = [...itemsOf(existing, 'interactions')];
  const places = placesOf(merged);
  for (const interaction of added) {
    const identity = identityOf(interaction);
    const place = places.get(identity) ?? merged.length;
    places.set(identity, place);
    merged[place] = interaction;
  }
  return new Map(existing).set('interactions', merged);
}

/** A pact and the file it was read from. */
export interface PactFile {
  readonly path: string;
  readonly pact: PublishablePact;
}

/**
 * One pact of several files for the same consumer and provider, as the Pact Broker's command line merges them before
 * it publishes: the first file with the interactions and messages that only later ones have.
 * @throws GitpactError `pacts-differ` naming every interaction that two files tell differently.
 */
export function mergePactFiles(first: PactFile, ...others: readonly PactFile[]): JsonObject {
  const complaints: Complaint[] = [];
  const result = new Map(first.pact.value);
  for (const key of ['interactions', 'messages']) {
    const merged = [...itemsOf(first.pact.value, key)];
    const places = placesOf(merged);
    for (const { path, pact } of others) {
      for (const item of itemsOf(pact.value, key)) {
        const place = places.get(identityOf(item));
        if (place === undefined) {
          places.set(identityOf(item), merged.length);
          merged.push(item);
        } else if (sortedJson(item) !== sortedJson(merged[place] ?? null)) {
          complaints.push({ where: path, text: almostDuplicate(item) });
        }
      }
    }
    if (merged.length > 0) result.set(key, merged);
  }
  if (complaints.length > 0) throw filesDiffer(first.pact, complaints);
  return result;
}

function filesDiffer(
  { consumer, provider }: PublishablePact,
  complaints: readonly Complaint[],
): GitpactError {
  const all = complaints.map(({ where, text }) => `\n${where}: ${text}`).join('');
  return new GitpactError(
    'pacts-differ',
    `The pacts between ${consumer} and ${provider} do not fit together.${all}`,
    {
      hint: 'Use a different description or provider state, or hard-code any random data.',
      complaints,
    },
  );
}

function almostDuplicate(item: JsonValue): string {
  const description = compactJson(jsonAt(item, 'description') ?? null);
  const state = compactJson(providerStateOf(item));
  return (
    `an interaction with the same description (${description}) and provider state (${state}) ` +
    'but a different request or response has already been used.'
  );
}

function itemsOf(pact: JsonObject, key: string): JsonArray {
  const items = pact.get(key);
  return isJsonArray(items) ? items : [];
}

/** Where the first item of each identity is. */
function placesOf(items: JsonArray): Map<string, number> {
  const places = new Map<string, number>();
  items.forEach((item, place) => {
    const identity = identityOf(item);
    if (!places.has(identity)) places.set(identity, place);
  });
  return places;
}

/** What makes two interactions the same one: description and provider state, compared by value. */
function identityOf(item: JsonValue): string {
  return valueText([jsonAt(item, 'description') ?? null, providerStateOf(item)]);
}

function providerStateOf(item: JsonValue): JsonValue {
  const keys = ['provider_state', 'providerState', 'providerStates'];
  return keys.map((key) => jsonAt(item, key) ?? null).find((state) => state !== null) ?? null;
}

function requestOf(item: JsonValue): string {
  const keys = ['method', 'path', 'query', 'body', 'headers'];
  return valueText(keys.map((key) => jsonAt(item, 'request', key) ?? null));
}

/** A text that two values share when Ruby calls them equal: `1` and `1.0` are, and the order of keys is nothing. */
function valueText(value: JsonValue): string {
  return sortedJson(value, numberByValue);
}

function numberByValue(number: JsonNumber): string {
  const float = Number(number.literal);
  const whole = /[.eE]/.test(number.literal) && Number.isInteger(float);
  return whole ? BigInt(float).toString() : rubyNumber(number);
}
