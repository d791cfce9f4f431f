import fc from 'fast-check';
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonNumber,
  type JsonObject,
  type JsonValue,
} from '../../src/domain/json.ts';
import { unorderedKey } from '../../src/domain/pact-sha.ts';

/** Numbers as people and programs write them, many of the same value. */
const anyNumber = fc
  .oneof(
    fc.constantFrom('0', '-0', '1', '1.0', '1.00', '1E0', '-0.0', '1e400', '1e-400', '12345678901234567890'),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((float) => JSON.stringify(float)),
  )
  .map((literal) => new JsonNumber(literal));

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '1',
    '\ud83d',
    '\ue000',
    '😀',
    'interactions',
    'messages',
  ),
);

/** Any JSON, with the keys and numbers that trip programs over. */
export const anyJson: fc.Arbitrary<JsonValue> = fc.letrec<{
  value: JsonValue;
  array: JsonArray;
  object: JsonObject;
}>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    anyText,
    anyNumber,
    tie('array'),
    tie('object'),
  ),
  array: fc.array(tie('value'), { maxLength: 5 }),
  object: fc.array(fc.tuple(anyText, tie('value')), { maxLength: 5 }).map((members) => new Map(members)),
})).value;

/** Interactions and messages of few shapes, so that many are equal but for the order of their keys. */
const anyItem: fc.Arbitrary<JsonValue> = fc.oneof(
  anyJson,
  fc
    .shuffledSubarray<[string, JsonValue]>([
      ['description', 'a widget'],
      ['providerState', 'there is one'],
      ['response', new Map([['status', new JsonNumber('200')]])],
      ['pending', true],
    ])
    .map((members) => new Map(members)),
);

/** Documents like pacts: with interactions, messages, both, or something odd in their place. */
export const anyPact: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      interactions: fc.oneof({ weight: 5, arbitrary: fc.array(anyItem) }, { weight: 1, arbitrary: anyJson }),
      messages: fc.oneof({ weight: 5, arbitrary: fc.array(anyItem) }, { weight: 1, arbitrary: anyJson }),
      metadata: anyJson,
      consumer: anyJson,
    },
    { requiredKeys: [] },
  )
  .chain((record) => fc.shuffledSubarray(Object.entries(record), { minLength: Object.keys(record).length }))
  .map((members) => new Map(members));

/** A pact, and the same contract with every object's keys and its unordered array in another order. */
export function contractShuffled(pact: JsonObject): fc.Arbitrary<[JsonObject, JsonObject]> {
  const unordered = unorderedKey(pact);
  return fc.infiniteStream(fc.nat()).map((stream) => {
    const shuffled = <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, rank: stream.next().value as number }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item);
    const keysShuffled = (value: JsonValue): JsonValue => {
      if (isJsonArray(value)) return value.map(keysShuffled);
      if (!isJsonObject(value)) return value;
      return new Map(shuffled([...value].map(([key, member]) => [key, keysShuffled(member)] as const)));
    };
    const items = pact.get(unordered);
    const other = new Map(pact);
    if (isJsonArray(items)) other.set(unordered, shuffled(items));
    return [pact, keysShuffled(other) as JsonObject];
  });
}
