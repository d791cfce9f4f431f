// A Git server on http for the repositories of one folder: `git http-backend` behind node:http.
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');

/** What the server allows: pushes, and as the great hosts do, to leave out files and to ask for any object. */
const settings = [
  ['http.receivepack', 'true'],
  ['uploadpack.allowFilter', 'true'],
  ['uploadpack.allowAnySHA1InWant', 'true'],
];

const settingsInEnvironment = Object.fromEntries([
  ['GIT_CONFIG_COUNT', String(settings.length)],
  ...settings.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ]),
]);

/**
 * Serves `root`, on any port unless one is given; pushing is allowed.
 * @returns its `url`; `traffic`, the requests that came and the bytes of bodies that were answered so far; `close`.
 */
export async function serveGit(root, port = 0) {
  const traffic = { requests: 0, bytes: 0 };
  const http = createServer((request, response) => {
    traffic.requests += 1;
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const child = spawn(backend, [], {
      env: {
        ...settingsInEnvironment,
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        REMOTE_USER: 'soak',
      },
    });
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    sendCgi(child.stdout, response, traffic);
  });
  await new Promise((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    traffic,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}

/** Hands on what a CGI program says: headers first, then the body as it comes. */
function sendCgi(output, response, traffic) {
  let head = Buffer.alloc(0);
  const write = (body) => {
    traffic.bytes += body.length;
    if (response.write(body)) return;
    output.pause();
    response.once('drain', () => output.resume());
  };
  output.on('data', (chunk) => {
    if (response.headersSent) {
      write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const headers = head
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(': '));
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
    response.writeHead(
      Number.parseInt(status, 10),
      Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
    );
    write(head.subarray(end + 4));
  });
  output.on('end', () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

if (process.argv[1]?.endsWith('git-http.mjs')) {
  const { values } = parseArgs({
    options: { root: { type: 'string' }, port: { type: 'string', default: '0' } },
  });
  console.log(`listening on ${(await serveGit(values.root, Number(values.port))).url}`);
}
