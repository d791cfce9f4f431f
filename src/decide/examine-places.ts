import type { PacticipantName, PactSha } from '../domain/names.ts';
import type { File } from '../domain/tree.ts';
import { readIntegration, readResult, writeIntegration, writeResult } from '../format/contracts.ts';
import { readEnvironment } from '../format/environments.ts';
import { type KnownFields, knownFields, unknownFields } from '../format/known-fields.ts';
import { readBranch, readPacticipant, writeBranch } from '../format/pacticipants.ts';
import { paths } from '../format/paths.ts';
import { readPolicy } from '../format/policy.ts';
import { parseJsonFile, readJsonFields } from '../format/reading.ts';
import { readOnce } from '../format/recall.ts';
import { decodeSegment, encodeSegment, fanOut } from '../format/segment.ts';
import { readSettings } from '../format/settings.ts';
import { readVersion, writeVersion } from '../format/versions.ts';
import { readWebhook } from '../format/webhooks.ts';
import { writeRecord } from '../format/writing.ts';
import { parseYaml } from '../format/yaml.ts';
import { type FactKind, type FactRecords, type Located, pacticipantFolder } from './fact.ts';

/** A record as its file has it. */
export interface Reading {
  readonly fact: Located;
  readonly belongsAt: string;
  readonly unknown: readonly string[];
  /** The text it should be; absent for what people write. */
  readonly canonical?: string;
}

/**
 * What may lie at a path of the store: a record with its reader, a content or what lies beside one or beside a result,
 * or something that follows from the facts.
 */
export type Place =
  | { readonly kind: 'record'; readonly read: (path: string, text: string, file: File) => Reading }
  | { readonly kind: 'content' | 'arrangement' | 'tests' | 'derived' };

const xx = '[0-9a-f]{2}';
const name = '[^/]+';
const sha = '[0-9a-f]{40}';
const pair = `provider/${name}/consumer/${name}`;

function at(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}

interface RecordRules<K extends FactKind> {
  readonly read: (path: string, text: string, file: File) => FactRecords[K];
  readonly belongsAt: (record: FactRecords[K], path: string) => string;
  readonly write?: (record: FactRecords[K]) => string;
  /** Fields beside these are reported; absent where people may add their own. */
  readonly known?: KnownFields;
}

function record<K extends FactKind>(kind: K, of: RecordRules<K>): Place {
  const read = (path: string, text: string, file: File): Reading => {
    const found = of.read(path, text, file);
    const value = of.known && (path.endsWith('.yaml') ? parseYaml(path, text) : parseJsonFile(path, text));
    return {
      fact: { kind, path, record: found },
      belongsAt: of.belongsAt(found, path),
      unknown: of.known ? unknownFields(value, of.known) : [],
      ...(of.write ? { canonical: of.write(found) } : {}),
    };
  };
  return { kind: 'record', read };
}

const places: readonly (readonly [pattern: RegExp, place: Place])[] = [
  [
    at('gitpact\\.yaml'),
    record('settings', { read: readSettings, belongsAt: (_, path) => path, known: knownFields.settings }),
  ],
  [at('policy\\.yaml'), record('policy', { read: readPolicy, belongsAt: (_, path) => path })],
  [
    at(`pacticipants/${name}/pacticipant\\.yaml`),
    record('pacticipant', { read: readPacticipant, belongsAt: (one) => paths.pacticipant(one.name) }),
  ],
  [
    at(`pacticipants/${name}/versions/${xx}/${name}\\.json`),
    record('version', {
      // What is made of all versions reads them, too: both are to have the same records.
      read: (path, _text, file) => readOnce(file, path, readVersion),
      belongsAt: ({ pacticipant, number }) => paths.version(pacticipant, number),
      write: writeVersion,
      known: knownFields.version,
    }),
  ],
  [
    at(`pacticipants/${name}/branches/${xx}/${name}\\.json`),
    record('branch', {
      read: readBranch,
      belongsAt: (one, path) =>
        `${pacticipantFolder(path)}/branches/${fanOut(one.name)}/${encodeSegment(one.name)}.json`,
      write: writeBranch,
      known: knownFields.branch,
    }),
  ],
  [
    at(`pacts/${pair}/integration\\.json`),
    record('integration', {
      read: readIntegration,
      belongsAt: ({ consumer, provider }) => paths.integration(consumer, provider),
      write: writeIntegration,
      known: knownFields.integration,
    }),
  ],
  [
    at(`results/${pair}/${xx}/${sha}/${xx}/${name}~\\d+\\.json`),
    record('result', {
      read: readResultAt,
      belongsAt: resultPlace,
      write: writeResult,
      known: knownFields.result,
    }),
  ],
  [
    at(`environments/${name}\\.yaml`),
    record('environment', { read: readEnvironment, belongsAt: (one) => paths.environment(one.name) }),
  ],
  [
    at(`webhooks/${name}\\.yaml`),
    record('webhook', { read: readWebhook, belongsAt: (one) => paths.webhook(one.uuid) }),
  ],
  [at(`pacts/${pair}/content/${xx}/${sha}\\.json`), { kind: 'content' }],
  [at(`pacts/${pair}/content/${xx}/${sha}\\.order\\.json`), { kind: 'arrangement' }],
  [at(`results/${pair}/${xx}/${sha}/${xx}/${name}~\\d+\\.tests\\.json`), { kind: 'tests' }],
  [at(`pacticipants/${name}/(latest|tags/${xx}/${name})\\.json`), { kind: 'derived' }],
  [
    at(`pacts/${pair}/(latest|main-branch|(branch|tag)/${xx}/${name}|environment/${name}/${name})\\.json`),
    { kind: 'derived' },
  ],
  [
    at('results/last\\.json'),
    record('counter', {
      read: (path, text) => ({ number: readJsonFields(path, text).whole('number') }),
      belongsAt: (_, path) => path,
      write: ({ number }) => writeRecord({ number }),
      known: knownFields.counter,
    }),
  ],
  [at(`deployments/(by-uuid/${xx}/)?${name}\\.json`), { kind: 'derived' }],
];

/** What belongs at a path in the store's own folders; undefined when nothing does. */
export function placeOf(path: string): Place | undefined {
  return places.find(([pattern]) => pattern.test(path))?.[1];
}

/** The consumer and provider of a result are those that its path names: only the path says them. */
function readResultAt(path: string, text: string): FactRecords['result'] {
  const [, , provider = '', , consumer = '', , ofSha = ''] = path.split('/');
  return readResult(path, text, {
    consumer: (decodeSegment(consumer) ?? consumer) as PacticipantName,
    provider: (decodeSegment(provider) ?? provider) as PacticipantName,
    sha: ofSha as PactSha,
  });
}

/** Where a result belongs among those for the content that its path names. */
export function resultPlace(
  { sha: of, providerVersion, number }: FactRecords['result'],
  path: string,
): string {
  const forPair = path.split('/').slice(0, 5).join('/');
  const file = `${paths.resultName(providerVersion, number)}.json`;
  return `${forPair}/${of.slice(0, 2)}/${of}/${fanOut(providerVersion)}/${file}`;
}
