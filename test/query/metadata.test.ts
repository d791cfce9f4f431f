import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeMetadata,
  metadataFields,
  type PactMetadata,
} from '../../src/query/for-verification/metadata.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const present = <T extends object>(
  record: { [K in keyof T]: fc.Arbitrary<NonNullable<T[K]>> },
  ...required: (keyof T)[]
) => fc.record(record, { requiredKeys: required }) as unknown as fc.Arbitrary<T>;

const selector = present<NonNullable<PactMetadata['selectors']>[number]>(
  { branch: text, tag: text, latest: fc.constant(true), environment: text, consumerVersion: text },
  'consumerVersion',
);
const metadata = present<PactMetadata>({
  selectors: fc.array(selector, { minLength: 1, maxLength: 4 }),
  consumerVersion: text,
  consumerTags: fc.array(text, { minLength: 1, maxLength: 3 }),
  pending: fc.boolean(),
  wip: fc.constant(true as const),
});

const encodeMetadata = (sent: PactMetadata) =>
  Buffer.from(new URLSearchParams(metadataFields(sent)).toString()).toString('base64url');

describe('metadata in the URL of a pact (selectors.md §9)', () => {
  it('comes back as it went, whatever the names', () => {
    fc.assert(
      fc.property(metadata, (sent) => {
        const segment = encodeMetadata(sent);
        expect(segment).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(decodeMetadata(segment)).toEqual(sent);
      }),
    );
  });

  it('never fails on what others send', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (segment) => void decodeMetadata(segment)));
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => void decodeMetadata(Buffer.from(bytes).toString('base64url'))),
    );
    expect(decodeMetadata('not base64!')).toEqual({});
    expect(decodeMetadata(Buffer.from('p=maybe&w=yes').toString('base64url'))).toEqual({});
  });

  it.each<[PactMetadata, string]>([
    [{ selectors: [{ consumerVersion: '1' }], pending: true }, 'cyU1QiU1RCU1QmN2JTVEPTEmcD10cnVl'],
    [{ wip: true }, 'dz10cnVl'],
  ])('spells %j as the Pact Broker does', (sent, segment) => {
    expect(encodeMetadata(sent)).toBe(segment);
  });

  it.each<[query: string, PactMetadata]>([
    ['consumer_version_number=1&pending=false&wip=true', { consumerVersion: '1', pending: false, wip: true }],
    ['cv=1', { consumerVersion: '1' }],
    ['cvn=1&cvt[]=a&cvt[]=b&w=yes', { consumerVersion: '1', consumerTags: ['a', 'b'] }],
    ['s[][l]=false&s[][cv]=1', { selectors: [{ latest: false, consumerVersion: '1' }] }],
    ['as[][l]=true&s[][l]x=true&x=y', {}],
  ])('understands %s', (query, metadata) => {
    expect(decodeMetadata(Buffer.from(query).toString('base64url'))).toStrictEqual(metadata);
  });

  it.each(['!dz10cnVl', 'dz10cnVl!', 'dz10cnVl=x'])(
    'takes nothing from %s, which is no base64',
    (segment) => {
      expect(decodeMetadata(segment)).toEqual({});
    },
  );

  it('of nothing is nothing', () => {
    expect(metadataFields({})).toEqual([]);
  });

  it('accepts padding, and keeps each selector with its own version', () => {
    expect(decodeMetadata('dz10cnVl==')).toEqual({ wip: true });
    const two = [{ consumerVersion: '4' }, { latest: true, consumerVersion: '5' }];
    expect(metadataFields({ selectors: two }).map((field) => field.join('='))).toEqual([
      's[][cv]=4',
      's[][l]=true',
      's[][cv]=5',
    ]);
    expect(decodeMetadata(encodeMetadata({ selectors: two })).selectors).toEqual(two);
  });
});
