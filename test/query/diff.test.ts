import { describe, expect, it } from 'vitest';
import { compactJson, jsonOf, parseJson } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';

type Json = Record<string, unknown>;

const order = {
  description: 'an order',
  providerState: 'there is one',
  request: {
    method: 'GET',
    path: '/orders/1',
    query: 'full=true&page=1',
    headers: { Accept: 'application/json' },
  },
  response: {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: { id: 1, total: '12.50', lines: [{ sku: 'a' }, { sku: 'b' }], customer: { name: 'Ada' } },
  },
};

const pactOf = (interactions: readonly unknown[], version = '2.0.0') => ({
  consumer: { name: 'Web' },
  provider: { name: 'Shop' },
  interactions,
  metadata: { pactSpecification: { version } },
});

/** The order with one part exchanged. */
const changed = (part: 'request' | 'response', change: Json) => ({
  ...order,
  [part]: { ...order[part], ...change },
});
const without = (part: 'request' | 'response', key: string) => {
  const { [key]: _, ...rest } = order[part] as Json;
  return { ...order, [part]: rest };
};
const body = (change: Json) => changed('response', { body: { ...order.response.body, ...change } });

/** The verdict, and each change as `path reason`. */
function judge(before: unknown, after: unknown) {
  const diff = diffPacts(jsonOf(before), jsonOf(after));
  const changes = [...diff.document, ...diff.interactions.flatMap((interaction) => interaction.changes)];
  return [diff.verdict, ...changes.map(({ path, reason }) => `${path} ${reason}`)];
}

const judgeInteraction = (before: unknown, after: unknown) => judge(pactOf([before]), pactOf([after]));

