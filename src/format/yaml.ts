import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { readPlainYaml } from './plain-yaml.ts';
import { badRecord } from './reading.ts';

let loaded: typeof Yaml | undefined;

/** The yaml package, loaded when the first file that people edit is read: it costs a third of a short command. */
function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}

/** Parses a YAML file of the store to plain values. @throws GitpactError `bad-record` */
export function parseYaml(path: string, text: string): unknown {
  if (text.length > 1_000_000) throw badRecord(path, 'is larger than a megabyte');
  const plain = readPlainYaml(text);
  if (plain) return plain;
  try {
    return yaml().parse(text, { maxAliasCount: 100 });
  } catch (cause) {
    throw badRecord(path, 'is not YAML', cause);
  }
}

/**
 * `before` with each field of `record` set to its new value and the others removed; comments and the order of what
 * people wrote survive. Without `before`, a new file of the fields that are not undefined.
 */
export function editYaml(before: string | undefined, record: Readonly<Record<string, unknown>>): string {
  const { Document, parseDocument } = yaml();
  const document = before === undefined ? new Document({}) : parseDocument(before);
  if (document.contents === null) document.contents = document.createNode({}) as never;
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) document.delete(key);
    else if (JSON.stringify(document.get(key, false) ?? null) !== JSON.stringify(value)) {
      document.set(key, document.createNode(value));
    }
  }
  return document.toString({ lineWidth: 0 });
}
