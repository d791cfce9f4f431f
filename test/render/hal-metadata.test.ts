import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataOf, metadataSegment, versionCode, versionOfCode } from '../../src/render/hal/metadata.ts';

const number = fc.oneof(
  fc.stringMatching(/^[0-9]{1,20}$/),
  fc.stringMatching(/^[0-9a-f]{40}$/),
  fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed()),
);

describe('the number that stands for a consumer version', () => {
  it('is made of digits, and can be read back', () => {
    fc.assert(
      fc.property(fc.string(), number, (consumer, version) => {
        const code = versionCode(consumer, version);
        expect(code).toMatch(/^[1-9]\d*$/);
        expect(versionOfCode(consumer, code)).toBe(version);
      }),
    );
  });

  it('is another for another version', () => {
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 2, maxLength: 20 }), (versions) => {
        expect(new Set(versions.map((version) => versionCode('Foo', version))).size).toBe(versions.length);
      }),
    );
  });

  it('is none when others made it up', () => {
    fc.assert(
      fc.property(fc.nat().map(String), (code) => {
        expect(versionOfCode('Foo', code)).toBeUndefined();
      }),
    );
  });

  it('goes to a verifier and comes back with its selectors', () => {
    const metadata = {
      selectors: [
        { branch: 'main', latest: true, consumerVersion: '1.2-rc/3' },
        { environment: 'prod', consumerVersion: 'c0ffee' },
      ],
      pending: true,
    };
    expect(metadataOf('Foo', metadataSegment('Foo', metadata))).toEqual(metadata);
  });
});
