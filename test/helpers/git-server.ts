import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** One request that reached the server. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

/** How a host refuses. */
export interface Refusal {
  readonly for: string;
  readonly status: number;
  /** Whether requests of Git’s second protocol are answered as ever. */
  readonly isOldOnly?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A Git server on http, for the repositories of one folder. */
export interface GitServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: SeenRequest[];
  /** Takes `user:password` that is asked for from now on; undefined asks for nothing. */
  credentials: string | undefined;
  /** How many pushes are still to be applied and then answered by closing the connection. */
  breakPushes: number;
  /** Whether requests are taken and never answered. */
  hangs: boolean;
  /** What requests are answered in place of Git, for those whose URL has `for` in it. */
  refusal: Refusal | undefined;
  close(): Promise<void>;
}

/** Serves the bare repositories in `root` by `git http-backend`, as a host would; pushing is allowed. Port 0: any. */
export async function startGitServer(root: string, port = 0): Promise<GitServer> {
  const state: { server: GitServer } = { server: undefined as unknown as GitServer };
  const execPath = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  const backend = join(execPath, 'git-http-backend');
  const http = createServer((request, response) => answer(backend, root, state.server, request, response));
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const { port: taken } = http.address() as AddressInfo;
  state.server = {
    url: `http://127.0.0.1:${taken}`,
    requests: [],
    credentials: undefined,
    breakPushes: 0,
    hangs: false,
    refusal: undefined,
    close: () => closeServer(http),
  };
  return state.server;
}

function closeServer(http: Server): Promise<void> {
  http.closeAllConnections();
  return new Promise((resolve) => http.close(() => resolve()));
}

function answer(
  backend: string,
  root: string,
  server: GitServer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = 'GET', url = '/', headers } = request;
  server.requests.push({ method, url, authorization: headers.authorization });
  if (server.hangs) return;
  const { refusal } = server;
  const isSpared = refusal?.isOldOnly && headers['git-protocol'] === 'version=2';
  if (refusal && !isSpared && url.includes(refusal.for)) {
    response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    return;
  }
  const expected = server.credentials;
  if (
    expected !== undefined &&
    headers.authorization !== `Basic ${Buffer.from(expected).toString('base64')}`
  ) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end('who are you?');
    return;
  }
  const breaks = server.breakPushes > 0 && method === 'POST' && url.endsWith('/git-receive-pack');
  if (breaks) server.breakPushes -= 1;
  const { pathname, search } = new URL(url, 'http://localhost');
  const child = spawn(backend, [], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'http.receivepack',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '*',
      GIT_PROTOCOL: headerOf(headers['git-protocol']),
      HTTP_CONTENT_ENCODING: headerOf(headers['content-encoding']),
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: method,
      CONTENT_TYPE: headerOf(headers['content-type']),
      REMOTE_USER: 'test',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.resume();
  child.on('close', () => {
    if (breaks) response.destroy();
    else sendCgi(Buffer.concat(output), response);
  });
}

function headerOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}

function sendCgi(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  const headers = output
    .toString('latin1', 0, Math.max(end, 0))
    .split('\r\n')
    .map((line) => line.split(': ', 2) as [string, string]);
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
  for (const [name, value] of headers) if (name !== 'Status' && value) response.setHeader(name, value);
  response.writeHead(end < 0 ? 500 : Number.parseInt(status, 10)).end(output.subarray(end + 4));
}
