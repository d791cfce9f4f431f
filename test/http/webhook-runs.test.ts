import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { base, newApp, secretsInMemory, send, told } from './serving.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A receiver of webhooks that answers with a status, and remembers what came. */
async function receiver(status: number, headers: Readonly<Record<string, string>> = {}) {
  const came: { method: string | undefined; url: string | undefined; headers: object; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url } = request;
      came.push({ method, url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end('thanks');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, came };
}

const rules = (hosts: readonly string[] = []) => ({ methods: ['POST'], schemes: ['https', 'http'], hosts });

const pact = { consumer: { name: 'Foo' }, provider: { name: 'A b' }, interactions: [] };

function webhookTo(url: string) {
  return {
    events: [{ name: 'contract_published' }],
    request: {
      method: 'POST',
      url: `${url}/run?for=\${pactbroker.providerName}`,
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer psst' },
      body: { consumer: `\${pactbroker.consumerName}`, unknown: `\${pactbroker.toString}` },
    },
  };
}

describe('trying a webhook out (webhooks.md §6)', () => {
  it('sends the request with its secrets and the newest pact, and hides the secrets', async () => {
    const { url, came } = await receiver(200);
    const app = await newApp({ webhooks: rules(['127.0.0.1']), secrets: secretsInMemory() });
    await send(app, 'PUT', '/pacts/provider/A%20b/consumer/Foo/version/1', { body: pact });
    const made = await told(send(app, 'POST', '/webhooks', { body: webhookTo(url) }));
    const execute =
      (made as unknown as { _links: Record<string, { href: string }> })._links['pb:execute']?.href ?? '';
    const response = await send(app, 'POST', new URL(execute).pathname);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      success: true,
      request: { url: '/run?for=A+b', headers: { authorization: '**********' } },
      response: { status: 200, body: 'thanks' },
      _links: { 'try-again': { title: 'Execute the webhook again', href: execute } },
    });
    expect(JSON.parse(text)).toMatchObject({
      request: { body: { consumer: 'Foo' } },
      logs: expect.stringMatching(
        /^\[[^\]]+Z\] DEBUG: Webhook context \{"base_url":"http:\/\/broker.test","event_name":"test"\}\n/,
      ),
    });
    expect(JSON.parse(text).logs).toContain('INFO: HTTP/1.1 200 OK\n');
    expect(text).not.toContain('psst');
    expect(came).toEqual([
      {
        method: 'POST',
        url: '/run?for=A+b',
        headers: expect.objectContaining({ authorization: 'Bearer psst', accept: '*/*' }),
        body: `{"consumer":"Foo","unknown":"\${pactbroker.toString}"}`,
      },
    ]);
  });

  it('tells the answer where hosts are allow-listed, and one that is only described', async () => {
    const { url } = await receiver(418);
    const app = await newApp({ webhooks: rules(['127.0.0.1']) });
    const done = await told(send(app, 'POST', '/webhooks/execute', { body: webhookTo(url) }));
    expect(done).toMatchObject({ success: false, response: { status: 418, body: 'thanks' } });
    expect(done).toMatchObject({ request: { body: { consumer: 'placeholder-consumer' } } });
  });

  it('takes the pact that was published last, whatever the names', async () => {
    const { url, came } = await receiver(200);
    const app = await newApp({ webhooks: rules(['127.0.0.1']) });
    const other = { ...pact, consumer: { name: 'Aaa' } };
    await send(app, 'PUT', '/pacts/provider/A%20b/consumer/Aaa/version/1', { body: other });
    await send(app, 'PUT', '/pacts/provider/A%20b/consumer/Foo/version/1', { body: pact });
    await send(app, 'POST', '/webhooks/execute', { body: webhookTo(url) });
    expect(came[0]?.body).toContain('"consumer":"Foo"');
  });

  it('says where it goes itself: a definition changes neither the host nor the length', async () => {
    const { url, came } = await receiver(200);
    const app = await newApp({ webhooks: rules(['127.0.0.1']) });
    const { request, ...rest } = webhookTo(url);
    const headers = { Host: 'inside.example', 'Content-Length': '3', 'Transfer-Encoding': 'chunked' };
    const body = { ...rest, request: { ...request, headers } };
    expect(await told(send(app, 'POST', '/webhooks/execute', { body }))).toMatchObject({ success: true });
    expect(came[0]?.headers).toMatchObject({ host: new URL(url).host });
    expect(came[0]?.headers).not.toHaveProperty('transfer-encoding');
    expect(JSON.parse(came[0]?.body ?? '')).toMatchObject({ consumer: 'placeholder-consumer' });
  });

  it('follows no redirect', async () => {
    const other = await receiver(200);
    const { url } = await receiver(302, { location: other.url });
    const app = await newApp({ webhooks: rules(['127.0.0.1']) });
    const done = await told(send(app, 'POST', '/webhooks/execute', { body: webhookTo(url) }));
    expect(done).toMatchObject({ success: false, response: { status: 302 } });
    expect(other.came).toEqual([]);
  });

  it('says that nobody is there', async () => {
    const app = await newApp({ webhooks: rules(['127.0.0.1']) });
    const done = await told(
      send(app, 'POST', '/webhooks/execute', { body: webhookTo('http://127.0.0.1:1') }),
    );
    const message = 'connect ECONNREFUSED 127.0.0.1:1';
    expect(done).toMatchObject({
      success: false,
      error: { message },
      logs: expect.stringContaining(`ERROR: Error executing webhook - ECONNREFUSED - ${message}\n`),
    });
    expect(done).not.toHaveProperty('response');
  });

  it('goes by the rules of today, not by those when the webhook was stored', async () => {
    const { url, came } = await receiver(200);
    const options = { webhooks: rules(['127.0.0.1']) };
    const app = await newApp(options);
    const uuid = 'a-webhook-of-yesterday';
    await send(app, 'PUT', `/webhooks/${uuid}`, { body: webhookTo(url) });
    options.webhooks = rules(['ci.example.org']);
    expect((await send(app, 'POST', `/webhooks/${uuid}/execute`)).status).toBe(400);
    expect(came).toEqual([]);
  });

  it.each(['/webhooks/there-is-none-of-that/execute'])('knows no %s', async (path) => {
    expect((await send(await newApp(), 'POST', path)).status).toBe(404);
  });
});

