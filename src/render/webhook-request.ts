import type { WebhookRequest } from '../domain/records.ts';
import { isTellingHeader, mask } from './hal/webhook.ts';
import type { Parameters } from './webhook-parameters.ts';

/** A request as it is sent. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the method has none. */
  readonly body?: string;
}

/** What came of a request: an answer, or the reason why there is none. */
export type Reply =
  | {
      readonly status: number;
      /** What stands behind the status, such as `Not Found`. */
      readonly words: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | {
      /** What kind of failure it is, in one word. */
      readonly kind: string;
      readonly error: string;
    };

/** A secret that stands in a definition as `${env:NAME}`, `${file:PATH}` or `${secret:NAME}`. */
export interface Reference {
  readonly kind: 'env' | 'file' | 'secret';
  readonly name: string;
}

/** How a reference is written. */
export function referenceText({ kind, name }: Reference): string {
  return `\${${kind}:${name}}`;
}

const placeholder = /\$\{(?:pactbroker\.(\w+)|(env|file|secret):([^}]+))\}/g;

/** The secrets that a request names, each once. */
export function referencesIn(request: WebhookRequest): readonly Reference[] {
  const { url, headers, body, username, password } = request;
  const texts = [url, ...Object.values(headers), textOf(body), username ?? '', password ?? ''];
  const found = texts.flatMap((text) =>
    [...text.matchAll(placeholder)].flatMap(([, , kind, name]): Reference[] =>
      kind === undefined || name === undefined ? [] : [{ kind: kind as Reference['kind'], name }],
    ),
  );
  return [...new Map(found.map((reference) => [referenceText(reference), reference])).values()];
}

/** What is put into a request beside its definition. */
export interface Filling {
  readonly parameters: Parameters;
  /** The text of a secret; one that is unknown stays as it is written. */
  readonly secretOf: (reference: Reference) => string | undefined;
  readonly userAgent: string;
  /** The stable id of the delivery; absent when a webhook is only tried. */
  readonly delivery?: string;
}

/**
 * The request with everything filled in, in one pass: what a parameter says is never taken for a reference. Parameters are
 * form-encoded in the URL, and as they are elsewhere; secrets are as they are everywhere (webhooks.md §4.2, §5.1).
 */
export function filledRequest(request: WebhookRequest, filling: Filling): SentRequest {
  const { body, username, password } = request;
  const method = request.method.toUpperCase();
  const fill = (text: string, encode = (value: string) => value) =>
    text.replaceAll(placeholder, (all, parameter?: string, kind?: Reference['kind'], name?: string) => {
      if (parameter !== undefined) {
        const value = own(filling.parameters, parameter);
        return value === undefined ? all : encode(value);
      }
      return (kind && name !== undefined ? filling.secretOf({ kind, name }) : undefined) ?? all;
    });
  const url = fill(request.url, formEncoded);
  const text = ['GET', 'HEAD'].includes(method) ? undefined : fill(textOf(body));
  const said = Object.entries(request.headers).flatMap(([name, value]) =>
    ownHeaders.test(name) ? [] : [[name, inHeader(fill(value))] as const],
  );
  const credentials = `${fill(username ?? '')}:${fill(password ?? '')}`;
  return {
    method,
    url,
    headers: {
      accept: '*/*',
      'user-agent': filling.userAgent,
      'content-type': 'application/x-www-form-urlencoded',
      ...(filling.delivery === undefined ? {} : { 'x-gitpact-delivery': filling.delivery }),
      ...Object.fromEntries(said),
      ...(username === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
      ...(URL.canParse(url) ? { host: new URL(url).host } : {}),
      ...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
    },
    ...(text === undefined ? {} : { body: text }),
  };
}

/** What follows from the URL, the body and the connection, and is not for a definition to say. */
const ownHeaders =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*)$/i;

/** The request as it may be shown: every secret, and every header that may hold one, masked. */
export function redactedRequest(request: WebhookRequest, filling: Omit<Filling, 'secretOf'>): SentRequest {
  const sent = filledRequest(request, { ...filling, secretOf: () => mask });
  const headers = Object.entries(sent.headers).map(([name, value]) => [
    name,
    isTellingHeader(name) ? mask : value,
  ]);
  return { ...sent, headers: Object.fromEntries(headers) };
}

/** A text shorter than this is no secret, and masking it would spoil everything else. */
const shortestSecret = 4;

/** A text without the secrets in it, in whatever way they are written there. */
export function redactedText(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets]
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [
      secret,
      formEncoded(secret),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ])
    .sort((a, b) => b.length - a.length);
  return forms.reduce((left, form) => left.replaceAll(form, mask), text);
}

/** A body as it is sent; a missing one is sent as `null` (webhooks.md §5.1). */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}

function own(parameters: Parameters, name: string): string | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}

/** As Ruby's `CGI.escape` does. */
function formEncoded(value: string): string {
  const encoded = new URLSearchParams({ '': value.toWellFormed() }).toString().slice(1);
  return encoded.replaceAll('%7E', '~').replaceAll('*', '%2A');
}

/** One line, in bytes that HTTP allows: what a tag is called must not end a header, nor stop the request. */
function inHeader(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these end headers
  return Buffer.from(value.replaceAll(/[\x00-\x1f\x7f]+/g, ' '), 'utf8').toString('latin1');
}
