import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { expectSound, titlesOf } from '../helpers/repository.ts';
import { caller, installed, newFolder } from './installed.ts';
import { type Served, sendTo, startServe } from './served.ts';

const app = installed();
const commitTitle = (count: number) => `Record ${count} changes made while the remote was away`;
let folder: string;
let repository: string;
let queue: string;
let host: GitServer;
let server: Served;

beforeEach(async () => {
  folder = newFolder();
  repository = join(folder, 'contracts.git');
  queue = join(folder, 'queue');
  expect(await caller(app, folder)('init')).toMatchObject({ code: 0 });
  host = await startGitServer(folder);
  server = await serve();
});

afterEach(async () => {
  await server.end('SIGKILL');
  await host.close();
});

function serve(): Promise<Served> {
  return startServe(app, folder, `${host.url}/contracts.git`, '--queue', '--queue-folder', queue);
}

/** Takes the host away; gives back what brings it back where it was. */
async function hostGone(): Promise<() => Promise<void>> {
  const { port } = new URL(host.url);
  await host.close();
  return async () => {
    host = await startGitServer(folder, Number(port));
  };
}

const publish = (version: string, path = '/seats') =>
  sendTo(
    server.url,
    'PUT',
    `/pacts/provider/Api/consumer/Web/version/${version}`,
    pactBetween('Web', 'Api', path),
  );
const latest = async () => {
  const response = await fetch(`${server.url}/pacts/provider/Api/consumer/Web/latest`);
  return response.headers.get('x-pact-consumer-version');
};
const titles = () => titlesOf(repository);

it('keeps writes while the remote is away, reads them, and writes them once it is back', async () => {
  expect((await publish('1')).headers.get('warning')).toBeNull();
  const hostBack = await hostGone();
  for (const version of ['2', '3', '4']) {
    const response = await publish(version);
    expect(response.status).toBe(201);
    expect(response.headers.get('warning')).toContain('199 - "The contract repository cannot be reached');
    expect(await latest()).toBe(version);
  }
  expect(readFileSync(join(queue, 'queue.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(3);
  await hostBack();
  await expect.poll(titles, { timeout: 30_000, interval: 200 }).toContain(commitTitle(3));
  await expect.poll(() => existsSync(join(queue, 'queue.jsonl')), { timeout: 5_000 }).toBe(false);
  expect(await latest()).toBe('4');
  expect((await publish('5')).headers.get('warning')).toBeNull();
  expect((await titles())[0]).toContain('Web 5');
  await expectSound(repository);
  expect(await caller(app, folder)('fsck')).toMatchObject({ code: 0 });
}, 120_000);

it('makes what it acknowledged when it is started again after it was killed, and makes it once', async () => {
  await publish('1');
  const hostBack = await hostGone();
  for (const version of ['2', '3']) expect((await publish(version)).status).toBe(201);
  await server.end('SIGKILL');
  const left = join(folder, 'left.jsonl');
  copyFileSync(join(queue, 'queue.jsonl'), left);
  await hostBack();
  server = await serve();
  expect(await latest()).toBe('3');
  expect((await titles())[0]).toBe(commitTitle(2));

  // As if it had been killed after the push, before it could forget what it had pushed.
  await server.end('SIGTERM');
  copyFileSync(left, join(queue, 'queue.jsonl'));
  const before = await titles();
  server = await serve();
  expect(await titles()).toEqual(before);
  expect(existsSync(join(queue, 'queue.jsonl'))).toBe(false);
}, 120_000);

it('is started while the remote is away: reads, takes writes, and makes all of them once', async () => {
  await publish('1');
  let hostBack = await hostGone();
  for (const version of ['2', '3']) expect((await publish(version)).status).toBe(201);
  const left = join(folder, 'left.jsonl');
  copyFileSync(join(queue, 'queue.jsonl'), left);
  await server.end('SIGKILL');
  server = await serve();
  expect(await latest()).toBe('3');
  expect((await publish('4')).headers.get('warning')).toContain('199 ');
  expect(await latest()).toBe('4');
  await hostBack();
  await expect.poll(titles, { timeout: 30_000, interval: 200 }).toContain(commitTitle(3));

  // As if it had been killed after the push, before it could forget what it had pushed; and the remote goes away again.
  await server.end('SIGTERM');
  copyFileSync(left, join(queue, 'queue.jsonl'));
  hostBack = await hostGone();
  server = await serve();
  expect((await publish('5')).status).toBe(201);
  await hostBack();
  await expect
    .poll(async () => (await titles())[0], { timeout: 30_000, interval: 200 })
    .toBe('Record 1 change made while the remote was away');
  expect(await latest()).toBe('5');
  await expectSound(repository);
  expect(await caller(app, folder)('fsck')).toMatchObject({ code: 0 });
}, 120_000);

it('keeps what is refused later, says so, and how to go on', async () => {
  const label = '/pacticipants/Web/labels/red';
  await publish('1');
  expect((await sendTo(server.url, 'PUT', label, {})).status).toBe(201);
  const hostBack = await hostGone();
  expect((await fetch(server.url + label, { method: 'DELETE' })).status).toBe(204);
  expect((await publish('2', '/mine')).status).toBe(201);
  expect((await publish('3')).status).toBe(201);
  const theirs = await startServe(app, folder, repository);
  expect((await fetch(theirs.url + label, { method: 'DELETE' })).status).toBe(204);
  const pactOf = (version: string) => `/pacts/provider/Api/consumer/Web/version/${version}`;
  for (const [version, path] of [
    ['2', '/theirs'],
    ['3', '/seats'],
  ] as const) {
    const { status } = await sendTo(theirs.url, 'PUT', pactOf(version), pactBetween('Web', 'Api', path));
    expect(status).toBe(201);
  }
  expect((await publish('4')).status).toBe(201);
  await theirs.end('SIGTERM');
  await hostBack();
  await expect.poll(titles, { timeout: 30_000, interval: 200 }).toContain(commitTitle(4));
  const refused = () => readdirSync(queue).find((name) => name.startsWith('refused-')) ?? '';
  await expect.poll(refused).not.toBe('');
  const kept = JSON.parse(readFileSync(join(queue, refused()), 'utf8'));
  expect(kept.writes).toMatchObject([
    { method: 'DELETE', path: label },
    { method: 'PUT', path: pactOf('2') },
  ]);
  expect(kept.reasons).toEqual([
    expect.stringContaining(`DELETE ${label}: `),
    expect.stringContaining(`PUT ${pactOf('2')}: 409 `),
  ]);
  expect(await latest()).toBe('4');
  const again = await caller(app, folder)('push-pending', join(queue, refused()));
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('not recorded') });
  expect(await server.end('SIGTERM')).toContain('gitpact push-pending');
}, 120_000);

it('lets no two servers keep their writes in one place', async () => {
  await expect(serve()).rejects.toThrow('Give each server a --queue-folder of its own.');
  await server.end('SIGKILL');
  server = await serve();
  expect((await publish('1')).status).toBe(201);
});
