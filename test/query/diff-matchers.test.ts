import { describe, expect, it } from 'vitest';
import { JsonNumber, jsonOf } from '../../src/domain/json.ts';
import { type Expectation, type Relation, relate } from '../../src/query/diff-looseness.ts';
import { ruleKey, rulesIn } from '../../src/query/diff-rules.ts';

type Matcher = Readonly<Record<string, unknown>>;

/** What is expected of a value: its example, and the matchers that all (or with `OR`, of which one) must hold. */
function expecting(example: unknown, matchers: readonly Matcher[], combine = 'AND'): Expectation {
  const rules = rulesIn(jsonOf({ body: { $: { combine, matchers } } }), '$');
  return { example: jsonOf(example), rule: rules.get(ruleKey('body', '$')), inherited: false };
}
const exactly = (example: unknown) => expecting(example, []);
const by = (match: string, example: unknown, more: Matcher = {}) => expecting(example, [{ match, ...more }]);
const either = (example: unknown, ...matchers: string[]) =>
  expecting(
    example,
    matchers.map((match) => ({ match })),
    'OR',
  );
const inside = (expectation: Expectation): Expectation => ({ ...expectation, inherited: true });

const opposite: Readonly<Record<Relation, Relation>> = {
  same: 'same',
  looser: 'tighter',
  tighter: 'looser',
  other: 'other',
};

/** Every case both ways round: what is looser one way is tighter the other. */
function relations(cases: readonly (readonly [what: string, Expectation, Expectation, Relation])[]) {
  it.each(cases)('%s', (_what, before, after, relation) => {
    expect(relate(before, after)).toBe(relation);
    expect(relate(after, before)).toBe(opposite[relation]);
  });
}

describe('one value becomes every value of a matcher that it fits', () => {
  relations([
    ['a number, of any number', exactly(1.5), by('number', 2), 'looser'],
    ['a text, of a number', exactly('1'), by('number', 1), 'other'],
    ['an integer, of integers', exactly(1), by('integer', 2), 'looser'],
    ['a fraction, of integers', exactly(1.5), by('integer', 2), 'other'],
    ['a text, of integers', exactly('1'), by('integer', 2), 'other'],
    ['a fraction, of decimals', exactly(1.5), by('decimal', 2.5), 'looser'],
    ['an integer, of decimals', exactly(1), by('decimal', 2.5), 'other'],
    ['a text, of decimals', exactly('1.5'), by('decimal', 2.5), 'other'],
    ['a truth, of booleans', exactly(true), by('boolean', false), 'looser'],
    ['a text, of booleans', exactly('true'), by('boolean', true), 'other'],
    ['nothing, of nothing', exactly(null), by('null', null), 'looser'],
    ['a text, of nothing', exactly('null'), by('null', null), 'other'],
    ['a value, of its type', exactly(1), by('type', 2), 'looser'],
    ['a value, of another type', exactly(1), by('type', '2'), 'other'],
    ['a text, of those that include a part', exactly('abc'), by('include', 'xbx', { value: 'b' }), 'looser'],
    ['a text, without that part', exactly('ac'), by('include', 'xbx', { value: 'b' }), 'other'],
    ['a number, by its digits', exactly(123), by('include', 'x2x', { value: '2' }), 'looser'],
    [
      'the example of an expression that is not run',
      exactly('a'),
      by('regex', 'a', { regex: '.' }),
      'looser',
    ],
    ['another text than that', exactly('b'), by('regex', 'a', { regex: '.' }), 'other'],
    ['the example of a matcher that is not known', exactly('1'), by('luhn', '1'), 'looser'],
    ['another text than that of it', exactly('2'), by('luhn', '1'), 'other'],
    ['the same number, written otherwise', exactly(1.5), by('equality', 1.5), 'same'],
    ['a whole number, as a fraction', exactly(jsonOf(1)), by('equality', '1'), 'other'],
    ['another value, by equality', exactly(1), by('equality', 2), 'other'],
    ['a status, of its class', exactly(404), by('statusCode', 400, { status: 'clientError' }), 'looser'],
    ['a status, of another class', exactly(404), by('statusCode', 500, { status: 'serverError' }), 'other'],
    ['a status, of a list', exactly(404), by('statusCode', 400, { status: [400, 404] }), 'looser'],
    ['a status, not of the list', exactly(405), by('statusCode', 400, { status: [400, 404] }), 'other'],
    ['a status, of no known class', exactly(404), by('statusCode', 404, { status: 'odd' }), 'looser'],
  ]);
});