describe('what a change of an HTTP interaction means for the provider', () => {
  it.each<[string, unknown, unknown, ...string[]]>([
    [
      'another method',
      order,
      changed('request', { method: 'POST' }),
      'may-break',
      '$.request.method request-changed',
    ],
    ['the method in lower case', order, changed('request', { method: 'get' }), 'cannot-break'],
    [
      'another path',
      order,
      changed('request', { path: '/o' }),
      'may-break',
      '$.request.path request-changed',
    ],
    [
      'another query',
      order,
      changed('request', { query: 'full=true&page=2' }),
      'may-break',
      '$.request.query.page[0] request-changed',
    ],
    ['the query in another order', order, changed('request', { query: 'page=1&full=true' }), 'cannot-break'],
    [
      'the query as an object',
      order,
      changed('request', { query: { full: ['true'], page: '1' } }),
      'cannot-break',
    ],
    [
      'no query',
      order,
      without('request', 'query'),
      'may-break',
      '$.request.query.full[0] request-changed',
      '$.request.query.page[0] request-changed',
    ],
    [
      'a header sent less',
      order,
      changed('request', { headers: {} }),
      'may-break',
      '$.request.headers.Accept request-changed',
    ],
    [
      'a header name in lower case',
      order,
      changed('request', { headers: { accept: ['application/json'] } }),
      'cannot-break',
    ],
    [
      'a request body',
      order,
      changed('request', { body: null }),
      'may-break',
      '$.request.body request-changed',
    ],
    [
      'a request rule',
      order,
      changed('request', { matchingRules: { '$.path': { match: 'type' } } }),
      'cannot-break',
      '$.request.matchingRules request-rule-changed',
    ],
    [
      'a request generator',
      order,
      changed('request', { generators: { path: { type: 'Uuid' } } }),
      'may-break',
      '$.request.generators request-generator-changed',
    ],
    [
      'something unknown in the request',
      order,
      changed('request', { trailer: 1 }),
      'may-break',
      '$.request.trailer request-changed',
    ],
    [
      'another status',
      order,
      changed('response', { status: 201 }),
      'may-break',
      '$.response.status status-changed',
    ],
    [
      'status 200 no longer told',
      order,
      without('response', 'status'),
      'cannot-break',
      '$.response.status expectation-removed',
    ],
    [
      'status 404 no longer told',
      changed('response', { status: 404 }),
      without('response', 'status'),
      'may-break',
      '$.response.status status-changed',
    ],
    [
      'status 200 told',
      without('response', 'status'),
      order,
      'may-break',
      '$.response.status expectation-added',
    ],
    [
      'a header less expected',
      order,
      without('response', 'headers'),
      'cannot-break',
      "$.response.headers['Content-Type'] expectation-removed",
    ],
    [
      'a header more expected',
      order,
      changed('response', { headers: { ...order.response.headers, ETag: 'x' } }),
      'may-break',
      '$.response.headers.ETag expectation-added',
    ],
    [
      'another header value',
      order,
      changed('response', { headers: { 'content-type': 'text/plain' } }),
      'may-break',
      "$.response.headers['content-type'] value-changed",
    ],
    [
      'a field less expected',
      body({ extra: 1 }),
      order,
      'cannot-break',
      '$.response.body.extra expectation-removed',
    ],
    [
      'a field more expected',
      order,
      body({ extra: { deep: 1 } }),
      'may-break',
      '$.response.body.extra expectation-added',
    ],
    ['another value', order, body({ id: 2 }), 'may-break', '$.response.body.id value-changed'],
    ['another type', order, body({ total: 12.5 }), 'may-break', '$.response.body.total type-changed'],
    [
      'null instead of an object',
      order,
      body({ customer: null }),
      'may-break',
      '$.response.body.customer type-changed',
    ],
    [
      'an object without any field left',
      order,
      body({ customer: {} }),
      'may-break',
      '$.response.body.customer.name expectation-removed',
      '$.response.body.customer object-emptied',
    ],
    [
      'a list with an item less',
      order,
      body({ lines: [{ sku: 'a' }] }),
      'may-break',
      '$.response.body.lines[1] length-changed',
    ],
    [
      'a list with an item more',
      order,
      body({ lines: [...order.response.body.lines, 1] }),
      'may-break',
      '$.response.body.lines[2] length-changed',
    ],
    ['no body', order, without('response', 'body'), 'cannot-break', '$.response.body expectation-removed'],
    ['a body', without('response', 'body'), order, 'may-break', '$.response.body expectation-added'],
    [
      'a response generator',
      order,
      changed('response', { generators: { body: {} } }),
      'cannot-break',
      '$.response.generators response-generator-changed',
    ],
    [
      'something unknown in the response',
      order,
      changed('response', { trailer: 1 }),
      'may-break',
      '$.response.trailer other-part-changed',
    ],
    [
      'another description',
      order,
      { ...order, description: 'one order' },
      'cannot-break',
      '$.description description-changed',
    ],
    [
      'another provider state',
      order,
      { ...order, providerState: 'there are two' },
      'may-break',
      '$.providerStates state-changed',
    ],
    [
      'no provider state',
      order,
      { ...order, providerState: null },
      'may-break',
      '$.providerStates state-changed',
    ],
    [
      'the state in the words of version 3',
      order,
      { ...order, providerState: undefined, providerStates: [{ name: 'there is one', params: {} }] },
      'cannot-break',
    ],
    ['pending begun', order, { ...order, pending: true }, 'cannot-break', '$.pending pending-begun'],
    [
      'pending ended',
      { ...order, pending: true },
      { ...order, pending: false },
      'may-break',
      '$.pending pending-ended',
    ],
    ['a comment', order, { ...order, comments: { text: ['x'] } }, 'cannot-break', '$.comments not-verified'],
    [
      'another key and id',
      { ...order, key: 'a', _id: '1' },
      { ...order, key: 'b', _id: '2' },
      'cannot-break',
    ],
    [
      'a plugin configured',
      order,
      { ...order, pluginConfiguration: { x: 1 } },
      'may-break',
      '$.pluginConfiguration plugin-changed',
    ],
    [
      'another transport',
      order,
      { ...order, transport: 'grpc' },
      'may-break',
      '$.transport other-part-changed',
    ],
  ])('%s', (_what, before, after, ...expected) => {
    expect(judgeInteraction(before, after)).toEqual(expected);
  });

  it('tells numbers that are only written otherwise', () => {
    const pact = (n: string, m: string) =>
      parseJson(`{"interactions":[{"description":"d","request":{"body":${m}},"response":{"body":${n}}}]}`);
    const changes = (n: string, m: string) =>
      diffPacts(pact('1', '1'), pact(n, m)).interactions.flatMap((interaction) =>
        interaction.changes.map(({ path, reason, sameNumber }) => [path, reason, sameNumber]),
      );
    expect(changes('1.0', '1')).toEqual([['$.response.body', 'number-kind-changed', true]]);
    expect(changes('1', '1.0')).toEqual([['$.request.body', 'request-changed', true]]);
    expect(changes('1.5', '1')).toEqual([['$.response.body', 'value-changed', undefined]]);
    expect(changes('-1', '0')).toMatchObject([
      ['$.request.body', 'request-changed', undefined],
      ['$.response.body', 'value-changed', undefined],
    ]);
    const rewritten = diffPacts(pact('1.0', '10.0'), pact('1.00', '1e1'));
    expect(rewritten.verdict).toBe('cannot-break');
    expect(rewritten.interactions[0]?.changes.map(({ reason }) => reason)).toEqual([
      'number-rewritten',
      'number-rewritten',
    ]);
  });

  it('compares numbers beyond all doubles by their digits', () => {
    const pact = (n: string) => parseJson(`{"interactions":[{"description":"d","response":{"body":${n}}}]}`);
    const diff = diffPacts(pact('12345678901234567890'), pact('12345678901234567891'));
    expect(diff.interactions[0]?.changes).toMatchObject([{ reason: 'value-changed' }]);
    expect(diff.interactions[0]?.changes[0]).not.toHaveProperty('sameNumber');
  });
});

