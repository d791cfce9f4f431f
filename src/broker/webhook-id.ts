import { randomBytes } from 'node:crypto';

/** A new id for a webhook, in the Pact Broker's form: 22 URL-safe characters; the first is never taken for an option. */
export function newWebhookId(): string {
  return randomBytes(16).toString('base64url').replace(/^[-_]/, 'a');
}
