import { newWebhookId } from '../../../broker/webhook-id.ts';
import type { Command } from '../../command.ts';
import { describeWebhook } from './put-webhook.ts';
import { complaintsAboutDescription, descriptionOptions } from './webhook-description.ts';

/** `gitpact create-webhook` */
export const command: Command = {
  name: 'create-webhook',
  about: 'Make a webhook',
  operands: '<URL>',
  needsOperands: true,
  options: descriptionOptions,
  examples: [
    [
      'gitpact create-webhook https://ci.example.org/run -X POST --provider Api --contract-requiring-verification-published',
      'it is sent by `gitpact serve`',
    ],
  ],
  check: complaintsAboutDescription,
  run: (world, given) => describeWebhook(world, given, newWebhookId()),
};
