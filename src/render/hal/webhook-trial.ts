import { type Exchange, exchangeLog, hiddenText, wentWell } from '../webhook-log.ts';
import type { HalDocument, Link } from './document.ts';
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
    request: { headers: request.headers, body: request.body, url: pathOf(request.url) },
    response: tellsReply && 'status' in reply ? reply : undefined,
    message: tellsReply ? undefined : hiddenText(links),
    logs: exchangeLog(
      links,
      exchange,
      success ? 'Successfully executed webhook' : 'Webhook execution failed',
    ),
    success,
    _links: {
      ...(webhook === undefined ? {} : { webhook: link(webhook) }),
      'try-again': link(again),
    },
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url;
}

function link(href: string): Link {
  return { href };
}
