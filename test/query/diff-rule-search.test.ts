import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../src/domain/json.ts';
import { rootState, stepInto } from '../../src/query/diff-rule-search.ts';
import { rulesIn } from '../../src/query/diff-rules.ts';

/** The path expression that decides at a place, and whether it was made for a place around it. */
function deciding(expressions: readonly string[], place: readonly (string | number)[], category = 'body') {
  const rules = Object.fromEntries(expressions.map((path) => [path, { matchers: [{ match: 'type' }] }]));
  const read = rulesIn(jsonOf({ [category]: rules }), '$');
  const { best, inherited } = place.reduce(stepInto, rootState(read));
  return best && `${best.target}${inherited ? ' from outside' : ''}`;
}

describe('which rule decides', () => {
  it.each<[rules: readonly string[], place: readonly (string | number)[], decides: string | undefined]>([
    [[], ['a'], undefined],
    [['$'], [], '$'],
    [['$'], ['a', 'b'], '$ from outside'],
    [['$', '$.a'], ['a'], '$.a'],
    [['$', '$.a'], ['b'], '$ from outside'],
    [['$.a'], [], undefined],
    [['$.a'], ['a', 'b'], '$.a from outside'],
    [['$.a.b'], ['a', 'c'], undefined],
    [['$[0]', '$[*]'], [0], '$[0]'],
    [['$[0]', '$[*]'], [1], '$[*]'],
    [['$[*]'], ['a'], undefined],
    [['$.*'], ['a'], '$.*'],
    [['$.*', '$.a'], ['a'], '$.a'],
    [['$.a.*', '$.*.b'], ['a', 'b'], '$.a.*'],
    [['$.*.b', '$.a.*'], ['a', 'b'], '$.a.*'],
    [['$[*]', '$.*'], [0], '$[*]'],
    [['$.*', '$[*]'], [0], '$[*]'],
    [['$.a[*].b', '$.a'], ['a', 3, 'b'], '$.a[*].b'],
    [['$.a.b', '$.*.*.*'], ['a', 'b', 'c'], '$.a.b from outside'],
    [["$['a.b']"], ['a.b'], "$['a.b']"],
    [['$["a.b"]'], ['a.b'], '$["a.b"]'],
    [["$['it\\'s']"], ["it's"], "$['it\\'s']"],
    [["$['']"], [''], "$['']"],
    [['$["a\nb"]'], ['a\nb'], '$["a\nb"]'],
  ])('of %j at %j: %s', (rules, place, decides) => {
    expect(deciding(rules, place)).toBe(decides);
  });

  it('is none of another part', () => {
    expect(deciding(['$.a', '$'], ['a'], 'header')).toBeUndefined();
  });

  it('is not looked for any further once nothing can be found', () => {
    const rules = rulesIn(jsonOf({ body: { '$.a': { matchers: [{ match: 'type' }] } } }), '$');
    const nowhere = stepInto(rootState(rules), 'b');
    expect(stepInto(nowhere, 'c')).toBe(nowhere);
    const below = stepInto(stepInto(rootState(rules), 'a'), 'x');
    expect(below.inherited).toBe(true);
    expect(stepInto(below, 'y')).toBe(below);
  });
});
