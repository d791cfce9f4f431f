/** What the operator lets webhooks do (webhooks.md §5.5). */
export interface WebhookRules {
  readonly methods: readonly string[];
  readonly schemes: readonly string[];
  /** Exact hosts; empty lets them all. */
  readonly hosts: readonly string[];
}

/** The Pact Broker's own: POST, https, any host. */
export const usualWebhookRules: WebhookRules = { methods: ['POST'], schemes: ['https'], hosts: [] };
