import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';

type Rules = Record<string, unknown>;

/** A pact of version 3 that expects this body under these rules. */
const expecting = (body: unknown, rules: Rules = {}, contentType?: string) =>
  jsonOf({
    interactions: [
      {
        description: 'd',
        request: { method: 'GET', path: '/' },
        response: {
          status: 200,
          ...(contentType === undefined ? {} : { headers: { 'Content-Type': contentType } }),
          body,
          matchingRules: { body: rules },
        },
      },
    ],
  });

const rule = (...matchers: Rules[]) => ({ combine: 'AND', matchers });
const either = (...matchers: Rules[]) => ({ combine: 'OR', matchers });
const type = rule({ match: 'type' });
const regex = (expression: string) => rule({ match: 'regex', regex: expression });

function judge(before: Parameters<typeof diffPacts>[0], after: Parameters<typeof diffPacts>[0]) {
  const diff = diffPacts(before, after);
  const changes = diff.interactions.flatMap((interaction) => interaction.changes);
  return [
    diff.verdict,
    ...changes.map(
      ({ path, reason }) => `${path.replace('$.response.', '').replace('matchingRules.', '')} ${reason}`,
    ),
  ];
}

describe('values under a rule', () => {
  it.each<[string, unknown, unknown, Rules, ...string[]]>([
    [
      'another example of the type',
      { id: 1 },
      { id: 2 },
      { '$.id': type },
      'cannot-break',
      'body.id example-changed',
    ],
    [
      'an example of another type',
      { id: 1 },
      { id: 'x' },
      { '$.id': type },
      'may-break',
      'body.id type-changed',
    ],
    [
      'another example of a regular expression',
      'a1',
      'b2',
      { $: regex('\\w\\d') },
      'cannot-break',
      'body example-changed',
    ],
    [
      'below a rule for the whole',
      { a: { b: 1 } },
      { a: { b: 2 } },
      { $: type },
      'cannot-break',
      'body.a.b example-changed',
    ],
    [
      'below a wildcard',
      { a: [{ b: 1 }] },
      { a: [{ b: 2 }] },
      { '$.a[*].b': type },
      'cannot-break',
      'body.a[0].b example-changed',
    ],
    [
      'below any name',
      { a: [{ b: 1 }] },
      { a: [{ b: 2 }] },
      { '$.a[*].*': type },
      'cannot-break',
      'body.a[0].b example-changed',
    ],
    ['beside the rule', { a: 1, b: 1 }, { a: 1, b: 2 }, { '$.a': type }, 'may-break', 'body.b value-changed'],
    [
      'equality inside of a type',
      { a: 1 },
      { a: 2 },
      { $: type, '$.a': rule({ match: 'equality' }) },
      'may-break',
      'body.a value-changed',
    ],
    [
      'a quoted name',
      { 'a.b': 1 },
      { 'a.b': 2 },
      { "$['a.b']": type },
      'cannot-break',
      "body['a.b'] example-changed",
    ],
    ['an exact index', [1, 2], [1, 3], { '$[1]': type }, 'cannot-break', 'body[1] example-changed'],
    ['another index', [1, 2], [3, 2], { '$[1]': type }, 'may-break', 'body[0] value-changed'],
    [
      'a field less, all the same',
      { a: 1, b: 1 },
      { a: 1 },
      { $: type },
      'cannot-break',
      'body.b expectation-removed',
    ],
    [
      'a field more, all the same',
      { a: 1 },
      { a: 1, b: 1 },
      { $: type },
      'may-break',
      'body.b expectation-added',
    ],
    [
      'an example more in a list of a type',
      [{ a: 1 }],
      [{ a: 1 }, { a: 2 }],
      { $: type },
      'cannot-break',
      'body[1] example-changed',
      'body[1].a example-changed',
    ],
    [
      'an example less in a list of a type',
      [1, 2],
      [1],
      { $: type },
      'cannot-break',
      'body[1] example-changed',
      'body[1] example-changed',
    ],
    [
      'an example of another shape',
      [{ a: 1 }],
      [{ a: 1 }, { a: 2, b: 1 }],
      { $: type },
      'may-break',
      'body[1] example-changed',
      'body[1].a example-changed',
      'body[1].b expectation-added',
    ],
    ['an example for a list without', [], [1], { $: type }, 'may-break', 'body[0] expectation-added'],
    ['no example for a list', [1], [], { $: type }, 'cannot-break', 'body[0] expectation-removed'],
    [
      'another variant of arrayContains',
      [1],
      [2],
      { $: rule({ match: 'arrayContains', variants: [] }) },
      'may-break',
      'body[0] value-changed',
    ],
    [
      'another key where keys are free',
      { a: 1 },
      { b: 1 },
      { $: rule({ match: 'values' }), '$.*': type },
      'cannot-break',
      'body.a example-changed',
      'body.b example-changed',
    ],
    [
      'another value where each counts',
      { a: 1 },
      { a: 2 },
      { $: rule({ match: 'eachValue', rules: [{ match: 'type' }] }) },
      'cannot-break',
      'body.a example-changed',
    ],
    [
      'a value where only keys are ruled',
      { a: 1 },
      { a: 2 },
      { $: rule({ match: 'eachKey', rules: [] }) },
      'may-break',
      'body.a value-changed',
    ],
    [
      'an exact name before any name',
      { '#id': 1 },
      { '#id': 2 },
      { '$.*': type, '$.#id': rule({ match: 'equality' }) },
      'may-break',
      "body['#id'] value-changed",
    ],
    [
      'a name above before any name below',
      { a: { b: 1 } },
      { a: { b: 2 } },
      { '$.a': type, '$.*.*': rule({ match: 'equality' }) },
      'cannot-break',
      'body.a.b example-changed',
    ],
    [
      'a longer path before a more exact one',
      { a: { b: { c: 1 } } },
      { a: { b: { c: 2 } } },
      { '$.a.b': type, '$.*.b.c': rule({ match: 'equality' }) },
      'may-break',
      'body.a.b.c value-changed',
    ],
    [
      'any item is no member',
      { a: { b: 1 } },
      { a: { b: 2 } },
      { '$.a[*]': type },
      'may-break',
      'body.a.b value-changed',
    ],
    [
      'an item of arrayContains, which has its own rules',
      [{ id: 1 }],
      [{ id: 2 }],
      { $: rule({ match: 'arrayContains', variants: [] }), '$[*].id': type },
      'may-break',
      'body[0].id value-changed',
    ],
    ['text that becomes XML', 'a', '<a/>', { $: type }, 'may-break', 'body value-changed'],
    ['an element of XML', '<a>1</a>', '<a>2</a>', { $: type }, 'may-break', 'body value-changed'],
  ])('%s', (_what, before, after, rules, ...expected) => {
    expect(judge(expecting(before, rules), expecting(after, rules))).toEqual(expected);
  });
});

