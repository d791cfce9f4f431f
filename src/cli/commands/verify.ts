import type { Complaint } from '../../domain/failure.ts';
import { whyNotAName } from '../../domain/names.ts';
import { type VerifiedPact, verificationJunit, verificationText } from '../../render/verification-report.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, writingOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { requireRunning, whyNotAProviderUrl } from '../running-provider.ts';
import { withBroker } from '../session.ts';
import { chosenPacts, recordAll, reportOf, type Verified, verifyOne, whyNotSelectors } from '../verifying.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact verify` */
export const command: Command = {
  name: 'verify',
  about: 'Verify a running provider against the pacts it should honour, and record the results',
  options: {
    provider: {
      type: 'text',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The provider to verify',
    },
    'provider-base-url': {
      type: 'text',
      required: true,
      whyNot: whyNotAProviderUrl,
      about: 'Where it is running',
    },
    'provider-app-version': {
      type: 'text',
      short: 'a',
      whyNot: whyNotAName,
      about: 'Its version, best the commit; needed to publish',
      env: ['GITPACT_PROVIDER_APP_VERSION'],
      standIn: 'version',
    },
    branch: {
      type: 'text',
      standIn: 'branch',
      whyNot: whyNotAName,
      about: 'Its branch; decides what is pending',
    },
    tag: {
      type: 'texts',
      short: 't',
      standIn: 'tags',
      whyNot: whyNotAName,
      about: 'A tag to put on its version',
    },
    publish: { type: 'flag', about: 'Record the results in the contract repository' },
    'consumer-version-selectors': {
      type: 'text',
      whyNot: whyNotSelectors,
      about: 'Which pacts, as a JSON list of selectors',
    },
    'enable-pending': { type: 'flag', about: 'A content that this branch never honoured may fail' },
    'include-wip-pacts-since': {
      type: 'text',
      about: 'Verify work in progress published since this date, too',
    },
    at: { type: 'text', about: 'Verify the pacts of then: a date or a commit; publishes nothing' },
    'state-change-url': { type: 'text', about: 'Where the provider takes provider states' },
    'state-change-teardown': { type: 'flag', about: 'Call it after each interaction, too' },
    header: {
      type: 'texts',
      short: 'H',
      whyNot: whyNotAHeader,
      about: 'A header to add to each request: "Name: value"',
    },
    'filter-consumer': { type: 'texts', about: 'Verify only the pacts of this consumer' },
    'filter-description': {
      type: 'text',
      about: 'Verify only interactions whose description matches; publishes nothing',
    },
    'filter-state': {
      type: 'text',
      about: 'Verify only interactions with a matching provider state; publishes nothing',
    },
    'disable-ssl-verification': { type: 'flag', about: 'Accept any certificate of the provider' },
    'request-timeout': { type: 'number', about: 'How long one request may take, in milliseconds' },
    'build-url': { type: 'text', standIn: 'build-url', about: 'Where the build that verifies can be seen' },
    'ignore-no-pacts-error': { type: 'flag', about: 'Having nothing to verify is no failure' },
    output: {
      type: 'text',
      short: 'o',
      about: 'How to print the results',
      choices: ['text', 'json', 'junit'],
      fallback: 'text',
    },
    ...writingOptions,
  },
  examples: [
    [
      'gitpact verify --provider Api --provider-base-url http://localhost:8080 -a $(git rev-parse HEAD) --branch main --publish',
      'what a provider build does',
    ],
  ],
  check: complaintsAboutPublishing,
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
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
    const report = verified.map((one) => reportOf(one, request));
    world.out(told(world, given, report));
    return report.some(({ success, pending }) => !success && !pending) ? exitCodes.no : exitCodes.yes;
  });
}

function whyNotAHeader(text: string): string | undefined {
  return /^[^:\s]+:/.test(text) ? undefined : 'must be "Name: value"';
}

function complaintsAboutPublishing(given: Arguments): readonly Complaint[] {
  const complaints: Complaint[] = [];
  if (!given.flag('publish')) return complaints;
  if (!given.has('provider-app-version')) {
    complaints.push({ where: '--provider-app-version', text: 'is needed to publish the results' });
  }
  if (given.has('at')) {
    complaints.push({ where: '--publish', text: 'cannot be used with --at: the past has its results' });
  }
  if (given.has('filter-description') || given.has('filter-state')) {
    complaints.push({
      where: '--publish',
      text: 'cannot be used with a filter: only whole pacts have a result',
    });
  }
  return complaints;
}

function told(world: World, given: Arguments, report: readonly VerifiedPact[]): string {
  const output = given.text('output');
  if (output === 'json') return `${JSON.stringify({ results: report }, null, 2)}\n`;
  if (output === 'junit') return verificationJunit(report);
  const colours = paint(world);
  const failed = report.filter(({ success }) => !success).length;
  const recorded = given.flag('publish') ? 'recorded' : 'not recorded: give --publish';
  const sum = `${report.length - failed} passed, ${failed} failed (${recorded}).\n`;
  return `\n${verificationText(report)}${failed > 0 ? colours.red(sum) : colours.green(sum)}`;
}
