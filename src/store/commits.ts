import { escapeHidden } from '../domain/hidden-characters.ts';
import { type CommitId, commitId, type Instant, instant } from '../domain/names.ts';
import type { Commit, Intent, Signed } from './port.ts';

/** Who a commit names. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** The name under which gitpact commits when neither environment nor configuration names anybody. */
export const nobody: Person = { name: 'gitpact', email: 'gitpact@localhost' };

/** What a commit object says. */
export interface CommitText {
  readonly tree: string;
  readonly parents: readonly CommitId[];
  readonly author: Person;
  readonly committer: Person;
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly message: string;
  /** As the program that signed it printed it. */
  readonly signature?: string;
}

/** The bytes of a commit object; times are written in UTC. */
export function serializeCommit(commit: CommitText): Buffer {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signature(commit.author, commit.seconds)}`,
    `committer ${signature(commit.committer, commit.seconds)}`,
    ...(commit.signature === undefined
      ? []
      : [`gpgsig ${commit.signature.trimEnd().replaceAll('\n', '\n ')}`]),
    '',
    commit.message,
  ];
  return Buffer.from(lines.join('\n'));
}

/** `Name <email> seconds +0000`, without the characters that Git forbids in it. */
export function signature(person: Person, seconds: number): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  return `${clean(person.name) || nobody.name} <${clean(person.email)}> ${seconds} +0000`;
}

/** A commit object that was read. */
export interface ReadCommit extends Commit {
  readonly tree: string;
  readonly parents: readonly CommitId[];
  /** Of a commit with which the history began anew: the one it goes on from, kept under another ref. */
  readonly continues?: CommitId;
}

/** The trailer of a commit without parents that names the one before it. */
export const continuesTrailer = 'Gitpact-Continues';

const continuation = new RegExp(`^${continuesTrailer}: ([0-9a-f]{40})$`, 'm');

/** Reads a commit object. */
export function parseCommit(oid: string, data: Buffer): ReadCommit {
  const text = data.toString('utf8');
  const end = text.indexOf('\n\n');
  const message = end < 0 ? '' : text.slice(end + 2);
  const header = (name: string) =>
    [...text.slice(0, end < 0 ? undefined : end).matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(
      ([, value]) => value ?? '',
    );
  const parents = header('parent').map(commitId);
  const [, before] = parents.length === 0 ? (continuation.exec(message) ?? []) : [];
  const continues = before === undefined ? undefined : commitId(before);
  const parent = parents[0] ?? continues;
  const signed = signedIn(data, end < 0 ? data.length : data.indexOf('\n\n'));
  return {
    id: commitId(oid),
    tree: header('tree')[0] ?? '',
    parents,
    ...(parent === undefined ? {} : { parent }),
    ...(continues === undefined ? {} : { continues }),
    title: message.split('\n', 1)[0] ?? '',
    message,
    author: personOf(header('author')[0] ?? ''),
    committer: personOf(header('committer')[0] ?? ''),
    ...(signed ? { signed } : {}),
    committedAt: timeOf(header('committer')[0] ?? ''),
  };
}

/** The signature in the header of a commit; none where there are several, since which one counts is not told. */
function signedIn(data: Buffer, headerEnd: number): Signed | undefined {
  const from = data.indexOf('\ngpgsig');
  if (from < 0 || from >= headerEnd) return undefined;
  const header = data.toString('latin1', 0, headerEnd);
  const found = [...header.matchAll(/\ngpgsig(?:-sha256)? ((?:.*)(?:\n .*)*)/g)];
  const [only] = found;
  if (!only || found.length > 1 || !only[0].startsWith('\ngpgsig ')) return undefined;
  const bytes = Buffer.concat([data.subarray(0, only.index), data.subarray(only.index + only[0].length)]);
  return { signature: (only[1] ?? '').replace(/\n /g, '\n'), bytes };
}

function personOf(text: string): Person {
  const [, name = '', email = ''] = /^(.*?) ?<(.*?)>/.exec(text) ?? [];
  return { name, email };
}

function timeOf(text: string): Instant {
  const [, seconds = '0'] = /> (-?\d+)/.exec(text) ?? [];
  return instant(new Date(Number(seconds) * 1000));
}

/**
 * The message of one commit for all of these writes: one write's own title, or how many there are with their titles
 * below; then every trailer, and `write`, where given, as the last.
 *
 * Two processes may make the same change to the same state in the same second. Were their commits the same too, each
 * would take the other's for its own, and one change would be lost: `write` tells them apart.
 */
export function messageOf(intents: readonly Intent[], write?: string): string {
  const titles = intents.map((intent) => oneLine(intent.title));
  const [only = ''] = titles;
  const head = titles.length === 1 ? [only] : [`${titles.length} writes`, '', ...titles.map((t) => `- ${t}`)];
  const trailers = intents.flatMap((intent) => intent.trailers ?? []);
  const all = write === undefined ? trailers : [...trailers, ['Gitpact-Write', write] as const];
  const lines = all.map(([name, value]) => `${name}: ${oneLine(value)}`);
  return `${[...head, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')}\n`;
}

function oneLine(text: string): string {
  return escapeHidden(text.replace(/[\r\n\0]+/g, ' ')).toWellFormed();
}
