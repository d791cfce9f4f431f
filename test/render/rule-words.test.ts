import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../src/domain/json.ts';
import { rulesIn } from '../../src/query/diff-rules.ts';
import { generatorWords } from '../../src/render/words/generators.ts';
import { ruleWords } from '../../src/render/words/matching-rules.ts';

/** The words of one matcher for a body. */
function says(...matchers: readonly object[]): string | undefined {
  const rules = rulesIn(jsonOf({ body: { $: { matchers, combine: 'OR' } } }), '$');
  return [...rules.values()].map(ruleWords)[0]?.says;
}

describe('a matching rule in words', () => {
  it.each([
    [{ match: 'equality' }, 'exactly this value'],
    [{ match: 'type' }, 'any value of this type'],
    [{ match: 'type', min: 1 }, 'an array of at least 1 item like this one'],
    [{ match: 'type', max: 5 }, 'an array of at most 5 items like this one'],
    [{ match: 'type', min: 0, max: 1 }, 'an array of 0 to 1 item like this one'],
    [{ match: 'regex', regex: '\\d+' }, 'text that fits the expression \\d+'],
    [{ regex: 'a|b' }, 'text that fits the expression a|b'],
    [{ match: 'timestamp', timestamp: 'yyyy' }, 'a date and time in the form yyyy'],
    [{ match: 'statusCode', status: 'clientError' }, 'any status from 400 to 499'],
    [{ match: 'statusCode', status: [200, 204] }, 'one of the statuses 200, 204'],
    [{ match: 'statusCode', status: 'constructor' }, 'the status constructor'],
    [
      { match: 'eachKey', rules: [{ match: 'regex', regex: 'k' }] },
      'an object where each key is text that fits the expression k',
    ],
    [
      {
        match: 'arrayContains',
        variants: [
          { index: 2, rules: { '$.id': { matchers: [{ match: 'integer' }] } } },
          { index: 0, rules: {} },
        ],
      },
      'an array that contains, wherever and among others, no. 3 of the example (id: any whole number) and no. 1 of the example',
    ],
    [{ match: 'arrayContains' }, 'an array that contains the items of the example somewhere'],
    [{ match: 'notYetInvented', level: 7 }, '{"match":"notYetInvented","level":7}'],
    [{ match: 'constructor' }, '{"match":"constructor"}'],
  ])('%j', (matcher, words) => {
    expect(says(matcher)).toBe(words);
  });

  it('names all that will do', () => {
    expect(says({ match: 'integer' }, { match: 'null' })).toBe('any whole number or null');
  });

  it.each([
    [{ body: { '$.items[*].id': { match: 'type' } } }, 'items › each › id'],
    [{ body: { "$['a.b'][0]": { match: 'type' } } }, 'a.b › no. 1'],
    [{ header: { Location: { match: 'type' } } }, 'the header Location'],
    [{ path: { matchers: [{ match: 'type' }] } }, 'the path'],
    [{ '$.path': { match: 'type' } }, 'the path'],
    [{ query: { page: { match: 'type' } } }, 'the query parameter page'],
    [{ status: { matchers: [{ match: 'statusCode', status: 'success' }] } }, 'the status'],
    [{ constructor: { x: { match: 'type' } } }, 'constructor x'],
  ])('says where: %j', (rules, about) => {
    expect([...rulesIn(jsonOf(rules), '$').values()].map(ruleWords)).toMatchObject([{ about }]);
  });
});

describe('a generator in words', () => {
  it.each([
    [{ body: { '$.id': { type: 'RandomInt', min: 1, max: 9 } } }, 'id', 'a whole number from 1 to 9'],
    [{ body: { '$.at': { type: 'Date' } } }, 'at', 'the date of the moment'],
    [
      { body: { '$.at': { type: 'DateTime', format: 'yyyy', expression: 'now + 1 day' } } },
      'at',
      'the date and time of “now + 1 day”, as yyyy',
    ],
    [
      { path: { type: 'ProviderState', expression: `/x/\${id}` } },
      'the path',
      `what the provider state gives for /x/\${id}`,
    ],
    [{ header: { 'X-Id': { type: 'Uuid' } } }, 'the header X-Id', 'a UUID'],
    [{ query: { page: { type: 'RandomBoolean' } } }, 'the query parameter page', 'true or false'],
    [{ body: { '$.x': { type: 'constructor' } } }, 'x', '{"type":"constructor"}'],
  ])('%j', (generators, about, words) => {
    expect(generatorWords(jsonOf(generators))).toEqual([{ about, says: words }]);
  });
});
