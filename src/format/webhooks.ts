import type { PacticipantName } from '../domain/names.ts';
import type { Webhook, WebhookRequest, WebhookSide } from '../domain/records.ts';
import { Fields } from './reading.ts';
import { present } from './writing.ts';
import { editYaml, parseYaml } from './yaml.ts';

/** Reads a webhook. @throws GitpactError `bad-record` */
export function readWebhook(path: string, text: string): Webhook {
  const fields = new Fields(path, parseYaml(path, text));
  return present<Webhook>({
    uuid: fields.text('uuid'),
    description: fields.maybeText('description'),
    enabled: fields.flag('enabled'),
    consumer: readSide(path, fields.anything('consumer')),
    provider: readSide(path, fields.anything('provider')),
    events: fields.texts('events'),
    request: readRequest(new Fields(path, fields.anything('request'))),
    createdAt: fields.instant('createdAt'),
    updatedAt: fields.maybeInstant('updatedAt'),
  });
}

function readSide(path: string, value: unknown): WebhookSide | undefined {
  if (value === undefined || value === null) return undefined;
  const fields = new Fields(path, value);
  const label = fields.maybeText('label');
  return label === undefined ? { name: fields.text<PacticipantName>('name') } : { label };
}

function readRequest(fields: Fields): WebhookRequest {
  return present<WebhookRequest>({
    method: fields.text('method'),
    url: fields.text('url'),
    headers: (fields.anything('headers') ?? {}) as WebhookRequest['headers'],
    body: fields.anything('body'),
    username: fields.maybeText('username'),
    password: fields.maybeText('password'),
  });
}

/** Writes a webhook; comments of the file as it was survive. */
export function writeWebhook(webhook: Webhook, before: string | undefined): string {
  const { uuid, description, enabled, consumer, provider, events, request, createdAt, updatedAt } = webhook;
  const { method, url, headers, body, username, password } = request;
  return editYaml(before, {
    uuid,
    description,
    enabled,
    consumer,
    provider,
    events,
    request: present({ method, url, headers, body, username, password }),
    createdAt,
    updatedAt,
  });
}
