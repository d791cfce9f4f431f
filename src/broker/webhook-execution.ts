import type { Instant } from '../domain/names.ts';
import type { WebhookRequest } from '../domain/records.ts';
import type { WebhookRules } from '../query/webhook-rules.ts';
import type { Exchange } from '../render/webhook-log.ts';
import type { Parameters } from '../render/webhook-parameters.ts';
import {
  type Filling,
  filledRequest,
  type Reply,
  redactedRequest,
  redactedText,
  referencesIn,
  referenceText,
} from '../render/webhook-request.ts';
import type { ProxyOf } from './webhook-proxy.ts';
import { type SecretSources, secretsFor } from './webhook-secrets.ts';
import { type Resolve, send } from './webhook-sending.ts';

/** What sending the requests of webhooks needs of the one who runs it. */
export interface WebhookWorld {
  readonly rules: WebhookRules;
  readonly secrets: SecretSources;
  readonly userAgent: string;
  readonly now: () => Instant;
  /** Finds the addresses of a name; the system's own way without it. */
  readonly resolve?: Resolve;
  /** The proxies that requests go through; none without it. */
  readonly proxyOf?: ProxyOf | undefined;
}

/** A request to send, and what to fill it with. */
export interface Execution {
  /** Of the webhook. */
  readonly uuid: string;
  readonly request: WebhookRequest;
  readonly parameters: Parameters;
  /** The stable id; absent when a webhook is only tried. */
  readonly delivery?: string;
}

/** Fills in a request, secrets last, sends it once, and tells what was sent and what came of it without any secret. */
export async function execute(world: WebhookWorld, execution: Execution): Promise<Exchange> {
  const { uuid, request, parameters, delivery } = execution;
  const { rules, userAgent } = world;
  const filling = { parameters, userAgent, ...(delivery === undefined ? {} : { delivery }) };
  const at = world.now();
  const [reply, secrets] = await attempt(world, execution, filling);
  return {
    uuid,
    request: redactedRequest(request, filling),
    reply: withoutSecrets(reply, secrets),
    tellsReply: rules.hosts.length > 0,
    at,
  };
}

async function attempt(
  { rules, secrets: sources, resolve, proxyOf }: WebhookWorld,
  { uuid, request }: Execution,
  filling: Omit<Filling, 'secretOf'>,
): Promise<readonly [Reply, readonly string[]]> {
  let secrets: ReadonlyMap<string, string>;
  try {
    secrets = await secretsFor(uuid, referencesIn(request), sources, rules);
  } catch (error) {
    return [{ kind: 'Secret', error: (error as Error).message }, []];
  }
  const sent = filledRequest(request, {
    ...filling,
    secretOf: (reference) => secrets.get(referenceText(reference)),
  });
  const texts = [...secrets.values()];
  if (!sameHost(request.url, sent.url))
    return [{ kind: 'Secret', error: 'a secret must not change the host of the URL' }, texts];
  return [await send(sent, { rules, proxyOf, ...(resolve ? { resolve } : {}) }), texts];
}

/** Whether the URL leads where its template says. */
function sameHost(template: string, url: string): boolean {
  const bare = template.replaceAll(/\$\{[^}]*\}/g, 'x');
  return URL.canParse(bare) && URL.canParse(url) && new URL(bare).origin === new URL(url).origin;
}

function withoutSecrets(reply: Reply, secrets: readonly string[]): Reply {
  if ('error' in reply) return { ...reply, error: redactedText(reply.error, secrets) };
  const headers = Object.entries(reply.headers).map(([name, value]) => [name, redactedText(value, secrets)]);
  return { ...reply, headers: Object.fromEntries(headers), body: redactedText(reply.body, secrets) };
}
