import type { Broker } from '../broker/broker.ts';
import { type RunnerOptions, WebhookRunner } from '../broker/webhook-runner.ts';
import { linksFor } from './answers.ts';
import type { Arguments } from './arguments.ts';
import { forgetDeliveries, openDeliveries, withBroker } from './session.ts';
import { retrySchedule, webhookRules, webhookWorld } from './webhook-settings.ts';
import type { World } from './world.ts';

/** Opens the contracts that the arguments name and the deliveries beside them, for a runner of webhooks. */
export async function withRunner<T>(
  world: World,
  given: Arguments,
  tell: RunnerOptions['tell'],
  use: (runner: WebhookRunner, broker: Broker) => Promise<T>,
): Promise<T> {
  return withBroker(world, given, async (broker) => {
    const settings = await broker.ask((now) => now.settings);
    const deliveries = await openDeliveries(world, given, broker);
    try {
      const runner = new WebhookRunner({
        broker,
        deliveries,
        links: linksFor(world),
        world: webhookWorld(world, given, webhookRules(given, settings)),
        schedule: retrySchedule(given, settings),
        forget: () => forgetDeliveries(world, given, broker),
        ...(tell ? { tell } : {}),
      });
      return await use(runner, broker);
    } finally {
      await deliveries.close();
    }
  });
}
