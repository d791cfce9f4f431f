import { recordDeployment } from '../../decide/deployments.ts';
import {
  environmentName,
  pacticipantName,
  versionNumber,
  whyNotAName,
  whyNotAnEnvironmentName,
} from '../../domain/names.ts';
import { deploymentIntent } from '../../render/words/intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact record-deployment` */
export const command: Command = {
  name: 'record-deployment',
  about: 'Record that a version is deployed: it takes the place of the one before',
  options: {
    pacticipant: {
      type: 'text',
      short: 'a',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The pacticipant that was deployed',
    },
    version: {
      type: 'text',
      short: 'e',
      required: true,
      standIn: 'version',
      whyNot: whyNotAName,
      about: 'The version that was deployed',
    },
    environment: {
      type: 'text',
      required: true,
      whyNot: whyNotAnEnvironmentName,
      about: 'The environment it was deployed to',
    },
    'application-instance': {
      type: 'text',
      also: ['target'],
      whyNot: whyNotAName,
      about: 'Which of several permanent instances in the environment',
    },
    ...outputOption,
    ...storeOptions,
  },
  examples: [['gitpact record-deployment -a Web -e 1.2.3 --environment production', 'after a deployment']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const request = {
    pacticipant: pacticipantName(given.text('pacticipant')),
    version: versionNumber(given.text('version')),
    environment: environmentName(given.text('environment')),
    target: given.maybe('application-instance'),
  };
  const deployment = await withBroker(world, given, (broker) =>
    broker.change(deploymentIntent(request), (draft, at) => {
      requireKnown(draft.now, {
        versions: [{ pacticipant: request.pacticipant, number: request.version }],
        environments: [request.environment],
      });
      return recordDeployment(draft, { ...request, at });
    }),
  );
  const where = request.target === undefined ? '' : ` (application instance ${request.target})`;
  world.out(
    given.text('output') === 'json'
      ? `${JSON.stringify({ ...request, uuid: deployment.uuid, createdAt: deployment.createdAt }, null, 2)}\n`
      : paint(world).green(
          `Recorded deployment of ${request.pacticipant} version ${request.version} to ${request.environment} environment${where}.\n`,
        ),
  );
  return exitCodes.yes;
}
