import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { git } from '../helpers/git-program.ts';
import { startGitServer } from '../helpers/git-server.ts';
import { installed, newFolder, start } from './installed.ts';
import { sendTo, startServe } from './served.ts';

const app = installed();

/** A request that came. */
interface Came {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A receiver of webhooks; `status` 0 keeps silent. */
class Receiver {
  readonly came: Came[] = [];
  status = 200;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { method, url, headers } = request;
      this.came.push({ method, url, headers, body });
      if (this.status > 0) response.writeHead(this.status).end('thanks');
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get ids(): readonly unknown[] {
    return this.came.map(({ headers }) => headers['x-gitpact-delivery']);
  }

  close(): void {
    this.#server.close().closeAllConnections();
  }
}

const allowed = {
  GITPACT_WEBHOOK_HOSTS: '127.0.0.1 localhost',
  GITPACT_WEBHOOK_SCHEMES: 'http https',
  GITPACT_WEBHOOK_METHODS: 'POST PUT',
  GITPACT_WEBHOOK_RETRY_SCHEDULE: '0 0 0',
  GITPACT_BASE_URL: 'https://pacts.example.org',
  CI_TOKEN: 'psst',
};

let folder: string;
let repository: string;
let receiver: Receiver;

beforeEach(async () => {
  folder = newFolder();
  repository = join(folder, 'contracts.git');
  receiver = new Receiver();
  await receiver.listen();
  await gitpact('init');
});

afterEach(() => receiver.close());

const gitpact = (...args: readonly string[]) => gitpactWith({}, ...args);

function gitpactWith(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const all = { GITPACT_REPO: repository, ...allowed, ...env };
  return start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env: all }).ended;
}

function publish(version: string, path = '/seats') {
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', path)));
  return gitpact('publish', 'pact.json', '-a', version, '--branch', 'main', '--tag', 'dev');
}

/** Describes a webhook that waits for these events. */
function describeWebhook(...events: readonly string[]) {
  const body = {
    url: `\${pactbroker.pactUrl}`,
    event: `\${pactbroker.eventName}`,
    by: `\${pactbroker.providerVersionNumber}`,
  };
  return gitpact(
    ...['webhooks', 'create', `${receiver.url}/run?for=\${pactbroker.consumerVersionTags}`, '-X', 'PUT'],
    ...['-H', `Authorization: Bearer \${env:CI_TOKEN}`, '-H', 'Content-Type: application/json'],
    ...['-d', JSON.stringify(body), ...events.map((event) => `--${event}`)],
  );
}

/** How the deliveries stand, as `gitpact webhooks log` tells it. */
async function statuses(): Promise<readonly unknown[]> {
  const { out } = await gitpact('webhooks', 'log', '-o', 'json');
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { status: string }).status);
}

