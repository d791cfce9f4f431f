import { createHash } from 'node:crypto';
import {
  compactJson,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  jsonAt,
  type NumberWriter,
} from './json.ts';
import { byCodePoint, type PactSha, pactSha } from './names.ts';
import { onceForEach } from './once-for-each.ts';

/**
 * The Pact Broker's sha of a pact as it was submitted: of the content that affects verification, whatever the order
 * of keys and interactions (domain.md §5.2, its oddities included: of two arrays only `interactions` is sorted, and a
 * document without any counts as a whole, in its own key order).
 */
export function pactShaOf(submitted: JsonValue): PactSha {
  return isJsonObject(submitted) ? shaOfObject(submitted) : shaOf(submitted);
}

const shaOfObject = onceForEach<JsonObject, PactSha>(shaOf);

function shaOf(submitted: JsonValue): PactSha {
  return pactSha(sha1(contentThatCounts(submitted)));
}

/** The Pact Broker's `_id` of an interaction or message: the sha of it without an `_id` (domain.md §5.3). */
export function interactionIdOf(interaction: JsonObject): string {
  const bare = new Map(interaction);
  bare.delete('_id');
  return sha1(sortedJson(bare));
}

/** The array of a pact whose order means nothing: `interactions` if there is anything, else `messages`. */
export function unorderedKey(pact: JsonObject): 'interactions' | 'messages' {
  return (pact.get('interactions') ?? false) !== false ? 'interactions' : 'messages';
}

/** Compact JSON with the keys of every object in byte order; numbers as Ruby writes them, or as told. */
export function sortedJson(value: JsonValue, writeNumber: NumberWriter = rubyNumber): string {
  if (isJsonArray(value)) return `[${value.map((item) => sortedJson(item, writeNumber)).join(',')}]`;
  if (!isJsonObject(value)) return compactJson(value, writeNumber);
  const members = [...value].sort(([a], [b]) => byCodePoint(a, b));
  const texts = members.map(([key, member]) => `${JSON.stringify(key)}:${sortedJson(member, writeNumber)}`);
  return `{${texts.join(',')}}`;
}

/**
 * A number as Ruby's json (2.10 and later) writes it after reading it: integers with all their digits, floats with
 * the shortest digits and always a `.0` or an exponent. A float beyond all doubles, which the Pact Broker cannot
 * store, keeps its literal; one too small for any is `0.0`, as there.
 */
export function rubyNumber({ literal }: JsonNumber): string {
  if (!/[.eE]/.test(literal)) return literal === '-0' ? '0' : literal;
  const float = Number(literal);
  if (!Number.isFinite(float)) return literal;
  const sign = float < 0 || Object.is(float, -0) ? '-' : '';
  const [mantissa, exponent] = Math.abs(float).toExponential().split('e') as [string, string];
  return sign + rubyDigits(mantissa.replace('.', ''), Number(exponent));
}

/** Lays out the number `d.ddd × 10^exponent` as the fpconv of Ruby's json does. */
function rubyDigits(digits: string, exponent: number): string {
  const power = exponent - digits.length + 1;
  const size = Math.abs(exponent);
  if (power >= 0 && size < digits.length + 7) return `${digits}${'0'.repeat(power)}.0`;
  if (power < 0 && (power > -7 || size < 4)) {
    if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
    return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  }
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
}

function contentThatCounts(pact: JsonValue): string {
  const interactions = jsonAt(pact, 'interactions');
  const messages = jsonAt(pact, 'messages');
  if (!isJsonObject(pact) || !(isJsonArray(interactions) || isJsonArray(messages))) {
    return compactJson(pact, rubyNumber);
  }
  const parts: string[] = [];
  for (const [key, items] of [
    ['interactions', interactions],
    ['messages', messages],
  ] as const) {
    if (isJsonArray(items)) parts.push(`"${key}":${itemsJson(items, unorderedKey(pact) === key)}`);
  }
  const version = specificationVersion(pact);
  if (version !== undefined) parts.push(`"pact_specification_version":${sortedJson(version)}`);
  return `{${parts.join(',')}}`;
}

function itemsJson(items: JsonArray, unordered: boolean): string {
  const texts = items.map((item) => sortedJson(item));
  return `[${(unordered ? texts.sort(byCodePoint) : texts).join(',')}]`;
}

/** The version of the pact specification as the pact's metadata tells it, in any of the three ways that were used. */
export function specificationVersion(pact: JsonValue): JsonValue | undefined {
  const metadata = jsonAt(pact, 'metadata');
  const told = [
    jsonAt(metadata, 'pactSpecification', 'version'),
    jsonAt(metadata, 'pact-specification', 'version'),
    jsonAt(metadata, 'pactSpecificationVersion'),
  ];
  return told.find((version) => version !== undefined && version !== null && version !== false);
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
