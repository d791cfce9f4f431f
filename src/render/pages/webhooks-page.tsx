import type { Delivery, DeliveryStatus } from '../../domain/delivery.ts';
import type { Webhook, WebhookSide } from '../../domain/records.ts';
import { nameOfWebhook } from '../hal/webhook.ts';
import { ActionLinks, mayAct } from './actions/action-links.tsx';
import { Go } from './go.tsx';
import { Heads } from './heads.tsx';
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
  const names = new Map(webhooks.map((webhook) => [webhook.uuid, nameOfWebhook(webhook)]));
  return (
    <>
      <h1>Webhooks</h1>
      <p>Requests that are sent to other services when something happens to a contract.</p>
      {webhooks.length === 0 ? (
        <NoWebhook frame={frame} />
      ) : (
        <WebhookTable webhooks={webhooks} frame={frame} />
      )}
      <h2>What was sent</h2>
      {deliveries.length === 0 ? (
        <p class="quiet">
          Nothing was sent yet. A request goes out when one of the events of a webhook happens
          {frame.mayWrite && ', or when somebody tests it'}.
        </p>
      ) : (
        <DeliveryTable deliveries={deliveries} names={names} frame={frame} />
      )}
    </>
  );
}

function NoWebhook({ frame: { links } }: { readonly frame: Frame }): Markup {
  return (
    <>
      <p>There is no webhook. Make one that starts the build of a provider when a contract changes:</p>
      <pre tabindex={0}>
        <code>
          gitpact webhooks create --template github-dispatch --target OWNER/BAR --provider Bar
          --contract-requiring-verification-published
        </code>
      </pre>
      <p>
        Or send one to <Go to={links.api({ segments: ['webhooks'] })}>the API</Go>.
      </p>
    </>
  );
}

function WebhookTable({
  webhooks,
  frame,
}: {
  readonly webhooks: readonly Webhook[];
  readonly frame: Frame;
}): Markup {
  return (
    <table class="cards">
      <caption class="only-heard">Webhooks, the oldest first</caption>
      <Heads words={['Webhook', 'For', 'Events', 'State', ...(mayAct(frame) ? ['What you can do'] : [])]} />
      <tbody>
        {webhooks.map((webhook) => (
          <WebhookRow webhook={webhook} frame={frame} />
        ))}
      </tbody>
    </table>
  );
}

function WebhookRow({ webhook, frame }: { readonly webhook: Webhook; readonly frame: Frame }): Markup {
  const { uuid, request, events, enabled } = webhook;
  const given = { uuid, description: nameOfWebhook(webhook) };
  return (
    <tr>
      <th scope="row">
        <Go
          to={frame.links.api({ segments: ['webhooks', uuid] })}
          title="See and change it in the API browser"
        >
          {nameOfWebhook(webhook)}
        </Go>
        <div class="quiet">
          <code>
            {request.method} {request.url}
          </code>
        </div>
      </th>
      <td data-is="For">
        <bdi>{sideWords(webhook.consumer, 'consumer')}</bdi> and{' '}
        <bdi>{sideWords(webhook.provider, 'provider')}</bdi>
      </td>
      <td data-is="Events">
        <span class="chips">
          {events.map((event) => (
            <code class="chip">{event}</code>
          ))}
        </span>
      </td>
      <td data-is="State">
        {enabled ? (
          <State of="verified" words="on" title="It is sent when one of its events happens." />
        ) : (
          <State of="unverified" words="switched off" title="It is not sent, but can be tested." />
        )}
      </td>
      {mayAct(frame) && (
        <td>
          <ActionLinks
            frame={frame}
            actions={[
              { action: 'test-webhook', with: given, words: 'Test', about: given.description },
              { action: 'delete-webhook', with: given, words: 'Delete', about: given.description },
            ]}
          />
        </td>
      )}
    </tr>
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
  retrying: ['changed', 'not delivered yet'],
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
    <table class="cards deliveries">
      <caption class="only-heard">Requests that events triggered, the newest first</caption>
      <Heads words={['State', 'Event', 'Contract', 'Webhook', 'When', 'Log']} />
      <tbody>
        {deliveries.map((delivery) => (
          <tr>
            <td data-is="State">
              <State of={marks[delivery.status][0]} words={marks[delivery.status][1]} title="" />
              {delivery.status === 'retrying' && delivery.dueAt !== undefined && (
                <div>
                  <small class="quiet">
                    next try <Moment at={delivery.dueAt} />
                  </small>
                </div>
              )}
            </td>
            <td data-is="Event">
              <code>{delivery.event}</code>
            </td>
            <td data-is="Contract">
              <Go to={links.contract(delivery, delivery.sha)}>
                <bdi>{delivery.consumer}</bdi> <code>{delivery.consumerVersion}</code> and{' '}
                <bdi>{delivery.provider}</bdi>
              </Go>
            </td>
            <td data-is="Webhook">{names.get(delivery.webhook) ?? 'a webhook that was deleted'}</td>
            <td data-is="When">
              <Moment at={delivery.triggeredAt} />
            </td>
            <td data-is="Log">
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
