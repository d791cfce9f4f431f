import { execute } from '../../broker/webhook-execution.ts';
import type { WebhookDescription } from '../../decide/webhooks.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { Webhook } from '../../domain/records.ts';
import { findDelivery, newestDeliveries } from '../../format/deliveries.ts';
import { defaultSettings } from '../../format/settings.ts';
import { findPactOfVersion, type Pair } from '../../query/latest-pacts.ts';
import { usualWebhookRules } from '../../query/webhook-rules.ts';
import {
  logsDocument,
  logsText,
  type Triggered,
  triggeredWebhooksDocument,
  webhookStatusDocument,
} from '../../render/hal/triggered-webhooks.ts';
import { nameOfRequest } from '../../render/hal/webhook.ts';
import { trialDocument } from '../../render/hal/webhook-trial.ts';
import { trialParameters } from '../../render/webhook-parameters.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked, askedPair } from '../names.ts';
import { type Answer, answering, type Method, type Resource, takingJson } from '../resource.ts';
import { parseWebhook } from '../webhook-request.ts';
import { askedResult } from './verification-results.ts';

const usualRetrySchedule = defaultSettings.webhookRetrySchedule;

/** Sends a webhook's request once, and tells how that went; nothing is stored. */
async function tried(x: Exchange, uuid: string, webhook: WebhookDescription): Promise<Response> {
  const {
    webhooks: rules = usualWebhookRules,
    secrets,
    webhookSecrets,
    webhookProxy,
    version = '',
  } = x.options;
  const { request } = webhook;
  const parameters = await x.ask((now) => trialParameters(now, x.links, webhook));
  const done = await execute(
    {
      rules,
      secrets: { ...webhookSecrets, kept: async (of) => (await secrets?.find(of)) ?? new Map() },
      userAgent: `gitpact v${version}`,
      proxyOf: webhookProxy,
      now: () => x.now,
    },
    { uuid, request, parameters },
  );
  const stored = uuid === unsaved ? {} : { webhook: x.links.webhook(uuid) };
  return x.document(trialDocument(x.links, done, { ...stored, again: x.self }));
}

/** What the log calls a webhook that is not stored. */
const unsaved = '-';

/** Tries a webhook that is stored; the operator's rules of today count, not those when it was stored. */
const executeStored: Method = async (x): Promise<Answer> => {
  const webhook = await x.find((now) => now.webhook(asked(x, 'uuid')));
  const rules = x.options.webhooks ?? usualWebhookRules;
  const allowed = await x.ask((now) => parseWebhook(now, asBody(webhook), rules, {}));
  return () => tried(x, webhook.uuid, allowed);
};

function asBody(webhook: Webhook): unknown {
  return { ...webhook, events: webhook.events.map((name) => ({ name })) };
}

/** Tries a webhook that is only described. */
const executeUnsaved: Method = async (x): Promise<Answer> => {
  const body = await x.plain();
  const rules = x.options.webhooks ?? usualWebhookRules;
  const described = await x.ask((now) => parseWebhook(now, body, rules, {}));
  return () => tried(x, unsaved, described);
};

/** The deliveries of a pair that `isMeant`, newest first, each with what its request does. */
async function triggered(
  x: Exchange,
  { consumer, provider }: Pair,
  isMeant: (delivery: Delivery) => boolean,
): Promise<readonly Triggered[]> {
  const all = (await x.options.deliveries?.read(newestDeliveries)) ?? [];
  const webhooks = new Map((await x.ask((now) => now.webhooks())).map((webhook) => [webhook.uuid, webhook]));
  return all
    .filter((one) => one.consumer === consumer && one.provider === provider && isMeant(one))
    .map((delivery) => {
      const webhook = webhooks.get(delivery.webhook);
      return { delivery, name: webhook && nameOfRequest(webhook.request) };
    });
}

/** How often a delivery is tried at the most. */
function tries(x: Exchange): number {
  return (x.options.retrySchedule ?? usualRetrySchedule).length + 1;
}

const ofPact: Method = answering(async (x) => {
  const names = askedPair(x);
  const version = x.segment('version');
  await x.find((now) => findPactOfVersion(now, names, version));
  const found = await triggered(
    x,
    names,
    (one) => one.consumerVersion === version && one.result === undefined,
  );
  const pact = `the pact between ${names.consumer} (${version}) and ${names.provider}`;
  const self = { title: `Webhooks triggered by the publication of ${pact}`, href: x.self };
  return x.document(triggeredWebhooksDocument(x.links, found, tries(x), self));
});

const ofResult: Method = answering(async (x) => {
  const names = askedPair(x);
  const result = await x.ask((now) => askedResult(x, now, names));
  const found = await triggered(x, names, (one) => one.result === result.number);
  const title = `Webhooks triggered by the publication of verification result ${x.segment('number')}`;
  return x.document(triggeredWebhooksDocument(x.links, found, tries(x), { title, href: x.self }));
});

const status: Method = answering(async (x) => {
  const names = askedPair(x);
  await x.find((now) => now.pacticipant(names.consumer) && now.pacticipant(names.provider));
  const found = await triggered(x, names, () => true);
  const kinds = new Map<string, Triggered>();
  for (const one of found) {
    const kind = `${one.delivery.webhook} ${one.delivery.event}`;
    if (!kinds.has(kind)) kinds.set(kind, one);
  }
  return x.document(webhookStatusDocument(x.links, names, [...kinds.values()].reverse(), tries(x)));
});

const logs: Method = answering(async (x) => {
  const delivery = await x.options.deliveries?.read((root) => findDelivery(root, x.segment('uuid')));
  if (!delivery) throw notFound();
  if (x.type === 'text/plain') return x.text(logsText(delivery.attempts));
  const webhook = await x.ask((now) => now.webhook(delivery.webhook));
  const name = webhook && nameOfRequest(webhook.request);
  return x.document(logsDocument(x.links, { delivery, name }));
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const result = `${pair}/pact-version/:sha/verification-results/:number/triggered-webhooks`;
const uuid = ':uuid{[A-Za-z0-9_-]{16,200}}';

/** Trying webhooks out, and what became of those that were triggered (webhooks.md §5, §6). */
export const webhookRuns: readonly Resource[] = [
  { path: '/webhooks/execute', POST: takingJson(executeUnsaved) },
  { path: `/webhooks/${uuid}/execute`, POST: executeStored },
  { path: `${pair}/version/:version/triggered-webhooks`, GET: ofPact },
  { path: result, GET: ofResult },
  { path: `${pair}/webhooks/status`, GET: status },
  { path: '/triggered-webhooks/:uuid/logs', types: ['text/plain', 'application/hal+json'], GET: logs },
];
