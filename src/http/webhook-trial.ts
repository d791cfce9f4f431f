import type { Instant } from '../domain/names.ts';
import type { WebhookRequest } from '../domain/records.ts';
import type { Reply, SentRequest, Trial } from '../render/hal/webhook-trial.ts';
import type { WebhookRules } from './webhook-rules.ts';

/** How long a receiver may take, in milliseconds (webhooks.md §5.1). */
const patience = 15_000;

/** How much of an answer is read, in bytes. */
const mostRead = 64 * 1024;

/** What stands for `${pactbroker.NAME}`, by NAME. */
export type Parameters = Readonly<Record<string, string>>;

/** A webhook's request with everything filled in; secrets are what `secretOf` knows, and stay as they are otherwise. */
export function filled(
  { method, url, headers, body, username, password }: WebhookRequest,
  parameters: Parameters,
  secretOf: (name: string) => string | undefined,
  userAgent: string,
): SentRequest {
  const fill = (text: string) =>
    text
      .replaceAll(/\$\{pactbroker\.(\w+)\}/g, (all, name: string) => own(parameters, name) ?? all)
      .replaceAll(/\$\{secret:([^}]+)\}/g, (all, name: string) => secretOf(name) ?? all);
  const inUrl = (text: string) =>
    text.replaceAll(/\$\{pactbroker\.(\w+)\}/g, (all, name: string) => {
      const value = own(parameters, name);
      return value === undefined ? all : new URLSearchParams({ '': value }).toString().slice(1);
    });
  const said = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
  const credentials = `${fill(username ?? '')}:${fill(password ?? '')}`;
  return {
    method: method.toUpperCase(),
    url: inUrl(url),
    headers: {
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': userAgent,
      ...said,
      ...(username === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
    body: body === undefined ? undefined : fill(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

function own(parameters: Parameters, name: string): string | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

/** Sends a request once, following no redirect, and says what came of it. Does not throw. */
export async function trial(
  uuid: string,
  request: SentRequest,
  { hosts }: WebhookRules,
  at: Instant,
): Promise<Trial> {
  return { uuid, request, reply: await reply(request), tellsReply: hosts.length > 0, at };
}

async function reply({ url, method, headers, body }: SentRequest): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
      ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await beginning(response),
    };
  } catch (error) {
    return { error: error instanceof Error ? `${error.message} ${error.cause ?? ''}`.trim() : String(error) };
  }
}

/** The text of an answer, as far as it is read. */
async function beginning(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostRead) break;
  }
  return Buffer.concat(chunks).subarray(0, mostRead).toString('utf8');
}
