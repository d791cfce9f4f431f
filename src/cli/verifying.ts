import { stripVTControlCharacters } from 'node:util';
import type { Broker } from '../broker/broker.ts';
import { type VerificationOutcome, verifyPact } from '../broker/verifier.ts';
import { type ResultToRecord, recordResult } from '../decide/verification.ts';
import { addTag, addToBranch } from '../decide/versions.ts';
import { GitpactError } from '../domain/failure.ts';
import { compactJson, isJsonArray, type JsonValue, jsonAt, parseJson } from '../domain/json.ts';
import { branchName, type Instant, pacticipantName, tagName, versionNumber } from '../domain/names.ts';
import { withInteractionIds } from '../domain/pact.ts';
import {
  metadataFor,
  type PactToVerify,
  pactsForVerification,
} from '../query/for-verification/pacts-for-verification.ts';
import { parseVerificationRequest, type VerificationRequest } from '../query/for-verification/request.ts';
import type { VerifiedInteraction, VerifiedPact } from '../render/verification-report.ts';
import { verificationIntent } from '../render/words/intents.ts';
import { shortDescription } from '../render/words/selectors.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './world.ts';

/** A pact that was verified. */
export interface Verified {
  readonly pact: PactToVerify;
  readonly content: JsonValue;
  readonly outcome: VerificationOutcome;
  /** Only some of its interactions were. */
  readonly filtered: boolean;
}

/** The pacts that the arguments choose, with what is in them. @throws GitpactError `bad-request`, `bad-arguments` */
export async function chosenPacts(broker: Broker, given: Arguments) {
  const then = given.maybe('at');
  const at = then === undefined ? broker.now : await momentOf(broker, then);
  return broker.ask((now) => {
    const parsed = parseVerificationRequest(now, pacticipantName(given.text('provider')), {
      consumerVersionSelectors: selectorsIn(given),
      providerVersionBranch: given.maybe('branch'),
      providerVersionTags: given.texts('tag'),
      includePendingStatus: given.flag('enable-pending'),
      ...(given.has('include-wip-pacts-since')
        ? { includeWipPactsSince: given.text('include-wip-pacts-since') }
        : {}),
    });
    if ('complaints' in parsed) {
      throw new GitpactError('bad-request', 'These pacts cannot be chosen.', {
        complaints: parsed.complaints,
      });
    }
    const only = given.texts('filter-consumer');
    const chosen = pactsForVerification(now, parsed.request, at).filter(
      ({ consumer }) => only.length === 0 || only.includes(consumer),
    );
    const pacts = chosen.map((pact) => {
      const text = now.content(pact.consumer, pact.provider, pact.publication.sha) ?? 'null';
      return { pact, content: withInteractionIds(parseJson(text)) };
    });
    return { request: parsed.request, pacts };
  }, then);
}

/** When the commit that `at` means was made: the present of that state. */
async function momentOf(broker: Broker, at: string): Promise<Instant> {
  const from = await broker.store.resolve(at);
  const [commit] = await broker.store.history({ from, limit: 1 });
  return commit?.committedAt ?? broker.now;
}

function selectorsIn(given: Arguments): unknown {
  return given.has('consumer-version-selectors') ? JSON.parse(given.text('consumer-version-selectors')) : [];
}

/** Why a text cannot be consumer version selectors; undefined when it is JSON at least. */
export function whyNotSelectors(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return 'must be JSON, such as [{"mainBranch": true}, {"deployedOrReleased": true}]';
  }
}