describe('what a change of a message means for the provider', () => {
  const message = {
    description: 'an event',
    contents: { id: 1, at: 'now' },
    metaData: { queue: 'q', contentType: 'application/json' },
  };
  const messages = (one: unknown) => ({
    messages: [one],
    metadata: { pactSpecification: { version: '3.0.0' } },
  });

  it.each<[string, unknown, ...string[]]>([
    [
      'a field less',
      { ...message, contents: { id: 1 } },
      'cannot-break',
      '$.contents.at expectation-removed',
    ],
    [
      'a field more',
      { ...message, contents: { ...message.contents, x: 1 } },
      'may-break',
      '$.contents.x expectation-added',
    ],
    [
      'another value',
      { ...message, contents: { ...message.contents, id: 2 } },
      'may-break',
      '$.contents.id value-changed',
    ],
    [
      'metadata less',
      { ...message, metaData: { queue: 'q' } },
      'cannot-break',
      '$.metaData.contentType expectation-removed',
    ],
    [
      'other metadata',
      { ...message, metaData: { ...message.metaData, queue: 'p' } },
      'may-break',
      '$.metaData.queue value-changed',
    ],
    [
      'another description',
      { ...message, description: 'event' },
      'may-break',
      '$.description message-renamed',
    ],
    [
      'a rule',
      { ...message, matchingRules: { body: { '$.id': { matchers: [{ match: 'type' }] } } } },
      'cannot-break',
      "$.matchingRules.body['$.id'] rule-loosened",
    ],
  ])('%s', (_what, after, ...expected) => {
    expect(judge(messages(message), messages(after))).toEqual(expected);
  });

  it('knows the messages of version 4, wrapped and encoded', () => {
    const wrapped = (contents: unknown) =>
      pactOf([{ type: 'Asynchronous/Messages', description: 'e', contents, metadata: {} }], '4.0');
    const json = { content: { id: 1, at: 'x' }, contentType: 'application/json', encoded: false };
    const base64 = (text: string) => ({
      ...json,
      content: Buffer.from(text).toString('base64'),
      encoded: 'base64',
    });
    expect(judge(wrapped(json), wrapped(base64('{ "at": "x", "id": 1 }')))).toEqual([
      'cannot-break',
      '$.contents.content encoding-changed',
    ]);
    expect(judge(wrapped(json), wrapped(base64('{"id":1}')))).toEqual([
      'cannot-break',
      '$.contents.content.at expectation-removed',
    ]);
    expect(judge(wrapped(json), wrapped({ ...json, contentType: 'text/plain' }))).toEqual([
      'may-break',
      '$.contents.contentType value-changed',
    ]);
    expect(judge(wrapped(json), wrapped({ ...json, contentTypeHint: 'BINARY' }))).toEqual([
      'may-break',
      '$.contents.contentTypeHint other-part-changed',
    ]);
  });

  it('takes a synchronous message for a request and its answers', () => {
    const part = (content: unknown) => ({
      contents: { content, contentType: 'application/json', encoded: false },
    });
    const call = (request: unknown, ...answers: unknown[]) =>
      pactOf(
        [
          {
            type: 'Synchronous/Messages',
            description: 'call',
            request: part(request),
            response: answers.map(part),
          },
        ],
        '4.0',
      );
    expect(judge(call({ a: 1 }, { b: 1, c: 1 }), call({ a: 1 }, { b: 1 }))).toEqual([
      'cannot-break',
      '$.response[0].contents.content.c expectation-removed',
    ]);
    expect(judge(call({ a: 1 }, { b: 1 }), call({}, { b: 1 }))).toEqual([
      'may-break',
      '$.request.contents.content.a request-changed',
    ]);
    expect(judge(call(1, 1, 2), call(1, 1))).toEqual(['may-break', '$.response[1] length-changed']);
  });

  it('compares what a plugin encoded byte by byte', () => {
    const bytes = (...content: number[]) =>
      pactOf(
        [
          {
            type: 'Synchronous/Messages',
            description: 'rpc',
            request: {},
            response: [
              {
                contents: {
                  content: Buffer.from(content).toString('base64'),
                  contentType: 'application/protobuf',
                  encoded: 'base64',
                },
              },
            ],
          },
        ],
        '4.0',
      );
    expect(judge(bytes(8, 255), bytes(8, 255))).toEqual(['cannot-break']);
    expect(judge(bytes(8, 255), bytes(8, 254))).toEqual([
      'may-break',
      '$.response[0].contents.content value-changed',
    ]);
  });
});

