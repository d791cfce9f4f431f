import { newWebhookId } from '../../broker/webhook-id.ts';
import { deleteWebhook, putWebhook } from '../../decide/webhooks.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Webhook, WebhookSide } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { usualWebhookRules } from '../../query/webhook-rules.ts';
import { webhookDocument, webhooksDocument } from '../../render/hal/webhook.ts';
import { deletionIntent, webhookIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked } from '../names.ts';
import { type Answer, answering, type Method, type Resource, refuseIf, takingJson } from '../resource.ts';
import { secretsLeft, withoutSecrets } from '../secrets.ts';
import { type FixedSides, parseWebhook, whyNotAWebhookUuid } from '../webhook-request.ts';
import { noPacticipant } from './pacticipants.ts';

/** The sides that stand in the path. @throws GitpactError `pacticipant-missing` @throws NotLoaded */
function fixedSides(x: Exchange, now: Snapshot): FixedSides {
  const side = (role: 'consumer' | 'provider') => {
    if (x.segment(role) === '') return {};
    const name = asked<PacticipantName>(x, role);
    if (!now.pacticipant(name)) throw noPacticipant(name, role);
    return { [role]: name };
  };
  return { ...side('consumer'), ...side('provider') };
}

function isExactly(side: WebhookSide | undefined, name: string | undefined): boolean {
  return side === undefined ? name === undefined : 'name' in side && side.name === name;
}

/** Whether a list of webhooks is about everything, or about the sides in its path. */
function listing(title: string): Method {
  return answering(async (x) => {
    const found = await x.ask((now) => {
      const { consumer, provider } = fixedSides(x, now);
      if (consumer === undefined && provider === undefined) return now.webhooks();
      return now
        .webhooks()
        .filter((webhook) => isExactly(webhook.consumer, consumer) && isExactly(webhook.provider, provider));
    });
    return x.document(webhooksDocument(x.links, found, { title, href: x.self }));
  });
}

/** Makes or replaces a webhook. Its secrets are kept first: a name in Git without its secret would be of no use. */
async function describing(x: Exchange, uuid: string): Promise<Answer> {
  const body = await x.plain();
  const rules = x.options.webhooks ?? usualWebhookRules;
  const parsed = await x.ask((now) => parseWebhook(now, body, rules, fixedSides(x, now)));
  const { description, secrets } = withoutSecrets(uuid, parsed);
  refuseIf(secretsLeft(description));
  return async () => {
    await x.options.secrets?.keep(secrets);
    const { webhook, created } = await x.change(webhookIntent(uuid), (draft, at) =>
      putWebhook(draft, uuid, description, at),
    );
    const document = webhookDocument(x.links, webhook);
    return created ? x.document(document, 201, x.links.webhook(uuid)) : x.document(document);
  };
}

const create: Method = (x) => describing(x, newWebhookId());

const put: Method = (x) => {
  const uuid = x.segment('uuid');
  const problem = whyNotAWebhookUuid(uuid);
  if (problem) refuseIf([{ where: 'uuid', text: problem }]);
  return describing(x, uuid);
};

/** The webhook in the path. @throws NotLoaded */
function askedWebhook(x: Exchange, now: Snapshot): Webhook | undefined {
  return now.webhook(asked(x, 'uuid'));
}

const read: Method = answering(async (x) =>
  x.document(webhookDocument(x.links, await x.find((now) => askedWebhook(x, now)))),
);

const remove: Method = answering(async (x) => {
  const uuid = asked(x, 'uuid');
  await x.change(deletionIntent(`webhook ${uuid}`), (draft) => {
    if (!deleteWebhook(draft, uuid)) throw notFound();
  });
  return x.nothing();
});

const all = { GET: listing('Webhooks'), POST: takingJson(create) };
const ofPact = { GET: listing('Pact webhooks'), POST: takingJson(create) };

/** Webhooks (webhooks.md §2, §3). */
export const webhooks: readonly Resource[] = [
  { path: '/webhooks', ...all },
  { path: '/webhooks/provider/:provider/consumer/:consumer', ...all },
  { path: '/webhooks/provider/:provider', ...all },
  { path: '/webhooks/consumer/:consumer', ...all },
  { path: '/pacts/provider/:provider/consumer/:consumer/webhooks', ...ofPact },
  { path: '/webhooks/:uuid', GET: read, PUT: takingJson(put), DELETE: remove },
];
