import { secretsInFile } from '../../../http/secrets-file.ts';
import { trialParameters } from '../../../http/webhook-parameters.ts';
import { filled, trial } from '../../../http/webhook-trial.ts';
import { trialDocument } from '../../../render/hal/webhook-trial.ts';
import { answerOption, linksFor, printDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { requireWebhook } from '../../asked-things.ts';
import { type Command, storeOptions } from '../../command.ts';
import { webhookUuidOption } from '../../naming-options.ts';
import { programVersion } from '../../program-version.ts';
import { secretsOption, secretsPlace } from '../../secrets-place.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact test-webhook` */
export const command: Command = {
  name: 'test-webhook',
  about: 'Send the request of a webhook once, from this machine, and show what comes of it',
  options: { ...webhookUuidOption, ...secretsOption, ...answerOption, ...storeOptions },
  examples: [['gitpact test-webhook --uuid 33acb6ab-bc48-490f-862e-9b59b75e961a', 'nothing is recorded']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    const uuid = given.text('uuid');
    const links = linksFor(world);
    const { webhook, parameters } = await broker.ask((now) => {
      const webhook = requireWebhook(now, uuid);
      return { webhook, parameters: trialParameters(now, links, webhook) };
    });
    const secrets = await secretsInFile(secretsPlace(world, given)).find(uuid);
    const request = filled(
      webhook.request,
      parameters,
      (name) => secrets.get(name),
      `gitpact v${programVersion()}`,
    );
    const rules = { methods: [], schemes: [], hosts: [new URL(request.url).hostname] };
    const done = await trial(uuid, request, rules, broker.now);
    const self = links.webhook(uuid);
    printDocument(world, given, trialDocument(links, done, { webhook: self, again: `${self}/execute` }));
    return exitCodes.yes;
  });
}
