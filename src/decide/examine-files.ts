import { createHash } from 'node:crypto';
import { GitpactError } from '../domain/failure.ts';
import { parseJson } from '../domain/json.ts';
import { type File, type Folder, textOf } from '../domain/tree.ts';
import { examineContent } from './examine-contents.ts';
import { placeOf, type Reading } from './examine-places.ts';
import { complaintsAbout } from './examine-values.ts';
import type { Examined } from './examined.ts';
import type { Finding, Rule } from './finding.ts';

/** Of most files nothing is found: they share the one list of it. */
const none: readonly never[] = [];
const nothing: Examined = { findings: none, corrections: none };

/** Examines one file of the store's own folders. @throws NotLoaded */
export function examineFile(root: Folder, path: string, file: File): Examined {
  const place = placeOf(path);
  if (!place) return wrong(path, 'foreign', 'does not belong in a contract repository');
  if (place.kind === 'derived') return nothing;
  const text = textOf(file);
  if (!isUtf8(file, text)) return wrong(path, 'malformed', 'is not UTF-8');
  try {
    if (place.kind === 'record') return examineRecord(path, text, place.read(path, text, file));
    if (place.kind === 'content') return examineContent(root, path, file);
    if (place.kind === 'tests') parseJson(text, path);
    return nothing;
  } catch (error) {
    if (!(error instanceof GitpactError)) throw error;
    return wrong(path, 'malformed', withoutPath(path, error.message));
  }
}

function wrong(path: string, rule: Rule, text: string): Examined {
  return { findings: [{ path, rule, text }], corrections: [] };
}

/** What a reader's sentence says of the file: it names it, too. */
function withoutPath(path: string, sentence: string): string {
  return sentence
    .replace(`The file ${path} of the contract repository `, '')
    .replace(`${path} `, '')
    .replace(/\.$/, '');
}

function examineRecord(
  path: string,
  text: string,
  { fact, belongsAt, unknown, canonical }: Reading,
): Examined {
  const complaints = complaintsAbout(fact).map((complaint) => ({ path, ...complaint }));
  if (complaints.length > 0) return { findings: complaints, corrections: [] };
  if (belongsAt !== path) return wrong(path, 'misplaced', `tells of something that belongs at ${belongsAt}`);
  const findings = unknown.map(
    (field): Finding => ({ path, rule: 'unknown-field', text: `has the unknown field ${field}` }),
  );
  if (canonical === undefined || canonical === text) return { findings, corrections: [], fact };
  if (unknown.length > 0) return { findings, corrections: [], fact, knownPart: canonical };
  return {
    findings: [{ path, rule: 'form', text: 'is not in canonical form' }],
    corrections: [{ path, text: canonical }],
    fact,
  };
}

/** Whether the bytes that Git has are those of the text: reading shows what is no UTF-8 as U+FFFD. */
function isUtf8(file: File, text: string): boolean {
  if (file.oid === undefined || !text.includes('\ufffd')) return true;
  const bytes = new TextEncoder().encode(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === file.oid;
}
