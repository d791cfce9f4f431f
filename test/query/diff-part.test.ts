import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';

type Members = Readonly<Record<string, unknown>>;

/** The verdict, and each change with its path and reason. */
function judge(before: unknown, after: unknown): readonly string[] {
  const { verdict, interactions } = diffPacts(jsonOf(before), jsonOf(after));
  const changes = interactions.flatMap((interaction) => interaction.changes);
  return [verdict, ...changes.map(({ path, reason }) => `${path} ${reason}`)];
}

const request = { method: 'GET', path: '/' };
const response = (members: Members, type?: string) => ({
  interactions: [
    { description: 'd', ...(type ? { type } : {}), request, response: { status: 200, ...members } },
  ],
});
const message = (members: Members) => ({ messages: [{ description: 'd', contents: 'a', ...members }] });
const wrapped = (content: unknown, more: Members = {}) =>
  response({ body: { content, ...more } }, 'Synchronous/HTTP');
const anyText = { body: { $: { matchers: [{ match: 'type' }] } } };

describe('the metadata of a message', () => {
  const told = (before: unknown, after: unknown) =>
    judge(message({ metadata: before }), message({ metadata: after }));

  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    ['another order of members', { a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, 'cannot-break'],
    ['another value within', { a: { x: 1 } }, { a: { x: 2 } }, 'may-break', '$.metadata.a value-changed'],
    ['a list is no text', { a: ['x', 'y'] }, { a: 'x, y' }, 'may-break', '$.metadata.a value-changed'],
    [
      'a name in another case is another name',
      { Key: 'x' },
      { key: 'x' },
      'may-break',
      '$.metadata.Key expectation-removed',
      '$.metadata.key expectation-added',
    ],
  ])('%s', (_what, before, after, ...expected) => {
    expect(told(before, after)).toEqual(expected);
  });
});

it('a header with a number in its list is the text of all', () => {
  const headers = (value: unknown) => response({ headers: { 'X-A': value } });
  expect(judge(headers(['x', 1]), headers('x, 1'))).toEqual(['cannot-break']);
});

describe('a body that is wrapped', () => {
  it.each<[what: string, before: unknown, after: unknown, ...told: string[]]>([
    ['is what it was when it was plain', response({ body: { a: 1 } }), wrapped({ a: 1 }), 'cannot-break'],
    [
      'is not encoded unless it says so',
      wrapped('YWI='),
      wrapped('YWI=', { encoded: false }),
      'cannot-break',
    ],
    [
      'is not decoded unless it says so',
      wrapped('YWI=', { encoded: false }),
      wrapped('YWI', { encoded: false }),
      'may-break',
      '$.response.body.content value-changed',
    ],
    [
      'is decoded where it says so',
      wrapped('YWI=', { encoded: true }),
      wrapped('YWI', { encoded: true }),
      'cannot-break',
    ],
    [
      'may be JSON itself, whatever it says',
      wrapped({ a: 1 }, { encoded: true }),
      wrapped({ a: 2 }, { encoded: true }),
      'may-break',
      '$.response.body.content.a value-changed',
    ],
  ])('%s', (_what, before, after, ...told) => {
    expect(judge(before, after)).toEqual(told);
  });
});

describe('a body whose structure is not that of JSON', () => {
  const xml = (text: string) => response({ body: text, matchingRules: anyText });
  const typed = (text: string, name: string) =>
    message({ contents: text, metadata: { [name]: 'application/xml' }, matchingRules: anyText });

  it('follows no rules for JSON, be it known by its first sign or by its type', () => {
    const breaks = 'may-break';
    expect(judge(xml('<a>1</a>'), xml('<a>2</a>'))[0]).toBe(breaks);
    expect(judge(xml(' \n<a>1</a>'), xml(' \n<a>2</a>'))[0]).toBe(breaks);
    expect(judge(typed('1', 'contentType'), typed('2', 'contentType'))[0]).toBe(breaks);
  });

  it('is none where nothing says so', () => {
    expect(judge(xml('a<'), xml('b<'))[0]).toBe('cannot-break');
    expect(judge(typed('1', 'kind'), typed('2', 'kind'))[0]).toBe('cannot-break');
  });
});
