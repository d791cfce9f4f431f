import { createEnvironment } from '../../../decide/environments.ts';
import { environmentName, whyNotAnEnvironmentName } from '../../../domain/names.ts';
import { environmentDocument } from '../../../render/hal/environment.ts';
import { environmentIntent } from '../../../render/words/intents.ts';
import { linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { contactsIn, descriptionOptions } from './environment-description.ts';

/** `gitpact create-environment` */
export const command: Command = {
  name: 'create-environment',
  about: 'Make an environment that versions are deployed or released to',
  options: {
    name: { type: 'text', required: true, whyNot: whyNotAnEnvironmentName, about: 'Its name, one word' },
    ...descriptionOptions,
    ...writingOptions,
  },
  examples: [['gitpact create-environment --name production --production', 'once']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const name = environmentName(given.text('name'));
  const environment = await withBroker(world, given, (broker) =>
    broker.change(environmentIntent(name), (draft, at) =>
      createEnvironment(draft, {
        name,
        displayName: given.maybe('display-name'),
        production: given.flag('production'),
        contacts: contactsIn(given),
        at,
      }),
    ),
  );
  const { uuid } = environment;
  const said = `✅ Created ${name} environment in the Pact Broker with UUID ${uuid}\n`;
  const text = given.text('output') === 'id' ? `${uuid}\n` : paint(world).green(said);
  printAnswer(world, given, { document: environmentDocument(linksFor(world), environment), text });
  return exitCodes.yes;
}
