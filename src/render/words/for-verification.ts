import type { AppliedSelector } from '../../query/for-verification/applied-selector.ts';
import type { PactToVerify } from '../../query/for-verification/pacts-for-verification.ts';
import type { VerificationRequest } from '../../query/for-verification/request.ts';
import { quotedList } from './lists.ts';
import { criteria } from './selectors.ts';

/** A sentence for the one who verifies, and when to say it (selectors.md §5.2). */
export interface VerificationNotice {
  readonly when: 'before_verification' | `after_verification:success_${boolean}_published_${boolean}`;
  readonly text: string;
}

/** The metadata of the URL that is shown for a work in progress: `wip=true`. */
export const wipUrlMetadata = 'd2lwPXRydWU';

/** What the deprecated GET of pacts for verification says first. */
export const betaNotice: VerificationNotice = {
  when: 'before_verification',
  text: 'WARNING - this version of the Pact library uses a beta version of the API which will be removed in the future. Please upgrade your Pact library. See https://docs.pact.io/pact_broker/advanced_topics/provider_verification_results/#pacts-for-verification for minimum required versions.',
};

const aboutPending = 'Read more at https://docs.pact.io/go/pending';
const noBuildFailure = `If this verification fails, it will not cause the overall build to fail. ${aboutPending}`;

/**
 * All notices for one pact, in the Pact Broker's words and order. `url` is where the pact can be seen: without metadata,
 * or with {@link wipUrlMetadata} for a work in progress.
 */
export function verificationNotices(
  pact: PactToVerify,
  request: VerificationRequest,
  url: string,
): readonly VerificationNotice[] {
  const reason = pact.wip ? wipReason(pact, request, url) : selectorReason(pact, url);
  const notices: VerificationNotice[] = [{ when: 'before_verification', text: reason }];
  if (!request.includePendingStatus) return notices;
  notices.push({ when: 'before_verification', text: pendingReason(pact, request) });
  if (pact.pending) notices.push(...afterVerification(pact, request));
  return notices;
}

function selectorReason({ selectors, provider }: PactToVerify, url: string): string {
  const matching =
    selectors.length === 1
      ? 'version matching the following criterion'
      : 'versions matching the following criteria';
  const lines = criteria(selectors, provider).map((line) => `\n    * ${line}`);
  return `The pact at ${url} is being verified because the pact content belongs to the consumer ${matching}:${lines.join('')}`;
}

function wipReason(pact: PactToVerify, request: VerificationRequest, url: string): string {
  const { selectors, consumer, pendingTags } = pact;
  const branches = namesOf(selectors, (selector) => ('branch' in selector ? selector.branch : undefined));
  const tags = namesOf(selectors, (selector) => ('tag' in selector ? selector.tag : undefined));
  const places = [
    ...(branches.length > 0 ? [`from branch${branches.length > 1 ? 'es' : ''} ${quotedList(branches)}`] : []),
    ...(tags.length > 0 ? [`tagged with ${quotedList(tags)}`] : []),
  ];
  const version = branches.length === 1 || tags.length === 1 ? 'version' : 'versions';
  const same =
    selectors.length < 2 ? '' : ` (${selectors.length === 2 ? 'both' : 'all'} have the same content)`;
  return `The pact at ${url} is being verified because it is a 'work in progress' pact (ie. it is the pact for the latest ${version} of ${consumer} ${places.join(' and ')}${same} and it has not yet been successfully verified by ${aVersion(request, pendingTags)} when the pact's application version was explicitly specified in the consumer version selectors). Read more at https://docs.pact.io/go/wip`;
}

function pendingReason(pact: PactToVerify, request: VerificationRequest): string {
  const { provider, pending, wip, pendingTags, otherTags } = pact;
  if (!pending) {
    return `This pact has previously been successfully verified by ${byVersion(request, otherTags)}. If this verification fails, it will fail the build. ${aboutPending}`;
  }
  const because = wip
    ? "it was included as a 'work in progress' pact"
    : `a successful verification result for ${aVersion(request, pendingTags)} has not yet been published`;
  return `This pact is in pending state for this version of ${provider} because ${because}. ${noBuildFailure}`;
}

function afterVerification(
  { provider, pendingTags }: PactToVerify,
  request: VerificationRequest,
): readonly VerificationNotice[] {
  const any = anyVersion(request, pendingTags);
  const tags = request.providerVersionBranch === undefined ? pendingTags.length : 0;
  const withTags = tags === 0 ? '' : tags === 1 ? 'with this tag ' : 'with these tags ';
  const stillPending = `This pact is still in pending state for ${any} as a successful verification result ${withTags}has not yet been published`;
  return [
    {
      when: 'after_verification:success_true_published_false',
      text: `This pact is still in pending state for ${any} as the successful verification results ${withTags}have not yet been published.`,
    },
    { when: 'after_verification:success_false_published_false', text: stillPending },
    {
      when: 'after_verification:success_true_published_true',
      text: `This pact is no longer in pending state for ${any}, as a successful verification result ${withTags}has been published. If a verification for a version of ${provider} ${withTags}fails in the future, it will fail the build. ${aboutPending}`,
    },
    { when: 'after_verification:success_false_published_true', text: stillPending },
  ];
}

function aVersion(request: VerificationRequest, tags: readonly string[]): string {
  return versionWords(request, tags, tags.length > 1 ? 'a versions' : 'a version');
}

function anyVersion(request: VerificationRequest, tags: readonly string[]): string {
  return versionWords(request, tags, tags.length > 1 ? 'any versions' : 'any version');
}

function byVersion(request: VerificationRequest, tags: readonly string[]): string {
  return versionWords(request, tags, 'a version');
}

/** `a version of P from branch 'b'`, `… with tag 't'`, or just `P` when neither is known. */
function versionWords(request: VerificationRequest, tags: readonly string[], version: string): string {
  const { provider, providerVersionBranch: branch } = request;
  if (branch !== undefined) return `${version} of ${provider} from branch '${branch}'`;
  return tags.length === 0 ? provider : `${version} of ${provider} with tag ${quotedList(tags)}`;
}

function namesOf(
  selectors: readonly AppliedSelector[],
  name: (selector: AppliedSelector) => string | undefined,
): readonly string[] {
  return [...new Set(selectors.map(name).filter((found) => found !== undefined))];
}
