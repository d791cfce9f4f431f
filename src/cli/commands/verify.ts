import type { Broker } from '../../broker/broker.ts';
import { type VerificationOutcome, verifyPact } from '../../broker/verifier.ts';
import { type ResultToRecord, recordResult } from '../../decide/verification.ts';
import { addTag, addToBranch } from '../../decide/versions.ts';
import { GitpactError } from '../../domain/failure.ts';
import { compactJson, isJsonArray, type JsonValue, jsonAt, parseJson } from '../../domain/json.ts';
import { branchName, pacticipantName, tagName, versionNumber } from '../../domain/names.ts';
import { withInteractionIds } from '../../domain/pact.ts';
import {
  metadataFor,
  type PactToVerify,
  pactsForVerification,
} from '../../query/for-verification/pacts-for-verification.ts';
import { parseVerificationRequest, type VerificationRequest } from '../../query/for-verification/request.ts';
import { terminalTable } from '../../render/terminal-table.ts';
import { verificationIntent } from '../../render/words/intents.ts';
import { shortDescription } from '../../render/words/selectors.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { requireRunning, whyNotAProviderUrl } from '../running-provider.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact verify` */
export const command: Command = {
  name: 'verify',
  about: 'Verify a running provider against the pacts it should honour, and record the results',
  options: {
    provider: { type: 'text', required: true, about: 'The provider to verify' },
    'provider-base-url': { type: 'text', required: true, about: 'Where it is running' },
    'provider-app-version': {
      type: 'text',
      short: 'a',
      about: 'Its version, best the commit; needed to publish',
      env: ['GITPACT_PROVIDER_APP_VERSION'],
    },
    branch: { type: 'text', about: 'Its branch; decides what is pending' },
    tag: { type: 'texts', short: 't', about: 'A tag to put on its version' },
    publish: { type: 'flag', about: 'Record the results in the contract repository' },
    'consumer-version-selectors': { type: 'text', about: 'Which pacts, as a JSON list of selectors' },
    'enable-pending': { type: 'flag', about: 'A content that this branch never honoured may fail' },
    'include-wip-pacts-since': {
      type: 'text',
      about: 'Verify work in progress published since this date, too',
    },
    'state-change-url': { type: 'text', about: 'Where the provider takes provider states' },
    'request-timeout': { type: 'number', about: 'How long one request may take, in milliseconds' },
    'build-url': { type: 'text', about: 'Where the build that verifies can be seen' },
    'ignore-no-pacts-error': { type: 'flag', about: 'Having nothing to verify is no failure' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    [
      'gitpact verify --provider Api --provider-base-url http://localhost:8080 -a $(git rev-parse HEAD) --branch main --publish',
      'what a provider build does',
    ],
  ],
  run,
};

interface Verified {
  readonly pact: PactToVerify;
  readonly content: JsonValue;
  readonly outcome: VerificationOutcome;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  refuseWrongArguments(given);
  return withBroker(world, given, async (broker) => {
    const { request, pacts } = await chosenPacts(broker, given);
    if (pacts.length === 0) {
      world.err(`No pacts were found for ${request.provider}.\n`);
      return given.flag('ignore-no-pacts-error') ? exitCodes.yes : exitCodes.no;
    }
    await requireRunning(given.text('provider-base-url'), world.env);
    const verified: Verified[] = [];
    for (const { pact, content } of pacts) verified.push(await verifyOne(world, given, pact, content));
    if (given.flag('publish')) await recordAll(broker, given, request, verified);
    tell(world, given, verified);
    const failed = verified.some(
      ({ pact, outcome }) => !outcome.success && !(pact.pending && request.includePendingStatus),
    );
    return failed ? exitCodes.no : exitCodes.yes;
  });
}

function refuseWrongArguments(given: Arguments): void {
  const notAUrl = whyNotAProviderUrl(given.text('provider-base-url'));
  const complaints = notAUrl === undefined ? [] : [{ where: '--provider-base-url', text: notAUrl }];
  if (given.flag('publish') && !given.has('provider-app-version')) {
    complaints.push({ where: '--provider-app-version', text: 'is needed to publish the results' });
  }
  if (complaints.length === 0) return;
  throw new GitpactError('bad-arguments', 'This is not how `gitpact verify` is called.', {
    complaints,
    hint: 'See `gitpact verify --help`.',
  });
}

async function chosenPacts(broker: Broker, given: Arguments) {
  const at = broker.now;
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
    const pacts = pactsForVerification(now, parsed.request, at).map((pact) => {
      const text = now.content(pact.consumer, pact.provider, pact.publication.sha) ?? 'null';
      return { pact, content: withInteractionIds(parseJson(text)) };
    });
    return { request: parsed.request, pacts };
  });
}

function selectorsIn(given: Arguments): unknown {
  if (!given.has('consumer-version-selectors')) return [];
  try {
    return JSON.parse(given.text('consumer-version-selectors'));
  } catch (cause) {
    throw new GitpactError('bad-arguments', 'The --consumer-version-selectors are not JSON.', {
      cause,
      hint: 'For example: \'[{"mainBranch": true}, {"deployedOrReleased": true}]\'',
    });
  }
}

async function verifyOne(
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
    timeout: given.number('request-timeout'),
    print: world.err,
  });
  return { pact, content, outcome };
}

async function recordAll(
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
  { pact, content, outcome }: Verified,
  request: VerificationRequest,
  given: Arguments,
): Omit<ResultToRecord, 'providerVersion' | 'at'> {
  const metadata = metadataFor(pact, request.includePendingStatus);
  return {
    consumer: pact.consumer,
    provider: pact.provider,
    sha: pact.publication.sha,
    success: outcome.success,
    buildUrl: given.maybe('build-url'),
    verifiedBy: { implementation: 'gitpact' },
    testResults: `${JSON.stringify(testResults(content, outcome))}\n`,
    wip: metadata.wip,
    pending: metadata.pending,
    selectors: metadata.selectors,
  };
}

function testResults(content: JsonValue, outcome: VerificationOutcome) {
  const items = ['interactions', 'messages'].flatMap((key) => {
    const list = jsonAt(content, key);
    return isJsonArray(list) ? list : [];
  });
  return items.map((item) => {
    const interactionId = jsonAt(item, '_id');
    const failure = outcome.interactions.find((one) => one.interactionId === interactionId);
    return failure
      ? { interactionId, success: false, mismatches: failure.mismatches }
      : { interactionId, success: true };
  });
}

function tell(world: World, given: Arguments, verified: readonly Verified[]): void {
  if (given.text('output') === 'json') {
    const results = verified.map(({ pact, outcome }) => ({
      consumer: pact.consumer,
      consumerVersion: pact.consumerVersion.number,
      sha: pact.publication.sha,
      pending: pact.pending,
      wip: pact.wip,
      ...outcome,
    }));
    world.out(`${JSON.stringify({ results }, null, 2)}\n`);
    return;
  }
  const colours = paint(world);
  const rows = verified.map(({ pact, outcome }) => [
    pact.consumer,
    pact.consumerVersion.number,
    shortDescription(pact.selectors),
    outcome.success ? 'passed' : `failed${pact.pending && given.flag('enable-pending') ? ' (pending)' : ''}`,
  ]);
  world.out(`\n${terminalTable(['CONSUMER', 'VERSION', 'WHY', 'RESULT'], rows)}\n`);
  const failed = verified.filter(({ outcome }) => !outcome.success).length;
  const passed = verified.length - failed;
  const recorded = given.flag('publish') ? 'recorded' : 'not recorded: give --publish';
  world.out(
    (failed > 0 ? colours.red : colours.green)(`${passed} passed, ${failed} failed (${recorded}).\n`),
  );
}
