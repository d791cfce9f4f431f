import { undeploy } from '../../../decide/deployments.ts';
import { GitpactError } from '../../../domain/failure.ts';
import { type EnvironmentName, environmentName, pacticipantName } from '../../../domain/names.ts';
import type { Presence } from '../../../domain/records.ts';
import { deployedVersionDocument } from '../../../render/hal/deployment.ts';
import { undeploymentIntent } from '../../../render/words/other-intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { environmentOption, instanceOption, pacticipantOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { around, instanceWords } from './deployment-words.ts';

/** `gitpact record-undeployment` */
export const command: Command = {
  name: 'record-undeployment',
  about: 'Record that a pacticipant is gone from an environment for good',
  options: {
    ...pacticipantOption('The pacticipant that was undeployed'),
    ...environmentOption('The environment it was undeployed from'),
    ...instanceOption,
    ...answerOption,
    ...writingOptions,
  },
  examples: [
    ['gitpact record-undeployment -a Web --environment review-42', 'not needed before the next deployment'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const environment = environmentName(given.text('environment'));
  const target = given.maybe('application-instance');
  const document = await withBroker(world, given, (broker) =>
    broker.change(undeploymentIntent({ pacticipant, environment }), (draft, at) => {
      requireKnown(draft.now, { pacticipants: [pacticipant], environments: [environment] });
      const deployed = draft.now
        .presences(environment)
        .filter((presence) => presence.kind === 'deployed' && presence.pacticipant === pacticipant);
      const meant = deployed.find((presence) => presence.target === target);
      const ended = meant && undeploy(draft, meant.uuid, at);
      if (!meant || !ended) throw notDeployed({ pacticipant, environment, target, deployed });
      const { version } = meant;
      const links = linksFor(world);
      return deployedVersionDocument(links, ended, around(draft.now, { pacticipant, version, environment }));
    }),
  );
  const said = `✅ ♻️ Undeployed ${pacticipant} from ${environment} environment${instanceWords(target)}\n`;
  printAnswer(world, given, { document, text: paint(world).green(said) });
  return exitCodes.yes;
}

function notDeployed({
  pacticipant,
  environment,
  target,
  deployed,
}: {
  readonly pacticipant: string;
  readonly environment: EnvironmentName;
  readonly target: string | undefined;
  readonly deployed: readonly Presence[];
}): GitpactError {
  const instances = deployed.flatMap((presence) => presence.target ?? []);
  const from = `one of the following application instances to record the undeployment from: ${instances.join(', ')}`;
  if (deployed.length > 0 && target === undefined) {
    return new GitpactError('not-found', `Please specify ${from}.`, {
      hint: 'Give it with --application-instance.',
    });
  }
  const where = target === undefined ? environment : `application instance '${target}' in ${environment}`;
  const remedy = instances.length > 0 ? `omit the application instance or specify ${from}` : undefined;
  return new GitpactError(
    'not-found',
    `${pacticipant} is not currently deployed to ${where} environment. ${remedy === undefined ? 'Cannot record undeployment' : `Please ${remedy}`}.`,
    {
      hint: `See what is there with \`gitpact describe-version -a ${pacticipant} --environment ${environment}\`.`,
    },
  );
}