describe('the values of one matcher become those of another', () => {
  relations([
    ['integers, numbers', by('integer', 1), by('number', 1), 'looser'],
    ['decimals, numbers', by('decimal', 1.5), by('number', 1.5), 'looser'],
    ['integers, decimals', by('integer', 1), by('decimal', 1.5), 'other'],
    ['numbers, the type of numbers', by('number', 1), by('type', 2), 'same'],
    ['integers, the type of numbers', by('integer', 1), by('type', 2), 'looser'],
    ['integers, the type of texts', by('integer', 1), by('type', 'x'), 'other'],
    ['the type of truths, booleans', by('type', true), by('boolean', false), 'looser'],
    ['the type of texts, booleans', by('type', 'x'), by('boolean', true), 'other'],
    ['the type of truths, numbers', by('type', true), by('number', 1), 'other'],
    ['the type of numbers, booleans', by('type', 1), by('boolean', true), 'other'],
    ['nothing, the type of nothing', by('null', null), by('type', null), 'looser'],
    ['dates, the type of texts', by('date', '2020-01-01'), by('type', 'x'), 'looser'],
    ['dates, the type of numbers', by('date', '2020-01-01'), by('type', 1), 'other'],
    [
      'an expression for a number, the type of texts',
      by('regex', 1, { regex: '.' }),
      by('type', 'x'),
      'other',
    ],
    ['what is not known, its type', by('luhn', '1'), by('type', '1'), 'other'],
    ['one expression, itself', by('regex', 'a', { regex: '.' }), by('regex', 'b', { regex: '.' }), 'same'],
    ['one expression, another', by('regex', 'a', { regex: '.' }), by('regex', 'a', { regex: '..' }), 'other'],
    [
      'some statuses, more',
      by('statusCode', 200, { status: [200, 201] }),
      by('statusCode', 200, { status: 'success' }),
      'looser',
    ],
    [
      'the good, all but the bad',
      by('statusCode', 200, { status: 'success' }),
      by('statusCode', 200, { status: 'nonError' }),
      'looser',
    ],
    [
      'the last of a class, the class',
      by('statusCode', 299, { status: [299] }),
      by('statusCode', 200, { status: 'success' }),
      'looser',
    ],
    [
      'a class and the next, the class',
      by('statusCode', 299, { status: [299, 300] }),
      by('statusCode', 200, { status: 'success' }),
      'other',
    ],
    ['a status, a number', by('statusCode', 200, { status: 'success' }), by('number', 200), 'other'],
  ]);
});

describe('several matchers', () => {
  const expression = { match: 'regex', regex: '.' };
  const partAndExpression = expecting('a', [{ match: 'include', value: 'a' }, expression]);

  relations([
    ['all of two, one of them', partAndExpression, by('regex', 'a', { regex: '.' }), 'looser'],
    [
      'all of two, where one holds the other',
      expecting('a', [{ match: 'type' }, expression]),
      by('regex', 'a', { regex: '.' }),
      'same',
    ],
    ['all of two, a third', partAndExpression, by('regex', 'a', { regex: 'x' }), 'other'],
    ['any of two, one that holds both', either(1, 'integer', 'decimal'), by('number', 1), 'looser'],
    ['any of two, one of them', either(1, 'integer', 'null'), by('integer', 1), 'tighter'],
    ['any of two, what holds one', either(1, 'integer', 'null'), by('number', 1), 'other'],
    [
      'any of two, any of three',
      either(1, 'integer', 'null'),
      either(1, 'integer', 'null', 'boolean'),
      'looser',
    ],
    ['any of two, any of two others', either(1, 'integer', 'null'), either(1, 'integer', 'boolean'), 'other'],
    ['a value, any of two', exactly(1), either(1, 'integer', 'null'), 'looser'],
    ['a value, any of two that it is none of', exactly('x'), either(1, 'integer', 'null'), 'other'],
    ['any of one is that one', either(1, 'integer'), by('integer', 1), 'same'],
  ]);
});