describe('a webhook', () => {
  it('is sent for what was committed since the last run, as the reference says, once', async () => {
    await describeWebhook('contract-published', 'provider-verification-failed');
    await publish('1');
    expect((await gitpact('webhooks', 'run')).code).toBe(0);
    expect(receiver.came).toEqual([
      {
        method: 'PUT',
        url: '/run?for=dev',
        headers: expect.objectContaining({
          accept: '*/*',
          authorization: 'Bearer psst',
          'content-type': 'application/json',
          'user-agent': expect.stringMatching(/^gitpact v/),
          'x-gitpact-delivery': expect.stringMatching(/^[\w-]{22}$/),
        }),
        body: expect.stringContaining('"event":"contract_published","by":""'),
      },
    ]);
    const { url } = JSON.parse(receiver.came[0]?.body ?? '') as { url: string };
    const metadata = Buffer.from(url.split('/').at(-1) ?? '', 'base64url').toString();
    expect(url).toMatch(
      /^https:\/\/pacts\.example\.org\/pacts\/provider\/Api\/consumer\/Web\/pact-version\//,
    );
    expect(metadata).toBe('cvn=1&cvt%5B%5D=dev&w=true');
    await gitpact('record-verification', '--provider=Api', '-a=7', '--consumer=Web', '--result=failure');
    await gitpact('webhooks', 'run');
    await gitpact('webhooks', 'run');
    expect(receiver.came).toHaveLength(2);
    expect(JSON.parse(receiver.came[1]?.body ?? '')).toMatchObject({
      event: 'provider_verification_failed',
      by: '7',
    });
    const [id] = receiver.ids;
    const log = await gitpact('webhooks', 'log', String(id));
    expect(log.out).toContain('INFO: authorization: **********');
    expect(log.out).toContain('INFO: HTTP/1.1 200');
    expect(JSON.stringify(log)).not.toContain('psst');
  });

  it('that nobody takes is tried again, by another process, until somebody does', async () => {
    await describeWebhook('contract-published');
    await publish('1');
    receiver.status = 503;
    const first = await gitpact('webhooks', 'run', '--webhook-retry-schedule', '0 1 0');
    expect(first.out).toContain('answered 503');
    expect(await statuses()).toEqual(['retrying']);
    receiver.status = 204;
    await gitpact('webhooks', 'run', '--wait', '20');
    expect(await statuses()).toEqual(['success']);
    expect(new Set(receiver.ids).size).toBe(1);
    expect(receiver.came.length).toBeGreaterThan(1);
    const sent = receiver.came.length;
    await gitpact('webhooks', 'run');
    expect(receiver.came).toHaveLength(sent);
  });

  it('is given up after the last try, and that is an exit code', async () => {
    await describeWebhook('contract-published');
    await publish('1');
    receiver.status = 500;
    const { code, out } = await gitpact('webhooks', 'run', '--webhook-retry-schedule', '0', '--wait', '5');
    expect({ code, sent: receiver.came.length }).toEqual({ code: 1, sent: 2 });
    expect(out).toContain('given up');
    expect(await statuses()).toEqual(['failure']);
  });

  it('whose runner is killed between sending and recording is sent again under the same id', async () => {
    await describeWebhook('contract-published');
    await publish('1');
    receiver.status = 0;
    const argv = [join(app, 'bin', 'gitpact.js'), 'webhooks', 'run'];
    const { child, ended } = start(process.execPath, argv, {
      cwd: folder,
      env: { GITPACT_REPO: repository, ...allowed },
    });
    await expect.poll(() => receiver.came.length, { timeout: 30_000 }).toBe(1);
    child.kill('SIGKILL');
    await ended;
    receiver.status = 200;
    await gitpact('webhooks', 'run');
    expect(receiver.came).toHaveLength(2);
    expect(new Set(receiver.ids).size).toBe(1);
    expect(await statuses()).toEqual(['success']);
  });

  it('is sent once, however many run at the same time', async () => {
    await describeWebhook('contract-published', 'contract-content-changed');
    for (const version of ['1', '2', '3', '4']) await publish(version, `/${version}`);
    const ends = await Promise.all(Array.from({ length: 3 }, () => gitpact('webhooks', 'run')));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(receiver.came).toHaveLength(8);
    expect(new Set(receiver.ids).size).toBe(8);
  });

  it('is only shown by a dry run, and left out where that is wanted', async () => {
    await describeWebhook('contract-published');
    await publish('1');
    const { out } = await gitpact('webhooks', 'run', '--dry-run');
    expect(out).toContain(`PUT ${receiver.url}/run?for=dev`);
    expect(out).not.toContain('psst');
    await gitpact('webhooks', 'run', '--skip');
    await gitpact('webhooks', 'run');
    expect(receiver.came).toEqual([]);
  });

  it('is sent for a commit that somebody made by hand in a clone', async () => {
    await describeWebhook('contract-content-changed');
    await publish('1');
    await gitpact('webhooks', 'run');
    const clone = join(folder, 'clone');
    git(folder, 'clone', '-q', repository, clone);
    const [made = ''] = globSync('pacticipants/Web/versions/*/1.json', { cwd: clone });
    const version = JSON.parse(readFileSync(join(clone, made), 'utf8'));
    const [pact] = version.pacts;
    const byHand = { ...version, number: '2', order: 2, pacts: [{ ...pact, sha: 'b'.repeat(40) }] };
    mkdirSync(join(clone, 'pacticipants/Web/versions/da'), { recursive: true });
    writeFileSync(join(clone, 'pacticipants/Web/versions/da/2.json'), JSON.stringify(byHand));
    git(clone, 'add', '.');
    git(clone, '-c', 'user.name=Me', '-c', 'user.email=me@example.org', 'commit', '-qm', 'By hand');
    git(clone, 'push', '-q', 'origin', 'HEAD');
    const { out } = await gitpact('events', '--since', 'HEAD~1');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { event: 'contract_published', consumerVersion: '2' },
      {
        event: 'contract_content_changed',
        comment: 'pact content has changed since the last consumer version tagged with dev',
      },
    ]);
    await gitpact('webhooks', 'run');
    expect(receiver.came).toHaveLength(2);
  });
});

