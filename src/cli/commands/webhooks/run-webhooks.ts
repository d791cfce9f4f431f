import type { Broker } from '../../../broker/broker.ts';
import type { WebhookRunner } from '../../../broker/webhook-runner.ts';
import type { Delivery } from '../../../domain/delivery.ts';
import { redactedRequest } from '../../../render/webhook-request.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, onlyOneOf, outputOption, storeOptions } from '../../command.ts';
import { deliveryJson, deliveryLine } from '../../delivery-words.ts';
import { programVersion } from '../../program-version.ts';
import { withRunner } from '../../webhook-session.ts';
import { webhookOptions } from '../../webhook-settings.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact webhooks run` */
export const command: Command = {
  name: 'webhooks run',
  about: 'Send the requests that commits since the last run trigger, and those that are due again',
  options: {
    wait: { type: 'number', about: 'Stay for so many seconds as long as something is to be tried again' },
    'dry-run': { type: 'flag', about: 'Show what would be sent; send and record nothing' },
    since: { type: 'text', about: 'With --dry-run: as if the last run had been at this commit or date' },
    skip: { type: 'flag', about: 'Send nothing of what was committed so far: begin with what comes' },
    ...webhookOptions,
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact webhooks run', 'in a pipeline of the contract repository, on push and every few minutes'],
    ['gitpact webhooks run --dry-run --since HEAD~5', 'what the last five commits trigger'],
    ['gitpact webhooks run --skip', 'after an import'],
  ],
  check: (given) => [
    ...onlyOneOf(given, ['dry-run', 'skip', 'wait'], 'each is another way to run'),
    ...(given.has('since') && !given.flag('dry-run')
      ? [{ where: '--since', text: 'goes with --dry-run only' }]
      : []),
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withRunner(world, given, undefined, async (runner, broker) => {
    if (given.flag('dry-run')) return preview(world, given, runner, broker);
    if (given.flag('skip')) {
      await runner.skip();
      world.out('What was committed so far is skipped.\n');
      return exitCodes.yes;
    }
    const release = world.onSignal?.(() => runner.stop());
    try {
      const tried = [...(await runner.run())];
      tried.push(...(await stay(given, runner)));
      await tell(world, given, broker, tried);
      return tried.some(({ status }) => status === 'failure') ? exitCodes.no : exitCodes.yes;
    } finally {
      release?.();
    }
  });
}

/** Waits for what is to be tried again, as long as that is wanted. */
async function stay(given: Arguments, runner: WebhookRunner): Promise<readonly Delivery[]> {
  const until = performance.now() + (given.number('wait') ?? 0) * 1000;
  const tried: Delivery[] = [];
  for (let due = await runner.nextDue(); due !== undefined; due = await runner.nextDue()) {
    const pause = Math.max(0, Date.parse(due) - Date.now());
    if (performance.now() + pause > until) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    tried.push(...(await runner.run()));
  }
  return tried;
}

async function tell(
  world: World,
  given: Arguments,
  broker: Broker,
  tried: readonly Delivery[],
): Promise<void> {
  if (given.text('output') === 'json') {
    world.out(tried.map((delivery) => `${JSON.stringify(deliveryJson(delivery))}\n`).join(''));
    return;
  }
  const webhooks = await broker.ask((now) => tried.map(({ webhook }) => now.webhook(webhook)));
  world.out(tried.map((delivery, index) => deliveryLine(world, delivery, webhooks[index])).join(''));
  if (tried.length === 0) world.out('Nothing is due.\n');
}

async function preview(
  world: World,
  given: Arguments,
  runner: WebhookRunner,
  broker: Broker,
): Promise<ExitCode> {
  const since = given.has('since') ? await broker.store.resolve(given.text('since')) : undefined;
  const due = await runner.preview(since);
  const webhooks = await broker.ask((now) => due.map(({ webhook }) => now.webhook(webhook)));
  const userAgent = `gitpact v${programVersion()}`;
  for (const [index, delivery] of due.entries()) {
    const webhook = webhooks[index];
    const { parameters, id } = delivery;
    const request = webhook && redactedRequest(webhook.request, { parameters, userAgent, delivery: id });
    if (given.text('output') === 'json') {
      world.out(`${JSON.stringify({ ...deliveryJson(delivery), request: request ?? null })}\n`);
    } else {
      world.out(deliveryLine(world, delivery, webhook));
      if (request) world.out(`  ${request.method} ${request.url}\n  ${request.body ?? ''}\n`);
    }
  }
  if (due.length === 0 && given.text('output') !== 'json') world.out('Nothing would be sent.\n');
  return exitCodes.yes;
}
