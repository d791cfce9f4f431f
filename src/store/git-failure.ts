import { type FailureCode, GitpactError } from '../domain/failure.ts';

interface Sign {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly sentence: string;
  readonly hint: string;
}

/** What git or the operating system says, and what that means to whoever reads or writes contracts. */
const signs: readonly Sign[] = [
  {
    pattern: /no space left|out of disk ?space|disk quota|file too large|disk full|ENOSPC|EDQUOT|EFBIG/i,
    code: 'disk-failed',
    sentence: 'The disk is full: nothing was written to the contract repository.',
    hint: 'Make room on the disk that holds the repository, then run the same command again.',
  },
  {
    pattern: /dubious ownership|unsafe repository/i,
    code: 'store-refused',
    sentence: 'Git does not trust the contract repository, since it belongs to another user.',
    hint: 'If you trust it, run: git config --global --add safe.directory <its folder>.',
  },
  {
    pattern: /permission denied|read-only file system|insufficient permission|EACCES|EROFS|EPERM/i,
    code: 'store-refused',
    sentence: 'The contract repository may not be written to by this user.',
    hint: 'Check who owns the repository and whether its file system is mounted read-only.',
  },
  {
    pattern:
      /corrupt|bad object|unable to unpack|inflate|unable to read tree|invalid object|missing (blob|tree)|unable to find|bad tree/i,
    code: 'store-damaged',
    sentence: 'The contract repository is damaged: an object cannot be read.',
    hint: 'Run git fsck in it, and fetch what is missing from another clone.',
  },
  {
    pattern: /input\/output error|EIO/i,
    code: 'disk-failed',
    sentence: 'The disk that holds the contract repository reports an error.',
    hint: 'Check the disk; nothing that was acknowledged is affected by this write.',
  },
  {
    pattern: /not a git repository/i,
    code: 'not-a-repository',
    sentence: 'There is no Git repository there.',
    hint: 'Check --repo, or make one with gitpact init.',
  },
];

/** The failure that this error output of git means. `doing` completes "Git could not … the contract repository". */
export function gitFailure(doing: string, stderr: string): GitpactError {
  return (
    knownFailure(stderr) ??
    new GitpactError('git-failed', `Git could not ${doing} the contract repository: ${lastWords(stderr)}`, {
      hint: 'This is what git itself said; run git fsck in the repository if it looks damaged.',
    })
  );
}

/** The failure that a text names, where it is one of those that have a remedy. */
export function knownFailure(text: string, cause?: unknown): GitpactError | undefined {
  const sign = signs.find(({ pattern }) => pattern.test(text));
  if (!sign) return undefined;
  return new GitpactError(sign.code, sign.sentence, {
    hint: sign.hint,
    cause: cause ?? new Error(text.trim()),
  });
}

/** The failure behind an error of the file system (`ENOSPC`, `EACCES` …); other errors as they are. */
export function diskFailure(error: unknown): unknown {
  if (error instanceof GitpactError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return (typeof code === 'string' ? knownFailure(code, error) : undefined) ?? error;
}

/** The line of an error output that says most: the last that starts with `fatal:` or `error:`, or the last. */
export function lastWords(stderr: string): string {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /^(fatal|error|remote):/.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? 'it gave no reason').replace(/^(fatal|error): /, '').trim();
}

/** The failure to make a branch whose name another branch needs as a folder, or the other way round. */
export function branchInTheWay(cause: unknown): GitpactError {
  return new GitpactError('store-refused', 'A branch cannot be made above or below a branch that exists.', {
    hint: 'Give --ref a name that is not the beginning of another, up to a slash, nor the other way round.',
    cause,
  });
}

/** The failure to find the commit that a branch points at. */
export function commitGone(ref: string): GitpactError {
  return gitFailure('read from', `fatal: bad object: ${ref} points at a commit that is not there`);
}
