import { describe, expect, it } from 'vitest';
import { isJsonObject, jsonOf } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';
import { likelyGenerated } from '../../src/query/diff-generated.ts';
import { stateNames } from '../../src/query/diff-interaction.ts';

type Members = Readonly<Record<string, unknown>>;

/** The verdict, and each change with its path and reason. */
function judge(before: unknown, after: unknown): readonly string[] {
  const { verdict, document, interactions } = diffPacts(jsonOf(before), jsonOf(after));
  const changes = [...document, ...interactions.flatMap((interaction) => interaction.changes)];
  return [verdict, ...changes.map(({ path, reason }) => `${path} ${reason}`)];
}

const http = (members: Members) => ({
  interactions: [{ description: 'd', request: { method: 'GET', path: '/' }, ...members }],
});
const request = (members: Members) => http({ request: { method: 'GET', path: '/', ...members } });
const response = (members: Members, type?: string) =>
  http({ ...(type ? { type } : {}), response: { status: 200, ...members } });

describe('requests that are the same, written otherwise', () => {
  it.each<[what: string, before: Members, after: Members]>([
    ['the method in another case', { method: 'get' }, { method: 'GET' }],
    ['a query as a text and as an object', { query: 'a=1&b=2&a=3' }, { query: { b: ['2'], a: ['1', '3'] } }],
    ['a query value alone and in a list', { query: { a: '1' } }, { query: { a: ['1'] } }],
    ['no query and an empty one', {}, { query: null }],
    ['no query and an empty text', {}, { query: '' }],
    ['a header in another case', { headers: { Accept: 'x' } }, { headers: { accept: 'x' } }],
    ['a header in parts', { headers: { Accept: ['x', 'y'] } }, { headers: { Accept: 'x, y' } }],
  ])('%s', (_what, before, after) => {
    expect(judge(request(before), request(after))[0]).toBe('cannot-break');
  });

  it.each<[what: string, before: Members, after: Members, ...changes: string[]]>([
    ['another method', {}, { method: 'PUT' }, '$.request.method request-changed'],
    ['a method that is no text', {}, { method: 1 }, '$.request.method request-changed'],
    ['a parameter more', { query: 'a=1' }, { query: 'a=1&b=2' }, '$.request.query.b[0] request-changed'],
    ['a parameter less', { query: 'a=1&b=2' }, { query: 'a=1' }, '$.request.query.b[0] request-changed'],
    [
      'another order of values',
      { query: 'a=1&a=2' },
      { query: 'a=2&a=1' },
      '$.request.query.a[0] request-changed',
      '$.request.query.a[1] request-changed',
    ],
    ['a query that is none', {}, { query: 5 }, "$.request.query[''][0] request-changed"],
    ['a header more', {}, { headers: { A: 'x' } }, '$.request.headers.A request-changed'],
    ['a header less', { headers: { A: 'x' } }, {}, '$.request.headers.A request-changed'],
    [
      'a header value',
      { headers: { A: 'x' } },
      { headers: { A: 'y' } },
      '$.request.headers.A request-changed',
    ],
    ['a body', {}, { body: { a: 1 } }, '$.request.body request-changed'],
    ['no body', { body: 1 }, {}, '$.request.body request-changed'],
  ])('%s', (_what, before, after, ...changes) => {
    expect(judge(request(before), request(after)).slice(1)).toEqual(changes);
  });
});

