import type { App } from './app.ts';
import { isRead } from './auth.ts';

/** A write that a client made, as it can be made again. */
export interface RecordedWrite {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
}

const kept = ['accept', 'content-type'];

/** The app, telling `record` of every write it said yes to, in the order it answered. */
export function recording(app: App, record: (write: RecordedWrite) => void): App {
  return {
    async fetch(request) {
      const url = new URL(request.url);
      if (isRead(request.method, url.pathname)) return app.fetch(request);
      const body = Buffer.from(await request.clone().arrayBuffer()).toString('base64');
      const response = await app.fetch(request);
      if (response.ok) {
        const headers = Object.fromEntries([...request.headers].filter(([name]) => kept.includes(name)));
        record({ method: request.method, path: url.pathname + url.search, headers, body });
      }
      return response;
    },
  };
}

/** The request that makes a recorded write again. */
export function requestOf(write: RecordedWrite, baseUrl: string): Request {
  const { method, path, headers, body } = write;
  return new Request(`${baseUrl}${path}`, {
    method,
    headers,
    ...(body === '' ? {} : { body: Buffer.from(body, 'base64') }),
  });
}
