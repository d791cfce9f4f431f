import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/domain/json.ts';
import { brokerDiff } from '../../src/query/diff-broker.ts';
import { unifiedDiff } from '../../src/query/diff-lines.ts';

interface Recorded {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly diff: string;
}

const recorded = JSON.parse(
  readFileSync(new URL('../../fixtures/diff/broker.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

const diff = (before: unknown, after: unknown) =>
  brokerDiff(parseJson(JSON.stringify(before)), parseJson(JSON.stringify(after)));

describe('the text diff of the Pact Broker', () => {
  it.each(recorded)('is as recorded in $name', ({ before, after, diff: expected }) => {
    expect(brokerDiff(parseJson(before), parseJson(after))).toBe(expected);
  });

  it('sees no members that only the newer has, no ids, no order, and no difference of 1 and 1.0', () => {
    const before = '{"interactions":[{"_id":"x","description":"a","n":1},{"description":"b"}]}';
    const after = '{"b":2,"interactions":[{"description":"b","z":3},{"_id":"y","n":1.0,"description":"a"}]}';
    expect(brokerDiff(parseJson(before), parseJson(after))).toBe('');
  });

  it.each([
    ['9007199254740993', '9007199254740992.0', true],
    ['1e2', '100', false],
    ['1.50', '15e-1', false],
    ['1', '2', true],
  ])('compares %s and %s as Ruby does', (a, b, differ) => {
    const text = brokerDiff(parseJson(`{"n":${a}}`), parseJson(`{"n":${b}}`));
    expect(text !== '').toBe(differ);
  });

  it('shows null, type changes and lists with a different number of items', () => {
    expect(diff({ a: null, b: [1, { x: 1 }], c: { d: 1 } }, { b: [1, { x: 1 }, [2]], c: 'd' })).toBe(
      [
        ' {',
        '-  "a": null,',
        '   "b": [',
        '     ... ,',
        '     ... ,',
        '+    [',
        '+      2,',
        '+    ]',
        '   ],',
        '-  "c": {',
        '-    "d": 1',
        '-  }',
        '+  "c": "d"',
        ' }',
      ].join('\n'),
    );
  });

  it('writes empty objects and lists over two lines, wherever their signs stand', () => {
    expect(diff({ a: { b: { c: [3] } }, s: 'x' }, { a: { b: { c: [] } }, s: '{}' })).toBe(
      [
        ' {',
        '   "a": {',
        '     "b": {',
        '-      "c": [',
        '-        3,',
        '-      ]',
        '+      "c": [,',
        '+  ]',
        '     }',
        '   },',
        '-  "s": "x"',
        '+  "s": "{',
        '+  }"',
        ' }',
      ].join('\n'),
    );
  });
});

describe('the unified format', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`);

  it('begins a new hunk where more than six lines are the same, with a line break for each of its pieces', () => {
    const before = numbered(30);
    const after = before.with(1, 'x').with(20, 'y').with(24, 'z');
    expect(unifiedDiff(before, after)).toBe(
      [
        ' line 0',
        '-line 1',
        '+x',
        ' line 2',
        ' line 3',
        ' line 4',
        '',
        '@@ -18,11 +18,11 @@',
        ' line 17',
        ' line 18',
        ' line 19',
        '-line 20',
        '+y',
        ' line 21',
        ' line 22',
        ' line 23',
        '-line 24',
        '+z',
        ' line 25',
        ' line 26',
        ' line 27',
      ].join('\n'),
    );
  });

  it('counts a line too many in the header of a later hunk at the end', () => {
    const before = numbered(30);
    expect(unifiedDiff(before, before.with(1, 'x').with(29, 'y'))).toContain(
      '\n@@ -27,5 +27,5 @@\n line 26\n',
    );
  });

  it('tells both texts when nothing is left out', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', '}'), { maxLength: 7 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const shown = unifiedDiff(before, after).split('\n');
        fc.pre(before.join() !== after.join() && !shown.some((line) => line.startsWith('@@')));
        const side = (sign: string) =>
          shown.filter((line) => line.startsWith(sign) || line.startsWith(' ')).map((line) => line.slice(1));
        const common = side(' ');
        expect(before.join('\n')).toContain(side('-').join('\n'));
        expect(after.join('\n')).toContain(side('+').join('\n'));
        expect(common.length).toBeLessThanOrEqual(Math.min(before.length, after.length));
      }),
    );
  });

  it('gives up on the shortest answer when lines repeat too often', () => {
    const before = ['first', ...Array.from({ length: 12000 }, (_, i) => (i % 2 ? '}' : `a${i}`)), 'last'];
    const after = ['first', ...Array.from({ length: 12000 }, (_, i) => (i % 2 ? '}' : `b${i}`)), 'last'];
    expect(unifiedDiff(before, after).split('\n')).toHaveLength(2 + 24000 - 1);
  });
});