describe('rules that change over the same example', () => {
  const email = { a: 'x@y' };

  it.each<[string, unknown, Rules, Rules, string, ...string[]]>([
    ['exact to type', { a: 1 }, {}, { '$.a': type }, 'loosened', "body['$.a']"],
    ['type to exact', { a: 1 }, { '$.a': type }, {}, 'tightened', "body['$.a']"],
    ['exact to a regular expression', email, {}, { '$.a': regex('.+@.+') }, 'loosened', "body['$.a']"],
    [
      'a regular expression to type',
      email,
      { '$.a': regex('.+@.+') },
      { '$.a': type },
      'loosened',
      "body['$.a']",
    ],
    [
      'type to a regular expression',
      email,
      { '$.a': type },
      { '$.a': regex('.+@.+') },
      'tightened',
      "body['$.a']",
    ],
    [
      'another regular expression',
      email,
      { '$.a': regex('.+@.+') },
      { '$.a': regex('.*@.*') },
      'changed',
      "body['$.a']",
    ],
    [
      'integer to number',
      { a: 1 },
      { '$.a': rule({ match: 'integer' }) },
      { '$.a': rule({ match: 'number' }) },
      'loosened',
      "body['$.a']",
    ],
    [
      'number to decimal',
      { a: 1.5 },
      { '$.a': rule({ match: 'number' }) },
      { '$.a': rule({ match: 'decimal' }) },
      'tightened',
      "body['$.a']",
    ],
    [
      'type to number',
      { a: 1 },
      { '$.a': type },
      { '$.a': rule({ match: 'number' }) },
      'reworded',
      "body['$.a']",
    ],
    [
      'integer to decimal',
      { a: 1 },
      { '$.a': rule({ match: 'integer' }) },
      { '$.a': rule({ match: 'decimal' }) },
      'changed',
      "body['$.a']",
    ],
    [
      'exact to what includes',
      email,
      {},
      { '$.a': rule({ match: 'include', value: '@' }) },
      'loosened',
      "body['$.a']",
    ],
    ['an explicit equality', { a: 1 }, {}, { '$.a': rule({ match: 'equality' }) }, 'reworded', "body['$.a']"],
    [
      'a list may be shorter',
      [1],
      { $: rule({ match: 'type', min: 2 }) },
      { $: rule({ match: 'type', min: 1 }) },
      'loosened',
      "body['$']",
    ],
    [
      'a list must be longer',
      [1],
      { $: rule({ match: 'type', min: 1 }) },
      { $: rule({ match: 'type', min: 2 }) },
      'tightened',
      "body['$']",
    ],
    [
      'a list is bounded above',
      [1],
      { $: type },
      { $: rule({ match: 'type', max: 3 }) },
      'tightened',
      "body['$']",
    ],
    [
      'bounds both ways',
      [1],
      { $: rule({ match: 'type', min: 1 }) },
      { $: rule({ match: 'type', max: 3 }) },
      'changed',
      "body['$']",
    ],
    ['a list of its length to one of any', [1], {}, { $: type }, 'loosened', "body['$']"],
    [
      'a list of its length to a longer one',
      [1],
      {},
      { $: rule({ match: 'type', min: 2 }) },
      'changed',
      "body['$']",
    ],
    [
      'a rule that the one around it says already',
      { a: 1 },
      { $: type, '$.a': type },
      { $: type },
      'reworded',
      "body['$.a']",
    ],
    [
      'a rule stricter than the one around it, gone',
      email,
      { $: type, '$.a': regex('x') },
      { $: type },
      'loosened',
      "body['$.a']",
    ],
    [
      'a condition more',
      email,
      { '$.a': type },
      { '$.a': rule({ match: 'type' }, { match: 'include', value: '@' }) },
      'tightened',
      "body['$.a']",
    ],
    [
      'a condition less',
      email,
      { '$.a': rule({ match: 'type' }, { match: 'include', value: '@' }) },
      { '$.a': type },
      'loosened',
      "body['$.a']",
    ],
    [
      'an alternative more',
      email,
      { '$.a': regex('x') },
      { '$.a': either({ match: 'regex', regex: 'x' }, { match: 'null' }) },
      'loosened',
      "body['$.a']",
    ],
    [
      'an alternative less',
      email,
      { '$.a': either({ match: 'regex', regex: 'x' }, { match: 'null' }) },
      { '$.a': regex('x') },
      'tightened',
      "body['$.a']",
    ],
    [
      'all to any',
      email,
      { '$.a': rule({ match: 'regex', regex: 'x' }, { match: 'regex', regex: 'y' }) },
      { '$.a': either({ match: 'regex', regex: 'x' }, { match: 'regex', regex: 'y' }) },
      'loosened',
      "body['$.a']",
    ],
    [
      'matchers in another order',
      email,
      { '$.a': rule({ match: 'type' }, { match: 'notEmpty' }) },
      { '$.a': rule({ match: 'notEmpty' }, { match: 'type' }) },
      'none',
    ],
    ['a rule without matchers', email, {}, { '$.a': rule() }, 'none'],
    [
      'a date in other words',
      { a: '2020-01-01' },
      { '$.a': rule({ match: 'date', date: 'yyyy' }) },
      { '$.a': rule({ match: 'date', format: 'yyyy' }) },
      'none',
    ],
    [
      'an object that must not be empty',
      { a: { b: 1 } },
      {},
      { '$.a': rule({ match: 'notEmpty' }) },
      'tightened',
      "body['$.a']",
    ],
    [
      'loosened here, tightened there',
      { a: { b: 1, c: 'x' } },
      { '$.a.*': regex('x') },
      { '$.a.*': rule({ match: 'number' }) },
      'changed',
      "body['$.a.*']",
    ],
    [
      'an unknown matcher on an object',
      { a: {} },
      {},
      { '$.a': rule({ match: 'magic' }) },
      'changed',
      "body['$.a']",
    ],
    [
      'an unknown matcher on a list',
      { a: [1] },
      {},
      { '$.a': rule({ match: 'magic' }) },
      'changed',
      "body['$.a']",
    ],
    ['a matcher for values on an object', { a: {} }, {}, { '$.a': regex('x') }, 'reworded', "body['$.a']"],
    [
      'an alternative for another',
      email,
      { '$.a': either({ match: 'regex', regex: 'x' }, { match: 'null' }) },
      { '$.a': either({ match: 'regex', regex: 'y' }, { match: 'null' }) },
      'changed',
      "body['$.a']",
    ],
    [
      'bounds of a list around do not hold inside',
      [[1]],
      { $: rule({ match: 'type', min: 1 }) },
      { $: rule({ match: 'type', min: 1 }), '$[*]': type },
      'reworded',
      "body['$[*]']",
    ],
    [
      'free keys around do not hold inside',
      { a: { b: 1 } },
      { $: rule({ match: 'values' }) },
      { $: rule({ match: 'values' }), '$.a': type },
      'loosened',
      "body['$.a']",
    ],
    ['a rule for what is not there', { a: 1 }, {}, { '$.b': type }, 'changed', "body['$.b']"],
  ])('%s', (_what, body, before, after, judgement, ...paths) => {
    const alarming = judgement === 'tightened' || judgement === 'changed';
    expect(judge(expecting(body, before), expecting(body, after))).toEqual([
      alarming ? 'may-break' : 'cannot-break',
      ...paths.map((path) => `${path} rule-${judgement}`),
    ]);
  });

  it('goes with the field it was for', () => {
    const [bare, ruled] = [expecting({ a: 1 }), expecting({ a: 1, b: { c: 1 } }, { '$.b.c': type })];
    expect(judge(ruled, bare)).toEqual([
      'cannot-break',
      'body.b expectation-removed',
      "body['$.b.c'] expectation-removed",
    ]);
    expect(judge(bare, ruled)).toEqual([
      'may-break',
      'body.b expectation-added',
      "body['$.b.c'] expectation-added",
    ]);
  });

  it('that loosen let the example change as well', () => {
    expect(judge(expecting({ a: 1 }), expecting({ a: 2 }, { '$.a': type }))).toEqual([
      'cannot-break',
      'body.a rule-loosened',
      "body['$.a'] rule-loosened",
    ]);
    expect(judge(expecting({ a: 1 }, { '$.a': type }), expecting({ a: 2 }))).toEqual([
      'may-break',
      'body.a rule-tightened',
      "body['$.a'] rule-tightened",
    ]);
  });

  it('cannot be followed into what is not JSON', () => {
    const form = (rules: Rules) => expecting('a=1', rules, 'application/x-www-form-urlencoded');
    expect(judge(form({}), form({ $: type }))).toEqual(['may-break', "body['$'] rule-changed"]);
  });
});

