// A Git server on http for the repositories of one folder: `git http-backend` behind node:http.
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';

const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');

/** Serves `root`; pushing is allowed. */
export async function serveGit(root) {
  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const child = spawn(backend, [], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.receivepack',
        GIT_CONFIG_VALUE_0: 'true',
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
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.on('close', () => {
      const bytes = Buffer.concat(output);
      const end = bytes.indexOf('\r\n\r\n');
      const headers = bytes
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': '));
      const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
      response.writeHead(
        Number.parseInt(status, 10),
        Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
      );
      response.end(bytes.subarray(end + 4));
    });
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}
