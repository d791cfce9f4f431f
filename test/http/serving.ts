import { Broker } from '../../src/broker/broker.ts';
import { type App, createApp } from '../../src/http/app.ts';
import { risingClock } from '../../src/http/clock.ts';
import { ofWebhook, type Secrets } from '../../src/http/secrets.ts';
import type { AppOptions } from '../../src/http/settings.ts';
import { memoryStore } from '../../src/store/memory.ts';

/** Where the apps of tests are reached. */
export const base = 'http://broker.test';

/** An app over a new contract repository in memory. */
export async function newApp(options: AppOptions = {}): Promise<App> {
  const now = risingClock(() => new Date());
  const broker = new Broker(memoryStore({ clock: now }), now);
  await broker.init();
  return createApp(broker, options);
}

/** Secrets that are kept as long as the process lives. */
export function secretsInMemory(): Secrets & { readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    keep: async (given) => {
      for (const [name, text] of Object.entries(given)) texts.set(name, text);
    },
    find: async (uuid) => ofWebhook(uuid, [...texts]),
  };
}

/** What a request may say. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Sends a request as a Pact client does: HAL accepted, JSON sent, unless the headers say otherwise. */
export function send(
  app: App,
  method: string,
  path: string,
  { headers = {}, body }: Sent = {},
): Promise<Response> {
  return app.fetch(
    new Request(base + path, {
      method,
      headers: {
        accept: 'application/hal+json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
}

/** The JSON of an answer. */
export async function told(response: Promise<Response>): Promise<Record<string, never>> {
  return (await response).json() as Promise<Record<string, never>>;
}
