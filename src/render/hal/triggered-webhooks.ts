import type { PublishedPact } from '../../query/publications.ts';
import type { HalDocument } from './document.ts';
import type { Links, PairNames } from './links.ts';

/** The webhooks that something has triggered: none, since deliveries leave no trace in the repository (webhooks.md §5.2). */
export function triggeredWebhooksDocument(self: {
  readonly title: string;
  readonly href: string;
}): HalDocument {
  return { _embedded: { triggeredWebhooks: [] }, _links: { self } };
}

/** How the webhooks of a pair last went (webhooks.md §5.3). */
export function webhookStatusDocument(
  links: Links,
  { consumer, provider }: PairNames,
  latest: PublishedPact | undefined,
): HalDocument {
  const sha = latest?.publication.sha;
  const pair = { consumer, provider };
  return {
    summary: { successful: 0, failed: 0 },
    _embedded: { triggeredWebhooks: [] },
    _links: {
      self: { title: 'Webhooks status', href: `${links.pair(pair)}/webhooks/status` },
      'pb:error-logs': [],
      'pb:pact-webhooks': {
        title: `Webhooks for the pact between ${consumer} and ${provider}`,
        href: links.webhooksOfPair(pair),
      },
      ...(sha === undefined
        ? {}
        : { 'pb:pact-version': { title: 'Pact', name: sha, href: links.pactVersion(pair, sha) } }),
      'pb:consumer': { title: 'Consumer', name: consumer, href: links.pacticipant(consumer) },
      'pb:provider': { title: 'Provider', name: provider, href: links.pacticipant(provider) },
    },
  };
}
