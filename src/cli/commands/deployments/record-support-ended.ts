import { endSupport } from '../../../decide/deployments.ts';
import { GitpactError } from '../../../domain/failure.ts';
import { environmentName, pacticipantName, versionNumber } from '../../../domain/names.ts';
import { releasedVersionDocument } from '../../../render/hal/deployment.ts';
import { supportEndedIntent } from '../../../render/words/other-intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { environmentOption, namedVersionOption, pacticipantOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { around, type Placed } from './deployment-words.ts';

/** `gitpact record-support-ended` */
export const command: Command = {
  name: 'record-support-ended',
  about: 'Record that a released version is no longer supported',
  options: {
    ...pacticipantOption('The pacticipant'),
    ...namedVersionOption('The version whose support ended'),
    ...environmentOption('The environment it was released to'),
    ...answerOption,
    ...writingOptions,
  },
  examples: [['gitpact record-support-ended -a App -e 1.2.3 --environment app-store', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const placed: Placed = {
    pacticipant: pacticipantName(given.text('pacticipant')),
    version: versionNumber(given.text('version')),
    environment: environmentName(given.text('environment')),
  };
  const { pacticipant, version, environment } = placed;
  const document = await withBroker(world, given, (broker) =>
    broker.change(supportEndedIntent(placed), (draft, at) => {
      const versions = [{ pacticipant, number: version }];
      requireKnown(draft.now, { versions, environments: [environment] });
      const release = draft.now
        .presences(environment)
        .find((one) => one.kind === 'released' && one.pacticipant === pacticipant && one.version === version);
      const ended = release && endSupport(draft, release.uuid, at);
      if (!ended) throw notReleased(placed);
      return releasedVersionDocument(linksFor(world), ended, around(draft.now, placed));
    }),
  );
  const said = `✅ ♻️ Recorded support ended for application ${pacticipant}, version ${version} from ${environment} environment\n`;
  printAnswer(world, given, { document, text: paint(world).green(said) });
  return exitCodes.yes;
}

function notReleased({ pacticipant, version, environment }: Placed): GitpactError {
  return new GitpactError(
    'not-found',
    `No currently released versions found for ${pacticipant} version ${version} in ${environment} environment.`,
    {
      hint: `See what is there with \`gitpact describe-version -a ${pacticipant} --environment ${environment}\`.`,
    },
  );
}