describe('the content of version 4, which is wrapped', () => {
  const type = 'Synchronous/HTTP';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const wrapped = (content: unknown, contentType?: string, encoded?: unknown) => {
    const members = {
      content,
      ...(contentType ? { contentType } : {}),
      ...(encoded === undefined ? {} : { encoded }),
    };
    return response({ body: members }, type);
  };
  const json = 'application/json';
  const text = '{"a":{"b":1}}';

  it.each<[what: string, before: unknown, after: unknown, ...changes: string[]]>([
    [
      'as it is',
      wrapped({ a: 1 }, json),
      wrapped({ a: 2 }, json, false),
      '$.response.body.content.a value-changed',
    ],
    [
      'as a text of JSON',
      wrapped(text, json, 'JSON'),
      wrapped(text.replace('1', '2'), json, 'JSON'),
      '$.response.body.content.a.b value-changed',
    ],
    [
      'as a text of JSON, whatever the type says',
      wrapped(text, 'x/y', 'json'),
      wrapped(text.replace('1', '2'), 'x/y', 'json'),
      '$.response.body.content.a.b value-changed',
    ],
    [
      'as base64 of JSON',
      wrapped(base64(text), json, true),
      wrapped(base64(text.replace('1', '2')), json, true),
      '$.response.body.content.a.b value-changed',
    ],
    [
      'as base64 of JSON of a special kind',
      wrapped(base64(text), 'application/hal+json', 'base64'),
      wrapped(base64(text.replace('1', '2')), 'application/hal+json', 'base64'),
      '$.response.body.content.a.b value-changed',
    ],
    [
      'as base64 of text',
      wrapped(base64(text), 'text/plain', true),
      wrapped(base64(text.replace('1', '2')), 'text/plain', true),
      '$.response.body.content value-changed',
    ],
    [
      'as base64 of no JSON at all',
      wrapped(base64('{a'), json, true),
      wrapped(base64('{b'), json, true),
      '$.response.body.content value-changed',
    ],
    [
      'as bytes',
      wrapped('gICA', json, true),
      wrapped('gICB', json, true),
      '$.response.body.content value-changed',
    ],
    [
      'of another type',
      wrapped('a', 'text/plain'),
      wrapped('a', 'text/html'),
      '$.response.body.contentType value-changed',
    ],
  ])('%s', (_what, before, after, ...changes) => {
    expect(judge(before, after).slice(1)).toEqual(changes);
  });

  it('is not there without a content', () => {
    const none = response({ body: {} }, type);
    expect(judge(none, response({}, type))[0]).toBe('cannot-break');
    expect(judge(none, wrapped({ a: 1 }, json))).toContain('$.response.body.content expectation-added');
  });

  it('is plain without the type of version 4', () => {
    const plain = (content: unknown) => response({ body: { content } });
    expect(judge(plain(1), plain(2))).toEqual(['may-break', '$.response.body.content value-changed']);
  });
});

describe('what lies around the interactions', () => {
  const pact = http({});
  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    [
      'what a broker adds',
      pact,
      { ...pact, createdAt: 'x', _links: {} },
      'cannot-break',
      '$.createdAt not-verified',
      '$._links not-verified',
    ],
    ['what nobody knows, in a pact', pact, { ...pact, odd: 1 }, 'cannot-break', '$.odd not-verified'],
    [
      'in a pact of messages',
      { messages: [] },
      { messages: [], odd: 1 },
      'cannot-break',
      '$.odd not-verified',
    ],
    ['in what is no pact', { a: 1 }, { a: 1, odd: 1 }, 'may-break', '$.odd other-part-changed'],
    [
      'in what becomes a pact',
      { odd: 1 },
      { interactions: [], odd: 2 },
      'may-break',
      '$.odd other-part-changed',
    ],
    [
      'in what ceases to be one',
      { interactions: [], odd: 1 },
      { odd: 2 },
      'may-break',
      '$.odd other-part-changed',
    ],
    [
      'interactions that are no list',
      { interactions: 1 },
      { interactions: 2 },
      'may-break',
      '$.interactions other-part-changed',
    ],
    [
      'messages that are no list, in a pact',
      { ...pact, messages: 1 },
      { ...pact, messages: 2 },
      'may-break',
      '$.messages other-part-changed',
    ],
    [
      'a list of what is none',
      { messages: [1, {}] },
      { messages: [2, {}] },
      'may-break',
      '$.messages[0] other-part-changed',
    ],
    ['no object at all', 1, {}, 'may-break', '$ other-part-changed'],
    ['no object any more', {}, [], 'may-break', '$ other-part-changed'],
    [
      'metadata that is none',
      { ...pact, metadata: 1 },
      { ...pact, metadata: 2 },
      'cannot-break',
      '$.metadata not-verified',
    ],
  ])('%s', (_what, before, after, ...told) => {
    expect(judge(before, after)).toEqual(told);
  });
});

