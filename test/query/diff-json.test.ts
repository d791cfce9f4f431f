import { describe, expect, it } from 'vitest';
import { jsonOf, parseJson } from '../../src/domain/json.ts';
import {
  isInteger,
  jsonDifferences,
  memberPath,
  numericText,
  sameJson,
  sameNumber,
  typeOf,
} from '../../src/query/diff-json.ts';

describe('JSON values that are compared', () => {
  it.each([
    ['a', '$.a'],
    ['_a1', '$._a1'],
    ['a b', "$['a b']"],
    ['1a', "$['1a']"],
    ["it's", "$['it\\'s']"],
    ['a\\b', "$['a\\\\b']"],
  ])('have a member %s at %s', (key, path) => {
    expect(memberPath('$', key)).toBe(path);
  });

  it.each<[text: string, type: string]>([
    ['null', 'null'],
    ['1', 'number'],
    ['[]', 'array'],
    ['{}', 'object'],
    ['"a"', 'string'],
    ['true', 'boolean'],
  ])('have a type: %s is of %s', (text, type) => {
    expect(typeOf(parseJson(text))).toBe(type);
  });

  it.each<[a: string, b: string, same: boolean]>([
    ['{"a":1,"b":[{"c":2}]}', '{"b":[{"c":2}],"a":1}', true],
    ['{"a":1}', '{"a":1,"b":2}', false],
    ['{"a":1,"b":2}', '{"a":1}', false],
    ['{"a":1}', '{"a":2}', false],
    ['{"a":1}', '{"b":1}', false],
    ['{}', '[]', false],
    ['[]', '{}', false],
    ['{}', 'null', false],
    ['[1,2]', '[1,2]', true],
    ['[1,2]', '[2,1]', false],
    ['[1]', '[1,2]', false],
    ['[1,2]', '[1]', false],
    ['1', '1.0', false],
    ['1', '1', true],
    ['1', '"1"', false],
    ['null', 'null', true],
  ])('%s and %s are the same: %s', (a, b, same) => {
    expect(sameJson(parseJson(a), parseJson(b))).toBe(same);
  });

  it.each<[a: string, b: string, same: boolean]>([
    ['1', '1.0', true],
    ['100', '1e2', true],
    ['0.01', '1E-2', true],
    ['-0', '0', true],
    ['0', '0.000', true],
    ['0', '-0', true],
    ['10', '-10', false],
    ['10', '1', false],
    ['1010', '101', false],
    ['1e10', '1e1', false],
    ['1e12', '1000000000000', true],
    ['1.50', '1.5', true],
    ['0.1', '0.10000000000000000001', false],
    ['12345678901234567890', '12345678901234567891', false],
    ['1', '"1"', false],
    ['"1"', '1', false],
    ['"1"', '"1"', false],
  ])('%s and %s are the same number: %s', (a, b, same) => {
    expect(sameNumber(parseJson(a), parseJson(b))).toBe(same);
  });

  it('have one text for one quantity', () => {
    expect(numericText(parseJson('{"b":[1.0,100],"a":0}'))).toBe(
      numericText(parseJson('{"a":0.0,"b":[1,1e2]}')),
    );
    expect(numericText(parseJson('-1.5'))).not.toBe(numericText(parseJson('1.5')));
  });

  it.each(['1', '-1', '0'])('are integers as they are written: %s', (text) => {
    expect(isInteger(parseJson(text))).toBe(true);
  });

  it.each(['1.0', '1e2', '1E2', '"1"'])('are no integers: %s', (text) => {
    expect(isInteger(parseJson(text))).toBe(false);
  });

  it('differ as deep inside as possible', () => {
    const before = jsonOf({ a: { b: [1, 2] }, gone: 1, list: [1, 2], kind: {} });
    const after = jsonOf({ a: { b: [1, 3, 4] }, list: [1], come: null, kind: [] });
    expect(jsonDifferences(before, after, '$')).toStrictEqual([
      { path: '$.a.b[1]', before: jsonOf(2), after: jsonOf(3) },
      { path: '$.a.b[2]', after: jsonOf(4) },
      { path: '$.gone', before: jsonOf(1) },
      { path: '$.list[1]', before: jsonOf(2) },
      { path: '$.kind', before: jsonOf({}), after: jsonOf([]) },
      { path: '$.come', after: null },
    ]);
  });
});
