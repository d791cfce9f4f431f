import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listen } from '../../src/http/listening.ts';

const place = { host: '127.0.0.1', port: 0 };

/** Asks over one connection that is kept, without a pause, until nobody answers. */
async function keepAsking(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = () =>
    new Promise<boolean>((resolve) => {
      get(url, { agent }, (answer) => answer.resume().on('end', () => resolve(true))).on('error', () =>
        resolve(false),
      );
    });
  let answers = 0;
  while (await ask()) answers += 1;
  agent.destroy();
  return answers;
}

describe('a server that is stopped', () => {
  it('sends away who keeps a connection and never stops asking', async () => {
    const app = { fetch: () => pause(30).then(() => new Response('hello')) };
    const server = await listen(app, place);
    const asking = keepAsking(server.url);
    await pause(200);
    await server.close(60_000);
    expect(await asking).toBeGreaterThan(1);
  });

  it('answers what is under way, and cuts off what takes too long', async () => {
    const release: (() => void)[] = [];
    const app = {
      fetch: async () => {
        await new Promise<void>((resolve) => release.push(resolve));
        return new Response('done');
      },
    };
    const server = await listen(app, place);
    const [slow, endless] = [fetch(server.url), fetch(server.url).catch(() => 'cut off')];
    await expect.poll(() => release.length).toBe(2);
    const closed = server.close(500);
    release[0]?.();
    const answered = await Promise.race([slow, endless]);
    expect(typeof answered === 'string' ? answered : await answered.text()).toBe('done');
    await closed;
    expect([await slow.catch(() => 'cut off'), await endless]).toContain('cut off');
  });
});
