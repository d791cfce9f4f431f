import { renameSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { type App, createApp } from '../../src/http/app.ts';
import { git } from '../helpers/git-program.ts';
import { bareRepository, newFolder, openAt, servedRepository } from '../store/places.ts';
import { send, told } from './serving.ts';

const opened: Broker[] = [];

afterEach(async () => {
  for (const broker of opened.splice(0)) await broker.close();
});

/** An app over a remote repository that goes on while it is away, and looks at it ten times a second. */
async function appOver(repository: string): Promise<App> {
  const broker = await brokerOver(repository);
  await broker.init();
  return createApp(broker);
}

async function brokerOver(repository: string, cacheDir = newFolder()): Promise<Broker> {
  const store = await openAt({ repository, cacheDir, freshFor: 100, carryOn: true });
  const broker = new Broker(store, () => new Date());
  opened.push(broker);
  return broker;
}

const dependencies = (app: App) => send(app, 'GET', '/diagnostic/status/dependencies');
const label = (app: App, name: string) => send(app, 'PUT', `/pacticipants/Foo/labels/${name}`, { body: {} });
const labels = (app: App) => send(app, 'GET', '/labels');
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 150));

describe.each(['file', 'http'])('a remote by %s that is away', (transport) => {
  const remote = () => (transport === 'http' ? servedRepository() : fileRepository());

  it('is read on from what was seen last, is told, refuses writes, and is found again', async () => {
    const { folder, url } = await remote();
    const app = await appOver(url);
    expect((await label(app, 'before')).status).toBe(201);
    expect((await labels(app)).headers.get('warning')).toBeNull();

    renameSync(folder, `${folder}.away`);
    await aMoment();
    const meanwhile = await labels(app);
    expect(meanwhile.status).toBe(200);
    expect(meanwhile.headers.get('warning')).toMatch(/^110 - "The contract repository cannot be reached/);
    expect(await meanwhile.json()).toMatchObject({ _embedded: { labels: [{ name: 'before' }] } });
    const status = await dependencies(app);
    expect(status.status).toBe(500);
    expect(await status.json()).toMatchObject({ database: { ok: false, error: expect.any(String) } });
    const write = await label(app, 'meanwhile');
    expect(write.status).toBe(503);
    expect(await write.json()).toMatchObject({ error: expect.stringContaining('Git') });
    expect((await send(app, 'POST', '/-/refresh')).status).toBe(503);

    renameSync(`${folder}.away`, folder);
    expect((await send(app, 'POST', '/-/refresh')).status).toBe(200);
    expect((await dependencies(app)).status).toBe(200);
    expect((await label(app, 'after')).status).toBe(201);
    const after = await labels(app);
    expect(after.headers.get('warning')).toBeNull();
    expect(await after.json()).toMatchObject({
      _embedded: { labels: [{ name: 'after' }, { name: 'before' }] },
    });
  });

  it('is found again by itself', async () => {
    const { folder, url } = await remote();
    const app = await appOver(url);
    renameSync(folder, `${folder}.away`);
    await aMoment();
    expect((await dependencies(app)).status).toBe(500);
    renameSync(`${folder}.away`, folder);
    await expect.poll(async () => (await dependencies(app)).status, { timeout: 5_000 }).toBe(200);
  });
});

/** Two servers of one repository, which it has a branch of; the first looks what the other did once a minute. */
async function twoApps(): Promise<{ folder: string; app: App; other: App }> {
  const folder = await bareRepository();
  const repository = `file://${folder}`;
  const [mine, theirs] = [
    await openAt({ repository, freshFor: 60_000, carryOn: true }),
    await openAt({ repository }),
  ];
  const [here, there] = [mine, theirs].map((store) => new Broker(store, () => new Date()));
  if (!here || !there) throw new Error('two brokers');
  opened.push(here, there);
  await here.init();
  return { folder, app: createApp(here), other: createApp(there) };
}

describe('what others push', () => {
  it('is not denied: a no is looked up, a yes may be a moment old', async () => {
    const { app, other } = await twoApps();
    await labels(app);
    const publish = (version: string) =>
      send(other, 'PUT', `/pacts/provider/Bar/consumer/Foo/version/${version}`, {
        body: { consumer: { name: 'Foo' }, provider: { name: 'Bar' }, interactions: [] },
      });
    expect((await publish('1')).status).toBe(201);
    expect((await send(app, 'GET', '/pacts/provider/Bar/consumer/Foo/version/1')).status).toBe(200);
    expect((await publish('2')).status).toBe(201);
    expect(await told(send(app, 'GET', '/pacticipants/Foo/latest-version'))).toMatchObject({ number: '1' });
    const ofTheSecond = '/matrix?q%5B%5D%5Bpacticipant%5D=Foo&q%5B%5D%5Bversion%5D=2';
    expect(await told(send(app, 'GET', ofTheSecond))).toMatchObject({ summary: { unknown: 1 } });
    expect(await told(send(app, 'GET', '/pacticipants/Foo/latest-version'))).toMatchObject({ number: '2' });
    expect((await send(app, 'GET', '/pacticipants/Zoo')).status).toBe(404);
    expect((await send(other, 'PUT', '/pacticipants/Zoo/labels/new', { body: {} })).status).toBe(201);
    expect((await send(app, 'GET', '/pacticipants/Zoo')).status).toBe(200);
  });

  it('is seen at once after a refresh', async () => {
    const { folder, app, other } = await twoApps();
    await labels(app);
    expect((await label(other, 'theirs')).status).toBe(201);
    expect(await told(labels(app))).toMatchObject({ _embedded: { labels: [] } });
    expect(await told(send(app, 'POST', '/-/refresh'))).toEqual({ commit: git(folder, 'rev-parse', 'main') });
    expect(await told(labels(app))).toMatchObject({ _embedded: { labels: [{ name: 'theirs' }] } });
  });
});

describe.each(['file', 'http'])('a server that is started while its remote by %s is away', (transport) => {
  it('answers from what an earlier one has seen, and finds the remote when it is back', async () => {
    const { folder, url } = await (transport === 'http' ? servedRepository() : fileRepository());
    const cache = newFolder();
    const earlier = await brokerOver(url, cache);
    await earlier.init();
    expect((await label(createApp(earlier), 'before')).status).toBe(201);
    await labels(createApp(earlier));
    renameSync(folder, `${folder}.away`);

    const app = createApp(await brokerOver(url, cache));
    const meanwhile = await labels(app);
    expect(meanwhile.status).toBe(200);
    expect(await meanwhile.text()).toContain('"before"');
    expect((await labels(app)).headers.get('warning')).toMatch(/^110 /);
    expect((await label(app, 'meanwhile')).status).toBe(503);
    const stranger = await brokerOver(url);
    await expect(stranger.ask((now) => now.settings)).rejects.toMatchObject({ code: 'not-a-repository' });

    renameSync(`${folder}.away`, folder);
    await expect.poll(async () => (await label(app, 'after')).status, { timeout: 20_000 }).toBe(201);
    await expect.poll(async () => (await labels(app)).headers.get('warning'), { timeout: 20_000 }).toBeNull();
  }, 60_000);
});

it('does not wait long for a remote that says nothing when the server is started', async () => {
  const { url, server } = await servedRepository();
  const cache = newFolder();
  const earlier = await brokerOver(url, cache);
  await earlier.init();
  await label(createApp(earlier), 'before');
  await labels(createApp(earlier));
  server.hangs = true;
  const app = createApp(await brokerOver(url, cache));
  const answer = await labels(app);
  expect(await answer.text()).toContain('"before"');
  expect(answer.headers.get('warning')).toMatch(/^110 /);
  server.hangs = false;
}, 60_000);

async function fileRepository(): Promise<{ folder: string; url: string }> {
  const folder = await bareRepository();
  return { folder, url: `file://${folder}` };
}
