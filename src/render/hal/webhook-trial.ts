import type { Instant } from '../../domain/names.ts';
import { type HalDocument, type Link, timeText } from './document.ts';
import type { Links } from './links.ts';
import { isTellingHeader, mask } from './webhook.ts';

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What came of a request: an answer, or the reason why there is none. */
export type Reply =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly error: string };

/** A request that was sent to try a webhook out. */
export interface Trial {
  readonly uuid: string;
  readonly request: SentRequest;
  readonly reply: Reply;
  /** Whether the receiver's answer may be told: only where hosts are allow-listed (webhooks.md §5.5). */
  readonly tellsReply: boolean;
  readonly at: Instant;
}

/** Whether the receiver said yes, as the Pact Broker counts by default: 200 to 206 (webhooks.md §5.1). */
export function wentWell({ reply }: Trial): boolean {
  return 'status' in reply && reply.status >= 200 && reply.status <= 206;
}

/** How trying a webhook out went (webhooks.md §6). `webhook` is absent for one that is not stored. */
export function trialDocument(
  links: Links,
  trial: Trial,
  { webhook, again }: { readonly webhook?: string; readonly again: string },
): HalDocument {
  const { request, reply, tellsReply } = trial;
  const { pathname, search } = new URL(request.url);
  return {
    request: { headers: masked(request.headers), body: request.body, url: pathname + search },
    response: tellsReply && 'status' in reply ? reply : undefined,
    message: tellsReply ? undefined : hiddenText(links),
    logs: logText(links, trial),
    success: wentWell(trial),
    _links: {
      ...(webhook === undefined ? {} : { webhook: link(webhook) }),
      'try-again': link(again),
    },
  };
}

function link(href: string): Link {
  return { href };
}

function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isTellingHeader(name) ? mask : value]),
  );
}

function hiddenText(links: Links): string {
  return `For security purposes, the response details are not logged. To enable response logging, configure the webhook_host_whitelist property. See ${links.base}/doc/webhooks#whitelist for more information.`;
}

/** The log of an execution, a line for everything sent and received (webhooks.md §5.4). */
function logText(links: Links, trial: Trial): string {
  const { request, reply, tellsReply, uuid, at } = trial;
  const stamp = `[${timeText(at).replace('+00:00', 'Z')}]`;
  const info = (text: string) => `${stamp} INFO: ${text}`;
  const lines = [
    info(`HTTP/1.1 ${request.method} ${request.url}`),
    ...Object.entries(masked(request.headers)).map(([name, value]) => info(`${name}: ${value}`)),
    ...(request.body === undefined ? [] : [info(request.body)]),
  ];
  if ('error' in reply) {
    const detail = tellsReply ? ` - ${reply.error}` : `. ${hiddenText(links)}`;
    lines.push(`${stamp} ERROR: Error executing webhook ${uuid}${detail}`);
  } else if (tellsReply) {
    lines.push(info(`HTTP/1.1 ${reply.status}`));
    lines.push(...Object.entries(reply.headers).map(([name, value]) => info(`${name}: ${value}`)));
    lines.push(info(reply.body));
  } else lines.push(info(hiddenText(links)));
  lines.push(info(wentWell(trial) ? 'Successfully executed webhook' : 'Webhook execution failed'));
  return `${lines.join('\n')}\n`;
}
