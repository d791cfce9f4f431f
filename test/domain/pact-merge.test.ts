import { describe, expect, it } from 'vitest';
import { GitpactError } from '../../src/domain/failure.ts';
import { compactJson, isJsonObject, type JsonObject, parseJson } from '../../src/domain/json.ts';
import { parsePublishablePact } from '../../src/domain/pact.ts';
import { mergeConflicts, mergePactFiles, mergePacts } from '../../src/domain/pact-merge.ts';

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error('write an object');
  return value;
}

const pact = (...interactions: readonly string[]) =>
  objectOf(`{"interactions":[${interactions.join()}],"metadata":{"n":1}}`);

describe('whether a pact can be merged into another (PATCH, domain.md §5.6)', () => {
  const asked = '"request":{"method":"GET","path":"/","query":{"a":1}}';
  const one = `{"description":"d","providerState":"s",${asked},"response":{"status":200}}`;

  it.each([
    ['nothing in common', `{"description":"e",${asked}}`, false],
    ['the same', one, false],
    ['another response', `{"description":"d","providerState":"s",${asked},"response":{"status":500}}`, false],
    ['another state', '{"description":"d","providerState":"t","request":{"method":"PUT"}}', false],
    [
      'the state under the old name',
      '{"description":"d","provider_state":"s","request":{"method":"PUT"}}',
      true,
    ],
    ['another method', `{"description":"d","providerState":"s",${asked.replace('GET', 'PUT')}}`, true],
    ['another path', `{"description":"d","providerState":"s",${asked.replace('"/"', '"/x"')}}`, true],
    ['another query', `{"description":"d","providerState":"s",${asked.replace(':1', ':2')}}`, true],
    [
      'a query of equal value',
      `{"description":"d","providerState":"s",${asked.replace(':1', ':1.0')}}`,
      false,
    ],
    ['a body', `{"description":"d","providerState":"s",${asked.replace('{"me', '{"body":0,"me')}}`, true],
    [
      'headers',
      `{"description":"d","providerState":"s",${asked.replace('{"me', '{"headers":{},"me')}}`,
      true,
    ],
    [
      'a null body',
      `{"description":"d","providerState":"s",${asked.replace('{"me', '{"body":null,"me')}}`,
      false,
    ],
    [
      'something else asked',
      `{"description":"d","providerState":"s",${asked.replace('{"me', '{"x":1,"me')}}`,
      false,
    ],
  ])('%s', (_what, incoming, conflict) => {
    expect(mergeConflicts(pact(one), pact(incoming))).toBe(conflict);
  });

  it('compares the states of specification 3 by value, after null ones under older names', () => {
    const v3 = (states: string, method: string) =>
      pact(
        `{"description":"d","providerState":null,"providerStates":${states},"request":{"method":"${method}"}}`,
      );
    const states = '[{"name":"s","params":{"a":1,"b":2}}]';
    expect(mergeConflicts(v3(states, 'GET'), v3('[{"params":{"b":2.0,"a":1e0},"name":"s"}]', 'PUT'))).toBe(
      true,
    );
    expect(mergeConflicts(v3(states, 'GET'), v3('[{"name":"s","params":{"a":1,"b":3}}]', 'PUT'))).toBe(false);
  });

  it.each([
    ['1.50', '15e-1', true],
    ['100000000000000000000', '1e20', true],
    ['12345678901234567890', '12345678901234567891', false],
    ['-0.0', '0', true],
  ])('holds %s and %s for the same: %s', (one, other, same) => {
    const stateOf = (n: string, path: string) =>
      pact(`{"description":"d","providerState":${n},"request":{"path":"${path}"}}`);
    expect(mergeConflicts(stateOf(one, '/1'), stateOf(other, '/2'))).toBe(same);
  });

  it('is no when the existing pact itself tells one interaction in two ways', () => {
    const two = pact(
      '{"description":"d","request":{"path":"/1"}}',
      '{"description":"d","request":{"path":"/2"}}',
    );
    expect(mergeConflicts(two, pact('{"description":"d","request":{"path":"/2"}}'))).toBe(true);
  });

  it('is no when either has no interactions', () => {
    expect(mergeConflicts(objectOf('{"messages":[]}'), pact())).toBe(true);
    expect(mergeConflicts(pact(), objectOf('{"messages":[]}'))).toBe(true);
    expect(mergeConflicts(pact(), pact())).toBe(false);
  });
});

