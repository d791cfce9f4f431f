/** What the operator lets webhooks do (webhooks.md §5.5). */
export interface WebhookRules {
  readonly methods: readonly string[];
  readonly schemes: readonly string[];
  /** Exact hosts; empty lets them all. */
  readonly hosts: readonly string[];
}

/** The Pact Broker's own: POST, https, any host. */
export const usualWebhookRules: WebhookRules = { methods: ['POST'], schemes: ['https'], hosts: [] };

/** The methods of HTTP that a webhook may have where its operator says so. */
export const httpMethods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'COPY',
  'LOCK',
  'MKCOL',
];

/** For who writes definitions into the repository themselves: what may be sent, each server's operator says. */
export const definitionRules: WebhookRules = { methods: httpMethods, schemes: ['https', 'http'], hosts: [] };
