import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import type { Reason, Subject } from '../../query/matrix/reasons.ts';
import { andList } from './lists.ts';

/** A reason as a sentence. */
export interface ReasonNotice {
  readonly type: 'warning' | 'error' | 'success';
  readonly text: string;
  /** `gitpact` where the Pact Broker would say nothing. */
  readonly origin: 'broker' | 'gitpact';
}

type Wording<R extends Reason> = readonly [
  type: ReasonNotice['type'],
  words: (reason: R) => string,
  origin?: 'gitpact',
];

/** The words for every reason, in those of the Pact Broker (matrix.md §6.1). */
const wordings: { readonly [K in Reason['kind']]: Wording<Extract<Reason, { kind: K }>> } = {
  'cannot-ignore': ['warning', ({ subject }) => `WARN: Cannot ignore ${subjectWords(subject)}`],
  'no-destination': [
    'warning',
    () =>
      'WARN: It is recommended to specify the environment into which you are deploying. Without the environment, this result will not be reliable.',
  ],
  'no-version-number': [
    'warning',
    () =>
      'WARN: It is recommended to specify the version number (rather than the tag or branch) of the pacticipant you wish to deploy to avoid race conditions. Without a version number, this result will not be reliable.',
  ],
  'hidden-live-version': [
    'warning',
    ({ consumer, provider }) =>
      `WARN: There is no verified pact between ${subjectWords(consumer)} and ${subjectWords(provider)}, though another version of ${provider.pacticipant} in ${provider.environment} has verified it. This does not change the answer, unless it is asked for strictly.`,
    'gitpact',
  ],
  'latest-of-any-branch': [
    'warning',
    ({ pacticipants }) =>
      `WARN: The latest version of ${andList(pacticipants)} may be from any branch. It is recommended to specify a branch or an environment.`,
    'gitpact',
  ],
  limited: [
    'warning',
    ({ limit }) =>
      `WARN: Only the newest pacts and results were looked at, as the limit is ${limit}. The result may not be reliable; ask with a greater limit.`,
    'gitpact',
  ],
  'version-missing': ['error', ({ subject }) => missingWords(subject)],
  'no-verified-pact': [
    'error',
    ({ consumer, provider }) =>
      `There is no verified pact between ${subjectWords(consumer)} and ${subjectWords(provider)}`,
  ],
  'verification-failed': [
    'error',
    ({ consumer, provider }) =>
      `The verification for the pact between ${subjectWords(consumer)} and ${subjectWords(provider)} failed`,
  ],
  'all-verified': ['success', () => 'All required verification results are published and successful'],
  'nothing-missing': ['success', () => 'There are no missing dependencies'],
};

/** The sentence for a reason. */
export function reasonNotice<R extends Reason>(reason: R): ReasonNotice {
  const [type, words, origin = 'broker'] = wordings[reason.kind] as Wording<Reason>;
  return { type, text: words(reason), origin };
}

/** The sentences for all reasons of an answer, in order; where two reasons come to the same words, it is said once. */
export function reasonNotices(answer: MatrixAnswer): readonly ReasonNotice[] {
  const notices = answer.reasons.map(reasonNotice);
  return [...new Map(notices.map((notice) => [notice.text, notice])).values()];
}

/** How to call the version or versions of a pacticipant that somebody asked about (matrix.md §6.2). */
export function subjectWords(subject: Subject): string {
  const { pacticipant: name, version, latest, tag, branch, mainBranch, environment, state } = subject;
  if (state === 'no-pacticipant') return `any version of ${name} (no such pacticipant exists)`;
  const number = version === undefined ? '(no such version exists)' : `(${version})`;
  const one = subject.oneOfMany ? 'one of the versions' : 'the version';
  if (latest && tag !== undefined) return `the latest version of ${name} with tag ${tag} ${number}`;
  if (mainBranch && version === undefined) {
    return `${latest ? 'the latest' : 'any'} version of ${name} from the main branch (no versions exist for this branch)`;
  }
  if (latest && branch !== undefined) return `the latest version of ${name} from branch ${branch} ${number}`;
  if (branch !== undefined) {
    return `${version === undefined ? 'a version' : one} of ${name} from branch ${branch} ${number}`;
  }
  if (latest) return `the latest version of ${name} ${number}`;
  if (tag !== undefined) return `a version of ${name} with tag ${tag} ${number}`;
  if (environment !== undefined) {
    if (version !== undefined) return `${one} of ${name} currently in ${environment} (${version})`;
    return `a version of ${name} currently in ${environment} (no version is currently recorded as deployed/released in this environment)`;
  }
  if (version === undefined) return `any version of ${name}`;
  return `version ${version} of ${name}${state === 'missing' ? ' (no such version exists)' : ''}`;
}

/** That a version asked about does not exist (matrix.md §6.3). */
function missingWords({ pacticipant: name, version, tag, branch, mainBranch, environment }: Subject): string {
  if (tag !== undefined) return `No version with tag ${tag} exists for ${name}`;
  if (branch !== undefined) return `No version of ${name} from branch ${branch} exists`;
  if (mainBranch) return `No version of ${name} from the main branch exists`;
  if (environment !== undefined) {
    return `No version of ${name} is currently recorded as deployed or released in environment ${environment}`;
  }
  if (version !== undefined)
    return `No pacts or verifications have been published for version ${version} of ${name}`;
  return `No pacts or verifications have been published for ${name}`;
}