describe('rules of other places and versions', () => {
  const response = (part: Rules, version2 = false) =>
    jsonOf({
      interactions: [{ description: 'd', ...(version2 ? {} : { type: 'Synchronous/HTTP' }), response: part }],
    });

  it('reads version 2 as it reads the later ones', () => {
    const old = { body: { items: [{ id: 1 }] }, headers: { 'X-Id': 'a' } };
    const two = response(
      {
        ...old,
        matchingRules: {
          '$.body.items': { min: 1 },
          '$.body.items[*].id': { match: 'type' },
          "$.headers['X-Id']": { regex: 'a|b' },
        },
      },
      true,
    );
    const three = response(
      {
        ...old,
        matchingRules: {
          body: { '$.items': rule({ match: 'type', min: 1 }), '$.items[*].id': type },
          header: { 'X-Id': regex('a|b') },
        },
      },
      true,
    );
    expect(judge(two, three)).toEqual(['cannot-break']);
  });

  it('knows those of headers, status and metadata', () => {
    const withHeader = (value: string, rules: Rules) =>
      response({ headers: { 'X-Id': value }, matchingRules: { header: rules } });
    expect(judge(withHeader('a', { 'x-id': regex('.') }), withHeader('b', { 'X-Id': regex('.') }))).toEqual([
      'cannot-break',
      "headers['X-Id'] example-changed",
    ]);
    expect(judge(withHeader('a', {}), withHeader('a', { 'X-Id': regex('.') }))).toEqual([
      'cannot-break',
      "header['X-Id'] rule-loosened",
    ]);
    expect(judge(withHeader('a', {}), withHeader('a', { 'X-Id': [regex('.')] }))).toEqual([
      'may-break',
      "header['X-Id'] rule-changed",
    ]);
    const withStatus = (status: number, match?: unknown) =>
      response({
        status,
        matchingRules: match ? { status: { $: rule({ match: 'statusCode', status: match }) } } : {},
      });
    expect(judge(withStatus(200), withStatus(201, 'success'))).toEqual([
      'cannot-break',
      'status rule-loosened',
      "status['$'] rule-loosened",
    ]);
    expect(judge(withStatus(200, 'success'), withStatus(200, [200, 201]))).toEqual([
      'may-break',
      "status['$'] rule-tightened",
    ]);
    expect(judge(withStatus(404), withStatus(404, 'success'))).toEqual([
      'may-break',
      "status['$'] rule-changed",
    ]);
  });
});
