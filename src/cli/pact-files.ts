import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Complaint, GitpactError } from '../domain/failure.ts';
import { groupBy } from '../domain/grouping.ts';
import { type JsonObject, parseJson } from '../domain/json.ts';
import type { PacticipantName } from '../domain/names.ts';
import { type PublishablePact, parsePublishablePact } from '../domain/pact.ts';
import { mergePactFiles, type PactFile } from '../domain/pact-merge.ts';
import { decodeUtf8 } from '../domain/utf8.ts';

const largest = 32 * 1024 * 1024;

/** The pact of one consumer and provider, from one file or several. */
export interface PactFromFiles {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly content: JsonObject;
  readonly files: readonly string[];
}

/** What came of reading everything that was named. */
interface Reading {
  readonly read: readonly PactFile[];
  /** What was named and names no file. */
  readonly missing: readonly Complaint[];
  readonly failures: readonly { readonly path: string; readonly error: GitpactError }[];
}

/**
 * Reads the pacts that files, folders (their `*.json`) and globs name. Files for the same consumer and provider are
 * merged as the Pact Broker's client does.
 * @throws GitpactError with the complaints about every file at once: `no-pacts-found`, `file-unreadable`, `bad-pact`,
 *   `bad-json`, `pacts-differ`.
 */
export async function readPactFiles(
  operands: readonly string[],
  cwd: string,
): Promise<readonly PactFromFiles[]> {
  const reading = await readAll(operands, cwd);
  const { read, missing, failures } = reading;
  const [first] = failures;
  if (!first && missing.length > 0) throw nothingFound(missing);
  if (!first) return mergedPairs(read);
  const bad = failures.length + missing.length;
  if (bad === 1) throw first.error;
  throw new GitpactError(first.error.code, `${bad} of ${read.length + bad} files cannot be published.`, {
    complaints: complaintsIn(reading),
    hint: 'Nothing was published. Give only the pact files that your Pact library writes.',
  });
}

/** What keeps files from being read as pacts, one by one; none when all can be. */
export async function complaintsAboutPactFiles(
  operands: readonly string[],
  cwd: string,
): Promise<readonly Complaint[]> {
  return complaintsIn(await readAll(operands, cwd));
}

async function readAll(operands: readonly string[], cwd: string): Promise<Reading> {
  const { files, missing } = await findFiles(operands, cwd);
  const failures: Reading['failures'][number][] = [];
  const read: PactFile[] = [];
  for (const path of files) {
    try {
      read.push({ path, pact: await readPactFile(path, cwd) });
    } catch (error) {
      if (!(error instanceof GitpactError)) throw error;
      failures.push({ path, error });
    }
  }
  return { read, missing, failures };
}

function complaintsIn({ missing, failures }: Reading): readonly Complaint[] {
  const inFiles = failures.flatMap(({ path, error }) =>
    error.complaints.length > 0
      ? error.complaints.map(({ where, text }) => ({ where: path, text: `${where} ${text}` }))
      : [{ where: '', text: error.message }],
  );
  return [...missing, ...inFiles];
}

function nothingFound(complaints: readonly Complaint[]): GitpactError {
  return new GitpactError('no-pacts-found', 'No pacts were found.', {
    complaints,
    hint: 'Run the consumer tests first: they write the pacts. Then give their folder or files.',
  });
}

async function findFiles(
  operands: readonly string[],
  cwd: string,
): Promise<{ readonly files: readonly string[]; readonly missing: readonly Complaint[] }> {
  const found: string[] = [];
  const missing: Complaint[] = [];
  for (const operand of operands) {
    const paths = await pathsOf(operand, cwd);
    if (paths.length === 0) missing.push({ where: operand, text: await whyNothing(operand, cwd) });
    found.push(...paths);
  }
  return { files: [...new Set(found)], missing };
}

async function whyNothing(operand: string, cwd: string): Promise<string> {
  const known = await stat(resolve(cwd, operand)).catch(() => undefined);
  if (known) return known.isDirectory() ? 'has no *.json files in it' : 'is not a file';
  return /[*?{[]/.test(operand) ? 'matches no file' : 'does not exist';
}

async function pathsOf(operand: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, operand);
  const known = await stat(path).catch(() => undefined);
  if (known?.isFile()) return [operand];
  const { glob } = await import('tinyglobby');
  const matches = known?.isDirectory()
    ? (await glob('*.json', { cwd: path, absolute: true })).map((match) =>
        join(operand, relative(path, match)),
      )
    : await glob(operand.replaceAll('\\', '/'), { cwd, onlyFiles: true });
  return matches.sort();
}

async function readPactFile(path: string, cwd: string): Promise<PublishablePact> {
  const full = resolve(cwd, path);
  const size = (await stat(full).catch(unreadable(path))).size;
  if (size > largest) {
    throw new GitpactError(
      'bad-pact',
      `${path} has ${Math.round(size / 1e6)} MB; a pact may have ${largest / 2 ** 20} MiB.`,
      {
        hint: 'A pact this large is usually full of generated example data: use matchers and short examples.',
      },
    );
  }
  if (size === 0) {
    throw new GitpactError('bad-pact', `${path} is empty.`, {
      hint: 'Did the consumer tests end before writing it?',
    });
  }
  const bytes = await readFile(full).catch(unreadable(path));
  return parsePublishablePact(parseJson(decodeUtf8(bytes, path), path), path);
}

function unreadable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new GitpactError('file-unreadable', `${path} cannot be read.`, {
      cause,
      hint: 'Check its permissions.',
    });
  };
}

function mergedPairs(read: readonly PactFile[]): PactFromFiles[] {
  const groups = groupBy(read, ({ pact }) => JSON.stringify([pact.consumer, pact.provider]));
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (!first) return [];
    const { consumer, provider } = first.pact;
    const files = group.map(({ path }) => path);
    return [{ consumer, provider, content: mergePactFiles(first, ...others), files }];
  });
}