describe('merging a pact into an existing one (domain.md §5.6)', () => {
  it('replaces the first with the same description and state, appends the rest, and takes nothing else', () => {
    const existing = pact(
      '{"description":"a","n":1}',
      '{"description":"b","n":1}',
      '{"description":"b","n":2}',
    );
    const incoming = objectOf(
      '{"interactions":[{"description":"c","n":3},{"description":"b","n":3},{"description":"c","n":4}],' +
        '"messages":[{}],"metadata":{"n":2}}',
    );
    expect(compactJson(mergePacts(existing, incoming))).toBe(
      '{"interactions":[{"description":"a","n":1},{"description":"b","n":3},{"description":"b","n":2},' +
        '{"description":"c","n":4}],"metadata":{"n":1}}',
    );
    expect(existing).toStrictEqual(
      pact('{"description":"a","n":1}', '{"description":"b","n":1}', '{"description":"b","n":2}'),
    );
  });

  it('needs no interactions on either side', () => {
    expect(compactJson(mergePacts(objectOf('{"x":1}'), pact('{"description":"a"}')))).toBe(
      '{"x":1,"interactions":[{"description":"a"}]}',
    );
    expect(compactJson(mergePacts(objectOf('{"x":1}'), objectOf('{"messages":[1]}')))).toBe('{"x":1}');
  });
});

describe('merging the files of one consumer and provider before publishing', () => {
  const fileOf = (path: string, rest: string) => ({
    path,
    pact: parsePublishablePact(
      parseJson(`{"consumer":{"name":"Foo"},"provider":{"name":"Bar"},${rest}}`),
      path,
    ),
  });
  const a = fileOf(
    'a.json',
    '"interactions":[{"description":"x","providerState":"s","n":1}],"metadata":{"m":1}',
  );

  it('keeps what they share once and adds what only one has, messages too', () => {
    const b = fileOf(
      'b.json',
      '"interactions":[{"n":1,"providerState":"s","description":"x"},{"description":"y"}]',
    );
    const c = fileOf('c.json', '"messages":[{"description":"m"}],"metadata":{"m":2}');
    expect(compactJson(mergePactFiles(a, b, c))).toBe(
      '{"consumer":{"name":"Foo"},"provider":{"name":"Bar"},' +
        '"interactions":[{"description":"x","providerState":"s","n":1},{"description":"y"}],' +
        '"metadata":{"m":1},"messages":[{"description":"m"}]}',
    );
    expect(mergePactFiles(a)).toStrictEqual(a.pact.value);
  });

  it('refuses everything that two files tell differently, at once', () => {
    const b = fileOf(
      'b.json',
      '"interactions":[{"description":"x","providerState":"s","n":1.0},{"description":"y"}],"messages":[{"description":"m"}]',
    );
    const c = fileOf('c.json', '"interactions":[{"description":"y","n":2}],"messages":[{"description":"m"}]');
    const refusal = (() => {
      try {
        return mergePactFiles(a, b, c);
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(GitpactError);
    expect(refusal).toMatchObject({
      code: 'pacts-differ',
      message: `The pacts between Foo and Bar do not fit together.
b.json: an interaction with the same description ("x") and provider state ("s") but a different request or response has already been used.
c.json: an interaction with the same description ("y") and provider state (null) but a different request or response has already been used.`,
      complaints: [{ where: 'b.json' }, { where: 'c.json' }],
    });
  });
});
