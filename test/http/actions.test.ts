import { describe, expect, it } from 'vitest';
import type { App } from '../../src/http/app.ts';
import { access } from '../helpers/access.ts';
import { appOf } from '../pages/stores.ts';

const base = 'http://broker.test';
const as = (user: string) => ({ authorization: `Basic ${Buffer.from(user).toString('base64')}` });
const writer = as('ci:w');
const reader = as('dev:r');

function page(app: App, path: string, headers: Record<string, string>): Promise<Response> {
  return app.fetch(new Request(base + path, { headers: { accept: 'text/html', ...headers } }));
}

function sends(app: App, path: string, form: Record<string, string>, headers: Record<string, string>) {
  return app.fetch(
    new Request(base + path, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form),
    }),
  );
}

async function tokenOf(response: Response): Promise<string> {
  return /name="gitpact-token" value="([^"]+)"/.exec(await response.text())?.[1] ?? '';
}

const deletePact = '/-/actions/delete-pact?consumer=Web&provider=Api&version=3';
const web3 = '/pacts/provider/Api/consumer/Web/version/3';

describe('an action from a page', () => {
  it('asks in words, is done by a form of that very page, and leads on', async () => {
    const app = await appOf('ordinary', { access });
    const asked = await page(app, deletePact, writer);
    expect(asked.status).toBe(200);
    expect(asked.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await asked.clone().text()).toContain('Delete the pact of Web 3 with Api?');
    const form = { 'gitpact-token': await tokenOf(asked) };
    const done = await sends(app, deletePact, form, { ...writer, origin: base });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/pacticipants/Web');
    expect((await page(app, web3, writer)).status).toBe(404);
  });

  it.each([
    ['without a token', {}, writer, 400],
    ['with a token that somebody made up', { 'gitpact-token': 'AAAA' }, writer, 400],
    [
      'with the token of another action',
      { other: '/-/actions/delete-pacts?consumer=Web&provider=Api' },
      writer,
      400,
    ],
    [
      'with the token of another version',
      { other: deletePact.replace('version=3', 'version=2') },
      writer,
      400,
    ],
    ['from the page of another site', { other: deletePact }, { ...writer, origin: 'http://evil.test' }, 400],
    ['by a reader', { other: deletePact }, reader, 401],
    ['by nobody', { other: deletePact }, {}, 401],
  ] as const)('is refused %s', async (_what, form, headers, status) => {
    const app = await appOf('ordinary', { access });
    const { other, ...fields } = { other: undefined, ...form };
    const token =
      other === undefined ? {} : { 'gitpact-token': await tokenOf(await page(app, other, writer)) };
    const response = await sends(app, deletePact, { ...fields, ...token }, { ...headers });
    expect(response.status).toBe(status);
    expect((await page(app, web3, writer)).status).toBe(200);
  });

  it('puts a tag on a version, whose name is typed into the form', async () => {
    const app = await appOf('ordinary');
    const path = '/-/actions/tag?pacticipant=Web&version=3';
    const form = { 'gitpact-token': await tokenOf(await page(app, path, {})), tag: 'good <b>' };
    expect((await sends(app, path, form, {})).status).toBe(303);
    const shown = await (await page(app, '/pacticipants/Web', {})).text();
    expect(shown).toContain('good &lt;b&gt;');
    const off = '/-/actions/delete-tag?pacticipant=Web&version=3&tag=good+%3Cb%3E';
    const taken = { 'gitpact-token': await tokenOf(await page(app, off, {})) };
    expect((await sends(app, off, taken, {})).status).toBe(303);
    expect(await (await page(app, '/pacticipants/Web', {})).text()).not.toContain('good &lt;b&gt;');
  });

  it('is told as it went when the API says no', async () => {
    const app = await appOf('ordinary');
    const path = '/-/actions/test-webhook?uuid=none';
    const form = { 'gitpact-token': await tokenOf(await page(app, path, {})) };
    const response = await sends(app, path, form, {});
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('That could not be done');
  });

  it('is offered to who may write only, and of the present only', async () => {
    const app = await appOf('ordinary', { access });
    const contract = '/pacts/provider/Api/consumer/Web/latest';
    const offers = async (path: string, headers: Record<string, string>) =>
      (await (await page(app, path, headers)).text()).includes('/-/actions/');
    expect(await offers(contract, writer)).toBe(true);
    expect(await offers(contract, reader)).toBe(false);
    expect(await offers(contract, writer)).toBe(true);
    expect(await offers(`${contract}?at=HEAD`, writer)).toBe(false);
    expect(await (await page(app, deletePact, reader)).text()).toContain('change nothing');
    expect((await page(app, '/-/actions/no-such-thing', writer)).status).toBe(404);
  });
});
