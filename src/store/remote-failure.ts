import { type FailureCode, GitpactError } from '../domain/failure.ts';
import { lastWords } from './git-failure.ts';
import { isRateLimit, waitIn } from './rate-limit.ts';

/** Whether this failure says that the remote is not where it was, and may be back. */
export function isAway(error: unknown): error is GitpactError {
  return error instanceof GitpactError && away.has(error.code);
}

const away: ReadonlySet<FailureCode> = new Set(['network-failed', 'not-a-repository']);

interface Sign {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly sentence: string;
  readonly hint: string;
}

/** What a host says of an id that it does not have, or does not show. */
const unknownToHost = /not our ref|unadvertised object/i;

/** Whether this failure says that the host does not have the object that was asked for. */
export function isUnknownToHost(error: unknown): boolean {
  return error instanceof GitpactError && unknownToHost.test(String(error.cause));
}

/** What git says of a remote, most telling first. */
const signs: readonly Sign[] = [
  {
    pattern:
      /returned error: 403|HTTP (Error:|code =) 403|write access to repository not granted|permission to .* denied|marked as read only|not allowed to (push|upload) code|insufficient (scope|permission)|access denied|not authorized/i,
    code: 'store-refused',
    sentence: 'The host knows who we are, and does not let us do this: the token or key has too few rights.',
    hint: 'Give GITPACT_TOKEN a token, or git a key, that may read this repository and, to record anything, write to it (on GitHub: contents, read and write).',
  },
  {
    pattern:
      /authentication failed|could not read (username|password)|terminal prompts disabled|permission denied|returned error: 401|HTTP (basic|code = 401)|HTTP Error: 401|invalid credentials/i,
    code: 'store-refused',
    sentence: 'The host does not let us in: the token or key is missing, wrong or has expired.',
    hint: 'Set GITPACT_TOKEN, or give git credentials for this host (a credential helper, or an SSH key).',
  },
  {
    pattern: /host key verification failed|ssl certificate|certificate verif|unable to get local issuer/i,
    code: 'store-refused',
    sentence: 'The host could not prove who it is.',
    hint: 'Add its key to known_hosts, or its certificate authority to git’s http.sslCAInfo.',
  },
  {
    pattern:
      /repository .*not found|not found$|does not appear to be a git repository|returned error: 404|HTTP Error: 404|no such repository/im,
    code: 'not-a-repository',
    sentence: 'There is no Git repository at this address, or it is hidden from us.',
    hint: 'Check --repo; hosts also say so to those who may not read it: set GITPACT_TOKEN or give git credentials.',
  },
  {
    pattern: unknownToHost,
    code: 'network-failed',
    sentence: 'The host no longer has what it named a moment ago.',
    hint: 'Run the same command again.',
  },
  {
    pattern: /transport '.*' not allowed/i,
    code: 'store-refused',
    sentence: 'Git was asked to use a transport that gitpact does not allow.',
    hint: 'Use https or ssh; look for url.*.insteadOf in git’s configuration.',
  },
  {
    pattern: /returned error: 413|entity too large/i,
    code: 'store-refused',
    sentence: 'The host refuses a write of this size.',
    hint: 'Write less at once, or ask whoever runs the host to accept larger pushes.',
  },
  {
    pattern:
      /could not resolve|connection|failed to connect|timed? ?out|unable to access|early eof|hung up|rpc failed|reset by peer|broken pipe|kex_exchange|disconnect|could not read from remote|returned error: 5\d\d|HTTP Error: 5\d\d|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|socket|fetch failed|other side closed|terminated|premature close|failed to report status|internal/i,
    code: 'network-failed',
    sentence: 'The host of the contract repository cannot be reached, or broke off.',
    hint: 'Check the network and --repo, then run the same command again.',
  },
];

/** The failure that this output of git about a remote means. */
export function remoteFailure(stderr: string, cause?: unknown): GitpactError {
  const words = lastWords(stderr);
  if (isRateLimit(stderr)) return rateLimited(stderr, words, cause);
  const sign = signs.find(({ pattern }) => pattern.test(stderr));
  if (sign) {
    return new GitpactError(sign.code, `${sign.sentence} Git says: ${words}`, {
      hint: sign.hint,
      cause: cause ?? new Error(stderr.trim()),
    });
  }
  return new GitpactError('git-failed', `Git could not talk to the host: ${words}`, {
    hint: 'This is what git itself said.',
    cause: cause ?? new Error(stderr.trim()),
  });
}

function rateLimited(words: string, last: string, cause: unknown): GitpactError {
  const wait = waitIn(words);
  return new GitpactError('rate-limited', `The host has had too many requests from us. Git says: ${last}`, {
    hint: `Run the same command again ${wait ?? 'in some minutes'}; \`gitpact batch\` makes one push of many.`,
    cause: cause ?? new Error(words.trim()),
  });
}
