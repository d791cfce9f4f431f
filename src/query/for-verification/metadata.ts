import { Buffer } from 'node:buffer';
import type { AnsweredSelector } from '../../domain/records.ts';

/** What the URL of a pact carries from the question that led to it to the result that answers it (selectors.md §9). */
export interface PactMetadata {
  readonly selectors?: readonly AnsweredSelector[];
  /** The consumer version the pact was fetched for. */
  readonly consumerVersion?: string;
  readonly consumerTags?: readonly string[];
  readonly pending?: boolean;
  readonly wip?: true;
}

/** The keys and values of the metadata, in order. */
export function metadataFields(metadata: PactMetadata): [key: string, value: string][] {
  const fields: [string, string | undefined][] = [];
  for (const { branch, tag, latest, environment, consumerVersion } of metadata.selectors ?? []) {
    fields.push(['s[][b]', branch], ['s[][t]', tag], ['s[][l]', latest ? 'true' : undefined]);
    fields.push(['s[][e]', environment], ['s[][cv]', consumerVersion]);
  }
  fields.push(['cvn', metadata.consumerVersion]);
  for (const tag of metadata.consumerTags ?? []) fields.push(['cvt[]', tag]);
  fields.push(['p', metadata.pending?.toString()], ['w', metadata.wip?.toString()]);
  return fields.filter((field): field is [string, string] => field[1] !== undefined);
}

type MutableSelector = { -readonly [K in keyof AnsweredSelector]: AnsweredSelector[K] };

/**
 * Reads a path segment: {@link metadataFields} as a query string, in base64url. What is malformed says nothing: the
 * segment comes back from a verifier, whose result must not be lost for it.
 */
export function decodeMetadata(segment: string): PactMetadata {
  if (!/^[A-Za-z0-9_-]*=*$/.test(segment)) return {};
  const fields = [...new URLSearchParams(Buffer.from(segment, 'base64url').toString('utf8'))];
  const last = (...keys: readonly string[]) => fields.findLast(([key]) => keys.includes(key))?.[1];
  const selectors = selectorsIn(fields);
  const consumerVersion = last('cvn', 'cv', 'consumer_version_number');
  const consumerTags = fields.filter(([key]) => key === 'cvt[]').map(([, tag]) => tag);
  const pending = last('p', 'pending');
  return {
    ...(selectors.length > 0 ? { selectors } : {}),
    ...(consumerVersion === undefined ? {} : { consumerVersion }),
    ...(consumerTags.length > 0 ? { consumerTags } : {}),
    ...(pending === 'true' || pending === 'false' ? { pending: pending === 'true' } : {}),
    ...(last('w', 'wip') === 'true' ? { wip: true } : {}),
  };
}

/** A selector ends where its version is told or a key repeats. */
function selectorsIn(fields: readonly [string, string][]): readonly AnsweredSelector[] {
  const selectors: MutableSelector[] = [];
  let seen = new Set<string>();
  for (const [key, value] of fields) {
    const short = /^s\[\]\[(b|t|l|e|cv)\]$/.exec(key)?.[1];
    if (short === undefined) continue;
    if (selectors.length === 0 || seen.has(short) || seen.has('cv')) {
      selectors.push({});
      seen = new Set();
    }
    seen.add(short);
    Object.assign(selectors.at(-1) ?? {}, fieldOf(short, value));
  }
  return selectors;
}

function fieldOf(short: string, value: string): AnsweredSelector {
  switch (short) {
    case 'b':
      return { branch: value };
    case 't':
      return { tag: value };
    case 'l':
      return { latest: value === 'true' };
    case 'e':
      return { environment: value };
    default:
      return { consumerVersion: value };
  }
}
