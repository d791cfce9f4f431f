import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Complaint, GitpactError } from '../domain/failure.ts';
import { whyNotAName } from '../domain/names.ts';
import { parseYaml } from '../format/yaml.ts';
import { parseLocation, whyNotAPrefix, whyNotARef, withoutSecrets } from '../store/location.ts';
import { closest } from './parsing.ts';

/** The name of the file in a code base that says what its builds would else have to say each time. */
export const projectFileName = '.gitpact.yaml';

/** How the branches of a code base are recorded. */
export interface BranchRule {
  /** Of branches of the code base: `*` stands for anything but a slash, `**` for anything. */
  readonly pattern: string;
  /** The name that is recorded; by default the branch's own. */
  readonly as?: string;
  /** Tags for the versions that are recorded from it. */
  readonly tags: readonly string[];
}

/** What a `.gitpact.yaml` says. */
export interface ProjectFile {
  /** The folder it lies in, which its paths start from. */
  readonly folder: string;
  /** A path of this machine in it is absolute. */
  readonly repo?: string;
  readonly ref?: string;
  readonly prefix?: string;
  /** Whether commits to the contract repository are signed: `true` or `false`. */
  readonly sign?: string;
  readonly signKey?: string;
  readonly pacticipant?: string;
  /** Files, folders and globs. */
  readonly pacts: readonly string[];
  readonly branches: readonly BranchRule[];
}

/**
 * Reads the nearest `.gitpact.yaml`: of the working folder, or of one above it up to the top of its Git work tree.
 * @throws GitpactError `bad-arguments` with everything that is wrong with it, `bad-record` when it is no YAML.
 */
export async function readProjectFile(cwd: string): Promise<ProjectFile | undefined> {
  for (const folder of await foldersUpTo(cwd)) {
    const path = join(folder, projectFileName);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return parseProjectFile(text, path);
  }
  return undefined;
}

/** The folder and those above it, up to the one with `.git`; without any, the folder alone. */
async function foldersUpTo(cwd: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    folders.push(folder);
    const isTop = await stat(join(folder, '.git')).then(
      () => true,
      () => false,
    );
    if (isTop) return folders;
    if (dirname(folder) === folder) return [cwd];
  }
}

/** Reads the text of the file at `path`. @throws GitpactError as {@link readProjectFile} does */
export function parseProjectFile(text: string, path: string): ProjectFile {
  const folder = dirname(path);
  const complaints: Complaint[] = [];
  const complain = (where: string, problem: string) => complaints.push({ where, text: problem });
  const fields = mapping(parseYaml(path, text), '', complain);
  complainOfUnknown(
    fields,
    ['repo', 'ref', 'prefix', 'sign', 'signKey', 'pacticipant', 'pacts', 'branches'],
    '',
    complain,
  );
  const one = (name: string, whyNot: (value: string) => string | undefined) =>
    textIn(fields[name], name, whyNot, complain);
  const repo = one('repo', (value) => whyNotARepository(value, folder));
  const [ref, prefix, pacticipant] = [
    one('ref', whyNotARef),
    one('prefix', whyNotAPrefix),
    one('pacticipant', whyNotAName),
  ];
  const sign = flagIn(fields.sign, 'sign', complain);
  const signKey = one('signKey', () => undefined);
  const pacts = textsIn(fields.pacts, 'pacts', () => undefined, complain);
  const branches = rulesIn(fields.branches, complain);
  if (complaints.length > 0) {
    throw new GitpactError('bad-arguments', `${path} is not as it should be.`, {
      complaints,
      hint: 'The README tells what it may hold.',
    });
  }
  return {
    folder,
    ...(repo === undefined ? {} : { repo: located(repo, folder) }),
    ...(ref === undefined ? {} : { ref }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(sign === undefined ? {} : { sign }),
    ...(signKey === undefined ? {} : { signKey }),
    ...(pacticipant === undefined ? {} : { pacticipant }),
    pacts,
    branches,
  };
}

/** The rule for a branch: the first whose pattern fits. */
export function ruleFor(branch: string, rules: readonly BranchRule[]): BranchRule | undefined {
  return rules.find(({ pattern }) => {
    const parts = pattern.split(/(\*\*|\*)/).map((part) => {
      if (part === '**') return '.*';
      return part === '*' ? '[^/]*' : part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&');
    });
    return new RegExp(`^${parts.join('')}$`, 'u').test(branch);
  });
}

type Complain = (where: string, problem: string) => void;

function mapping(value: unknown, where: string, complain: Complain): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  complain(where, 'must be a mapping of names to values');
  return {};
}

function complainOfUnknown(
  fields: Readonly<Record<string, unknown>>,
  known: readonly string[],
  at: string,
  complain: Complain,
): void {
  for (const name of Object.keys(fields).filter((name) => !known.includes(name))) {
    const meant = closest(name, known);
    complain(`${at}${name}`, meant ? `is unknown; did you mean ${meant}?` : 'is unknown');
  }
}

function textIn(
  value: unknown,
  where: string,
  whyNot: (value: string) => string | undefined,
  complain: Complain,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  const problem = typeof value === 'string' && value !== '' ? whyNot(value) : 'must be a text';
  if (problem !== undefined) complain(where, problem);
  return typeof value === 'string' ? value : undefined;
}

function flagIn(value: unknown, where: string, complain: Complain): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean') complain(where, 'must be true or false');
  return String(value);
}

function textsIn(
  value: unknown,
  where: string,
  whyNot: (value: string) => string | undefined,
  complain: Complain,
): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item: unknown) => textIn(item, where, whyNot, complain) ?? []);
}

function rulesIn(value: unknown, complain: Complain): readonly BranchRule[] {
  return Object.entries(mapping(value, 'branches', complain)).map(([pattern, rule]) => {
    const at = `branches.${pattern}`;
    const fields = mapping(rule, at, complain);
    complainOfUnknown(fields, ['as', 'tags'], `${at}.`, complain);
    const as = textIn(fields.as, `${at}.as`, whyNotAName, complain);
    const tags = textsIn(fields.tags, `${at}.tags`, whyNotAName, complain);
    return { pattern, ...(as === undefined ? {} : { as }), tags };
  });
}

function whyNotARepository(text: string, folder: string): string | undefined {
  if (withoutSecrets(text) !== text && /^https?:/i.test(text)) {
    return 'must hold no user or password: give GITPACT_TOKEN in the environment';
  }
  try {
    parseLocation(text, folder);
    return undefined;
  } catch (error) {
    return error instanceof GitpactError ? `is no place of contracts: ${error.hint}` : String(error);
  }
}

function located(repo: string, folder: string): string {
  return parseLocation(repo, folder).kind === 'local' ? resolve(folder, repo) : repo;
}
