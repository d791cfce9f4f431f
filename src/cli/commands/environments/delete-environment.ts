import { deleteEnvironment } from '../../../decide/environments.ts';
import { deletionIntent } from '../../../render/words/other-intents.ts';
import type { Arguments } from '../../arguments.ts';
import { requireEnvironment } from '../../asked-things.ts';
import { type Command, writingOptions } from '../../command.ts';
import { environmentUuidOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact delete-environment` */
export const command: Command = {
  name: 'delete-environment',
  about: 'Delete an environment, with everything recorded as deployed or released there',
  options: { ...environmentUuidOption, ...writingOptions },
  examples: [['gitpact delete-environment --uuid review-42', 'what was there stays in the history']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const asked = given.text('uuid');
  const { name, uuid } = await withBroker(world, given, (broker) =>
    broker.change(deletionIntent(`environment ${asked}`), (draft) => {
      const environment = requireEnvironment(draft.now, asked);
      deleteEnvironment(draft, environment);
      return environment;
    }),
  );
  world.out(paint(world).green(`✅ Environment ${name} with UUID ${uuid} deleted successfully\n`));
  return exitCodes.yes;
}
