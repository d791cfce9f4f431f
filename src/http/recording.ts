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

/** What answers requests. */
interface Answering {
  fetch(request: Request): Promise<Response>;
}

/** The app, telling `record` of every write it said yes to, in the order it answered. */
export function recording(app: Answering, record: (write: RecordedWrite) => void): Answering {
  return {
    async fetch(request) {
      const url = new URL(request.url);
      if (isRead(request.method, url.pathname)) return app.fetch(request);
      const body = Buffer.from(await request.clone().arrayBuffer()).toString('base64');
      const response = await app.fetch(request);
      if (response.ok) record(recordOf(request, url.pathname + url.search, body));
      return response;
    },
  };
}

/** A request as it can be made again. `body` is base64. */
export function recordOf(request: Request, path: string, body: string): RecordedWrite {
  const headers = Object.fromEntries([...request.headers].filter(([name]) => kept.includes(name)));
  return { method: request.method, path, headers, body };
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
