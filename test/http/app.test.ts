import { describe, expect, it } from 'vitest';
import type { Access } from '../../src/http/auth.ts';
import { base, newApp, secretsInMemory, send, told } from './serving.ts';

const basic = (words: string) => ({ authorization: `Basic ${Buffer.from(words).toString('base64')}` });

const everybody: Access = {
  writers: [{ username: 'ci', password: 'write' }],
  readers: [{ username: 'me', password: 'read' }],
  writeTokens: ['wt'],
  readTokens: ['rt'],
  publicRead: false,
  publicHeartbeat: false,
  publicBadges: false,
};

describe('who may do what (api.md §1.7)', () => {
  const nobody = {};
  const writer = basic('ci:write');
  const reader = basic('me:read');
  const put = ['PUT', '/pacticipants/Foo/labels/x'] as const;
  const get = ['GET', '/pacticipants'] as const;
  const ask = ['POST', '/pacts/provider/Foo/for-verification'] as const;
  const badge = ['GET', '/pacts/provider/P/consumer/C/latest/badge'] as const;
  const beat = ['GET', '/diagnostic/status/heartbeat'] as const;

  it.each([
    ['nobody reads', {}, get, nobody, 401],
    ['nobody writes', {}, put, nobody, 401],
    ['a reader reads', {}, get, reader, 200],
    ['a reader asks for pacts to verify', {}, ask, reader, 404],
    ['a reader writes', {}, put, reader, 401],
    ['a writer reads', {}, get, writer, 200],
    ['a writer writes', {}, put, writer, 201],
    ['a wrong password', {}, get, basic('ci:wrong'), 401],
    ['a token reads', {}, get, { authorization: 'Bearer rt' }, 200],
    ['a token for reading writes', {}, put, { authorization: 'Bearer rt' }, 401],
    ['a token writes', {}, put, { authorization: 'bearer wt' }, 201],
    ['a wrong token', {}, get, { authorization: 'Bearer wtt' }, 401],
    ['everybody reads', { publicRead: true }, get, nobody, 200],
    ['everybody asks for pacts to verify', { publicRead: true }, ask, nobody, 404],
    ['nobody writes what everybody reads', { publicRead: true }, put, nobody, 401],
    ['everybody sees badges', { publicBadges: true }, badge, nobody, 307],
    ['badges are not all', { publicBadges: true }, get, nobody, 401],
    ['everybody hears the heartbeat', { publicHeartbeat: true }, beat, nobody, 200],
    ['the heartbeat is not all', { publicHeartbeat: true }, get, nobody, 401],
  ] as const)('%s', async (_what, exceptions, [method, path], headers, status) => {
    const app = await newApp({ access: { ...everybody, ...exceptions } });
    const accept = path.endsWith('badge') ? { accept: 'image/svg+xml' } : {};
    const body = method === 'GET' ? {} : { body: {} };
    const response = await send(app, method, path, { headers: { ...headers, ...accept }, ...body });
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toBe(
      status === 401 ? 'Basic realm="Restricted area"' : null,
    );
  });
});

describe('a badge', () => {
  const path = '/pacts/provider/P/consumer/C/latest/badge';
  const accept = { accept: 'image/svg+xml' };

  it('is redirected to a shields server, the usual one or another', async () => {
    const usual = await send(await newApp({}), 'GET', path, { headers: accept });
    expect([usual.status, usual.headers.get('location')]).toEqual([
      307,
      'https://img.shields.io/badge/pact%20not%20found-unknown-lightgrey.svg',
    ]);
    const other = await newApp({ shieldsUrl: 'https://shields.example.org' });
    const there = await send(other, 'GET', path, { headers: accept });
    expect(there.headers.get('location')).toMatch(/^https:\/\/shields\.example\.org\/badge\//);
  });

  it('is drawn here when its path asks for a picture, also right after it was redirected', async () => {
    const app = await newApp({});
    for (const [asked, status] of [
      [`${path}.svg`, 200],
      [path, 307],
      [`${path}.svg`, 200],
    ] as const) {
      const told = await send(app, 'GET', asked, { headers: accept });
      expect(told.status).toBe(status);
      if (status === 200) expect(await told.text()).toMatch(/^<svg .*pact not found/s);
    }
  });

  it('shows how things were', async () => {
    const app = await newApp({});
    const body = { consumer: { name: 'C' }, provider: { name: 'P' }, interactions: [] };
    await send(app, 'PUT', '/pacts/provider/P/consumer/C/version/1', { body });
    const wordsAt = async (query: string) =>
      /<title>(.*?)</.exec(await (await send(app, 'GET', `${path}.svg${query}`, { headers: accept })).text());
    expect((await wordsAt(''))?.[1]).toBe('c/p pact: unknown');
    expect((await wordsAt('?at=HEAD~1'))?.[1]).toBe('pact not found: unknown');
  });
});

describe('every answer', () => {
  it('has the usual headers, and says which version answered', async () => {
    const response = await send(await newApp({ version: '1.2.3' }), 'GET', '/');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/hal+json;charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'Accept',
      'x-pact-broker-version': '1.2.3',
    });
  });

  it('is told by its commit, and told again only when there is another', async () => {
    const app = await newApp();
    const etag = (await send(app, 'GET', '/pacticipants')).headers.get('etag') ?? '';
    const again = () => send(app, 'GET', '/pacticipants', { headers: { 'if-none-match': etag } });
    expect((await again()).status).toBe(304);
    await send(app, 'POST', '/pacticipants', { body: { name: 'Foo' } });
    expect((await again()).status).toBe(200);
  });

  it.each([
    ['/environments', '/environments?'],
    ['/environments', '/environments/'],
    ['/', '/?'],
  ])('to %s is the same for %s', async (plain, odd) => {
    const app = await newApp();
    expect(await told(send(app, 'GET', odd))).toEqual(await told(send(app, 'GET', plain)));
  });

  it('takes names with slashes for one segment each', async () => {
    const app = await newApp();
    const path = '/pacticipants/a%2Fb/branches/feat%2Fx%20y/versions/1%2F2';
    const put = await send(app, 'PUT', path, { body: {} });
    expect([put.status, put.headers.get('location')]).toEqual([201, base + path]);
    const branch = await told(send(app, 'GET', '/pacticipants/a%2Fb/branches/feat%2Fx%20y'));
    expect(branch.name).toBe('feat/x y');
  });

  it.each([
    [
      'what a proxy says',
      {},
      { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'pacts.example.org' },
      'https://pacts.example.org',
    ],
    [
      'what was configured',
      { baseUrls: ['https://pacts.test'] },
      { 'x-forwarded-host': 'evil' },
      'https://pacts.test',
    ],
    ['the fitting one of several', { baseUrls: ['https://a.test', base] }, {}, base],
    ['nothing that is no host', {}, { 'x-forwarded-host': 'a b<script>' }, base],
  ] as const)('has links that follow %s', async (_what, options, headers, expected) => {
    const index = await told(send(await newApp(options), 'GET', '/', { headers }));
    expect(index).toMatchObject({ _links: { self: { href: expected } } });
  });

  it('is found below the folder of the base URL', async () => {
    const app = await newApp({ baseUrls: [`${base}/pb`] });
    const found = await told(send(app, 'GET', '/pb/pacticipants'));
    expect(found).toMatchObject({ _links: { self: { href: `${base}/pb/pacticipants` } } });
  });
});

