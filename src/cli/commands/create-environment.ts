import { createEnvironment } from '../../decide/environments.ts';
import { environmentName, whyNotAnEnvironmentName } from '../../domain/names.ts';
import { environmentIntent } from '../../render/words/intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact create-environment` */
export const command: Command = {
  name: 'create-environment',
  about: 'Make an environment that versions are deployed or released to',
  options: {
    name: { type: 'text', required: true, whyNot: whyNotAnEnvironmentName, about: 'Its name, one word' },
    'display-name': { type: 'text', about: 'What people call it' },
    production: { type: 'flag', about: 'It is a production environment' },
    'contact-name': { type: 'text', about: 'The person or team to ask about it' },
    'contact-email-address': { type: 'text', about: 'Their e-mail address' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [['gitpact create-environment --name production --production', 'once']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const name = environmentName(given.text('name'));
  const contact = given.maybe('contact-name') ?? given.maybe('contact-email-address');
  const emailAddress = given.maybe('contact-email-address');
  const environment = await withBroker(world, given, (broker) =>
    broker.change(environmentIntent(name), (draft, at) =>
      createEnvironment(draft, {
        name,
        displayName: given.maybe('display-name'),
        production: given.flag('production'),
        contacts:
          contact === undefined
            ? []
            : [{ name: contact, ...(emailAddress === undefined ? {} : { details: { emailAddress } }) }],
        at,
      }),
    ),
  );
  world.out(
    given.text('output') === 'json'
      ? `${JSON.stringify(environment, null, 2)}\n`
      : paint(world).green(`Created ${name} environment with UUID ${environment.uuid}.\n`),
  );
  return exitCodes.yes;
}