it('serve sends after each commit, tells what became of it, and ends in peace', async () => {
  const data = `{"url":"\${pactbroker.pactUrl}"}`;
  await gitpact('webhooks', 'create', receiver.url, '-X', 'PUT', '-d', data, '--contract-published');
  const server = await startServe(
    app,
    folder,
    repository,
    ...Object.entries({
      'webhook-host': '127.0.0.1',
      'webhook-scheme': 'http',
      'webhook-method': 'PUT',
      'webhook-retry-schedule': '1 1 1',
    }).map(([name, value]) => `--${name}=${value}`),
  );
  receiver.status = 500;
  const pact = '/pacts/provider/Api/consumer/Web';
  await sendTo(server.url, 'PUT', `${pact}/version/1`, pactBetween('Web', 'Api', '/seats'));
  await expect.poll(() => receiver.came.length, { timeout: 10_000 }).toBeGreaterThan(0);
  receiver.status = 200;
  const triggered = async () => {
    const response = await fetch(`${server.url}${pact}/version/1/triggered-webhooks`, {
      headers: { accept: 'application/hal+json' },
    });
    return ((await response.json()) as { _embedded: { triggeredWebhooks: Record<string, never>[] } })
      ._embedded.triggeredWebhooks;
  };
  await expect.poll(async () => (await triggered())[0]?.status, { timeout: 10_000 }).toBe('success');
  const [one] = await triggered();
  expect(one).toMatchObject({
    eventName: 'contract_published',
    attemptsRemaining: 0,
    triggerType: 'resource_creation',
  });
  const logs = (one as unknown as { _links: Record<string, { href: string }> })._links['pb:logs']?.href ?? '';
  const text = await (await fetch(logs, { headers: { accept: 'text/plain' } })).text();
  expect(text).toContain('Retrying webhook in 1 seconds');
  expect(text).toContain('Successfully executed webhook');
  const status = await fetch(`${server.url}${pact}/webhooks/status`, {
    headers: { accept: 'application/hal+json' },
  });
  expect(await status.json()).toMatchObject({ summary: { successful: 1, failed: 0 } });
  const page = await (await fetch(`${server.url}/webhooks`, { headers: { accept: 'text/html' } })).text();
  expect(page).toMatch(/delivered.*contract_published.*\d attempts.*Retrying webhook in 1 seconds/s);
  expect(page).not.toContain(allowed.CI_TOKEN);
  expect(receiver.came[0]?.body).toContain(`${server.url}/pacts/`);
  expect(await server.end('SIGTERM')).not.toContain('"level":50');
});

it('runners of a remote repository share what became of webhooks by its host', async () => {
  await describeWebhook('contract-published');
  await publish('1');
  const host = await startGitServer(folder);
  try {
    const away = (cache: string) => ({
      GITPACT_REPO: `${host.url}/contracts.git`,
      GITPACT_CACHE: join(folder, cache),
    });
    const caches = ['one', 'two'].map(away);
    const ends = await Promise.all(caches.map((env) => gitpactWith(env, 'webhooks', 'run')));
    expect(ends.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(receiver.came).toHaveLength(1);
    await publish('2');
    await gitpactWith(away('two'), 'webhooks', 'run');
    expect(receiver.came).toHaveLength(2);
    expect(await statuses()).toEqual(['success', 'success']);
  } finally {
    await host.close();
  }
});