describe('what changed around the interactions', () => {
  const pact = pactOf([order]);
  const metadata = (change: Json) => ({ ...pact, metadata: { ...pact.metadata, ...change } });

  it.each<[string, unknown, ...string[]]>([
    [
      'the version of the specification',
      pactOf([order], '3.0.0'),
      'may-break',
      '$.metadata.pactSpecification.version specification-changed',
    ],
    [
      'the same version, told as formerly',
      { ...pact, metadata: { 'pact-specification': { version: '2.0.0' } } },
      'cannot-break',
    ],
    [
      'the library',
      metadata({ 'pact-js': { version: '12' } }),
      'cannot-break',
      "$.metadata['pact-js'] not-verified",
    ],
    ['a plugin', metadata({ plugins: [{ name: 'x' }] }), 'may-break', '$.metadata.plugins plugin-changed'],
    ['a name', { ...pact, consumer: { name: 'App' } }, 'cannot-break', '$.consumer.name not-verified'],
    [
      'what a broker adds',
      { ...pact, createdAt: 'now', _links: {} },
      'cannot-break',
      '$.createdAt not-verified',
      '$._links not-verified',
    ],
    [
      'all interactions',
      { ...pact, interactions: 'none' },
      'may-break',
      '$.interactions other-part-changed',
      '$ interaction-removed',
    ],
  ])('%s', (_what, after, ...expected) => {
    expect(judge(pact, after)).toEqual(expected);
  });

  it('takes what is no pact for something unknown', () => {
    expect(judge({ a: 1 }, { a: 2 })).toEqual(['may-break', '$.a other-part-changed']);
    expect(judge([1], [2])).toEqual(['may-break', '$[0] other-part-changed']);
  });
});

