import { recordResult } from '../../decide/verification.ts';
import { addToBranch } from '../../decide/versions.ts';
import { GitpactError } from '../../domain/failure.ts';
import {
  branchName,
  type PacticipantName,
  type PactSha,
  pacticipantName,
  pactSha,
  versionNumber,
  whyNotAName,
  whyNotAPactSha,
} from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { publicationOf } from '../../domain/version.ts';
import { verificationIntent } from '../../render/words/intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, onlyOneOf, outputOption, writingOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact record-verification` */
export const command: Command = {
  name: 'record-verification',
  about: 'Record what a provider version says of a pact',
  options: {
    provider: {
      type: 'text',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The provider that was verified',
    },
    'provider-app-version': {
      type: 'text',
      short: 'a',
      required: true,
      whyNot: whyNotAName,
      about: 'Its version, best the commit',
      env: ['GITPACT_PROVIDER_APP_VERSION'],
      standIn: 'version',
    },
    consumer: { type: 'text', required: true, whyNot: whyNotAName, about: 'The consumer of the pact' },
    'consumer-version': {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The consumer version whose pact was verified (default: the latest)',
    },
    'pact-version': {
      type: 'text',
      whyNot: whyNotAPactSha,
      about: 'The sha of the pact that was verified, in place of a consumer version',
    },
    result: { type: 'text', required: true, choices: ['success', 'failure'], about: 'What came of it' },
    branch: { type: 'text', standIn: 'branch', whyNot: whyNotAName, about: 'The branch of the provider' },
    'build-url': { type: 'text', standIn: 'build-url', about: 'Where the build that verified can be seen' },
    ...outputOption,
    ...writingOptions,
  },
  examples: [
    [
      'gitpact record-verification --provider Api -a 4f2a91c --consumer Web --result success',
      'after verifying by other means',
    ],
  ],
  check: (given) => onlyOneOf(given, ['consumer-version', 'pact-version'], 'each says which pact it was'),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const provider = pacticipantName(given.text('provider'));
  const consumer = pacticipantName(given.text('consumer'));
  const providerVersion = versionNumber(given.text('provider-app-version'));
  const success = given.text('result') === 'success';
  const branch = given.has('branch') ? branchName(given.text('branch')) : undefined;
  const intent = verificationIntent({ provider, version: providerVersion, results: [{ consumer, success }] });
  const result = await withBroker(world, given, (broker) =>
    broker.change(intent, (draft, at) => {
      const sha = shaMeant(draft.now, consumer, provider, given);
      if (branch !== undefined) addToBranch(draft, provider, providerVersion, branch, at);
      return recordResult(draft, {
        consumer,
        provider,
        sha,
        providerVersion,
        success,
        buildUrl: given.maybe('build-url'),
        at,
      });
    }),
  );
  world.out(
    given.text('output') === 'json'
      ? `${JSON.stringify(result, null, 2)}\n`
      : paint(world).green(
          `Recorded: ${provider} ${providerVersion} ${success ? 'honours' : 'breaks'} the pact with ${consumer} (result ${result.number}).\n`,
        ),
  );
  return exitCodes.yes;
}

function shaMeant(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  given: Arguments,
): PactSha {
  if (given.has('pact-version')) return pactSha(given.text('pact-version'));
  const asked = given.maybe('consumer-version');
  requireKnown(now, {
    pacticipants: [consumer, provider],
    versions: asked === undefined ? [] : [{ pacticipant: consumer, number: asked }],
  });
  const number = asked === undefined ? now.integration(consumer, provider)?.latest : versionNumber(asked);
  const version = number && now.version(consumer, number);
  const publication = version && publicationOf(version, provider);
  if (publication) return publication.sha;
  const which = asked === undefined ? consumer : `version ${asked} of ${consumer}`;
  throw new GitpactError('pact-missing', `No pact between ${which} and ${provider} found.`, {
    hint: 'Publish it first with `gitpact publish`; `gitpact matrix` shows what there is.',
  });
}
