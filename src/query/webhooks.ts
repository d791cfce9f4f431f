import type { PacticipantName } from '../domain/names.ts';
import type { Webhook, WebhookSide } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Pair } from './latest-pacts.ts';

/** The webhooks that are for a pair, enabled or not (webhooks.md §4.1). @throws NotLoaded */
export function webhooksFor(now: Snapshot, { consumer, provider }: Pair): readonly Webhook[] {
  return now
    .webhooks()
    .filter(
      (webhook) => appliesTo(now, webhook.consumer, consumer) && appliesTo(now, webhook.provider, provider),
    );
}

/** Whether one side of a webhook is for a pacticipant: by name, by label, or since it says nothing. @throws NotLoaded */
export function appliesTo(now: Snapshot, side: WebhookSide | undefined, name: PacticipantName): boolean {
  if (!side) return true;
  if ('name' in side) return side.name === name;
  return now.pacticipant(name)?.labels.some((label) => label.name === side.label) ?? false;
}
