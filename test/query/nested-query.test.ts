import { describe, expect, it } from 'vitest';
import { parseNestedQuery } from '../../src/query/nested-query.ts';

describe('a nested query, by the rules of Rack', () => {
  it.each([
    ['', {}],
    ['?a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2', { a: '2' }],
    ['a', { a: null }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a%5B%5D=x+y&a%5B%5D=%2F', { a: ['x y', '/'] }],
    ['a[b]=1&a[c]=2', { a: { b: '1', c: '2' } }],
    ['q[][p]=F&q[][v]=1&q[][p]=B', { q: [{ p: 'F', v: '1' }, { p: 'B' }] }],
    ['s[][cv]=4&s[][l]=true&s[][cv]=5', { s: [{ cv: '4', l: 'true' }, { cv: '5' }] }],
    ['a=%zz', { a: '%zz' }],
    ['[]=1&=2', {}],
    ['__proto__[x]=1', JSON.parse('{"__proto__":{"x":"1"}}')],
  ])('%j', (query, expected) => {
    expect(JSON.stringify(parseNestedQuery(query))).toEqual(JSON.stringify(expected));
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it.each([
    ['a key used in two ways', 'a=1&a[b]=2'],
    ['a list that is a text', 'a=1&a[]=2'],
    ['a key that is too deep', `a${'[b]'.repeat(50)}=1`],
    ['too many parameters', 'a=1&'.repeat(3000)],
  ])('refuses %s', (_what, query) => {
    expect(() => parseNestedQuery(query)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});