describe('the length of a list', () => {
  const list = [1, 2];
  const eachInteger = { rules: [{ match: 'integer' }] };

  relations([
    ['becomes free by the type', exactly(list), by('type', list), 'looser'],
    ['is that of the example without', exactly([1]), exactly(list), 'other'],
    ['is that of the example by equality', by('equality', [1]), by('equality', list), 'other'],
    ['is bounded below', by('type', list), by('type', list, { min: 1 }), 'tighter'],
    ['is bounded further', by('type', list, { min: 1 }), by('type', list, { min: 2 }), 'tighter'],
    ['is bounded above', by('type', list, { max: 5 }), by('type', list, { max: 3 }), 'tighter'],
    ['is bounded on either side', by('type', list, { min: 1 }), by('type', list, { max: 3 }), 'other'],
    ['is one at least if not empty', by('notEmpty', list), by('type', list, { min: 1 }), 'same'],
    [
      'takes the narrower of two bounds',
      expecting(list, [{ match: 'type', min: 2 }, { match: 'notEmpty' }]),
      by('type', list, { min: 2 }),
      'same',
    ],
    ['is not that of one list for another matcher', by('arrayContains', list), by('type', list), 'other'],
    ['is free for the same matcher', by('arrayContains', list), by('arrayContains', [1]), 'same'],
    ['is not known for any of two', either(list, 'type', 'notEmpty'), by('type', list), 'other'],
    ['is not bounded from outside', inside(by('type', list, { min: 3 })), inside(by('type', list)), 'same'],
    ['is not empty from outside', inside(by('notEmpty', list)), inside(by('type', list)), 'looser'],
    [
      'is that of the example below a matcher of another list',
      inside(by('arrayContains', list)),
      exactly(list),
      'same',
    ],
    ['below each value, too', inside(by('eachValue', list, eachInteger)), exactly(list), 'same'],
    ['is never that of another kind', by('type', list), by('type', { a: 1 }), 'other'],
    ['nor of one value', by('type', list), by('type', 1), 'other'],
  ]);
});

describe('the members of an object', () => {
  const object = { a: 1 };

  relations([
    [
      'may be any besides the expected, with or without the type',
      exactly(object),
      by('type', object),
      'same',
    ],
    ['may be bounded', exactly(object), by('type', object, { min: 1 }), 'tighter'],
    ['may be bounded above', exactly(object), by('type', object, { max: 3 }), 'tighter'],
    ['may not be none', by('type', object), by('notEmpty', object), 'tighter'],
    ['may be no others', exactly(object), by('equality', object), 'tighter'],
    ['may be of any names', exactly(object), by('values', object), 'other'],
    [
      'may be of two such rules',
      expecting(object, [{ match: 'notEmpty' }, { match: 'values' }]),
      exactly(object),
      'other',
    ],
    ['may be of the same rule', by('values', object), by('values', { b: 1 }), 'same'],
    ['are not bounded from outside', inside(by('type', object, { min: 1 })), exactly(object), 'same'],
    ['are not renamed from outside', inside(by('eachKey', object)), exactly(object), 'same'],
  ]);
});

describe('values below matchers for lists and objects', () => {
  const each = (match: string) => inside(by('eachValue', 1, { rules: [{ match }] }));

  relations([
    ['are of the matchers for each value', each('integer'), by('integer', 1), 'same'],
    ['which may be loosened', each('integer'), each('number'), 'looser'],
    ['are exactly the example below others', inside(by('arrayContains', 1)), exactly(1), 'same'],
    ['are of the type below a type', inside(by('type', 1)), by('type', 2), 'same'],
  ]);
});

