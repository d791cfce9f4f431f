import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonArray, isJsonObject, type JsonValue, jsonOf, parseJson } from '../../src/domain/json.ts';
import { diffPacts, type InteractionDiff } from '../../src/query/diff.ts';
import { brokerDiff } from '../../src/query/diff-broker.ts';
import { likelyGenerated } from '../../src/query/diff-generated.ts';

const leaf = fc.constantFrom(1, 2, 'a', 'b', true, null);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'x y'), tie('value'), { maxKeys: 3 }),
  ),
}));
const matcher = fc.constantFrom<object>(
  { match: 'type' },
  { match: 'type', min: 1 },
  { match: 'regex', regex: 'x' },
  { match: 'integer' },
  { match: 'number' },
  { match: 'equality' },
  { match: 'values' },
  { match: 'arrayContains', variants: [] },
  { match: 'notEmpty' },
);
const rules = fc.dictionary(
  fc.constantFrom('$', '$.a', '$.a[*]', '$.a.*', '$.b', '$.b.c', '$.*'),
  fc.record({
    combine: fc.constantFrom('AND', 'OR'),
    matchers: fc.array(matcher, { minLength: 1, maxLength: 2 }),
  }),
  { maxKeys: 3 },
);
const interaction = fc.record(
  {
    description: fc.constantFrom('d1', 'd2', 'd3'),
    providerStates: fc.constantFrom([], [{ name: 's' }], [{ name: 's', params: { a: 1 } }]),
    request: fc.record({
      method: fc.constantFrom('GET', 'POST'),
      path: fc.constantFrom('/a', '/b'),
      body: json,
    }),
    response: fc.record(
      { status: fc.constantFrom(200, 201), body: json, matchingRules: fc.record({ body: rules }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['description', 'request', 'response'] },
);
const interactions = fc.array(interaction, { maxLength: 5 });
const pact = (items: readonly unknown[]) => jsonOf({ interactions: items, metadata: { x: 1 } });

/** The same value with all members in the opposite order, and the interactions too. */
function reordered(value: JsonValue, depth = 0): JsonValue {
  if (isJsonArray(value)) {
    const items = value.map((item) => reordered(item, depth + 1));
    return depth === 1 ? items.toReversed() : items;
  }
  if (!isJsonObject(value)) return value;
  return new Map([...value].toReversed().map(([key, member]) => [key, reordered(member, depth + 1)]));
}

const names = (diffs: readonly InteractionDiff[], change: InteractionDiff['change']) =>
  diffs
    .filter((diff) => diff.change === change)
    .map(({ description, states }) => JSON.stringify([description, states]))
    .sort();
const summary = (diff: ReturnType<typeof diffPacts>) =>
  diff.interactions
    .map(({ change, description, changes }) =>
      JSON.stringify([change, description, changes.map((c) => [c.path, c.reason])]),
    )
    .sort();

describe('the laws of comparing pacts', () => {
  it('nothing differs from itself in another order', () => {
    fc.assert(
      fc.property(interactions, (items) => {
        const [one, other] = [pact(items), reordered(pact(items))];
        expect(diffPacts(one, other)).toMatchObject({
          verdict: 'cannot-break',
          interactions: [],
          document: [],
          unchanged: items.length,
        });
        expect(brokerDiff(one, other)).toBe('');
        expect(likelyGenerated(one, other)).toEqual([]);
      }),
    );
  });

  it('what is added one way is removed the other way, and what is changed is changed', () => {
    fc.assert(
      fc.property(interactions, interactions, (one, other) => {
        const [there, back] = [diffPacts(pact(one), pact(other)), diffPacts(pact(other), pact(one))];
        expect(names(there.interactions, 'added')).toEqual(names(back.interactions, 'removed'));
        expect(names(there.interactions, 'removed')).toEqual(names(back.interactions, 'added'));
        expect(there.unchanged).toBe(back.unchanged);
        expect(there.newStates).toEqual(back.unneededStates);
        expect(new Set(there.interactions.map(({ changes }) => changes.length > 0))).not.toContain(false);
      }),
    );
  });

  it('the order of keys and interactions changes no answer', () => {
    fc.assert(
      fc.property(interactions, interactions, (one, other) => {
        const diff = diffPacts(pact(one), pact(other));
        const mixed = diffPacts(reordered(pact(one)), reordered(pact(other)));
        expect(mixed.verdict).toBe(diff.verdict);
        expect(summary(mixed).length).toBe(summary(diff).length);
      }),
    );
  });

  it('a difference of requests is never lost', () => {
    fc.assert(
      fc.property(interaction, interaction, (one, other) => {
        const diff = diffPacts(pact([one]), pact([other]));
        fc.pre(!isDeepStrictEqual(one.request, other.request));
        expect(diff.interactions.length).toBeGreaterThan(0);
      }),
    );
  });
});

/**
 * A response is accepted if it has at least what the example has, values equal or (under the rule) of the same type.
 * This is the verifier the promise "cannot break" is tested against.
 */
function accepts(expected: JsonValue, typed: boolean, actual: JsonValue): boolean {
  if (isJsonArray(expected)) {
    if (!isJsonArray(actual)) return false;
    if (typed)
      return (
        expected.length === 0 ||
        actual.every((item, i) => accepts(expected[i] ?? (expected[0] as JsonValue), typed, item))
      );
    return (
      expected.length === actual.length &&
      expected.every((item, i) => accepts(item, typed, actual[i] as JsonValue))
    );
  }
  if (isJsonObject(expected)) {
    if (!isJsonObject(actual)) return false;
    return [...expected].every(
      ([key, member]) => actual.has(key) && accepts(member, typed, actual.get(key) as JsonValue),
    );
  }
  const kind = (value: JsonValue) =>
    value === null
      ? 'null'
      : isJsonArray(value)
        ? 'array'
        : isJsonObject(value)
          ? 'object'
          : typeof value === 'object'
            ? 'number'
            : typeof value;
  if (typed) return kind(expected) === kind(actual);
  return JSON.stringify(expected) === JSON.stringify(actual);
}

describe('the promise that a change cannot break the provider', () => {
  it('holds: what the old expectation accepts, the new one does too', () => {
    const expecting = (body: unknown, typed: boolean) =>
      pact([
        {
          description: 'd',
          request: {},
          response: { body, matchingRules: { body: typed ? { $: { matchers: [{ match: 'type' }] } } : {} } },
        },
      ]);
    let promises = 0;
    fc.assert(
      fc.property(json, json, fc.boolean(), fc.boolean(), json, (was, is, wasTyped, isTyped, answer) => {
        const { verdict } = diffPacts(expecting(was, wasTyped), expecting(is, isTyped));
        if (verdict === 'may-break') return;
        for (const actual of [jsonOf(answer), jsonOf(was)]) {
          if (!accepts(jsonOf(was), wasTyped, actual)) continue;
          promises += 1;
          expect(accepts(jsonOf(is), isTyped, actual)).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
    expect(promises).toBeGreaterThan(100);
  });
});

describe('a pact of 5 MB', () => {
  const big = (count: number, change: (i: number) => object) =>
    JSON.stringify({
      interactions: Array.from({ length: count }, (_, i) => ({
        description: `interaction ${i}`,
        providerStates: [{ name: `state ${i % 50}` }],
        request: { method: 'GET', path: `/things/${i}`, headers: { Accept: ['application/json'] } },
        response: {
          status: 200,
          body: {
            id: i,
            items: Array.from({ length: 20 }, (_, j) => ({ sku: `sku-${j}`, count: j })),
            ...change(i),
          },
          matchingRules: {
            body: {
              '$.items': { matchers: [{ match: 'type', min: 1 }] },
              '$.items[*].sku': { matchers: [{ match: 'type' }] },
            },
          },
        },
      })),
    });

  it.each([
    ['nothing', () => ({}), 0],
    ['one interaction', (i: number) => (i === 7 ? { id: -1 } : {}), 1],
    ['every interaction', (i: number) => ({ id: -i - 1 }), 5000],
  ])('is compared when %s changed', (_what, change, changed) => {
    const [before, after] = [parseJson(big(5000, () => ({}))), parseJson(big(5000, change))];
    expect(diffPacts(before, after).interactions).toHaveLength(changed);
  });
});
