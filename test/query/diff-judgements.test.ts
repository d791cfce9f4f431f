import { describe, expect, it } from 'vitest';
import { JsonNumber, jsonOf, parseJson } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';
import { brokerDiff } from '../../src/query/diff-broker.ts';
import { sameNumber } from '../../src/query/diff-json.ts';
import { unifiedDiff } from '../../src/query/diff-lines.ts';

type Members = Readonly<Record<string, unknown>>;

const changesOf = (before: unknown, after: unknown) => {
  const { document, interactions } = diffPacts(jsonOf(before), jsonOf(after));
  return [...document, ...interactions.flatMap((interaction) => interaction.changes)];
};
const told = (before: unknown, after: unknown) =>
  changesOf(before, after).map(({ path, reason }) => `${path} ${reason}`);

const http = (members: Members) => ({
  interactions: [{ description: 'd', request: { method: 'GET', path: '/' }, ...members }],
});
const request = (members: Members, type?: string) =>
  http({ ...(type ? { type } : {}), request: { method: 'GET', path: '/', ...members } });
const response = (members: Members) => http({ response: { status: 200, ...members } });
const body = (value: unknown, rules?: Members) =>
  response({ body: value, ...(rules ? { matchingRules: { body: rules } } : {}) });
const matched = (...matchers: Members[]) => ({ matchers });
const any = (...matchers: Members[]) => ({ combine: 'OR', matchers });
const type = { match: 'type' };
const freeKeys = { match: 'eachKey', rules: [] };
const at = (path: string, reason: string) => `$.response.body${path} ${reason}`;
const rule = (path: string, reason: string) => `$.response.matchingRules.body${path} ${reason}`;

describe('a body that is expected', () => {
  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    ['an array that becomes a text', body({ a: [1] }), body({ a: 'xy' }), at('.a', 'type-changed')],
    ['a text that becomes an array', body({ a: 'xy' }), body({ a: [1] }), at('.a', 'type-changed')],
    ['nought that becomes a text', body(0), body('x'), at('', 'type-changed')],
    [
      'a rule that goes with the object it was for',
      body({ a: { b: 1 } }, { '$.a.b': matched(type) }),
      body({ a: 1 }),
      at('.a', 'type-changed'),
      rule("['$.a.b']", 'expectation-removed'),
    ],
    [
      'a rule that comes with the object it is for',
      body({ a: 1 }),
      body({ a: { b: 1 } }, { '$.a.b': matched(type) }),
      at('.a', 'type-changed'),
      rule("['$.a.b']", 'expectation-added'),
    ],
    [
      'a rule that goes with all of the body, and one that stays',
      response({
        headers: { A: 'x' },
        body: { a: 1 },
        matchingRules: { body: { '$.a': matched(type) }, header: { A: matched(type) } },
      }),
      response({ headers: { A: 'x' }, matchingRules: { header: { A: matched(type) } } }),
      at('', 'expectation-removed'),
      "$.response.matchingRules.body['$.a'] expectation-removed",
    ],
    [
      'rules of all parts that come with a body',
      response({ headers: { A: 'x' } }),
      response({
        headers: { A: 'x' },
        body: { a: 1 },
        matchingRules: { body: { '$.a': matched(type) }, header: { A: matched(type) } },
      }),
      at('', 'expectation-added'),
      "$.response.matchingRules.body['$.a'] expectation-added",
      '$.response.matchingRules.header.A rule-loosened',
    ],
    [
      'a key more, where only the first was free to have any',
      body({ a: 1 }, { $: matched(freeKeys) }),
      body({ a: 1, b: 1 }),
      at('.b', 'expectation-added'),
      rule("['$']", 'rule-changed'),
    ],
    [
      'a key more, where keys are free among other rules',
      body({ a: 1 }, { $: matched(freeKeys, type) }),
      body({ a: 1, b: 1 }, { $: matched(freeKeys, type) }),
      at('.b', 'example-changed'),
    ],
    [
      'an item more, where a rule looked for items anywhere',
      body([1], { $: matched({ match: 'arrayContains', variants: [] }) }),
      body([1, 2]),
      at('[1]', 'value-changed'),
      rule("['$']", 'rule-changed'),
    ],
    [
      'a rule that is one of several, for one that asks for two of them',
      body(1, { $: matched({ match: 'integer' }, { match: 'number' }) }),
      body(1, { $: any({ match: 'integer' }, { match: 'regex', regex: 'x' }) }),
      rule("['$']", 'rule-loosened'),
    ],
  ])('%s', (_what, before, after, ...expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('one of one is that one', () => {
    expect(told(body('a', { $: any(type) }), body('a', { $: matched(type) }))).toEqual([]);
  });
});

describe('a request', () => {
  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    [
      'a path in another case',
      request({ path: '/a' }),
      request({ path: '/A' }),
      '$.request.path request-changed',
    ],
    [
      'a body of another type',
      request({ body: { content: 'a', contentType: 'text/plain' } }, 'Synchronous/HTTP'),
      request({ body: { content: 'a', contentType: 'text/html' } }, 'Synchronous/HTTP'),
      '$.request.body.contentType request-changed',
    ],
    [
      'a hint of what its body is',
      request({ body: { content: 'a', contentTypeHint: 'TEXT' } }, 'Synchronous/HTTP'),
      request({ body: { content: 'a', contentTypeHint: 'BINARY' } }, 'Synchronous/HTTP'),
      '$.request.body.contentTypeHint request-changed',
    ],
  ])('%s', (_what, before, after, ...expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('says what a parameter was, and what it is', () => {
    expect(changesOf(request({ query: 'a=1' }), request({ query: 'b=2' }))).toEqual([
      { path: '$.request.query.a[0]', before: '1', reason: 'request-changed' },
      { path: '$.request.query.b[0]', after: '2', reason: 'request-changed' },
    ]);
  });
});

