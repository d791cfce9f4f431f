import { deleteWebhook } from '../../../decide/webhooks.ts';
import { deletionIntent } from '../../../render/words/other-intents.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { webhookUuidOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact delete-webhook` */
export const command: Command = {
  name: 'delete-webhook',
  about: 'Delete a webhook; one that is not there is no failure',
  options: { ...webhookUuidOption, ...writingOptions },
  examples: [['gitpact delete-webhook --uuid 33acb6ab-bc48-490f-862e-9b59b75e961a', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const uuid = given.text('uuid');
  const wasThere = await withBroker(world, given, (broker) =>
    broker.change(deletionIntent(`webhook ${uuid}`), (draft) => deleteWebhook(draft, uuid)),
  );
  const colours = paint(world);
  world.out(
    wasThere
      ? colours.green(`Webhook with UUID ${uuid} successfully deleted\n`)
      : colours.yellow(`Webhook with UUID ${uuid} was not found\n`),
  );
  return exitCodes.yes;
}
