import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrangedPact, canonicalPact } from '../../src/domain/canonical.ts';
import { compactJson, parseJson } from '../../src/domain/json.ts';
import { parsePact, parsePublishablePact, withInteractionIds } from '../../src/domain/pact.ts';
import { pactShaOf } from '../../src/domain/pact-sha.ts';
import { decodeUtf8 } from '../../src/domain/utf8.ts';

const folder = new URL('../../fixtures/pacts/', import.meta.url);
const fixture = (name: string) => parseJson(decodeUtf8(readFileSync(new URL(name, folder)), name), name);

describe('pacts of every version of the specification', () => {
  it.each([
    ['v1-http.json', 'Reading Room Kiosk', 'Library Catalogue', '1.0.0', ['http', 'http']],
    ['v2-http.json', 'Harbour Dashboard', 'Berth Planner', '2.0.0', ['http', 'http']],
    ['v3-http.json', 'ticket-app', 'seat-inventory', '3.0.0', ['http']],
    ['v3-messages.json', 'Invoice Mailer', 'Order Ledger', '3.0.0', ['async', 'async']],
    ['v4-http.json', 'Trail Map', 'Hut Weather', '4.0', ['http', 'http']],
    ['v4-messages.json', 'Parcel Tracker', 'Depot Scanner', '4.0', ['async', 'sync']],
    ['v4-plugin.json', 'route-finder', 'Routes', '4.0', ['sync', 'http']],
  ])('%s', (name, consumer, provider, specification, kinds) => {
    const pact = parsePublishablePact(fixture(name), name);
    expect(pact).toMatchObject({ consumer, provider, specification });
    expect(pact.interactions.map(({ kind }) => kind)).toEqual(kinds);
    expect(pact.interactions.every(({ description }) => description !== undefined)).toBe(true);
  });

  it.each(readdirSync(folder))('%s is stored and read back as submitted', (name) => {
    const submitted = fixture(name);
    const { text, arrangement } = canonicalPact(submitted);
    expect(compactJson(arrangedPact(text, arrangement))).toBe(compactJson(submitted));
    expect(pactShaOf(parseJson(text))).toBe(pactShaOf(submitted));
  });

  it('tell the states of the provider, in any of their forms', () => {
    const states = (name: string) => parsePact(fixture(name)).interactions.map((it) => it.providerStates);
    expect(states('v1-http.json')[0]).toEqual([{ name: 'the book QA76.9 is on the shelf' }]);
    expect(states('v2-http.json')[1]).toEqual([{ name: 'berth 7 is taken' }]);
    expect(states('v3-http.json')[0]).toEqual([
      { name: 'a show exists', params: parseJson('{"show":42,"price":19.90}') },
      { name: 'seat A7 is free' },
    ]);
    expect(states('v3-messages.json')[1]).toEqual([]);
    expect(states('v4-http.json')[1]).toEqual([]);
  });

  it('tell what is pending, and the plugins that an interaction needs', () => {
    expect(parsePact(fixture('v4-http.json')).interactions.map((it) => it.pending)).toEqual([false, true]);
    expect(parsePact(fixture('v4-plugin.json')).interactions.map((it) => it.plugins)).toEqual([
      ['protobuf'],
      [],
    ]);
  });

  it('may be any JSON at all', () => {
    expect(parsePact(parseJson('[1]'))).toMatchObject({ consumer: undefined, interactions: [] });
    expect(
      parsePact(
        parseJson(
          '{"consumer":{"name":1},"metadata":{"pactSpecificationVersion":3.0},' +
            '"interactions":[1,{"type":"Carrier/Pigeon"},{"type":null,"providerStates":[7,{"name":"x","params":[]}]}]}',
        ),
      ),
    ).toMatchObject({
      consumer: undefined,
      specification: '3.0',
      interactions: [
        { kind: 'other', description: undefined },
        { kind: 'http', providerStates: [{ name: 'x' }] },
      ],
    });
  });
});

describe('a file that is to be published', () => {
  it.each([
    ['{"consumer":{"name":"A"},"provider":{"name":"B"},"interactions":[]}'],
    ['{"consumer":{"name":"A"},"provider":{"name":"B"},"messages":[]}'],
    ['{"consumer":{"name":"A"},"provider":{"name":"B"},"interactions":null,"messages":[{}]}'],
  ])('is a pact: %s', (text) => {
    expect(parsePublishablePact(parseJson(text), 'a.json')).toMatchObject({ consumer: 'A', provider: 'B' });
  });

  it.each([
    ['[]', 'pact must be an object'],
    ['{}', 'consumer.name is missing; provider.name is missing; interactions or messages must be there'],
    [
      '{"consumer":"A","provider":{"name":null},"interactions":{}}',
      'consumer.name is missing; provider.name is missing; interactions must be an array',
    ],
    [
      '{"consumer":{"name":7},"provider":{"name":" "},"interactions":[{},1],"messages":"x"}',
      'consumer.name must be a string; provider.name cannot be blank; interactions[1] must be an object; ' +
        'messages must be an array',
    ],
    [
      '{"consumer":{"name":""},"provider":{"name":"a\\nb"},"messages":[]}',
      'consumer.name must be filled; provider.name cannot contain multiple lines',
    ],
  ])('is not a pact, and hears why at once: %s', (text, complaints) => {
    expect(() => parsePublishablePact(parseJson(text), 'a.json')).toThrow(
      expect.objectContaining({ code: 'bad-pact', message: `a.json is not a pact: ${complaints}.` }),
    );
  });
});

describe('interactions get an _id as their first key (domain.md §5.3)', () => {
  it('in both arrays, keeping one that was submitted', () => {
    const pact = parseJson(
      '{"messages":[{"b":1,"a":2},{"x":1,"_id":"mine"}],"interactions":[{"description":"d1",' +
        '"request":{"method":"GET","path":"/1"},"response":{"status":200}},"odd"],"n":1.0}',
    );
    expect(compactJson(withInteractionIds(pact))).toBe(
      '{"messages":[{"_id":"1c072775cb3d4104c26a2bc3483f500d1b5c0e17","b":1,"a":2},{"_id":"mine","x":1}],' +
        '"interactions":[{"_id":"f15b2cca3876fd0dac5685adcb334f42a87e4c3d","description":"d1",' +
        '"request":{"method":"GET","path":"/1"},"response":{"status":200}},"odd"],"n":1.0}',
    );
  });

  it('and nothing else does', () => {
    expect(compactJson(withInteractionIds(parseJson('[{"interactions":[{}]}]')))).toBe(
      '[{"interactions":[{}]}]',
    );
    expect(compactJson(withInteractionIds(parseJson('{"interactions":{"a":1}}')))).toBe(
      '{"interactions":{"a":1}}',
    );
  });
});
