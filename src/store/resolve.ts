import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import type { Commit } from './port.ts';

/**
 * The last moment that a date names, in milliseconds since 1970: a day means its end, a time itself; UTC unless the
 * text has a zone. Undefined for anything that is not a date.
 */
export function parseDate(text: string): number | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return timeOf(`${text}T23:59:59.999Z`);
  const [, date, minutes, seconds, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  return timeOf(`${date}T${minutes}${seconds ?? ':00'}${zone ?? 'Z'}`);
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** A name of a commit, and how many first parents before it are meant: `main~2`, `HEAD^`; none in a name alone. */
export function parseAncestor(text: string): { readonly name: string; readonly back: number } {
  const [, name = '', steps = ''] = /^(.*?)((?:~\d{0,9}|\^)*)$/s.exec(text) ?? [];
  const counts = [...steps.matchAll(/~(\d*)|\^/g)].map(([, count]) => Number(count || 1));
  return { name, back: counts.reduce((sum, count) => sum + count, 0) };
}

/** Whether a name means the newest commit of the branch that the store is. */
export function meansTip(name: string): boolean {
  return name === 'HEAD' || name === '@';
}

/** The newest of `history` (newest first) that is not after `date`. @throws GitpactError `commit-missing` */
export function latestNotAfter(name: string, date: number, history: readonly Commit[]): CommitId {
  const found = history.find(({ committedAt }) => Date.parse(committedAt) <= date);
  if (found) return found.id;
  throw new GitpactError('commit-missing', `The contract repository has no commit as old as ${name}.`, {
    hint: 'Its first commit is later; gitpact log shows the dates.',
  });
}

/** The failure to find the commit of this name. */
export function commitMissing(name: string): GitpactError {
  return new GitpactError(
    'commit-missing',
    `There is no commit ${JSON.stringify(name)} in the contract repository.`,
    {
      hint: 'Give a commit id, a branch or tag of the contract repository, HEAD~1, or a date such as 2026-01-31.',
    },
  );
}

/** The failure of an abbreviated id that several commits begin with. */
export function commitAmbiguous(name: string): GitpactError {
  return new GitpactError('commit-missing', `More than one commit begins with ${JSON.stringify(name)}.`, {
    hint: 'Give more digits of the commit id.',
  });
}
