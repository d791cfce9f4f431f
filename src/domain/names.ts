import { GitpactError } from './failure.ts';

declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

/** The name of an application; the key of everything about it. */
export type PacticipantName = Branded<'PacticipantName'>;
/** The number of a pacticipant's version: any single-line text, often a commit. */
export type VersionNumber = Branded<'VersionNumber'>;
/** The name of a branch of a pacticipant. */
export type BranchName = Branded<'BranchName'>;
/** The name of a tag on a pacticipant's version. */
export type TagName = Branded<'TagName'>;
/** The name of an environment; without spaces. */
export type EnvironmentName = Branded<'EnvironmentName'>;
/** The Pact Broker's sha of a pact's content that affects verification: 40 lower-case hex digits. */
export type PactSha = Branded<'PactSha'>;
/** A commit of the contract repository: 40 lower-case hex digits. */
export type CommitId = Branded<'CommitId'>;
/** A moment in UTC with milliseconds, `2026-11-23T16:45:44.123Z`: sorts as text. */
export type Instant = Branded<'Instant'>;

/** Why a text cannot be a name, in the Pact Broker's words; undefined when it can (domain.md §1.2, §2, §5.4). */
export function whyNotAName(text: string): string | undefined {
  if (text === '') return 'must be filled';
  if (text.trim() === '') return 'cannot be blank';
  if (/[\n\r]/.test(text)) return 'cannot contain multiple lines';
  if (text.includes('\0')) return 'cannot contain a NUL character';
  if (!text.isWellFormed()) return 'is not well-formed Unicode';
  return undefined;
}

function parserOf<T extends string>(what: string): (text: string) => T {
  return (text) => {
    const problem = whyNotAName(text);
    if (problem) {
      throw new GitpactError('bad-name', `The ${what} ${JSON.stringify(text)} ${problem}.`, {
        hint: `Give a ${what} of one line that is not blank.`,
      });
    }
    return text as T;
  };
}

/** A pacticipant's name. @throws GitpactError `bad-name` */
export const pacticipantName = parserOf<PacticipantName>('pacticipant name');
/** A version number. @throws GitpactError `bad-name` */
export const versionNumber = parserOf<VersionNumber>('version number');
/** A branch name. @throws GitpactError `bad-name` */
export const branchName = parserOf<BranchName>('branch name');
/** A tag name. @throws GitpactError `bad-name` */
export const tagName = parserOf<TagName>('tag name');

/** Why a text cannot be the name of an environment; undefined when it can. */
export function whyNotAnEnvironmentName(text: string): string | undefined {
  return whyNotAName(text) ?? (/\s/.test(text) ? 'cannot contain spaces' : undefined);
}

/** An environment's name. @throws GitpactError `bad-name` */
export function environmentName(text: string): EnvironmentName {
  const problem = whyNotAnEnvironmentName(text);
  if (problem) {
    throw new GitpactError('bad-name', `The environment name ${JSON.stringify(text)} ${problem}.`, {
      hint: 'Environment names are single words, such as production.',
    });
  }
  return text as EnvironmentName;
}

/** Why a text cannot be a pact sha; undefined when it can. */
export function whyNotAPactSha(text: string): string | undefined {
  return /^[0-9a-f]{40}$/.test(text) ? undefined : 'is not a pact sha (40 lower-case hex digits)';
}

/** A pact sha. @throws GitpactError `bad-name` */
export function pactSha(text: string): PactSha {
  if (whyNotAPactSha(text)) {
    throw new GitpactError(
      'bad-name',
      `${JSON.stringify(text)} is not a pact sha (40 lower-case hex digits).`,
    );
  }
  return text as PactSha;
}

/** A full commit id. @throws GitpactError `bad-name` */
export function commitId(text: string): CommitId {
  if (!/^[0-9a-f]{40}$/.test(text)) {
    throw new GitpactError(
      'bad-name',
      `${JSON.stringify(text)} is not a commit id (40 lower-case hex digits).`,
    );
  }
  return text as CommitId;
}

/** The instant of a date. */
export function instant(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** Compares by Unicode code point, which is the byte order of UTF-8: the Pact Broker's order of names. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return surrogatesLast(x) - surrogatesLast(y);
  }
  return a.length - b.length;
}

function surrogatesLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
