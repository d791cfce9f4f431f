import type { Attempt, Delivery } from '../../domain/delivery.ts';
import { type HalDocument, type Link, timeText } from './document.ts';
import type { Links, PairNames } from './links.ts';

/** A delivery, and what the request of its webhook does; undefined of one that is deleted. */
export interface Triggered {
  readonly delivery: Delivery;
  readonly name: string | undefined;
}

/** The webhooks that something has triggered, newest first (webhooks.md §5.2). `tries`: how many there are at the most. */
export function triggeredWebhooksDocument(
  links: Links,
  triggered: readonly Triggered[],
  tries: number,
  self: { readonly title: string; readonly href: string },
): HalDocument {
  return {
    _embedded: { triggeredWebhooks: triggered.map((one) => triggeredDocument(links, one, tries)) },
    _links: { self },
  };
}

function triggeredDocument(links: Links, { delivery, name }: Triggered, tries: number): HalDocument {
  const { id, webhook, event, status, attempts, triggeredAt } = delivery;
  const isOver = status === 'success' || status === 'failure';
  const logs = links.triggeredLogs(id);
  const called = name === undefined ? {} : { name };
  return {
    ...called,
    status,
    attemptsMade: attempts.length,
    attemptsRemaining: isOver ? 0 : Math.max(0, tries - attempts.length),
    triggerType: 'resource_creation',
    eventName: event,
    triggeredAt: timeText(triggeredAt),
    _links: {
      'pb:logs': { title: 'Webhook execution logs', ...called, href: logs },
      logs: { title: 'DEPRECATED - Use pb:logs', ...called, href: logs },
      ...(name === undefined
        ? {}
        : { 'pb:webhook': { title: 'Webhook', name, href: links.webhook(webhook) } }),
    },
  };
}

/** How the webhooks of a pair last went: the newest of each webhook and event (webhooks.md §5.3). */
export function webhookStatusDocument(
  links: Links,
  { consumer, provider }: PairNames,
  triggered: readonly Triggered[],
  tries: number,
): HalDocument {
  const [first] = triggered;
  const pair = { consumer, provider };
  const count = (status: Delivery['status']) =>
    triggered.filter(({ delivery }) => delivery.status === status).length;
  const unwell = triggered.filter(
    ({ delivery: { status } }) => status === 'failure' || status === 'retrying',
  );
  return {
    summary: {
      successful: count('success'),
      failed: count('failure'),
      retrying: count('retrying') || undefined,
      notRun: count('not_run') || undefined,
    },
    _embedded: { triggeredWebhooks: triggered.map((one) => triggeredDocument(links, one, tries)) },
    _links: {
      self: { title: 'Webhooks status', href: `${links.pair(pair)}/webhooks/status` },
      'pb:error-logs': unwell.map(
        ({ delivery, name = delivery.webhook }): Link => ({
          title: 'Error logs',
          name,
          href: links.triggeredLogs(delivery.id),
        }),
      ),
      'pb:pact-webhooks': {
        title: `Webhooks for the pact between ${consumer} and ${provider}`,
        href: links.webhooksOfPair(pair),
      },
      ...(first ? { 'pb:pact-version': pactLink(links, first.delivery) } : {}),
      'pb:consumer': { title: 'Consumer', name: consumer, href: links.pacticipant(consumer) },
      'pb:provider': { title: 'Provider', name: provider, href: links.pacticipant(provider) },
    },
  };
}

function pactLink(links: Links, delivery: Delivery): Link {
  const { consumer, consumerVersion, provider } = delivery;
  const name = `Pact between ${consumer} (${consumerVersion}) and ${provider}`;
  return { title: 'Pact', name, href: links.pact({ consumer, provider }, consumerVersion) };
}

/** The log of every try, one after another (webhooks.md §5.4). */
export function logsText(attempts: readonly Attempt[]): string {
  if (attempts.length === 0) return 'Webhook has not executed yet. Please retry in a few seconds.';
  return attempts.map(({ log }) => log).join('\n');
}

/** The logs of a delivery as a document (webhooks.md §5.4). */
export function logsDocument(links: Links, { delivery, name }: Triggered): HalDocument {
  const { id, webhook, event, consumer, provider, attempts } = delivery;
  return {
    eventName: event,
    consumerName: consumer,
    providerName: provider,
    executions: attempts.map(({ success, log, at }) => ({ success, logs: log, createdAt: timeText(at) })),
    _embedded: { triggeredWebhook: { uuid: id } },
    _links: {
      self: { title: 'Triggered webhook logs', href: links.triggeredLogs(id) },
      ...(name === undefined ? {} : { 'pb:webhook': { title: 'Webhook', href: links.webhook(webhook) } }),
    },
  };
}