it('a status of another type is another status', () => {
  expect(told(response({}), response({ status: '200' }))).toEqual(['$.response.status status-changed']);
});

it('metadata of a message has rules of its own', () => {
  const message = (value: string) => ({
    messages: [
      { description: 'd', metadata: { k: value }, matchingRules: { metadata: { k: matched(type) } } },
    ],
  });
  expect(told(message('a'), message('b'))).toEqual(['$.metadata.k example-changed']);
});

describe('what names an interaction', () => {
  const named = (description: string, members: Members = {}) => ({
    description,
    request: { method: 'GET', path: '/' },
    ...members,
  });
  const pact = (...interactions: Members[]) => ({ interactions });

  it('is told as it was and as it is', () => {
    expect(changesOf(pact(named('a')), pact(named('b', { pending: true })))).toEqual(
      [
        { path: '$', before: jsonOf(named('a')), reason: 'interaction-removed' },
        { path: '$', after: jsonOf(named('b', { pending: true })), reason: 'interaction-added' },
      ].reverse(),
    );
    expect(changesOf(pact(named('a')), pact(named('b')))).toEqual([
      { path: '$.description', before: 'a', after: 'b', reason: 'description-changed' },
    ]);
    expect(changesOf(pact(named('a')), pact(named('a', { pending: true })))).toEqual([
      { path: '$.pending', after: true, reason: 'pending-begun' },
    ]);
  });

  it('is neither the id that a broker gave it', () => {
    expect(told(pact(named('a', { _id: '1' })), pact(named('b', { _id: '2' })))).toEqual([
      '$.description description-changed',
    ]);
    const twice = pact(named('a', { _id: '1', odd: 1 }), named('a', { _id: '2', odd: 2 }));
    const again = pact(named('a', { _id: '0', odd: 2 }), named('a', { _id: '3', odd: 3 }));
    expect(told(twice, again)).toEqual(['$.odd other-part-changed']);
  });

  it('changes are told in the order of the new pact, then what is gone', () => {
    const before = pact(named('a', { odd: 1 }), named('b', { odd: 1 }), named('c', { other: 1 }));
    const after = pact(named('b', { odd: 2 }), named('new', { third: 1 }), named('a', { odd: 2 }));
    const { interactions } = diffPacts(jsonOf(before), jsonOf(after));
    expect(interactions.map(({ description, change }) => `${description} ${change}`)).toEqual([
      'b changed',
      'new added',
      'a changed',
      'c removed',
    ]);
  });

  it('states come and go by name', () => {
    const states = (...names: string[]) =>
      pact(...names.map((name) => named(`with ${name}`, { providerState: name })));
    expect(diffPacts(jsonOf(states('z', 'k', 'a')), jsonOf(states('k', 'y', 'b')))).toMatchObject({
      newStates: ['b', 'y'],
      unneededStates: ['a', 'z'],
    });
  });
});

describe('what lies around the interactions', () => {
  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    [
      'a list that nobody knows, of what could be interactions',
      { interactions: [], odd: [] },
      { interactions: [], odd: [{ a: 1 }] },
      '$.odd[0] not-verified',
    ],
    [
      'interactions that are no list, beside messages',
      { messages: [], interactions: 1 },
      { messages: [], interactions: 2 },
      '$.interactions other-part-changed',
    ],
    [
      'metadata that become none',
      { interactions: [], metadata: { x: 1 } },
      { interactions: [], metadata: 5 },
      '$.metadata not-verified',
    ],
  ])('%s', (_what, before, after, ...expected) => {
    expect(told(before, after)).toEqual(expected);
  });
});

it.each<[a: string, b: string, same: boolean]>([
  ['1.01', '1.1', false],
  ['1.001e2', '100.1', true],
  ['100.00', '1e2', true],
  ['0.0', '-0', true],
  ['0', '0.1', false],
])('%s and %s are one number: %s', (a, b, same) => {
  expect(sameNumber(new JsonNumber(a), new JsonNumber(b))).toBe(same);
});

describe('the text diff of the Pact Broker', () => {
  const diff = (before: string, after: string) => brokerDiff(parseJson(before), parseJson(after));

  it('shows numbers as Ruby writes them', () => {
    expect(diff('{"n":1E5}', '{"n":2}')).toContain('-  "n": 100000.0');
  });

  it.each<[before: string, after: string, isEmpty: boolean]>([
    ['{"n":1.5}', '{"n":1}', false],
    ['{"n":[1]}', '{"n":"1"}', false],
    ['{"n":"1"}', '{"n":[1]}', false],
    ['{"messages":[{"_id":"1","a":1}]}', '{"messages":[{"a":1,"_id":"2"}]}', true],
    ['{"interactions":[1,"a"]}', '{"interactions":["a",1]}', true],
    ['[1]', '[2]', false],
    ['1', '1', true],
  ])('of %s and %s is empty: %s', (before, after, isEmpty) => {
    expect(diff(before, after) === '').toBe(isEmpty);
  });

  it('joins changes whose context touches', () => {
    const lines = (between: number, end: string) => [
      `a${end}`,
      ...Array.from({ length: between }, (_, i) => `${i}`),
      `b${end}`,
    ];
    const hunks = (between: number) =>
      unifiedDiff(lines(between, ''), lines(between, '!')).split('@@ -').length;
    expect([hunks(6), hunks(7)]).toEqual([1, 2]);
  });
});
