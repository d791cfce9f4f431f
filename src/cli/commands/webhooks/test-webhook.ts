import { answerOption } from '../../answers.ts';
import { type Command, storeOptions } from '../../command.ts';
import { webhookUuidOption } from '../../naming-options.ts';
import { webhookOptions } from '../../webhook-settings.ts';
import { sendOnce } from './sending-once.ts';

/** `gitpact test-webhook` */
export const command: Command = {
  name: 'test-webhook',
  about: 'Send the request of a webhook once, from this machine, and show what comes of it',
  options: { ...webhookUuidOption, ...webhookOptions, ...answerOption, ...storeOptions },
  examples: [['gitpact test-webhook --uuid 33acb6ab-bc48-490f-862e-9b59b75e961a', 'nothing is recorded']],
  run: (world, given) => sendOnce(world, given, given.text('uuid')),
};
