import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GitpactError } from '../../src/domain/failure.ts';
import {
  compactJson,
  JsonNumber,
  jsonAt,
  jsonOf,
  parseJson,
  plainOf,
  prettyJson,
} from '../../src/domain/json.ts';
import { decodeUtf8 } from '../../src/domain/utf8.ts';
import { anyJson } from './any-json.ts';

function complaintOf(action: () => unknown): GitpactError {
  try {
    action();
  } catch (error) {
    if (error instanceof GitpactError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('reading and writing JSON loses nothing', () => {
  it.each([
    '0',
    '-0',
    '1.0',
    '1.50e+07',
    '1e400',
    '1E-400',
    '12345678901234567890',
    '0.1000000000000000055511151231257827',
    'null',
    'true',
    'false',
    '""',
    '{}',
    '[]',
    '[[],{}]',
    '{"b":1,"a":[2.0,{"d":null,"c":"x"}]}',
    '{"__proto__":{"polluted":true},"constructor":1,"toString":2}',
    '{"2":1,"1":2,"":3}',
    String.raw`"\"\\\b\f\n\r\t\u0000\u001f"`,
    '"/ é \u007f \u2028 😀"',
    String.raw`"\ud83d"`,
    String.raw`"\ude00\ud83d"`,
  ])('%s', (text) => {
    expect(compactJson(parseJson(text))).toBe(text);
    expect(compactJson(parseJson(prettyJson(parseJson(text))))).toBe(text);
  });

  it('whatever the value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(parseJson(compactJson(value))).toStrictEqual(value);
        expect(compactJson(parseJson(compactJson(value)))).toBe(compactJson(value));
        expect(compactJson(parseJson(prettyJson(value)))).toBe(compactJson(value));
      }),
    );
  });

  it('as JSON.parse and JSON.stringify do, where these lose nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (plain) => {
        expect(compactJson(jsonOf(plain))).toBe(JSON.stringify(plain));
        expect(prettyJson(jsonOf(plain))).toBe(JSON.stringify(plain, null, 2));
        expect(JSON.stringify(plainOf(jsonOf(plain)))).toBe(JSON.stringify(plain));
      }),
    );
  });

  it.each([
    ['white space anywhere', ' \t\r\n{ "a" :\n[ 1 , 2 ] } \n', '{"a":[1,2]}'],
    ['a byte order mark', '\ufeff{"a":1}', '{"a":1}'],
    ['escapes that need not be', String.raw`"\u0061\/\u00E9\uD83D\uDE00"`, '"a/é😀"'],
    ['a repeated key: the last value at the first place', '{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
  ])('reads %s', (_what, text, compact) => {
    expect(compactJson(parseJson(text))).toBe(compact);
  });

  it('finds values by their path of keys', () => {
    const pact = parseJson('{"consumer":{"name":"Foo"},"n":[1],"__proto__":{"x":2}}');
    expect(jsonAt(pact, 'consumer', 'name')).toBe('Foo');
    expect(jsonAt(pact, '__proto__', 'x')).toStrictEqual(new JsonNumber('2'));
    expect(jsonAt(pact, 'constructor')).toBeUndefined();
    expect(jsonAt(pact, 'n', '0')).toBeUndefined();
    expect(jsonAt(pact)).toBe(pact);
  });
});