describe('describing webhooks (webhooks.md §2)', () => {
  const fine = { method: 'POST', url: 'https://ci.example.org/run' };

  it.each([
    ['no request', {}, { request: ['is missing'] }],
    ['an empty request', { request: {} }, { request: ['must be filled'] }],
    ['a request that is a text', { request: 'POST' }, { request: ['must be a hash'] }],
    ['no events', { request: fine, events: [] }, { events: ['size cannot be less than 1'] }],
    [
      'an event without a name',
      { request: fine, events: [{}] },
      { events: ['name is missing (at index 0)'] },
    ],
    ['enabled by null', { request: fine, enabled: null }, { enabled: ['must be boolean'] }],
    ['a consumer that is a text', { request: fine, consumer: 'Foo' }, { consumer: ['must be a hash'] }],
    [
      'a URL without a host',
      { request: { ...fine, url: 'nowhere' } },
      { 'request.url': ['is not a valid URL eg. http://example.org'] },
    ],
    [
      'another scheme',
      { request: { ...fine, url: 'ftp://ci.example.org' } },
      { 'request.url': ['scheme must be https, http. See /doc/webhooks#whitelist for more information.'] },
    ],
  ])('complains of %s', async (_what, body, errors) => {
    const response = await send(await newApp({ webhooks: rules() }), 'POST', '/webhooks', { body });
    expect([response.status, await response.json()]).toEqual([400, { errors }]);
  });

  it('refuses a secret where no name can stand for it, and stores nothing', async () => {
    const app = await newApp({ webhooks: rules(), secrets: secretsInMemory() });
    const body = { request: { ...fine, url: `${fine.url}?token=abc`, body: { secret: 'abc' } } };
    const response = await send(app, 'POST', '/webhooks', { body });
    const advice = expect.arrayContaining([expect.stringContaining('is a secret written out')]);
    const errors = { 'request token in the URL': advice, 'request body.secret': advice };
    expect([response.status, await response.json()]).toEqual([400, { errors }]);
    expect(await told(send(app, 'GET', '/webhooks'))).toMatchObject({ _links: { 'pb:webhooks': [] } });
  });

  it('calls a webhook without a description by its method and host, without the port', async () => {
    const app = await newApp({ webhooks: rules() });
    const request = { method: 'post', url: 'http://ci.example.org:8080/x' };
    const made = await told(send(app, 'POST', '/webhooks', { body: { request } }));
    expect(made).toMatchObject({ description: 'POST ci.example.org', request: { method: 'post' } });
  });

  it('keeps a description until another is said, or none', async () => {
    const app = await newApp({ webhooks: rules() });
    const put = (body: object) => told(send(app, 'PUT', '/webhooks/abcdefghijklmnop', { body }));
    await put({ description: 'mine', request: fine });
    expect(await put({ request: fine })).toMatchObject({ description: 'mine' });
    expect(await put({ description: null, request: fine })).toMatchObject({
      description: 'POST ci.example.org',
    });
  });
});

