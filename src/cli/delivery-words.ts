import type { Delivery } from '../domain/delivery.ts';
import type { Webhook } from '../domain/records.ts';
import { paint } from './notices.ts';
import type { World } from './world.ts';

/** A delivery as it stands, in one line. */
export function deliveryLine(world: World, delivery: Delivery, webhook: Webhook | undefined): string {
  const { event, consumer, consumerVersion, provider, parameters, attempts, id } = delivery;
  const colours = paint(world);
  const last = attempts.at(-1);
  const ended = !last
    ? colours.dim('not sent yet')
    : last.success
      ? colours.green(`answered ${last.status}`)
      : colours.red(last.status === undefined ? 'no answer' : `answered ${last.status}`);
  const whom = event.startsWith('contract_') ? consumerVersion : parameters.providerVersionNumber;
  const next =
    delivery.status === 'retrying' && delivery.dueAt ? `, again at ${shortTime(delivery.dueAt)}` : '';
  const given = delivery.status === 'failure' ? ', given up' : '';
  const what = `${event} ${consumer} → ${provider} (${whom})`;
  const name = webhook?.description ?? webhook?.request.url ?? `webhook ${delivery.webhook}`;
  return `${shortTime(delivery.triggeredAt)} ${what}: ${name}: ${ended}${next}${given} ${colours.dim(id)}\n`;
}

function shortTime(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

/** A delivery as JSON tells it: without its logs, which are long. */
export function deliveryJson(delivery: Delivery): Readonly<Record<string, unknown>> {
  const { attempts, claim: _claim, ...rest } = delivery;
  return { ...rest, attempts: attempts.map(({ log: _log, ...attempt }) => attempt) };
}
