import type { WebhookDescription } from '../../decide/webhooks.ts';
import type { Webhook } from '../../domain/records.ts';
import { findLatestPact, findPactOfVersion } from '../../query/latest-pacts.ts';
import { triggeredWebhooksDocument, webhookStatusDocument } from '../../render/hal/triggered-webhooks.ts';
import { trialDocument } from '../../render/hal/webhook-trial.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked, askedPair } from '../names.ts';
import { type Answer, answering, type Method, type Resource, takingJson } from '../resource.ts';
import { trialParameters } from '../webhook-parameters.ts';
import { parseWebhook } from '../webhook-request.ts';
import { usualWebhookRules } from '../webhook-rules.ts';
import { filled, trial } from '../webhook-trial.ts';
import { askedResult } from './verification-results.ts';

/** Sends a webhook's request once, and tells how that went; nothing is stored. */
async function tried(x: Exchange, uuid: string, webhook: WebhookDescription): Promise<Response> {
  const rules = x.options.webhooks ?? usualWebhookRules;
  const parameters = await x.ask((now) => trialParameters(now, x.links, webhook));
  const secrets = await x.options.secrets?.find(uuid);
  const secretOf = (name: string) => secrets?.get(name);
  const request = filled(webhook.request, parameters, secretOf, `gitpact v${x.options.version ?? ''}`);
  const done = await trial(uuid, request, rules, x.now);
  const stored = uuid === unsaved ? {} : { webhook: x.links.webhook(uuid) };
  return x.document(trialDocument(x.links, done, { ...stored, again: x.self }));
}

/** What the log calls a webhook that is not stored. */
const unsaved = '-';

/** Tries a webhook that is stored; the operator's rules of today count, not those when it was stored. */
const execute: Method = async (x): Promise<Answer> => {
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

const ofPact: Method = answering(async (x) => {
  const names = askedPair(x);
  await x.find((now) => findPactOfVersion(now, names, x.segment('version')));
  const pact = `the pact between ${names.consumer} (${x.segment('version')}) and ${names.provider}`;
  return x.document(
    triggeredWebhooksDocument({ title: `Webhooks triggered by the publication of ${pact}`, href: x.self }),
  );
});

const ofResult: Method = answering(async (x) => {
  const names = askedPair(x);
  await x.ask((now) => askedResult(x, now, names));
  const title = `Webhooks triggered by the publication of verification result ${x.segment('number')}`;
  return x.document(triggeredWebhooksDocument({ title, href: x.self }));
});

const status: Method = answering(async (x) => {
  const names = askedPair(x);
  const document = await x.find((now) => {
    const known = now.pacticipant(names.consumer) && now.pacticipant(names.provider);
    return known && webhookStatusDocument(x.links, names, findLatestPact(now, names));
  });
  return x.document(document);
});

const logs: Method = answering(() => {
  throw notFound();
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const result = `${pair}/pact-version/:sha/verification-results/:number/triggered-webhooks`;
const uuid = ':uuid{[A-Za-z0-9_-]{16,200}}';

/** Trying webhooks out, and what became of those that were triggered (webhooks.md §5, §6). */
export const webhookRuns: readonly Resource[] = [
  { path: '/webhooks/execute', POST: takingJson(executeUnsaved) },
  { path: `/webhooks/${uuid}/execute`, POST: execute },
  { path: `${pair}/version/:version/triggered-webhooks`, GET: ofPact },
  { path: result, GET: ofResult },
  { path: `${pair}/webhooks/status`, GET: status },
  { path: '/triggered-webhooks/:uuid/logs', types: ['text/plain', 'application/hal+json'], GET: logs },
];
