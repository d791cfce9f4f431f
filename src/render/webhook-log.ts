import type { Delivery } from '../domain/delivery.ts';
import type { Instant } from '../domain/names.ts';
import { timeText } from './hal/document.ts';
import type { Links } from './hal/links.ts';
import type { Reply, SentRequest } from './webhook-request.ts';

/** What was sent and what came back, without secrets. */
export interface Exchange {
  readonly uuid: string;
  readonly request: SentRequest;
  readonly reply: Reply;
  /** Whether the receiver's answer may be told: only where hosts are allow-listed (webhooks.md §5.5). */
  readonly tellsReply: boolean;
  readonly at: Instant;
}

/** Whether the receiver said yes, as the Pact Broker counts by default: 200 to 206 (webhooks.md §5.1). */
export function wentWell(reply: Reply): boolean {
  return 'status' in reply && reply.status >= 200 && reply.status <= 206;
}

/** Why the answer is not told (webhooks.md §5.4). */
export function hiddenText(links: Links): string {
  return `For security purposes, the response details are not logged. To enable response logging, configure the webhook_host_whitelist property. See ${links.base}/doc/webhooks#whitelist for more information.`;
}

/** The log of a try, a line for everything sent and received, and maybe how it ended (webhooks.md §5.4). */
export function exchangeLog(links: Links, exchange: Exchange, end?: string): string {
  const { request, reply, tellsReply, uuid, at } = exchange;
  const line = (level: string, text: string) => `${stamp(at)} ${level}: ${text}`;
  const info = (text: string) => line('INFO', text);
  const headers = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, value]) => info(`${name}: ${value}`));
  const answer =
    'error' in reply
      ? [
          line(
            'ERROR',
            `Error executing webhook ${uuid}${tellsReply ? ` ${reply.kind} - ${reply.error}` : `. ${hiddenText(links)}`}`,
          ),
        ]
      : tellsReply
        ? [info(`HTTP/1.1 ${reply.status} ${reply.words}`), ...headers(reply.headers), info(reply.body)]
        : [info(hiddenText(links))];
  const lines = [
    info(`HTTP/1.1 ${request.method} ${request.url}`),
    ...headers(request.headers),
    ...(request.body === undefined ? [] : [info(request.body)]),
    ...answer,
    ...(end === undefined ? [] : [info(end)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The first line of the log of a delivery: what it is about (webhooks.md §5.4). */
export function contextLine(links: Links, delivery: Delivery, at: Instant): string {
  const { parameters, event, result } = delivery;
  const context = {
    base_url: links.base,
    event_name: event,
    consumer_version_number: delivery.consumerVersion,
    consumer_version_branch: parameters.consumerVersionBranch || undefined,
    consumer_version_tags: parameters.consumerVersionTags?.split(', ').filter((tag) => tag !== ''),
    build_url: parameters.buildUrl || undefined,
    provider_version_number: parameters.providerVersionNumber || undefined,
    provider_version_branch: parameters.providerVersionBranch || undefined,
    verification_number: result,
  };
  return debugLine(at, context);
}

/** The first line of the log of a webhook that is tried out. */
export function trialLine(links: Links, at: Instant): string {
  return debugLine(at, { base_url: links.base, event_name: 'test' });
}

function debugLine(at: Instant, context: Readonly<Record<string, unknown>>): string {
  return `${stamp(at)} DEBUG: Webhook context ${JSON.stringify(context)}\n`;
}

function stamp(at: Instant): string {
  return `[${timeText(at).replace('+00:00', 'Z')}]`;
}
