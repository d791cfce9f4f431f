import { GitpactError } from '../domain/failure.ts';
import { remoteFailure } from './remote-failure.ts';

/**
 * What came of a push: in; lost to a faster writer (`why`: the host's words); refused for good; or unknown, when the
 * connection ended without a word about the branch.
 */
export type PushOutcome =
  | { readonly kind: 'in' }
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'refused'; readonly error: GitpactError }
  | { readonly kind: 'unknown'; readonly error: GitpactError };

/** What `git push --porcelain` said. */
export interface PushReport {
  readonly stdout: string;
  readonly stderr: string;
}

/** Reasons that only say that somebody else was there first, from git itself, as client and as server. */
const race =
  /fetch first|non-fast-forward|stale info|failed to update ref|cannot lock ref|incorrect old value|reference already exists|failed to lock|already exists|needs force|is at [0-9a-f]{40} but expected/i;

/** Reasons that say nothing about what happened to the branch. */
const silence =
  /remote failed to report status|internal server error|internal error|timed? ?out|unexpected disconnect/i;

/** Reads the outcome of pushing to the branch `ref`: a success only when the server's status for it says so. */
export function pushOutcome(report: PushReport, ref: string): PushOutcome {
  const status = statusOf(report.stdout, ref);
  if (!status) return withoutAnswer(report.stderr);
  if (status.flag !== '!') return { kind: 'in' };
  return rejected(status.summary, report.stderr);
}

/** Reads the reason that a host gives for not moving a branch. `stderr`: what else it said. */
export function rejected(reason: string, stderr: string): PushOutcome {
  const said = hostWords(stderr);
  if (silence.test(reason)) {
    return { kind: 'unknown', error: remoteFailure(`${reason}\n${stderr}`) };
  }
  if (race.test(reason)) return { kind: 'lost', why: [reason, said].filter(Boolean).join(': ') };
  return { kind: 'refused', error: refusal(reason, said) };
}

/** What came of a push that ended with these words, and without one about the branch. */
export function withoutAnswer(words: string, cause?: unknown): PushOutcome {
  const error = remoteFailure(words, cause);
  const isFinal = error.kind === 'refused' || error.kind === 'usage';
  return isFinal ? { kind: 'refused', error } : { kind: 'unknown', error };
}

function statusOf(stdout: string, ref: string): { flag: string; summary: string } | undefined {
  for (const line of stdout.split('\n')) {
    const [, flag, , to, summary] = /^([ *=!+-])\t([^\t:]*):([^\t]+)\t(.*)$/.exec(line) ?? [];
    if (flag !== undefined && to === ref) return { flag, summary: summary ?? '' };
  }
  return undefined;
}

function refusal(reason: string, said: string): GitpactError {
  const inBrackets = /\(([^()]*)\)\s*$/.exec(reason)?.[1] ?? reason;
  const hint = hints.find(([pattern]) => pattern.test(`${reason} ${said}`))?.[1];
  return new GitpactError(
    'store-refused',
    `The host refused the write: ${inBrackets}${said === '' ? '' : ` (${said})`}.`,
    {
      hint: hint ?? 'The reason is the host’s own; change what it asks for, then run the same command again.',
    },
  );
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /protected|GH006|GH013|not allowed to push|pushes to this branch are not permitted|TF40245\d|permission denied to update branch|changes must be made through a pull request/i,
    'Let this pipeline push to the branch, or keep the contracts on an unprotected one with --ref.',
  ],
  [
    /currently checked out/i,
    'Push to a bare repository, or give --repo the path of this one instead of its file:// URL.',
  ],
  [/hook declined/i, 'A hook of the host refuses such commits; ask whoever runs the host.'],
  [/unpacker error|unpack failed|no space/i, 'The host could not store the commit; ask whoever runs it.'],
  [
    /shallow update not allowed/i,
    'The host’s repository is itself shallow; run git fetch --unshallow in it.',
  ],
];

/** What the host itself said, on one line. */
function hostWords(stderr: string): string {
  const lines = [...stderr.matchAll(/^remote: ?(.*)$/gm)].map(([, text]) => (text ?? '').trim());
  return lines
    .filter((line) => line !== '')
    .join(' ')
    .slice(0, 500);
}
