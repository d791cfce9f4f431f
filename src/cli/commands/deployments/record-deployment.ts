import { recordDeployment } from '../../../decide/deployments.ts';
import { environmentName, pacticipantName, versionNumber } from '../../../domain/names.ts';
import { deployedVersionDocument } from '../../../render/hal/deployment.ts';
import { deploymentIntent } from '../../../render/words/intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { environmentOption, instanceOption, pacticipantOption, versionOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { around, instanceWords } from './deployment-words.ts';

/** `gitpact record-deployment` */
export const command: Command = {
  name: 'record-deployment',
  about: 'Record that a version is deployed: it takes the place of the one before',
  options: {
    ...pacticipantOption('The pacticipant that was deployed'),
    ...versionOption('The version that was deployed'),
    ...environmentOption('The environment it was deployed to'),
    ...instanceOption,
    ...answerOption,
    ...writingOptions,
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
  const { pacticipant, version, environment } = request;
  const document = await withBroker(world, given, (broker) =>
    broker.change(deploymentIntent(request), (draft, at) => {
      requireKnown(draft.now, {
        versions: [{ pacticipant, number: version }],
        environments: [environment],
        tellsStatus: true,
      });
      const deployment = recordDeployment(draft, { ...request, at });
      return deployedVersionDocument(linksFor(world), deployment, around(draft.now, request));
    }),
  );
  const where = `${environment} environment${instanceWords(request.target)}`;
  const said = `✅ Recorded deployment of ${pacticipant} version ${version} to ${where} in the Pact Broker.\n`;
  printAnswer(world, given, { document, text: paint(world).green(said) });
  return exitCodes.yes;
}