describe('a body', () => {
  it.each([
    ['too large', 'x'.repeat(200), 413],
    ['no JSON', '{', 400],
    ['nested too deeply', '['.repeat(2000), 400],
  ])('that is %s is refused', async (_what, body, status) => {
    const app = await newApp({ limits: { size: 100 + (status === 400 ? 5000 : 0), time: 1000 } });
    expect((await send(app, 'POST', '/pacticipants', { body })).status).toBe(status);
  });

  it('that does not arrive in time is refused', async () => {
    const app = await newApp({ limits: { size: 100, time: 20 } });
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } };
    const response = await app.fetch(new Request(`${base}/pacticipants`, init as RequestInit));
    expect(response.status).toBe(408);
  });

  it('with an empty list of contracts is told what is missing', async () => {
    const body = { pacticipantName: 'Foo', pacticipantVersionNumber: '1', contracts: [] };
    const response = await send(await newApp(), 'POST', '/contracts/publish', { body });
    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: { contracts: ['must have at least one contract'] } },
    ]);
  });
});

describe('a webhook', () => {
  const hook = {
    request: {
      method: 'POST',
      url: 'https://ci.example.org/run',
      headers: { Authorization: 'Bearer hush', Accept: 'a/b', 'X-Token': '\x24{env:TOKEN}' },
      username: 'u',
      password: 'psst',
    },
  };
  const uuid = 'abcdefghijklmnopqrst';

  it('keeps its secrets out of answers and of Git', async () => {
    const secrets = secretsInMemory();
    const app = await newApp({ secrets });
    const made = await send(app, 'PUT', `/webhooks/${uuid}`, { body: hook });
    const text = await made.text();
    expect(made.status).toBe(201);
    expect(text).not.toMatch(/hush|psst|secret:/);
    expect(JSON.parse(text)).toMatchObject({
      description: 'POST ci.example.org',
      events: [{ name: 'contract_content_changed' }],
      request: { password: '**********', headers: { authorization: '**********', accept: 'a/b' } },
    });
    expect(Object.fromEntries(secrets.texts)).toEqual({
      [`${uuid}/password`]: 'psst',
      [`${uuid}/header authorization`]: 'Bearer hush',
    });
  });

  it.each([
    [{}, { request: ['is missing'] }],
    [{ request: {} }, { request: ['must be filled'] }],
    [
      { request: { method: 'POST', url: 'http://x.org' } },
      { 'request.url': [expect.stringContaining('scheme must be https')] },
    ],
    [
      { request: { method: 'POST', url: 'https://a:b@x.org' } },
      { 'request.url': [expect.stringContaining('credentials')] },
    ],
    [
      { request: { method: 'PUT', url: 'https://x.org' } },
      { 'request.method': [expect.stringContaining('must be POST')] },
    ],
    [{ ...hook, events: [] }, { events: ['size cannot be less than 1'] }],
    [{ ...hook, consumer: { name: 'No' } }, { 'consumer.name': ['does not match an existing pacticipant'] }],
    [{ ...hook, enabled: 'yes' }, { enabled: ['must be boolean'] }],
  ])('%j is refused in words', async (body, errors) => {
    const response = await send(await newApp(), 'POST', '/webhooks', { body });
    expect([response.status, await response.json()]).toEqual([400, { errors }]);
  });
});
