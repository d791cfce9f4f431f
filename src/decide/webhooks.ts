import type { Instant } from '../domain/names.ts';
import type { Webhook, WebhookRequest } from '../domain/records.ts';
import type { Draft } from '../format/draft.ts';

/** Everything somebody may say of a webhook (webhooks.md §2); an empty `description` takes away the one there is. */
export type WebhookDescription = Omit<Webhook, 'uuid' | 'createdAt' | 'updatedAt'>;

/**
 * Makes a webhook, or describes the one that has the uuid anew. Of that stays what clients cannot send back, its secrets,
 * and its description where they say none, as the Pact Broker has it.
 */
export function putWebhook(
  draft: Draft,
  uuid: string,
  { description: said, ...told }: WebhookDescription,
  at: Instant,
): { webhook: Webhook; created: boolean } {
  const before = draft.now.webhook(uuid);
  const request = before ? keptSecrets(before.request, told.request) : told.request;
  const description = said ?? before?.description ?? '';
  const webhook: Webhook = {
    ...(description === '' ? {} : { description }),
    ...told,
    uuid,
    request,
    createdAt: before?.createdAt ?? at,
    ...(before ? { updatedAt: at } : {}),
  };
  draft.putWebhook(webhook);
  return { webhook, created: before === undefined };
}

/** What clients are shown in the place of a secret, and may send back for "as it was" (webhooks.md §3). */
function isMasked(text: string | undefined): boolean {
  return text === undefined || /^\**$/.test(text);
}

function keptSecrets(before: WebhookRequest, after: WebhookRequest): WebhookRequest {
  const headers = Object.fromEntries(
    Object.entries(after.headers).map(([name, value]) => [
      name,
      isMasked(value) ? (before.headers[name] ?? value) : value,
    ]),
  );
  const { password: given, ...rest } = after;
  const password = isMasked(given) ? before.password : given;
  return { ...rest, headers, ...(password === undefined ? {} : { password }) };
}

/** Removes a webhook; false when there is none. */
export function deleteWebhook(draft: Draft, uuid: string): boolean {
  if (!draft.now.webhook(uuid)) return false;
  draft.dropWebhook(uuid);
  return true;
}
