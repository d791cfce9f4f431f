import type { Webhook, WebhookRequest, WebhookSide } from '../../domain/records.ts';
import { type HalDocument, type Link, timestamps } from './document.ts';
import type { Links } from './links.ts';

/** What clients are shown in the place of a secret. */
export const mask = '**********';

/** Whether a header of this name may hold a secret. */
export function isTellingHeader(name: string): boolean {
  return /authorization|token|secret|password|api-?key|cookie/i.test(name);
}

/** A webhook, its secrets masked (webhooks.md §2). */
export function webhookDocument(links: Links, webhook: Webhook): HalDocument {
  const { uuid, enabled, consumer, provider, events, request } = webhook;
  const { method, url, headers, body, username, password } = request;
  return {
    uuid,
    description: nameOfWebhook(webhook),
    consumer,
    provider,
    enabled,
    request: {
      method,
      url,
      headers: Object.keys(headers).length > 0 ? maskedHeaders(headers) : undefined,
      body,
      username,
      password: password === undefined ? undefined : mask,
    },
    events: events.map((name) => ({ name })),
    ...timestamps(webhook),
    _links: webhookLinks(links, webhook),
  };
}

function maskedHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const isSecret = (name: string, value: string) =>
    value.includes('${secret:') || (/authorization|token/i.test(name) && !value.includes('${pactbroker.'));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecret(name, value) ? mask : value]),
  );
}

/** What a webhook is called: its description, or what its request does. */
export function nameOfWebhook({ description = '', request }: Webhook): string {
  return description.trim() === '' ? nameOfRequest(request) : description;
}

/** What a request does, in short: `POST ci.example.org`; the port is left out, as the Pact Broker does. */
export function nameOfRequest({ method, url }: WebhookRequest): string {
  const [, host = url] = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url) ?? [];
  return `${method.toUpperCase()} ${host}`;
}

function webhookLinks(links: Links, webhook: Webhook): Record<string, Link> {
  const { uuid, consumer, provider } = webhook;
  const self = links.webhook(uuid);
  const pair =
    consumer && provider && 'name' in consumer && 'name' in provider
      ? { consumer: consumer.name, provider: provider.name }
      : undefined;
  return {
    self: { title: nameOfWebhook(webhook), href: self },
    'pb:execute': {
      title:
        'Test the execution of the webhook with the latest matching pact or verification by sending a POST request to this URL',
      href: `${self}/execute`,
    },
    ...sideLinks(links, 'consumer', consumer),
    ...sideLinks(links, 'provider', provider),
    ...(pair
      ? {
          'pb:pact-webhooks': {
            title: `All webhooks for consumer ${pair.consumer} and provider ${pair.provider}`,
            href: links.webhooksOfPair(pair),
          },
        }
      : {}),
    'pb:webhooks': { title: 'All webhooks', href: links.webhooks() },
  };
}

function sideLinks(
  links: Links,
  role: 'consumer' | 'provider',
  side: WebhookSide | undefined,
): Record<string, Link> {
  if (!side) return {};
  const title = role === 'consumer' ? 'Consumer' : 'Provider';
  if ('name' in side) {
    return { [`pb:${role}`]: { title, name: side.name, href: links.pacticipant(side.name) } };
  }
  return {
    [`pb:${role}s`]: { title: `${title}s by label`, name: side.label, href: links.labelled(side.label) },
  };
}

/** A list of webhooks, by what they are for (webhooks.md §3). */
export function webhooksDocument(
  links: Links,
  webhooks: readonly Webhook[],
  self: { readonly title: string; readonly href: string },
): HalDocument {
  return {
    _links: {
      self,
      'pb:create': { title: 'POST to create a webhook', href: self.href },
      'pb:webhooks': webhooks.map((webhook) => ({
        title: scopeOf(webhook),
        name: nameOfWebhook(webhook),
        href: links.webhook(webhook.uuid),
      })),
      curies: [{ name: 'pb', href: links.template('/doc/webhooks-{rel}'), templated: true }],
    },
  };
}

/** Which pacts a webhook is for, in words (webhooks.md §3). */
function scopeOf({ consumer, provider }: Webhook): string {
  if (consumer && provider) {
    const [one, other] = [sideWords('consumers', consumer), sideWords('providers', provider)];
    return `A webhook for the pact between ${one} and ${other}`;
  }
  if (provider) return `A webhook for all pacts with provider ${sideWords('', provider)}`;
  if (consumer) return `A webhook for all pacts with consumer ${sideWords('', consumer)}`;
  return 'A webhook for all pacts';
}

function sideWords(plural: string, side: WebhookSide): string {
  return 'name' in side ? side.name : `${plural} labeled '${side.label}'`.trim();
}
