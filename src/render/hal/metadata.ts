import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { decodeMetadata, metadataFields, type PactMetadata } from '../../query/for-verification/metadata.ts';

/*
 * Metadata in URLs names consumer versions by whole numbers, as the Pact Broker's do (selectors.md §9). Ours are made
 * from the version's number and can be read back: nothing has to be stored or searched for.
 */

/** How a version's number is written: as a decimal number, as hex digits, or as any text. */
type Spelling = 0 | 1 | 2;

function spellingOf(version: string): Spelling {
  if (/^[1-9]\d*$/.test(version)) return 0;
  return /^[0-9a-f]+$/.test(version) ? 1 : 2;
}

/** A whole number that stands for a version of a consumer, as decimal digits; no two versions share one. */
export function versionCode(consumer: string, version: string): string {
  const whose = (createHash('sha1').update(consumer).digest().readUInt32BE() % 90_000) + 10_000;
  const spelling = spellingOf(version);
  const hex = spelling === 1 ? version : Buffer.from(version).toString('hex');
  return `${spelling === 0 ? version : BigInt(`0x1${hex}`)}${whose}${spelling}`;
}

/** The version a {@link versionCode} stands for; undefined for any other number. */
export function versionOfCode(consumer: string, code: string): string | undefined {
  if (!/^[1-9]\d{6,4000}$/.test(code)) return undefined;
  const value = code.slice(0, -6);
  const hex = BigInt(value).toString(16).slice(1);
  const version = [value, hex, Buffer.from(hex, 'hex').toString()][Number(code.at(-1))];
  return version !== undefined && versionCode(consumer, version) === code ? version : undefined;
}

/** The segment that tells what a pact was handed out for. */
export function metadataSegment(consumer: string, metadata: PactMetadata): string {
  const fields = metadataFields(metadata).map(([key, value]): [string, string] =>
    key === 's[][cv]' ? [key, versionCode(consumer, value)] : [key, value],
  );
  return segmentOf(fields);
}

/** The segment of a pact that was fetched as the latest one, maybe with a tag (api.md §5.1). */
export function latestMetadataSegment(consumer: string, version: string, tag?: string): string {
  const tags: [string, string][] = tag === undefined ? [] : [['cvt[]', tag]];
  return segmentOf([...tags, ['cv', versionCode(consumer, version)]]);
}

function segmentOf(fields: [string, string][]): string {
  return Buffer.from(new URLSearchParams(fields).toString()).toString('base64url');
}

/** What a segment tells; nothing where it is malformed, since a result must not be lost for it. */
export function metadataOf(consumer: string, segment: string): PactMetadata {
  const { selectors, consumerVersion, ...rest } = decodeMetadata(segment);
  const named = (code: string | undefined) =>
    code === undefined ? undefined : (versionOfCode(consumer, code) ?? code);
  const version = named(consumerVersion);
  return {
    ...rest,
    ...(selectors
      ? {
          selectors: selectors.map((selector) => {
            const number = named(selector.consumerVersion);
            return number === undefined ? selector : { ...selector, consumerVersion: number };
          }),
        }
      : {}),
    ...(version === undefined ? {} : { consumerVersion: version }),
  };
}
