import { beforeEach, expect, it, vi } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { type App, createApp } from '../../src/http/app.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { SessionStore } from '../../src/store/session-store.ts';
import { base, type Sent, send } from './serving.ts';

const pact = { consumer: { name: 'Web' }, provider: { name: 'Api' }, interactions: [] };
let store: Store;
let app: App;

beforeEach(async () => {
  store = memoryStore();
  const broker = new Broker(store, () => new Date());
  await broker.init();
  app = createApp(broker);
  await publish('1');
});

async function publish(version: string): Promise<void> {
  await send(app, 'PUT', `/pacts/provider/Api/consumer/Web/version/${version}`, { body: pact });
}

/** How often the contracts are looked into for an answer. */
async function lookups(method: string, path: string, sent: Sent = {}): Promise<number> {
  const read = vi.spyOn(store, 'read');
  const response = await send(app, method, path, sent);
  expect(response.status).toBe(200);
  const { length } = read.mock.calls;
  read.mockRestore();
  return length;
}

it('answers the same question about the same commit from memory, in the same words', async () => {
  const latest = '/pacts/provider/Api/consumer/Web/latest';
  const first = await send(app, 'GET', latest);
  expect(await lookups('GET', latest)).toBe(0);
  const again = await send(app, 'GET', latest);
  expect(await again.text()).toBe(await first.text());
  expect([...again.headers]).toEqual([...first.headers]);
  expect(again.headers.get('x-pact-consumer-version')).toBe('1');
});

it('looks again when anything that matters is another', async () => {
  const latest = '/pacts/provider/Api/consumer/Web/latest';
  await send(app, 'GET', latest);
  expect(await lookups('GET', `${latest}?a`)).toBeGreaterThan(0);
  expect(await lookups('GET', latest, { headers: { accept: 'application/json' } })).toBeGreaterThan(0);
  const elsewhere = { headers: { 'x-forwarded-host': 'pacts.example.org' } };
  expect(await lookups('GET', latest, elsewhere)).toBeGreaterThan(0);
  expect(await (await send(app, 'GET', latest)).text()).not.toContain('pacts.example.org');
  await publish('2');
  expect(await lookups('GET', latest)).toBeGreaterThan(0);
  expect((await send(app, 'GET', latest)).headers.get('x-pact-consumer-version')).toBe('2');
});

it('knows a question to verify by its body', async () => {
  const path = '/pacts/provider/Api/for-verification';
  const asking = (consumer: string) => ({ body: { consumerVersionSelectors: [{ latest: true, consumer }] } });
  expect(await lookups('POST', path, asking('Web'))).toBeGreaterThan(0);
  expect(await lookups('POST', path, asking('Web'))).toBe(0);
  expect(await lookups('POST', path, asking('Other'))).toBeGreaterThan(0);
});

it('never takes refusals, writes, or answers of the server about itself for answers about a commit', async () => {
  const count = async () => (await send(app, 'GET', '/-/metrics', { headers: { accept: '*/*' } })).text();
  expect(await count()).not.toBe(await count());
  expect((await send(app, 'GET', '/pacticipants/Nobody')).status).toBe(404);
  await send(app, 'POST', '/pacticipants', { body: { name: 'Nobody' } });
  expect((await send(app, 'GET', '/pacticipants/Nobody')).status).toBe(200);
  await send(app, 'PUT', '/pacticipants/Nobody', { body: { displayName: 'x' } });
  expect(await (await send(app, 'GET', '/pacticipants/Nobody')).json()).toMatchObject({ displayName: 'x' });
});

it('tells no commit of what is in none yet', async () => {
  const session = new SessionStore(store);
  const ofSession = createApp(new Broker(session, () => new Date()));
  const ask = (etag: string) =>
    ofSession.fetch(new Request(`${base}/pacticipants`, { headers: { 'if-none-match': etag } }));
  const before = (await ask('')).headers.get('etag') ?? '';
  expect((await ask(before)).status).toBe(304);
  await send(ofSession, 'POST', '/pacticipants', { body: { name: 'New' } });
  const after = await ask(before);
  expect(after.status).toBe(200);
  expect(after.headers.get('etag')).toBeNull();
  expect(await after.text()).toContain('"New"');
});