describe('the answers of a synchronous message', () => {
  const message = (answers?: unknown) => ({
    interactions: [
      {
        type: 'Synchronous/Messages',
        description: 'd',
        request: {},
        ...(answers === undefined ? {} : { response: answers }),
      },
    ],
  });
  const answer = (content: unknown) => ({
    contents: { content, contentType: 'application/json', encoded: false },
  });

  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    ['none and null', message(), message(null), 'cannot-break'],
    ['one alone and in a list', message(answer(1)), message([answer(1)]), 'cannot-break'],
    ['one more', message(), message(answer(1)), 'may-break', '$.response[0] length-changed'],
    [
      'one less',
      message([answer(1), answer(2)]),
      message([answer(1)]),
      'may-break',
      '$.response[1] length-changed',
    ],
    [
      'another',
      message([answer(1)]),
      message([answer(2)]),
      'may-break',
      '$.response[0].contents.content value-changed',
    ],
  ])('%s', (_what, before, after, ...told) => {
    expect(judge(before, after)).toEqual(told);
  });
});

describe('the labels of an interaction', () => {
  const name = (members: Members) => ({ interactions: [{ request: { path: '/' }, ...members }] });

  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    [
      'another description',
      name({ description: 'a' }),
      name({ description: 'b' }),
      'cannot-break',
      '$.description description-changed',
    ],
    ['waits now', http({}), http({ pending: true }), 'cannot-break', '$.pending pending-begun'],
    [
      'waits no more',
      http({ pending: true }),
      http({ pending: false }),
      'may-break',
      '$.pending pending-ended',
    ],
    ['never waited', http({}), http({ pending: false }), 'cannot-break'],
    ['a comment', http({}), http({ comments: { text: 'x' } }), 'cannot-break', '$.comments not-verified'],
    [
      'a plugin',
      http({}),
      http({ pluginConfiguration: { a: 1 } }),
      'may-break',
      '$.pluginConfiguration plugin-changed',
    ],
    ['what nobody knows', http({}), http({ odd: 1 }), 'may-break', '$.odd other-part-changed'],
  ])('%s', (_what, before, after, ...told) => {
    expect(judge(before, after)).toEqual(told);
  });

  it.each<[members: Members, names: readonly string[]]>([
    [{}, []],
    [{ providerState: 's' }, ['s']],
    [{ providerStates: [{ name: 's' }, { name: 't', params: {} }] }, ['s', 't']],
    [{ providerStates: [{ name: 's', params: { b: 1, a: [2] } }] }, ['s {"a":[2],"b":1}']],
    [{ providerStates: [{ name: 's', params: 5 }] }, ['s']],
    [{ providerStates: [{ name: 5 }, { odd: 1 }, 'text'] }, ['5', '{"odd":1}', 'text']],
  ])('tell the states of %j', (members, names) => {
    const interaction = jsonOf(members);
    expect(isJsonObject(interaction) && stateNames(interaction)).toEqual(names);
  });
});

describe('numbers that look generated', () => {
  it.each<[before: unknown, after: unknown, kind: string | undefined]>([
    [1600000000000, 1600000000001, 'epoch-milliseconds'],
    [1600000000000.25, 1600000000001.125, 'epoch-milliseconds'],
    [1600000000, 1600000001, 'epoch-seconds'],
    [1600000000.25, 1600000001.125, 'epoch-seconds'],
    [21600000000, 21600000001, 'random-number'],
    [16000000000001, 16000000000002, 'random-number'],
    [21600000000001, 21600000000002, 'random-number'],
    [-54321, 12345, 'random-number'],
    [12.34567, 123.456789, 'random-number'],
    [1234, 4321, undefined],
    [12.345, 54.321, undefined],
    [12345.5, 54321.5, undefined],
    [12345, '54321', undefined],
    ['54321', 12345, undefined],
  ])('%j and %j: %s', (before, after, kind) => {
    const found = likelyGenerated(jsonOf(response({ body: before })), jsonOf(response({ body: after })));
    expect(found.map((value) => value.kind)).toEqual(kind ? [kind] : []);
  });

  it('are not those that came or went, with or without their interaction', () => {
    const one = jsonOf(response({ body: { a: 12345 } }));
    expect(likelyGenerated(one, jsonOf(response({ body: {} })))).toEqual([]);
    expect(likelyGenerated(jsonOf(response({ body: {} })), one)).toEqual([]);
    expect(likelyGenerated(one, jsonOf({ interactions: [] }))).toEqual([]);
    expect(likelyGenerated(jsonOf({ interactions: [] }), one)).toEqual([]);
  });
});