describe('rules are read in any form', () => {
  const read = (rules: unknown) =>
    [...rulesIn(jsonOf(rules), '$')].map(([key, { combine, matchers }]) => {
      const names = matchers.map((matcher) =>
        [...matcher]
          .map(([name, value]) => `${name}=${value instanceof JsonNumber ? value.literal : value}`)
          .join(' '),
      );
      return `${key}: ${names.join(` ${combine} `)}`;
    });
  const type = { match: 'type' };
  const list = { matchers: [type] };

  it.each<[rules: unknown, read: readonly string[]]>([
    [{ '$.body': type }, ['body $: match=type']],
    [{ "$['body']['id']": type }, ["body $['id']: match=type"]],
    [{ '$.body.a\nb': type }, ['body $.a\nb: match=type']],
    [{ '$.header.X-Id': type }, ['header x-id: match=type']],
    [{ "$.headers['X-Id'][0]": type }, ['header x-id: match=type']],
    [{ '$.metadata.Key': type }, ['metadata Key: match=type']],
    [{ "$.metaData['Key']": type }, ['metadata Key: match=type']],
    [{ '$.status': type }, ['status $: match=type']],
    [{ '$.path': type }, ['other $.path: match=type']],
    [{ $: type }, ['other $: match=type']],
    [{ body: { '$.a': list } }, ['body $.a: match=type']],
    [{ content: { '$.a': list } }, ['body $.a: match=type']],
    [{ contents: { '$.a': list } }, ['body $.a: match=type']],
    [{ header: { 'X-Id': list } }, ['header x-id: match=type']],
    [{ headers: { "$['X-Id']": list } }, ['header x-id: match=type']],
    [{ header: { 'X.Id': list } }, ['header x.id: match=type']],
    [{ metadata: { '$.Key': list } }, ['metadata Key: match=type']],
    [{ query: { '$.a': list } }, ['other query $.a: match=type']],
    [{ status: list }, ['status $: match=type']],
    [{ path: list }, ['other path: match=type']],
    [{ odd: 'x' }, ['other odd: match=x']],
    [{ body: { $: { matchers: [] } } }, []],
    [{ body: { $: { combine: 'OR', ...list } } }, ['body $: match=type']],
    [
      { body: { $: { combine: 'OR', matchers: [type, { match: 'null' }] } } },
      ['body $: match=type OR match=null'],
    ],
    [
      { body: { $: { combine: 'ODD', matchers: [type, { match: 'null' }] } } },
      ['body $: match=type AND match=null'],
    ],
    [{ '$.body': { regex: 'x' } }, ['body $: match=regex regex=x']],
    [{ '$.body': { min: 1 } }, ['body $: match=type min=1']],
    [{ '$.body': { max: 1 } }, ['body $: match=type max=1']],
    [{ '$.body': { odd: 1 } }, ['body $: odd=1']],
    [{ '$.body': { match: 'timestamp', timestamp: 'f' } }, ['body $: match=datetime format=f']],
    [{ '$.body': { match: 'datetime', format: 'f' } }, ['body $: match=datetime format=f']],
    [{ '$.body': { match: 'datetime', datetime: 'f' } }, ['body $: match=datetime format=f']],
    [{ '$.body': { match: 'date', date: 'f' } }, ['body $: match=date format=f']],
    [{ '$.body': { match: 'time', time: 'f' } }, ['body $: match=time format=f']],
    [{ '$.body': { match: 'time' } }, ['body $: match=time format=null']],
    [{ '$.body': { match: 'regex', regex: 'x', min: 1 } }, ['body $: match=regex regex=x min=1']],
    ['none', []],
  ])('%j', (rules, expected) => {
    expect(read(rules)).toEqual(expected);
  });
});
