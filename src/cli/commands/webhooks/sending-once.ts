import { execute } from '../../../broker/webhook-execution.ts';
import { bare } from '../../../query/webhook-rules.ts';
import { trialDocument } from '../../../render/hal/webhook-trial.ts';
import { trialParameters } from '../../../render/webhook-parameters.ts';
import { linksFor, printDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { requireWebhook } from '../../asked-things.ts';
import { withBroker } from '../../session.ts';
import { webhookRules, webhookWorld } from '../../webhook-settings.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/**
 * Sends the request of a webhook once, from this machine, and prints what came of it. Where no hosts are listed, whoever
 * types this may call any: variables and files of this machine are then not sent along.
 */
export async function sendOnce(world: World, given: Arguments, uuid: string): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    const links = linksFor(world);
    const { webhook, parameters, settings } = await broker.ask((now) => {
      const webhook = requireWebhook(now, uuid);
      return { webhook, parameters: trialParameters(now, links, webhook), settings: now.settings };
    });
    const { request } = webhook;
    const rules = webhookRules(given, settings);
    const own = webhookWorld(world, given, rules, () => broker.now);
    const anywhere = {
      methods: [request.method.toUpperCase()],
      schemes: ['http', 'https'],
      hosts: [bare(new URL(request.url.replaceAll(/\$\{[^}]*\}/g, 'x')).hostname)],
    };
    const free = { ...own, rules: anywhere, secrets: { kept: own.secrets.kept } };
    const done = await execute(rules.hosts.length > 0 ? own : free, { uuid, request, parameters });
    const self = links.webhook(uuid);
    printDocument(world, given, trialDocument(links, done, { webhook: self, again: `${self}/execute` }));
    return exitCodes.yes;
  });
}
