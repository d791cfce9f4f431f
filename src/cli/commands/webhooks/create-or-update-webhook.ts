import { whyNotAWebhookUuid } from '../../../http/webhook-request.ts';
import type { Command } from '../../command.ts';
import { webhookUuidOption } from '../../naming-options.ts';
import { describeWebhook } from './put-webhook.ts';
import { complaintsAboutDescription, descriptionOptions } from './webhook-description.ts';

/** `gitpact create-or-update-webhook` */
export const command: Command = {
  name: 'create-or-update-webhook',
  about: 'Make a webhook of a UUID that you choose, or describe it anew',
  operands: '<URL>',
  needsOperands: true,
  options: { uuid: { ...webhookUuidOption.uuid, whyNot: whyNotAWebhookUuid }, ...descriptionOptions },
  examples: [
    [
      'gitpact create-or-update-webhook https://ci.example.org/run --uuid 33acb6ab-bc48-490f-862e-9b59b75e961a -X POST --contract-content-changed',
      'as often as you like; gitpact generate-uuid makes a UUID',
    ],
  ],
  check: complaintsAboutDescription,
  run: (world, given) => describeWebhook(world, given, given.text('uuid')),
};
