import { type Exchange, exchangeLog, hiddenText, trialLine, wentWell } from '../webhook-log.ts';
import type { Reply } from '../webhook-request.ts';
import type { HalDocument } from './document.ts';
import type { Links } from './links.ts';

/** How trying a webhook out went (webhooks.md §6). `webhook` is absent for one that is not stored. */
export function trialDocument(
  links: Links,
  exchange: Exchange,
  { webhook, again }: { readonly webhook?: string; readonly again: string },
): HalDocument {
  const { request, reply, tellsReply } = exchange;
  const success = wentWell(reply);
  return {
    error: tellsReply && 'error' in reply ? { message: reply.error } : undefined,
    request: { headers: request.headers, body: asJson(request.body), url: pathOf(request.url) },
    response: tellsReply && 'status' in reply ? responseOf(reply) : undefined,
    message: tellsReply ? undefined : hiddenText(links),
    logs:
      trialLine(links, exchange.at) +
      exchangeLog(links, exchange, success ? undefined : 'Webhook execution failed'),
    success,
    _links: {
      ...(webhook === undefined ? {} : { webhook: { href: webhook } }),
      'try-again': { title: 'Execute the webhook again', href: again },
    },
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url;
}

function responseOf({ status, headers, body }: Extract<Reply, { status: number }>): HalDocument {
  return { status, headers, body: asJson(body) };
}

/** What a text says as JSON; the text where it is none. */
function asJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return text;
  }
}
