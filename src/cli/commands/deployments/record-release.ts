import { recordRelease } from '../../../decide/deployments.ts';
import { environmentName, pacticipantName, versionNumber } from '../../../domain/names.ts';
import { releasedVersionDocument } from '../../../render/hal/deployment.ts';
import { releaseIntent } from '../../../render/words/other-intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { environmentOption, pacticipantOption, versionOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { around, type Placed } from './deployment-words.ts';

/** `gitpact record-release` */
export const command: Command = {
  name: 'record-release',
  about: 'Record that a version is released and supported, beside those released before',
  options: {
    ...pacticipantOption('The pacticipant that was released'),
    ...versionOption('The version that was released'),
    ...environmentOption('The environment it was released to'),
    ...answerOption,
    ...writingOptions,
  },
  examples: [['gitpact record-release -a App -e 1.2.3 --environment app-store', 'after a release']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const request: Placed = {
    pacticipant: pacticipantName(given.text('pacticipant')),
    version: versionNumber(given.text('version')),
    environment: environmentName(given.text('environment')),
  };
  const { pacticipant, version, environment } = request;
  const document = await withBroker(world, given, (broker) =>
    broker.change(releaseIntent(pacticipant, version, environment), (draft, at) => {
      requireKnown(draft.now, {
        versions: [{ pacticipant, number: version }],
        environments: [environment],
        tellsStatus: true,
      });
      const { release } = recordRelease(draft, { ...request, at });
      return releasedVersionDocument(linksFor(world), release, around(draft.now, request));
    }),
  );
  const said = `✅ Recorded release of ${pacticipant} version ${version} to ${environment} environment in the Pact Broker.\n`;
  printAnswer(world, given, { document, text: paint(world).green(said) });
  return exitCodes.yes;
}
