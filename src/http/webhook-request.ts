import type { WebhookDescription } from '../decide/webhooks.ts';
import type { PacticipantName } from '../domain/names.ts';
import { whyNotAName } from '../domain/names.ts';
import type { WebhookRequest, WebhookSide } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { findPacticipant } from '../query/asked.ts';
import { allowsHost, httpMethods, type WebhookRules } from '../query/webhook-rules.ts';
import { Fields, hasMembers, wellFormed } from './fields.ts';
import { refuseIf } from './resource.ts';

/** What a webhook may wait for. */
export const eventNames = [
  'contract_published',
  'contract_content_changed',
  'provider_verification_published',
  'provider_verification_succeeded',
  'provider_verification_failed',
  'contract_requiring_verification_published',
] as const;

/** Why a text cannot be the UUID of a webhook, in the Pact Broker's words; undefined when it can (webhooks.md §2). */
export function whyNotAWebhookUuid(text: string): string | undefined {
  return /^[A-Za-z0-9_-]{16,200}$/.test(text)
    ? undefined
    : 'The UUID can only contain the characters A-Z, a-z, 0-9, _ and -, and must be 16 or more characters.';
}

/** The sides a path fixes: `/webhooks/provider/P/consumer/C`. */
export interface FixedSides {
  readonly consumer?: PacticipantName;
  readonly provider?: PacticipantName;
}

/**
 * Reads a webhook (webhooks.md §2).
 * @throws GitpactError `bad-request` with every complaint, in the Pact Broker's words.
 * @throws NotLoaded
 */
export function parseWebhook(
  now: Snapshot,
  body: unknown,
  rules: WebhookRules,
  fixed: FixedSides,
): WebhookDescription {
  const fields = new Fields(body);
  const said = fields.blankable('description', wellFormed);
  const description = said ?? (fields.value('description') === undefined ? undefined : '');
  const enabled = fields.has('enabled') ? fields.value('enabled') : true;
  if (typeof enabled !== 'boolean') fields.complain('enabled', 'must be boolean');
  const request = requestIn(fields, rules);
  const events = eventsIn(fields);
  const consumer = fixed.consumer ? { name: fixed.consumer } : sideIn(now, fields, 'consumer');
  const provider = fixed.provider ? { name: fixed.provider } : sideIn(now, fields, 'provider');
  refuseIf(fields.complaints);
  return {
    ...(description === undefined ? {} : { description }),
    enabled: enabled !== false,
    ...(consumer ? { consumer } : {}),
    ...(provider ? { provider } : {}),
    events,
    request,
  };
}

function requestIn(fields: Fields, rules: WebhookRules): WebhookRequest {
  const value = fields.value('request');
  const nothing = { method: '', url: '', headers: {} };
  if (!fields.has('request')) fields.complain('request', 'is missing');
  else if (value === null || value === '') fields.complain('request', 'must be filled');
  else if (!hasMembers(value)) fields.complain('request', 'must be a hash');
  else if (Object.keys(value).length === 0) fields.complain('request', 'must be filled');
  if (!hasMembers(value) || Object.keys(value).length === 0) return nothing;
  const request = new Fields(value, 'request.');
  const method = request.required('method');
  const url = request.required('url');
  if (method !== '') complainOfMethod(request, method, rules);
  if (url !== '') complainOfUrl(request, url, rules);
  const username = request.blankable('username', wellFormed);
  const password = request.value('password');
  if (password !== undefined && password !== null && typeof password !== 'string') {
    request.complain('password', 'must be a string');
  }
  const headers = headersIn(request);
  fields.complaints.push(...request.complaints);
  const sent = request.value('body');
  return {
    method,
    url,
    headers,
    ...(sent === undefined || sent === null ? {} : { body: sent }),
    ...(username === undefined ? {} : { username }),
    ...(typeof password === 'string' ? { password } : {}),
  };
}

const seeAlso = 'See /doc/webhooks#whitelist for more information.';

function complainOfMethod(request: Fields, method: string, { methods }: WebhookRules): void {
  const [only] = methods;
  if (!httpMethods.includes(method.toUpperCase())) {
    request.complain('method', 'is not a recognised HTTP method');
  } else if (!methods.includes(method.toUpperCase())) {
    const allowed = methods.length === 1 ? `must be ${only}` : `must be one of ${methods.join(', ')}`;
    request.complain('method', `${allowed}. ${seeAlso}`);
  }
}

function complainOfUrl(request: Fields, url: string, { schemes, hosts }: WebhookRules): void {
  const [, scheme = '', authority = ''] = /^([a-z][a-z\d+.-]*):\/\/([^/?#]+)/i.exec(url) ?? [];
  if (authority.includes('${')) {
    request.complain('url', 'cannot have a template parameter in the host');
    return;
  }
  if (!URL.canParse(url.replaceAll(/\$\{[^}]*\}/g, 'x')) || authority === '') {
    request.complain('url', 'is not a valid URL eg. http://example.org');
    return;
  }
  if (authority.includes('@')) {
    request.complain('url', 'cannot contain credentials; use username and password');
    return;
  }
  if (!schemes.includes(scheme.toLowerCase())) {
    request.complain('url', `scheme must be ${schemes.join(', ')}. ${seeAlso}`);
    return;
  }
  const { hostname } = new URL(url.replaceAll(/\$\{[^}]*\}/g, 'x'));
  if (!allowsHost(hosts, hostname)) {
    const listed = hosts.map((allowed) => (/^\/.*\/$/.test(allowed) ? allowed : `"${allowed}"`)).join(', ');
    request.complain('url', `host must be in the whitelist ${listed}. ${seeAlso}`);
  }
}

function headersIn(request: Fields): Readonly<Record<string, string>> {
  const headers = request.value('headers') ?? {};
  if (!hasMembers(headers)) {
    request.complain('headers', 'must be a hash');
    return {};
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function eventsIn(fields: Fields): readonly string[] {
  const events = fields.value('events') ?? [{ name: 'contract_content_changed' }];
  if (!Array.isArray(events) || events.length === 0) {
    fields.complain('events', Array.isArray(events) ? 'size cannot be less than 1' : 'must be an array');
    return [];
  }
  return events.flatMap((event, index): string[] => {
    const name = hasMembers(event) ? event.name : undefined;
    if (eventNames.some((known) => known === name)) return [name as string];
    const problem =
      name === undefined
        ? 'is missing'
        : name === '' || name === null
          ? 'must be filled'
          : `must be one of: ${eventNames.join(', ')}`;
    fields.complain('events', `name ${problem} (at index ${index})`);
    return [];
  });
}

function sideIn(now: Snapshot, fields: Fields, role: 'consumer' | 'provider'): WebhookSide | undefined {
  const value = fields.value(role);
  if (value === undefined || value === null) return undefined;
  if (!hasMembers(value)) {
    fields.complain(role, 'must be a hash');
    return undefined;
  }
  const { name, label } = value;
  if (name !== undefined && label !== undefined) {
    fields.complain(`${role}.label`, 'name and label cannot be provided at the same time');
    return undefined;
  }
  if (typeof label === 'string' && whyNotAName(label) === undefined) return { label };
  if (typeof name !== 'string' || name.trim() === '') {
    fields.complain(`${role}.name`, 'cannot be blank');
    return undefined;
  }
  const known = findPacticipant(now, name);
  if (!known) fields.complain(`${role}.name`, 'does not match an existing pacticipant');
  return known && { name: known.name };
}