describe('a text that is not JSON', () => {
  it.each([
    ['', 'line 1, column 1: expected a value, found the end'],
    ['\n  ', 'line 2, column 3: expected a value, found the end'],
    ['{"a":1,}', 'line 1, column 8: expected a key in double quotes, found "}"'],
    ['{"a"\n1}', 'line 2, column 1: expected a colon after the key, found "1"'],
    ['{"a":1 "b":2}', 'line 1, column 8: expected a comma or }, found "\\""'],
    ['[1,\n2,\n3 4]', 'line 3, column 3: expected a comma or ], found "4"'],
    ['[1,]', 'line 1, column 4: expected a value, found "]"'],
    ['["😀é" x]', 'line 1, column 7: expected a comma or ], found "x"'],
    ['{} {}', 'line 1, column 4: expected the end of the text, found "{"'],
    ['01', 'line 1, column 2: expected the end of the text, found "1"'],
    ['1.', 'line 1, column 2: expected the end of the text, found "."'],
    ['+1', 'line 1, column 1: expected a value, found "+"'],
    ['-', 'line 1, column 1: expected a value, found "-"'],
    ['NaN', 'line 1, column 1: expected a value, found "N"'],
    ["{'a':1}", 'line 1, column 2: expected a key in double quotes, found "\'"'],
    [
      '"ab',
      'line 1, column 4: expected the closing quote of a text (control characters must be escaped), found the end',
    ],
    [
      '"a\\',
      'line 1, column 4: expected the closing quote of a text (control characters must be escaped), found the end',
    ],
    [
      '"a\nb"',
      'line 1, column 3: expected the closing quote of a text (control characters must be escaped), found "\\n"',
    ],
    [String.raw`["\\\x41"]`, 'line 1, column 5: expected an escape sequence of JSON, found "\\\\"'],
    [String.raw`"\u12g4"`, 'line 1, column 2: expected an escape sequence of JSON, found "\\\\"'],
    ['\u00a01', 'line 1, column 1: expected a value, found "\u00a0"'],
  ])('%j says where and why', (text, where) => {
    const complaint = complaintOf(() => parseJson(text, 'pacts/foo.json'));
    expect(complaint.code).toBe('bad-json');
    expect(complaint.message).toBe(`pacts/foo.json is not JSON: ${where}.`);
  });

  it('is refused exactly where JSON.parse refuses it', () => {
    const nearlyJson = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', '{', ']', '0', '-', 'e', '.', '\n', 'u', ' '),
      )
      .map(([text, at, piece]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + piece + text.slice(index + 1);
      });
    const accepts = (read: () => unknown) => {
      try {
        read();
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(nearlyJson, (text) => {
        expect(accepts(() => parseJson(text))).toBe(accepts(() => JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('may nest 200 levels, not 201, and a limit can be given', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(compactJson(parseJson(nested(200)))).toBe(nested(200));
    expect(complaintOf(() => parseJson(nested(201))).message).toBe(
      'The text is nested too deeply: line 1, column 201 begins level 201 of objects and arrays; 200 are the most.',
    );
    expect(complaintOf(() => parseJson('{"a":{"b":{}}}', 'It', 2)).message).toContain('2 are the most');
    expect(complaintOf(() => parseJson('['.repeat(1_000_000))).code).toBe('bad-json');
  });
});

it('reads and writes megabytes in time linear in their length', () => {
  const interaction = {
    description: 'a "widget"\n',
    n: 1.5,
    request: { path: '/widgets/1', query: ['a', 'b'] },
  };
  const text = JSON.stringify(Array.from({ length: 60_000 }, () => interaction));
  const started = performance.now();
  expect(compactJson(parseJson(text))).toBe(text);
  expect(text.length).toBeGreaterThan(5_000_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});

describe('bytes that should be UTF-8', () => {
  it('come back as text when they are, byte order mark included', () => {
    expect(decodeUtf8(Buffer.from('\ufeff{"a":"é😀\ufffd"}'), 'It')).toBe('\ufeff{"a":"é😀\ufffd"}');
  });

  it.each([
    ['a stray byte', Buffer.from([0x7b, 0xff, 0x7d]), 2, '{'],
    ['a character cut off at the end', Buffer.from([0xc3, 0xa9, 0xe2, 0x82]), 2, 'é'],
    ['an encoded surrogate', Buffer.from([0x61, 0xed, 0xa0, 0x80]), 2, 'a'],
    ['an overlong form', Buffer.from([0xc0, 0xaf]), 1, ''],
    ['far in', Buffer.from([...Buffer.from('😀'.repeat(150)), 0x80]), 151, '😀'.repeat(100)],
  ])('complain in the words of the Pact Broker about %s', (_what, bytes, char, fragment) => {
    const complaint = complaintOf(() => decodeUtf8(bytes, 'Request body'));
    expect(complaint.code).toBe('bad-json');
    expect(complaint.message).toBe(
      `Request body has a non UTF-8 character at char ${char} and cannot be parsed as JSON. ` +
        `Fragment preceding invalid character is: '${fragment}'`,
    );
  });
});
