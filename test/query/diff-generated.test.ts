import { describe, expect, it } from 'vitest';
import { jsonOf, parseJson } from '../../src/domain/json.ts';
import { likelyGenerated } from '../../src/query/diff-generated.ts';

const pact = (body: unknown, description = 'an order', path = '/') =>
  jsonOf({
    interactions: [{ description, request: { method: 'GET', path }, response: { status: 200, body } }],
  });

describe('values that look generated', () => {
  it.each<[string, unknown, unknown]>([
    ['uuid', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', '9b2a61f0-11aa-4c7e-8d4f-77c1c2b3a455'],
    ['uuid', 'urn:uuid:3F2504E04F8941D39A0C0305E82C3301', 'urn:uuid:9B2A61F011AA4C7E8D4F77C1C2B3A455'],
    ['date-time', '2026-11-23T16:45:44.123Z', '2026-11-23T16:51:02Z'],
    ['date-time', '2026-11-23 16:45:44+01:00', '2026-11-23 16:51:02+01:00'],
    ['date-time', 'Mon, 23 Nov 2026 16:45:44 GMT', 'Tue, 24 Nov 2026 09:00:01 GMT'],
    ['date', '2026-11-23', '2026-11-24'],
    ['date', 'due 23/11/2026', 'due 24/11/2026'],
    ['time', '16:45:44', '16:51:02'],
    ['epoch-milliseconds', 1795452344123, 1795452662001],
    ['epoch-seconds', 1795452344, 1795452662],
    ['epoch-seconds', 'token-1795452344', 'token-1795452662'],
    ['random-number', 1804289383, 846930886],
    ['random-number', 0.840187717, 0.394382927],
    ['random-number', 'order 84729', 'order 10445'],
    ['random-text', 'a8Zk29QmTx', 'Lw03kPz71b'],
    ['random-text', 'QUhXOqWvKzRbTnLd', 'wEnMzLpXsQvYkTrB'],
  ])('finds a %s: %j, then %j', (kind, before, after) => {
    expect(likelyGenerated(pact({ id: before, fix: 1 }), pact({ id: after, fix: 1 }))).toEqual([
      {
        interaction: 'an order',
        path: '$.response.body.id',
        kind,
        before: expect.anything(),
        after: expect.anything(),
      },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['words', 'shipped', 'delivered'],
    ['a count', 3, 4],
    ['a price', 12.5, 13.75],
    ['another type', '2026-11-23', 20261123],
    ['a word beside a date', 'due 2026-11-23', 'paid 2026-11-24'],
    ['a date that went', '2026-11-23', 'tomorrow'],
    ['null', null, '2026-11-23'],
    ['the same', '2026-11-23', '2026-11-23'],
  ])('does not mistake %s', (_what, before, after) => {
    expect(likelyGenerated(pact({ id: before }), pact({ id: after }))).toEqual([]);
  });

  it('looks into requests, lists and descriptions, and not at rules', () => {
    const at = (stamp: string, id: number) =>
      parseJson(
        `{"interactions":[{"description":"at ${stamp}","request":{"path":"/"},"response":{"body":[{"t":"x"}]}},
          {"description":"b","request":{"path":"/orders/${id}"},"response":{"body":[1,{"t":"${stamp}"}],
            "matchingRules":{"$.body":{"match":"regex","regex":"${stamp}"}}}}]}`,
      );
    const found = likelyGenerated(at('16:45', 1795452344), at('16:46', 1795452345));
    expect(found.map(({ interaction, path, kind }) => [interaction, path, kind])).toEqual([
      ['b', '$.request.path', 'epoch-seconds'],
      ['b', '$.response.body[1].t', 'time'],
      ['at 16:46', '$.description', 'time'],
    ]);
  });
});
