import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, JsonNumber, parseJson } from '../../src/domain/json.ts';
import { interactionIdOf, pactShaOf, rubyNumber } from '../../src/domain/pact-sha.ts';
import { anyPact, contractShuffled } from './any-json.ts';

const sha = (text: string) => pactShaOf(parseJson(text));

const numbered = (n: number) =>
  `{"description":"d${n}","request":{"method":"GET","path":"/${n}"},"response":{"status":200}}`;
const pactOf = (n: number) =>
  `{"consumer":{"name":"Foo"},"provider":{"name":"Bar"},"interactions":[${numbered(n)}],` +
  '"metadata":{"pactSpecification":{"version":"2.0.0"}}}';
const pactWithBody = (n: string) =>
  '{"consumer":{"name":"Foo"},"provider":{"name":"Bar"},"interactions":[{"description":"a",' +
  `"request":{"method":"GET","path":"/"},"response":{"status":200,"body":{"n":${n}}}}]}`;

describe('the sha of a pact is the one the Pact Broker computes (domain.md §5.2)', () => {
  it.each([
    [pactOf(1), 'cf5330630f0271daea6f8d448c819ad64fe81c2b'],
    [pactOf(2), 'dbcdb2fcbe00ed57752f1bd3e6558a63b0090fd0'],
    [pactOf(3), '57f5079c2851e476ac4563941ed13f006b55b23e'],
    [pactWithBody('1'), 'a24cf5dd2dc53a36d2e55e947de7eff70399d755'],
    [pactWithBody('1.0'), 'a32ed93a942ff05b15d1a9c9ffe6ca4abd1259da'],
    [pactWithBody('1.00'), 'a32ed93a942ff05b15d1a9c9ffe6ca4abd1259da'],
    [pactWithBody('1E0'), 'a32ed93a942ff05b15d1a9c9ffe6ca4abd1259da'],
    [
      '{"interactions":[{"description":"b"},{"description":"a"}],"messages":[{"description":"m2"},{"description":"m1"}]}',
      '1a588b31cc011752486e7d50cafbfee8826f1868',
    ],
    [
      '{"interactions":[{"description":"a"},{"description":"b"}],"messages":[{"description":"m2"},{"description":"m1"}]}',
      '1a588b31cc011752486e7d50cafbfee8826f1868',
    ],
    [
      '{"interactions":[{"description":"b"},{"description":"a"}],"messages":[{"description":"m1"},{"description":"m2"}]}',
      '367e4c0956ca9a941e1315db3de0edae4afd6387',
    ],
    ['{"messages":[{"description":"m2"},{"description":"m1"}]}', 'a5e0ec08de285b57cdb449ebd3620125ad927418'],
    ['{"messages":[{"description":"m1"},{"description":"m2"}]}', 'a5e0ec08de285b57cdb449ebd3620125ad927418'],
    ['{"a":1,"b":2}', '4acc71e0547112eb432f0a36fb1924c4a738cb49'],
    ['{"b":2,"a":1}', 'bdf293b90add9094d1dcb0dc43929211612434ba'],
    ['{"interactions":[],"metadata":{"x":1}}', 'ed7c1aebc3e11064ce9afc29297e1e36203583cd'],
    [
      '{"interactions":[],"metadata":{"pactSpecification":{"version":"3.0.0"}}}',
      'c44c5fcf377829061130e8dd9810af76f42c2674',
    ],
    ['{"interactions":[],"messages":[]}', '3ece793434eccbf8b506d01c893d2cdb7cec3074'],
    ['{"interactions":null,"x":1}', '6bcf9ad76f448d5f903aaf601ff8600c1b9ae2d3'],
    ['{"interactions":{"a":1}}', '71cb2407861812c226320c554d75409926cfddae'],
  ])('%s', (text, expected) => {
    expect(sha(text)).toBe(expected);
  });

  it('tells the version of the specification in any of three places, the first that says something', () => {
    const expected = sha('{"interactions":[],"metadata":{"pactSpecification":{"version":"3.0.0"}}}');
    expect(sha('{"interactions":[],"metadata":{"pact-specification":{"version":"3.0.0"}}}')).toBe(expected);
    expect(sha('{"interactions":[],"metadata":{"pactSpecificationVersion":"3.0.0"}}')).toBe(expected);
    expect(
      sha(
        '{"interactions":[],"metadata":{"pactSpecification":{"version":null},"pactSpecificationVersion":"3.0.0"}}',
      ),
    ).toBe(expected);
    expect(sha('{"interactions":[],"metadata":{"pactSpecificationVersion":false}}')).toBe(
      sha('{"interactions":[]}'),
    );
  });

  it('is the same for the same contract in another order of keys and interactions', () => {
    fc.assert(
      fc.property(
        anyPact
          .filter((pact) => Array.isArray(pact.get('interactions')))
          .chain((pact) => contractShuffled(pact)),
        ([pact, shuffled]) => {
          expect(pactShaOf(shuffled)).toBe(pactShaOf(pact));
        },
      ),
    );
  });

  it('differs with the order inside an interaction, and with an _id that came along', () => {
    expect(sha('{"interactions":[{"a":[1,2]}]}')).not.toBe(sha('{"interactions":[{"a":[2,1]}]}'));
    expect(sha('{"interactions":[{"a":1,"_id":"x"}]}')).not.toBe(sha('{"interactions":[{"a":1}]}'));
  });

  it('is computed in good time for 20,000 interactions', () => {
    const interactions = Array.from({ length: 20_000 }, (_, n) => numbered(n));
    const started = performance.now();
    expect(sha(`{"interactions":[${interactions.join()}]}`)).toBe(
      sha(`{"interactions":[${interactions.reverse().join()}]}`),
    );
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the _id of an interaction is the one the Pact Broker gives (domain.md §5.3)', () => {
  const idOf = (text: string) => {
    const interaction = parseJson(text);
    return isJsonObject(interaction) ? interactionIdOf(interaction) : undefined;
  };

  it.each([
    [numbered(1), 'f15b2cca3876fd0dac5685adcb334f42a87e4c3d'],
    [numbered(2), 'e2bdefb938c8b1b15fc0a6ad418a20287b15b2f5'],
    [`{"_id":"any",${numbered(1).slice(1)}`, 'f15b2cca3876fd0dac5685adcb334f42a87e4c3d'],
    [
      '{"response":{"status":200},"request":{"path":"/1","method":"GET"},"description":"d1"}',
      'f15b2cca3876fd0dac5685adcb334f42a87e4c3d',
    ],
  ])('%s', (text, expected) => {
    expect(idOf(text)).toBe(expected);
  });
});

describe("numbers are written as Ruby's json writes what it read", () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['-12', '-12'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1.0', '1.0'],
    ['-0.0', '-0.0'],
    ['0.0', '0.0'],
    ['0e5', '0.0'],
    ['1E5', '100000.0'],
    ['1e7', '10000000.0'],
    ['1e8', '1e+8'],
    ['12e7', '120000000.0'],
    ['1e15', '1e+15'],
    ['123456789012345.0', '123456789012345.0'],
    ['1.5e300', '1.5e+300'],
    ['-1.5e-300', '-1.5e-300'],
    ['0.1', '0.1'],
    ['3.14159', '3.14159'],
    ['1234.5678', '1234.5678'],
    ['0.00001', '0.00001'],
    ['0.000001', '0.000001'],
    ['0.0000001', '1e-7'],
    ['1e-10', '1e-10'],
    ['0.00012345678', '1.2345678e-4'],
    ['0.0012345678', '0.0012345678'],
    ['1e-400', '0.0'],
    ['1e400', '1e400'],
  ])('%s as %s', (literal, expected) => {
    expect(rubyNumber(new JsonNumber(literal))).toBe(expected);
  });

  it('with every float still the same float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
        const literal = (Object.is(float, -0) ? '-' : '') + float.toExponential();
        expect(Number(rubyNumber(new JsonNumber(literal)))).toBe(float);
      }),
    );
  });
});