/** Runs the verifier on one pact; what it prints goes to standard error. @throws GitpactError `verifier-missing`, `verifier-failed` */
export async function verifyOne(
  world: World,
  given: Arguments,
  pact: PactToVerify,
  content: JsonValue,
): Promise<Verified> {
  world.err(
    `\nVerifying the pact of ${pact.consumer} ${pact.consumerVersion.number} (${shortDescription(pact.selectors)})\n`,
  );
  const outcome = await verifyPact({
    provider: pact.provider,
    providerBaseUrl: given.text('provider-base-url'),
    pact: compactJson(content),
    stateChangeUrl: given.maybe('state-change-url'),
    stateChangeTeardown: given.flag('state-change-teardown'),
    headers: given.texts('header'),
    filterDescription: given.maybe('filter-description'),
    filterState: given.maybe('filter-state'),
    disableSslVerification: given.flag('disable-ssl-verification'),
    env: world.env,
    timeout: given.number('request-timeout'),
    print: world.colour ? world.err : (line) => world.err(stripVTControlCharacters(line)),
  });
  const filtered = given.has('filter-description') || given.has('filter-state');
  return { pact, content, outcome, filtered };
}

/** Records all results in one commit. */
export async function recordAll(
  broker: Broker,
  given: Arguments,
  request: VerificationRequest,
  verified: readonly Verified[],
): Promise<void> {
  const { provider } = request;
  const version = versionNumber(given.text('provider-app-version'));
  const branch = given.has('branch') ? branchName(given.text('branch')) : undefined;
  const results = verified.map(({ pact, outcome }) => ({
    consumer: pact.consumer,
    success: outcome.success,
  }));
  await broker.change(verificationIntent({ provider, version, results }), (draft, at) => {
    if (branch !== undefined) addToBranch(draft, provider, version, branch, at);
    for (const tag of given.texts('tag')) addTag(draft, provider, version, tagName(tag), at);
    for (const one of verified)
      recordResult(draft, { ...resultOf(one, request, given), providerVersion: version, at });
  });
}

function resultOf(
  verified: Verified,
  request: VerificationRequest,
  given: Arguments,
): Omit<ResultToRecord, 'providerVersion' | 'at'> {
  const { pact, outcome } = verified;
  const metadata = metadataFor(pact, request.includePendingStatus);
  return {
    consumer: pact.consumer,
    provider: pact.provider,
    sha: pact.publication.sha,
    success: outcome.success,
    buildUrl: given.maybe('build-url'),
    verifiedBy: { implementation: 'gitpact' },
    testResults: `${JSON.stringify(testResults(verified))}\n`,
    wip: metadata.wip,
    pending: metadata.pending,
    selectors: metadata.selectors,
  };
}

function testResults(verified: Verified) {
  return interactionsOf(verified).map(({ interactionId, success, mismatches }) =>
    success ? { interactionId, success } : { interactionId, success, mismatches },
  );
}

/**
 * What came of each interaction, in the order of the pact; failures the verifier ties to none come last. Of a filtered
 * pact only the failures: the verifier does not say which others it looked at.
 */
function interactionsOf({ content, outcome, filtered }: Verified): readonly VerifiedInteraction[] {
  if (filtered) return outcome.interactions;
  const items = ['interactions', 'messages'].flatMap((key) => {
    const list = jsonAt(content, key);
    return isJsonArray(list) ? list : [];
  });
  const known = items.map((item): VerifiedInteraction => {
    const interactionId = String(jsonAt(item, '_id') ?? '');
    const failure = outcome.interactions.find((one) => one.interactionId === interactionId);
    return {
      interactionId,
      description: String(jsonAt(item, 'description') ?? ''),
      success: !failure,
      mismatches: failure?.mismatches ?? [],
    };
  });
  const ids = new Set(known.map(({ interactionId }) => interactionId));
  return [...known, ...outcome.interactions.filter(({ interactionId }) => !ids.has(interactionId))];
}

/** What is told of a pact that was verified. */
export function reportOf(verified: Verified, request: VerificationRequest): VerifiedPact {
  const { pact, outcome } = verified;
  return {
    consumer: pact.consumer,
    consumerVersion: pact.consumerVersion.number,
    provider: pact.provider,
    sha: pact.publication.sha,
    why: shortDescription(pact.selectors),
    pending: pact.pending && request.includePendingStatus,
    wip: pact.wip,
    success: outcome.success,
    interactions: interactionsOf(verified),
  };
}
