import { lookup } from 'node:dns/promises';
import {
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
} from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { allowsAddress, allowsHost, bare, type WebhookRules } from '../query/webhook-rules.ts';
import type { Reply, SentRequest } from '../render/webhook-request.ts';
import { type ProxyOf, throughProxy } from './webhook-proxy.ts';

/** An address that a name leads to. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Finds all addresses of a name. @throws when there is none */
export type Resolve = (name: string) => Promise<readonly Address[]>;

/** What sending may be told; tests shorten it. */
export interface SendingOptions {
  readonly rules: WebhookRules;
  readonly resolve?: Resolve;
  /** The proxies that requests go through; none without it. */
  readonly proxyOf?: ProxyOf | undefined;
  /** How long a receiver may take for everything, in milliseconds (webhooks.md §5.1). */
  readonly patience?: number;
}

/** How much of an answer is read, in bytes. */
const mostRead = 64 * 1024;

/** How much is sent at the most, in bytes. */
const mostSent = 1024 * 1024;

const resolveAll: Resolve = (name) => lookup(name, { all: true, verbatim: true });

/**
 * Sends a request once and says what came of it; does not throw. The name of the host is resolved once, every address it
 * leads to must be allowed, and the connection goes to one of these addresses. Through a proxy, it is the proxy that finds
 * the address: a name that leads nowhere from here must then be listed. No redirect is followed; certificates are verified;
 * time and size are limited.
 */
export async function send(
  request: SentRequest,
  { rules, resolve = resolveAll, proxyOf, patience = 15_000 }: SendingOptions,
): Promise<Reply> {
  try {
    const url = permitted(request, rules);
    const route = await routeTo(url, { rules, resolve, proxyOf, patience });
    return await exchange(url, request, route, patience);
  } catch (error) {
    return failed(error);
  }
}

/** How the connection is made. @throws Error when it must not be */
async function routeTo(
  url: URL,
  { rules, resolve, proxyOf, patience }: Required<SendingOptions>,
): Promise<RequestOptions> {
  const proxy = proxyOf?.(url);
  const addresses = await addressesOf(url, resolve, patience).catch((error: unknown) => {
    if (proxy && rules.hosts.length > 0) return [];
    throw error;
  });
  const lookup = leadingTo(allowed(addresses, url, rules));
  return proxy ? throughProxy(proxy, url, patience) : { lookup, agent: false };
}

function failed(error: unknown): Reply {
  if (!(error instanceof Error)) return { kind: 'Error', error: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return { kind: code ?? error.name, error: error.message };
}

/** The URL of a request that the rules let go out. @throws Error saying what is not allowed */
function permitted({ url: text, method, body = '' }: SentRequest, rules: WebhookRules): URL {
  if (!URL.canParse(text)) throw new Error('the URL is none');
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  if (!['http', 'https'].includes(scheme) || !rules.schemes.includes(scheme)) {
    throw new Error(`the scheme ${scheme} is not allowed`);
  }
  if (url.username !== '' || url.password !== '') throw new Error('credentials in the URL are not allowed');
  if (!rules.methods.includes(method)) throw new Error(`the method ${method} is not allowed`);
  if (!allowsHost(rules.hosts, url.hostname)) throw new Error(`the host ${url.hostname} is not allowed`);
  if (Buffer.byteLength(body) > mostSent) throw new Error('the body is larger than a megabyte');
  return url;
}

/** Where the host is. @throws Error when nobody here knows */
async function addressesOf(
  { hostname }: URL,
  resolve: Resolve,
  patience: number,
): Promise<readonly Address[]> {
  const host = bare(hostname);
  const family = isIP(host);
  const found = family > 0 ? [{ address: host, family }] : await inTime(resolve(host), patience);
  if (found.length === 0) throw new Error(`the host ${host} has no address`);
  return found;
}

/** The addresses, all of them allowed. @throws Error */
function allowed(
  addresses: readonly Address[],
  { hostname }: URL,
  { hosts }: WebhookRules,
): readonly Address[] {
  const host = bare(hostname);
  const refused = addresses.find(({ address }) => !allowsAddress(hosts, address));
  if (!refused) return addresses;
  const where = refused.address === host ? host : `${host} (${refused.address})`;
  throw new Error(`the address of ${where} is not public, and not allowed`);
}

function exchange(
  url: URL,
  { method, headers, body }: SentRequest,
  route: RequestOptions,
  patience: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const start = (route.protocol ?? url.protocol) === 'https:' ? tlsRequest : plainRequest;
    const sent: ClientRequest = start(
      {
        ...urlToHttpOptions(url),
        ...route,
        method,
        headers: {
          host: url.host,
          ...headers,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...(route.headers as Readonly<Record<string, string>> | undefined),
        },
        rejectUnauthorized: true,
        maxHeaderSize: 32 * 1024,
      },
      (response) => {
        beginning(response).then((text) => {
          clearTimeout(timer);
          sent.destroy();
          resolve({
            status: response.statusCode ?? 0,
            words: response.statusMessage ?? '',
            headers: headersOf(response),
            body: text,
          });
        }, reject);
      },
    );
    const timer = setTimeout(
      () => sent.destroy(new Error(`no answer within ${patience / 1000} s`)),
      patience,
    );
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(body);
  });
}

/** A look-up that knows these addresses only, whatever it is asked. */
function leadingTo(addresses: readonly Address[]): LookupFunction {
  return (_name, options, answer) => {
    const [first] = addresses;
    if (options.all) answer(null, [...addresses]);
    else answer(null, first?.address ?? '', first?.family);
  };
}

/** The text of an answer, as far as it is read. */
async function beginning(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= mostRead) break;
  }
  return Buffer.concat(chunks).subarray(0, mostRead).toString('utf8');
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

async function inTime<T>(work: Promise<T>, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the name of the host is not found in time')), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
