import type { Delivery, DeliveryStatus } from '../../domain/delivery.ts';
import type { Webhook, WebhookSide } from '../../domain/records.ts';
import { Go } from './go.tsx';
import { Moment } from './moment.tsx';
import { type Frame, type Markup, page } from './page.ts';
import { type MarkedState, State } from './state.tsx';

interface Model {
  /** In order of creation. */
  readonly webhooks: readonly Webhook[];
}

/** The webhooks, and what became of the requests that events triggered; of a server only. */
export const webhooksPage = page<Model>({
  path: '/webhooks',
  deliveries: true,
  question: (now) => ({ webhooks: now.webhooks() }),
  title: () => 'Webhooks',
  component: WebhooksBody,
});

function WebhooksBody({
  model: { webhooks },
  frame,
}: {
  readonly model: Model;
  readonly frame: Frame;
}): Markup {
  const { deliveries = [] } = frame;
  const names = new Map(webhooks.map((webhook) => [webhook.uuid, nameOf(webhook)]));
  return (
    <>
      <h1>Webhooks</h1>
      {webhooks.length === 0 ? (
        <p>
          There is no webhook. <code>gitpact webhooks create</code> makes one.
        </p>
      ) : (
        <WebhookTable webhooks={webhooks} />
      )}
      <h2>What was sent</h2>
      {deliveries.length === 0 ? (
        <p>Nothing was sent yet.</p>
      ) : (
        <DeliveryTable deliveries={deliveries} names={names} frame={frame} />
      )}
    </>
  );
}

function nameOf({ description, request }: Webhook): string {
  return description ?? `${request.method} ${request.url}`;
}

function WebhookTable({ webhooks }: { readonly webhooks: readonly Webhook[] }): Markup {
  return (
    <table class="cards">
      <caption class="only-heard">Webhooks, the oldest first</caption>
      <thead>
        <tr>
          <th scope="col">Webhook</th>
          <th scope="col">For</th>
          <th scope="col">Events</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr>
            <td>{nameOf(webhook)}</td>
            <td>
              <bdi>{sideWords(webhook.consumer, 'consumer')}</bdi> and{' '}
              <bdi>{sideWords(webhook.provider, 'provider')}</bdi>
            </td>
            <td>{webhook.events.join(', ')}</td>
            <td>{webhook.enabled ? 'enabled' : 'switched off'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sideWords(side: WebhookSide | undefined, role: string): string {
  if (side === undefined) return `any ${role}`;
  return 'name' in side ? side.name : `any ${role} labelled ${side.label}`;
}

/** How a delivery stands, as pages mark it, and in a word. */
const marks: Readonly<Record<DeliveryStatus, readonly [state: MarkedState, word: string]>> = {
  success: ['verified', 'delivered'],
  failure: ['failed', 'failed'],
  retrying: ['pending', 'tried again soon'],
  not_run: ['unverified', 'not sent yet'],
};

function DeliveryTable({
  deliveries,
  names,
  frame: { links },
}: {
  readonly deliveries: readonly Delivery[];
  readonly names: ReadonlyMap<string, string>;
  readonly frame: Frame;
}): Markup {
  return (
    <table class="cards">
      <caption class="only-heard">Requests that events triggered, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Event</th>
          <th scope="col">Contract</th>
          <th scope="col">Webhook</th>
          <th scope="col">When</th>
          <th scope="col">Log</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr>
            <td>
              <State of={marks[delivery.status][0]} words={marks[delivery.status][1]} title={undefined} />
            </td>
            <td>{delivery.event}</td>
            <td>
              <Go to={links.timeline(delivery)}>
                <bdi>{delivery.consumer}</bdi> <code>{delivery.consumerVersion}</code> and{' '}
                <bdi>{delivery.provider}</bdi>
              </Go>
            </td>
            <td>{names.get(delivery.webhook) ?? 'a webhook that was deleted'}</td>
            <td>
              <Moment at={delivery.triggeredAt} />
            </td>
            <td>
              <Log delivery={delivery} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Log({ delivery: { attempts } }: { readonly delivery: Delivery }): Markup {
  if (attempts.length === 0) return <>not tried yet</>;
  return (
    <details>
      <summary>{attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}</summary>
      <pre tabindex={0}>{attempts.map(({ log }) => log).join('\n')}</pre>
    </details>
  );
}
