import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { type App, createApp } from '../../src/http/app.ts';
import type { AppOptions } from '../../src/http/settings.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { story } from '../helpers/story.ts';
import { appOfStory } from '../pages/stores.ts';

const now = () => new Date('2026-01-01T00:00:00Z');

/** What a browser is answered by an app over an empty store. */
async function look(path: string, options: AppOptions = {}, app?: App): Promise<Response> {
  const asked = app ?? (await appOfStory(story(), options));
  return asked.fetch(new Request(`http://broker.test${path}`, { headers: { accept: 'text/html' } }));
}

it('tells a fault as a page with the reference under which it is logged, and nothing else of it', async () => {
  const logged: { reference?: string; err?: { message: string } }[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const store = memoryStore({ clock: now });
  const broken = Object.assign(store, { read: () => Promise.reject(new TypeError('<b>boom</b>')) });
  const response = await look('/', {}, createApp(new Broker(broken, now), { log }));
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toContain('text/html');
  const text = await response.text();
  expect(text).toContain('<h1>Something broke</h1>');
  expect(text).not.toContain('boom');
  const [{ reference, err } = {}] = logged;
  expect(reference).toMatch(/^[a-z]{10}$/);
  expect(text).toContain(`${reference}`);
  expect(err?.message).toBe('<b>boom</b>');
});

it.each([
  ['nothing there', '/pacticipants/Nobody', 404, 'Not found'],
  ['no such moment', '/?at=no-such-commit', 404, 'Not found'],
])('says %s in words', async (_what, path, status, heading) => {
  const response = await look(path);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(`<h1>${heading}</h1>`);
});

it('asks a browser to sign in by a page that loads nothing', async () => {
  const access = {
    ...{ writers: [{ username: 'ci', password: 'w' }], readers: [], writeTokens: [], readTokens: [] },
    ...{ publicRead: false, publicHeartbeat: false, publicBadges: false },
  };
  const response = await look('/', { access });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
  const text = await response.text();
  expect(text).toContain('<h1>Sign in</h1>');
  expect(text).not.toMatch(/(?:src|href)=/);
});
