import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, jsonOf, parseJson, prettyJson } from '../../src/domain/json.ts';
import { alignJson, differingPart, foldEqual, interactionAt } from '../../src/query/diff-alignment.ts';
import { sameJson } from '../../src/query/diff-json.ts';

const anyJson = fc.jsonValue({ maxDepth: 3 }).map(jsonOf);

const bare = (text: string | undefined) => text?.replace(/,$/, '');

function told(before: JsonValue | undefined, after: JsonValue | undefined): string {
  return alignJson(before, after)
    .map(({ before: was, after: is, isSame }) =>
      [isSame ? '=' : '≠', was?.text.trim() ?? '·', is?.text.trim() ?? '·'].join(' '),
    )
    .join(' | ');
}

describe('two contents beside each other', () => {
  it('shows what is the same on one line, and a changed value beside its old one', () => {
    const before = parseJson('{"a":1,"b":{"c":[1,2]},"d":4}');
    const after = parseJson('{"d":4,"b":{"c":[1,3,2]},"a":1}');
    expect(told(before, after)).toBe(
      '= { { | = "a": 1, "a": 1, | = "b": { "b": { | = "c": [ "c": [ | = 1, 1, | ≠ · 3, | = 2 2 | = ] ] | = }, }, | = "d": 4 "d": 4 | = } }',
    );
  });

  it('does not take a comma for a change: only that another member follows', () => {
    expect(told(parseJson('{"a":1}'), parseJson('{"a":1,"b":"2,"}'))).toBe(
      '= { { | = "a": 1 "a": 1, | ≠ · "b": "2," | = } }',
    );
  });

  it('shows a side that is not there as nothing', () => {
    expect(told(undefined, jsonOf(1))).toBe('≠ · 1');
    expect(told(jsonOf(1), undefined)).toBe('≠ 1 ·');
  });

  it('loses nothing, whatever is compared', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (before, after) => {
        const lines = alignJson(before, after);
        const side = (name: 'before' | 'after') => lines.flatMap((line) => line[name] ?? []);
        const text = (name: 'before' | 'after') =>
          side(name)
            .map((line) => line.text)
            .join('\n');
        expect(text('before')).toBe(prettyJson(before));
        expect(sameJson(parseJson(text('after')), after)).toBe(true);
        for (const name of ['before', 'after'] as const) {
          expect(side(name).map(({ number }) => number)).toEqual(side(name).map((_, i) => i + 1));
        }
        for (const line of lines)
          if (line.isSame) expect(bare(line.before?.text)).toBe(bare(line.after?.text));
        expect(foldEqual(lines).flatMap((stretch) => stretch.lines)).toEqual(lines);
      }),
    );
  });

  it('finds nothing to differ in values that are the same but for the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(alignJson(jsonOf(value), jsonOf(turned)).every(({ isSame }) => isSame)).toBe(true);
      }),
    );
  });

  it('folds equal lines away from differences, but not a single one', () => {
    const numbers = (at: number, value: number) =>
      Array.from({ length: 20 }, (_, i) => (i === at ? value : i));
    const folds = foldEqual(alignJson(jsonOf(numbers(10, 10)), jsonOf(numbers(10, 99))));
    expect(folds.map(({ kind, lines }) => `${kind} ${lines.length}`)).toEqual([
      'folded 8',
      'shown 7',
      'folded 7',
    ]);
    const near = foldEqual(alignJson(jsonOf(numbers(3, 3)), jsonOf(numbers(3, 99))));
    expect(near[0]?.kind).toBe('shown');
  });

  it('finds the part in which two lines differ', () => {
    expect(differingPart('"status": 200,', '"status": 204,')).toEqual({
      head: '"status": 20',
      before: '0',
      after: '4',
      tail: ',',
    });
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const { head, before, after, tail } = differingPart(a, b);
        expect([head + before + tail, head + after + tail]).toEqual([a, b]);
      }),
    );
  });

  it('finds an interaction by its place', () => {
    const pact = parseJson('{"interactions":[{"description":"a"},{"description":"b"}],"messages":[1]}');
    expect(interactionAt(pact, '$.interactions[1]')?.get('description')).toBe('b');
    for (const place of ['$.interactions[2]', '$.messages[0]', '$.metadata', undefined]) {
      expect(interactionAt(pact, place)).toBeUndefined();
    }
  });
});
