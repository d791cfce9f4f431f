import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { World } from '../../src/cli/world.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A world around an empty folder, which tells when the server listens and can be signalled. */
function newWorld(...argv: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-serve-'));
  folders.push(folder);
  let said = '';
  let signal: ((name: NodeJS.Signals) => void) | undefined;
  let listening: (url: string) => void = () => undefined;
  const url = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const world = (words: readonly string[]): World => ({
    argv: words,
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    cwd: folder,
    out: (text) => {
      const found = /listening on (\S+)/.exec(text)?.[1];
      if (found) listening(found);
    },
    err: (text) => {
      said += text;
    },
    now: () => new Date(),
    columns: 100,
    colour: false,
    onSignal: (handle) => {
      signal = handle;
      return () => {
        signal = undefined;
      };
    },
  });
  return {
    init: () => main(world(['init', '--repo', folder])),
    serve: () => main(world(['serve', '--repo', folder, ...argv])),
    url,
    stop: () => signal?.('SIGTERM'),
    said: () => said,
  };
}

describe('gitpact serve', () => {
  it('serves what the repository holds, logs, and stops when it is told to', async () => {
    const server = newWorld('--port', '0', '--username', 'ci', '--password', 'psst', '--public-read');
    await server.init();
    const code = server.serve();
    const url = await server.url;
    const authorization = `Basic ${Buffer.from('ci:psst').toString('base64')}`;
    const put = (headers: Record<string, string>) =>
      fetch(`${url}/pacticipants/Foo/labels/x`, {
        method: 'PUT',
        headers: { accept: '*/*', 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect((await put({})).status).toBe(401);
    expect((await put({ authorization })).status).toBe(201);
    expect(await (await fetch(`${url}/labels`)).json()).toMatchObject({
      _embedded: { labels: [{ name: 'x' }] },
    });
    expect(await (await fetch(`${url}/-/metrics`)).text()).toContain(
      'gitpact_http_requests_total{method="PUT",status="201"} 1',
    );
    server.stop();
    expect(await code).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
    const lines = server
      .said()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ method: 'PUT', status: 201 }));
    expect(server.said()).not.toContain('psst');
  });

  it.each([
    ['beyond this machine without asking who is there', ['--host', '0.0.0.0'], 'could change the contracts'],
    ['on no port', ['--port', '70000'], 'must be a whole number up to 65535'],
    ['for clients that cannot reach it', ['--port', '0', '--base-url', 'pacts'], 'must be a URL'],
  ])('refuses to serve %s', async (_what, argv, words) => {
    const server = newWorld(...argv);
    await server.init();
    expect(await server.serve()).toBe(2);
    expect(server.said()).toContain(words);
  });
});
