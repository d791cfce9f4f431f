import { answerOption } from '../../answers.ts';
import { type Command, storeOptions } from '../../command.ts';
import { webhookOptions } from '../../webhook-settings.ts';
import { sendOnce } from './sending-once.ts';

/** `gitpact webhooks test` */
export const command: Command = {
  name: 'webhooks test',
  about: 'Send the request of a webhook once, from this machine, and show what comes of it',
  operands: '<uuid>',
  needsOperands: true,
  options: { ...webhookOptions, ...answerOption, ...storeOptions },
  examples: [['gitpact webhooks test 33acb6ab-bc48-490f-862e-9b59b75e961a', 'nothing is recorded']],
  check: ({ operands }) =>
    operands.slice(1).map((where) => ({ where, text: 'is one too many: name one webhook' })),
  run: (world, given) => sendOnce(world, given, given.operands[0] ?? ''),
};
