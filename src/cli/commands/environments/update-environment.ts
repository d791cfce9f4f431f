import { updateEnvironment } from '../../../decide/environments.ts';
import { environmentName, whyNotAnEnvironmentName } from '../../../domain/names.ts';
import { environmentDocument } from '../../../render/hal/environment.ts';
import { environmentChangeIntent } from '../../../render/words/other-intents.ts';
import { linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { requireEnvironment } from '../../asked-things.ts';
import { type Command, writingOptions } from '../../command.ts';
import { environmentUuidOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { contactsIn, descriptionOptions } from './environment-description.ts';

/** `gitpact update-environment` */
export const command: Command = {
  name: 'update-environment',
  about: 'Describe an environment anew; what is not given stays as it is',
  options: {
    ...environmentUuidOption,
    name: { type: 'text', whyNot: whyNotAnEnvironmentName, about: 'Its new name, one word' },
    ...descriptionOptions,
    ...writingOptions,
  },
  examples: [['gitpact update-environment --uuid test --display-name "Test, Europe"', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const asked = given.text('uuid');
  const environment = await withBroker(world, given, (broker) =>
    broker.change(environmentChangeIntent(given.maybe('name') ?? asked), (draft, at) => {
      const before = requireEnvironment(draft.now, asked);
      const contacts = contactsIn(given);
      return updateEnvironment(draft, before, {
        name: given.has('name') ? environmentName(given.text('name')) : before.name,
        displayName: given.maybe('display-name') ?? before.displayName,
        production: given.has('production') ? given.flag('production') : before.production,
        contacts: contacts.length > 0 ? contacts : before.contacts,
        at,
      });
    }),
  );
  const { uuid, name } = environment;
  const said = `✅ Updated ${name} environment in the Pact Broker with UUID ${uuid}\n`;
  const text = given.text('output') === 'id' ? `${uuid}\n` : paint(world).green(said);
  printAnswer(world, given, { document: environmentDocument(linksFor(world), environment), text });
  return exitCodes.yes;
}
