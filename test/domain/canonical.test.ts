import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrangedPact, canonicalPact } from '../../src/domain/canonical.ts';
import { compactJson, parseJson } from '../../src/domain/json.ts';
import { pactShaOf } from '../../src/domain/pact-sha.ts';
import { anyJson, anyPact, contractShuffled } from './any-json.ts';

const anySubmission = fc.oneof(anyPact, anyJson);

describe('the stored form of a pact', () => {
  it('is pretty, with sorted keys and interactions, and numbers as written', () => {
    const { text, arrangement } = canonicalPact(
      parseJson('{"provider":{},"interactions":[{"n":1.50,"d":[2,1]},{"d":1}],"consumer":{"name":"Foo"}}'),
    );
    expect(text).toBe(`{
  "consumer": {
    "name": "Foo"
  },
  "interactions": [
    {
      "d": 1
    },
    {
      "d": [
        2,
        1
      ],
      "n": 1.50
    }
  ],
  "provider": {}
}
`);
    expect(arrangement).toBe('[[[2,1,0],[0]],[[1,0],[2,2]]]');
  });

  it('needs no arrangement when submitted in its own order', () => {
    fc.assert(
      fc.property(anySubmission, (submitted) => {
        const once = canonicalPact(submitted);
        expect(canonicalPact(parseJson(once.text))).toStrictEqual({ text: once.text });
      }),
    );
  });

  it('gives back exactly what was submitted', () => {
    fc.assert(
      fc.property(anySubmission, (submitted) => {
        const { text, arrangement } = canonicalPact(submitted);
        expect(compactJson(arrangedPact(text, arrangement))).toBe(compactJson(submitted));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same bytes for the same contract in another order of keys and interactions', () => {
    fc.assert(
      fc.property(
        anyPact.chain((pact) => contractShuffled(pact)),
        ([pact, shuffled]) => {
          expect(canonicalPact(shuffled).text).toBe(canonicalPact(pact).text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('has the sha of what was submitted', () => {
    fc.assert(
      fc.property(anySubmission, (submitted) => {
        const { text, arrangement } = canonicalPact(submitted);
        expect(pactShaOf(arrangedPact(text, arrangement))).toBe(pactShaOf(submitted));
      }),
    );
  });

  it.each([
    ['two interactions that differ in a literal only', '{"interactions":[{"a":1.00},{"a":1.0}]}'],
    [
      'equal interactions with their keys in different orders',
      '{"interactions":[{"b":1,"a":2},{"a":2,"b":1}]}',
    ],
    ['keys that look like numbers', '{"interactions":[{"10":1,"9":2,"__proto__":3}]}'],
    ['keys beyond the basic plane', '{"\u{1f600}":1,"\ue000":2}'],
    ['both arrays', '{"messages":[2,1],"interactions":[2,1]}'],
    ['no array where interactions should be', '{"interactions":{"b":1,"a":2},"messages":[2,1]}'],
    ['no object at all', '[{"b":1,"a":2},2,1]'],
  ])('keeps apart and puts back %s', (_what, text) => {
    const stored = canonicalPact(parseJson(text));
    expect(compactJson(arrangedPact(stored.text, stored.arrangement))).toBe(text);
  });

  it('sorts the interactions, else the messages, and no other array', () => {
    const compact = (text: string) => compactJson(parseJson(canonicalPact(parseJson(text)).text));
    expect(compact('{"messages":[2,1],"interactions":[2,1]}')).toBe(
      '{"interactions":[1,2],"messages":[2,1]}',
    );
    expect(compact('{"messages":[2,1],"interactions":null}')).toBe('{"interactions":null,"messages":[1,2]}');
    expect(compact('{"messages":[2,1],"interactions":{}}')).toBe('{"interactions":{},"messages":[2,1]}');
    expect(compact('{"x":{"interactions":[2,1]}}')).toBe('{"x":{"interactions":[2,1]}}');
  });
});

describe('an arrangement that does not fit its text', () => {
  const { text } = canonicalPact(parseJson('{"b":[1,2],"a":{}}'));

  it.each([
    ['is no list', '{}'],
    ['has a group without places', '[[[1,0]]]'],
    ['has a group of three', '[[[1,0],[0],[1]]]'],
    ['has a group that is none', '[5]'],
    ['has a permutation that is too long', '[[[2,1,0],[0]]]'],
    ['names a member twice', '[[[1,1],[0]]]'],
    ['names a member that is not there', '[[[0,2],[0]]]'],
    ['names a container that is not there', '[[[1,0],[3]]]'],
    ['counts in fractions', '[[[1,0],[0.5]]]'],
    ['counts backwards', '[[[1,0],[2,-2]]]'],
  ])('because it %s, is damage', (_why, arrangement) => {
    expect(() => arrangedPact(text, arrangement)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
  });

  it('or is no JSON, is a complaint', () => {
    expect(() => arrangedPact(text, '[')).toThrow(expect.objectContaining({ code: 'bad-json' }));
  });
});
