import { webhookDocument } from '../../../render/hal/webhook.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact webhooks list` */
export const command: Command = {
  name: 'webhooks list',
  about: 'Show all webhooks',
  options: { ...answerOption, ...storeOptions },
  examples: [['gitpact webhooks list', 'what each waits for, and whom it calls']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const webhooks = await withBroker(world, given, (broker) => broker.ask((now) => now.webhooks()));
  const links = linksFor(world);
  const rows = webhooks.map((webhook) => {
    const { uuid, enabled, events, request } = webhook;
    return [uuid, enabled ? 'yes' : 'no', events.join('\n'), `${request.method} ${request.url}`];
  });
  printAnswer(world, given, {
    document: webhooks.map((webhook) => webhookDocument(links, webhook)),
    text: `${terminalTable(['UUID', 'ENABLED', 'EVENTS', 'REQUEST'], rows, world.columns)}\n`,
  });
  return exitCodes.yes;
}
