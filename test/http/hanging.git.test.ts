import { expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { createApp } from '../../src/http/app.ts';
import { engines } from '../helpers/git-program.ts';
import { openAt, servedRepository } from '../store/places.ts';
import { send } from './serving.ts';

/** How many milliseconds something took, and what came of it. */
async function timed<T>(what: Promise<T>): Promise<[milliseconds: number, outcome: T]> {
  const started = performance.now();
  const outcome = await what;
  return [performance.now() - started, outcome];
}

it.each(engines)(
  'a remote that takes connections and never answers holds nobody up for long (%s)',
  async (engine) => {
    const { url, server } = await servedRepository();
    const store = await openAt({ repository: url, freshFor: 100, carryOn: true }, { GITPACT_GIT: engine });
    const broker = new Broker(store, () => new Date());
    await broker.init();
    const app = createApp(broker);
    const label = (name: string) => send(app, 'PUT', `/pacticipants/Foo/labels/${name}`, { body: {} });
    const labels = () => send(app, 'GET', '/labels');
    expect((await label('before')).status).toBe(201);
    await labels();
    server.hangs = true;
    await new Promise((resolve) => setTimeout(resolve, 150));

    const [waited, first] = await timed(labels());
    expect(first.status).toBe(200);
    expect(await first.text()).toContain('"before"');
    expect(first.headers.get('warning')).toContain('110 ');
    expect(waited).toBeLessThan(10_000);
    const write = timed(label('meanwhile'));
    for (const path of ['/labels', '/diagnostic/status/heartbeat', '/labels']) {
      const [took, { status }] = await timed(send(app, 'GET', path));
      expect(status).toBe(200);
      expect(took).toBeLessThan(5_000);
    }
    const dependencies = await send(app, 'GET', '/diagnostic/status/dependencies');
    expect(dependencies.status).toBe(500);
    expect(await dependencies.text()).toContain('does not answer');

    const [tried, refused] = await write;
    expect(refused.status).toBe(503);
    expect(tried).toBeLessThan(60_000);
    server.hangs = false;
    await expect.poll(async () => (await label('after')).status, { timeout: 20_000 }).toBe(201);
    await store.close();
  },
  120_000,
);
