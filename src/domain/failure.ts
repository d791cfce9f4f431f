/**
 * What went wrong, in the one sense that decides exit code and HTTP status:
 * `usage` asked wrongly; `missing` names something that does not exist; `conflict` contradicts what is stored;
 * `busy` others kept winning the race until the deadline; `refused` the host or repository says no;
 * `outside` network, disk or another program failed; `bug` is ours.
 */
export type FailureKind = 'usage' | 'missing' | 'conflict' | 'busy' | 'refused' | 'outside' | 'bug';

/**
 * Every way gitpact can fail on purpose: code → kind. A thrown thing that is not a {@link GitpactError} is a bug.
 */
export const failures = {
  'bad-arguments': 'usage',
  'bad-name': 'usage',
  'name-clash': 'usage',
  'bad-json': 'usage',
  'bad-pact': 'usage',
  'bad-request': 'usage',
  'body-too-large': 'usage',
  'body-too-slow': 'usage',
  'no-pacts-found': 'usage',
  'file-unreadable': 'usage',
  'not-a-repository': 'usage',
  'not-a-store': 'usage',
  'newer-format': 'usage',
  'already-a-store': 'usage',
  'not-a-site': 'usage',
  'bad-record': 'usage',
  'pacts-differ': 'usage',
  'pacticipant-missing': 'missing',
  'version-missing': 'missing',
  'environment-missing': 'missing',
  'pact-missing': 'missing',
  'branch-missing': 'missing',
  'not-found': 'missing',
  'commit-missing': 'missing',
  'pact-changed': 'conflict',
  'similar-name': 'conflict',
  'environment-exists': 'conflict',
  'store-busy': 'busy',
  'rate-limited': 'busy',
  'store-refused': 'refused',
  'local-edits': 'refused',
  'store-damaged': 'outside',
  'port-unavailable': 'outside',
  'git-failed': 'outside',
  'git-missing': 'outside',
  'network-failed': 'outside',
  'disk-failed': 'outside',
  'signing-failed': 'outside',
  'verifier-missing': 'outside',
  'verifier-failed': 'outside',
  'too-large-to-draw': 'outside',
} as const satisfies Record<string, FailureKind>;

/** The code of a catalogued failure. */
export type FailureCode = keyof typeof failures;

/** One thing that is wrong with an input: where (a field, a file, a flag), and a sentence. */
export interface Complaint {
  readonly where: string;
  readonly text: string;
}

/** What a failure carries beside its sentence. */
export interface FailureDetails {
  /** What to do next, as a sentence. */
  readonly hint?: string;
  /** Every complaint at once, when there are several. */
  readonly complaints?: readonly Complaint[];
  /** The underlying error. */
  readonly cause?: unknown;
}

/** A failure a user can understand: a catalogued code, a sentence in the words of pacts and versions, a hint. */
export class GitpactError extends Error {
  override readonly name = 'GitpactError';
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly complaints: readonly Complaint[];

  constructor(code: FailureCode, sentence: string, details: FailureDetails = {}) {
    super(sentence, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.complaints = details.complaints ?? [];
  }

  /** What kind of failure this is; see {@link FailureKind}. */
  get kind(): FailureKind {
    return failures[this.code];
  }
}