/** Every `href` of a document that is no template, below the base. */
function hrefs(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'href' && typeof member === 'string' ? [member] : hrefs(member),
  );
}

/** What the first version has not, and is linked to all the same. */
const mayBeMissing =
  /version\/0\/previous-distinct$|versions\/0\/tags\/prod$|[0-9a-f]{40}\/verification-results\/latest$/;

it('hands out no link that is dead', async () => {
  const app = await newApp({ webhooks: rules() });
  const other = { ...pact, interactions: [{ description: 'other' }] };
  await send(app, 'PUT', '/pacts/provider/A%20b/consumer/Foo/version/0', { body: other });
  await send(app, 'PUT', '/pacts/provider/A%20b/consumer/Foo/version/1', { body: pact });
  await send(app, 'PUT', '/pacticipants/Foo/branches/main/versions/1', { body: {} });
  await send(app, 'PUT', '/pacticipants/Foo/versions/1/tags/prod', { body: {} });
  await send(app, 'POST', '/webhooks', { body: webhookTo('http://127.0.0.1:1') });
  const found = (await told(send(app, 'GET', '/pacts/provider/A%20b/consumer/Foo/latest'))) as unknown as {
    _links: Record<string, { href: string }>;
  };
  const results = new URL(found._links['pb:publish-verification-results']?.href ?? '').pathname;
  await send(app, 'POST', results, { body: { success: true, providerApplicationVersion: '2' } });
  const accept = 'application/hal+json, text/plain, image/svg+xml';
  const [seen, dead]: [Set<string>, string[]] = [new Set(['/']), []];
  for (const path of seen) {
    const response = await send(app, 'GET', path, { headers: { accept } });
    // What is there only to be written to says so: 405.
    if (![200, 307, 405].includes(response.status) && !mayBeMissing.test(path))
      dead.push(`${response.status} ${path}`);
    if (!response.headers.get('content-type')?.includes('json')) continue;
    for (const href of hrefs(await response.json())) {
      if (href.startsWith(`${base}/`) && !href.includes('{')) seen.add(href.slice(base.length));
    }
  }
  expect(seen.size).toBeGreaterThan(40);
  expect(dead).toEqual([]);
});

it.each([
  ['latest-version', 'Latest pacticipant version'],
  ['nothing-of-that', 'No documentation exists for this relation yet.'],
])('says what the relation %s means', async (rel, words) => {
  const response = await send(await newApp(), 'GET', `/doc/${rel}?context=index`);
  expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8');
  expect(await response.text()).toContain(words);
});
