import { WebhookLoop } from '../../../broker/webhook-loop.ts';
import type { RunnerOptions } from '../../../broker/webhook-runner.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { deliveryLine } from '../../delivery-words.ts';
import { withRunner } from '../../webhook-session.ts';
import { webhookOptions } from '../../webhook-settings.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact webhooks watch` */
export const command: Command = {
  name: 'webhooks watch',
  about: 'Send the requests that commits trigger as they come, until stopped',
  options: {
    poll: {
      type: 'number',
      about: 'How many seconds pass between two looks at the repository',
      fallback: '5',
    },
    ...webhookOptions,
    ...storeOptions,
  },
  examples: [['gitpact webhooks watch --repo https://git.example.org/contracts.git', 'Ctrl-C ends it']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const tell: RunnerOptions['tell'] = (delivery, webhook) =>
    world.out(deliveryLine(world, delivery, webhook));
  return withRunner(world, given, tell, async (runner, broker) => {
    const loop = new WebhookLoop(runner, broker, {
      poll: Number(given.text('poll')) * 1000,
      now: world.now,
      failed: (error) => world.err(`gitpact: ${error instanceof Error ? error.message : error}\n`),
    });
    world.out('gitpact: watching for commits that trigger webhooks\n');
    await new Promise<void>((resolve) => {
      const release = world.onSignal?.(() => {
        release?.();
        resolve();
      });
    });
    await loop.stop();
    return exitCodes.yes;
  });
}