describe('which interaction is which', () => {
  const named = (description: string, path: string, state?: unknown) => ({
    description,
    ...(state === undefined ? {} : { providerStates: [state] }),
    request: { method: 'GET', path },
    response: { status: 200 },
  });
  const outline = (before: readonly unknown[], after: readonly unknown[]) =>
    diffPacts(jsonOf(pactOf(before)), jsonOf(pactOf(after))).interactions.map(
      ({ change, description, places, changes }) => [
        change,
        description,
        places,
        ...changes.map(({ reason }) => reason),
      ],
    );

  it('goes by description and states, whatever the order', () => {
    expect(outline([named('a', '/a'), named('b', '/b')], [named('b', '/x'), named('a', '/a')])).toEqual([
      ['changed', 'b', { before: '$.interactions[1]', after: '$.interactions[0]' }, 'request-changed'],
    ]);
  });

  it('sees additions in their place and removals last', () => {
    expect(outline([named('gone', '/g'), named('a', '/a')], [named('new', '/n'), named('a', '/a')])).toEqual([
      ['added', 'new', { after: '$.interactions[0]' }, 'interaction-added'],
      ['removed', 'gone', { before: '$.interactions[0]' }, 'interaction-removed'],
    ]);
  });

  it('finds one again whose parameters changed, or that is equal under another name', () => {
    const state = (id: number) => ({ name: 'exists', params: { id } });
    expect(outline([named('a', '/a', state(1))], [named('a', '/a2', state(2))])).toMatchObject([
      ['changed', 'a', {}, 'state-changed', 'request-changed'],
    ]);
    expect(outline([named('a', '/a'), named('b', '/b')], [named('z', '/a'), named('y', '/y')])).toMatchObject(
      [
        ['changed', 'z', {}, 'description-changed'],
        ['added', 'y', {}, 'interaction-added'],
        ['removed', 'b', {}, 'interaction-removed'],
      ],
    );
  });

  it('does not mind the key of version 4 in a renamed one', () => {
    const keyed = (description: string, key: string) => ({
      ...named(description, '/'),
      type: 'Synchronous/HTTP',
      key,
    });
    expect(outline([keyed('a', '1')], [keyed('b', '2')])).toMatchObject([
      ['changed', 'b', {}, 'description-changed'],
    ]);
  });

  it('pairs equal ones first among those of one name', () => {
    const before = [named('a', '/1'), named('a', '/2')];
    expect(outline(before, [named('a', '/2')])).toMatchObject([
      ['removed', 'a', { before: '$.interactions[0]' }, 'interaction-removed'],
    ]);
    expect(outline(before, [named('a', '/2'), named('a', '/3'), named('a', '/1')])).toMatchObject([
      ['added', 'a', { after: '$.interactions[1]' }, 'interaction-added'],
    ]);
  });

  it('names the provider states that are new and those that are needed no more', () => {
    const before = pactOf([named('a', '/a', { name: 'old' }), named('b', '/b', { name: 'kept' })]);
    const after = pactOf([named('a', '/a', { name: 'kept' }), named('c', '/c', { name: 'new' })]);
    const { newStates, unneededStates } = diffPacts(jsonOf(before), jsonOf(after));
    expect([newStates, unneededStates]).toEqual([['new'], ['old']]);
  });

  it('shows the values as they stand in the pacts', () => {
    const [interaction] = diffPacts(
      parseJson('{"interactions":[]}'),
      parseJson('{"interactions":[{"description":"a","n":1.50}]}'),
    ).interactions;
    expect(compactJson(interaction?.changes[0]?.after ?? null)).toBe('{"description":"a","n":1.50}');
  });
});

describe('one change is told once', () => {
  const bare = (metadata: unknown) => ({ interactions: [order], metadata });

  it.each<[string, unknown, string[]]>([
    [
      'a version and a client',
      { pactSpecification: { version: '2.0.0' }, client: { name: 'x' } },
      ['$.metadata.pactSpecification.version specification-changed', '$.metadata.client not-verified'],
    ],
    [
      'a version',
      { pactSpecification: { version: '2.0.0' } },
      ['$.metadata.pactSpecification.version specification-changed'],
    ],
    ['plugins', { plugins: [{ name: 'csv' }] }, ['$.metadata.plugins plugin-changed']],
    ['nothing', {}, ['$.metadata not-verified']],
  ])('when metadata of %s goes or comes', (_what, metadata, changes) => {
    expect(judge(bare(metadata), bare(undefined)).slice(1)).toEqual(changes);
    expect(judge(bare(undefined), bare(metadata)).slice(1)).toEqual(changes);
  });
});

describe('a parameter of a provider state that is the same number, written otherwise', () => {
  const pact = (literal: string) =>
    parseJson(`{"interactions":[
      {"description":"a","providerStates":[{"name":"exists","params":{"price":${literal}}}],"request":{"path":"/1"}},
      {"description":"a","providerStates":[{"name":"exists","params":{"price":7}}],"request":{"path":"/2"}}
    ]}`);

  it.each([
    ['19.90', '19.9', 'cannot-break', 'number-rewritten'],
    ['1e2', '1E+2', 'cannot-break', 'number-rewritten'],
    ['20', '20.0', 'may-break', 'state-changed'],
  ])('%s, then %s', (before, after, verdict, reason) => {
    const diff = diffPacts(pact(before), pact(after));
    expect(diff).toMatchObject({ verdict, unchanged: 1, newStates: [], unneededStates: [] });
    expect(diff.interactions).toMatchObject([
      {
        change: 'changed',
        changes: [{ path: '$.providerStates[0].params.price', reason, sameNumber: true }],
      },
    ]);
  });

  it('is no other number', () => {
    expect(diffPacts(pact('19.90'), pact('19.91')).interactions).toMatchObject([
      { changes: [{ path: '$.providerStates', reason: 'state-changed' }] },
    ]);
  });
});
