import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { putWebhook } from '../../src/decide/webhooks.ts';
import { pacticipantName } from '../../src/domain/names.ts';
import { story } from '../helpers/story.ts';
import { type Look, type Visitor, visit } from './browser.ts';
import { appOfStory, hostile } from './stores.ts';

const writer = { username: 'ci', password: 'w' };
const reader = { username: 'dev', password: 'r' };
const access = {
  writers: [writer],
  readers: [reader],
  writeTokens: [],
  readTokens: [],
  publicRead: false,
  publicHeartbeat: false,
  publicBadges: false,
};
const [good, dead] = ['0f0e0d0c-0000-4000-8000-000000000001', '0f0e0d0c-0000-4000-8000-000000000002'];

/** Something of each kind to delete, so that no test needs what another one took away. */
function toDelete(receiver: string) {
  return story()
    .creates('test')
    .publishes('Web 1', 'Api', { branch: 'main', tags: ['old'] })
    .publishes('Web 2', 'Api', { branch: 'feat/x', content: 2 })
    .publishes('Web 3', 'Api', { branch: 'main', content: 3 })
    .publishes('Web 4', 'Api', { branch: 'spike', content: 4 })
    .publishes('Web 5', 'Api', { branch: 'main', content: 5, tags: ['rc'] })
    .publishes('Mobile 1', 'Login', { branch: 'main' })
    .publishes('Mobile 1', 'Maps', { branch: 'main' })
    .publishes(`Old 1`, 'Api', { branch: 'main' })
    .deploys('Web 5', 'test')
    .next((draft, at) => {
      for (const [uuid, url] of [
        [good, receiver],
        [dead, 'http://127.0.0.1:1/nobody'],
      ] as const) {
        const description = uuid === good ? 'Build the API' : `Tell ${hostile.script}`;
        const request = { method: 'POST', url, headers: {}, body: { who: `\${pactbroker.consumerName}` } };
        const provider = { name: pacticipantName('Api') };
        const events = ['contract_published'];
        putWebhook(draft, uuid, { description, enabled: true, provider, events, request }, at);
      }
    });
}

/** A server for webhooks to call, and for a page that means harm. */
const calls: string[] = [];
let evilPage = '';
let others: Server;
let visitor: Visitor;
const looks: Look[] = [];

beforeAll(async () => {
  others = createServer((request, response) => {
    if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(evilPage);
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    return request.on('end', () => {
      calls.push(body);
      response.end('thank you');
    });
  });
  await new Promise<void>((listening) => others.listen(0, '127.0.0.1', listening));
  const receiver = `http://127.0.0.1:${(others.address() as AddressInfo).port}/`;
  const webhooks = { methods: ['POST'], schemes: ['http'], hosts: ['127.0.0.1'] };
  visitor = await visit(await appOfStory(toDelete(receiver), { access, webhooks }));
});

afterEach(async () => {
  for (const { page } of looks.splice(0)) await page.context().close();
});

afterAll(async () => {
  await visitor.close();
  others.closeAllConnections();
  others.close();
});

async function lookAs(user: typeof writer, options: Parameters<Visitor['look']>[0] = {}): Promise<Look> {
  const look = await visitor.look({ httpCredentials: user, ...options });
  looks.push(look);
  return look;
}

/** The status of an address of the API. */
async function statusOf(path: string): Promise<number> {
  const authorization = `Basic ${Buffer.from('ci:w').toString('base64')}`;
  const headers = { accept: 'application/hal+json', authorization };
  return (await fetch(visitor.url + path, { headers })).status;
}

const pair = 'provider/Api/consumer/Web';
const heading = (look: Look) => look.page.locator('h1').textContent();

describe('somebody who may write', () => {
  it.each<[what: string, from: string, link: string, asked: string, gone: string, kept: string]>([
    [
      'the pact of a version',
      `/pacts/${pair}/version/3`,
      'Delete the pact of version 3…',
      'Delete the pact of Web 3 with Api?',
      `/pacts/${pair}/version/3`,
      '/pacticipants/Web/versions/3',
    ],
    [
      'the pacts of a branch',
      `/dashboard/${pair}?view=branch`,
      'Delete pacts from branch spike…',
      'Delete the pacts of Web with Api from branch spike?',
      `/pacts/${pair}/version/4`,
      `/pacts/${pair}/version/5`,
    ],
    [
      'the pacts with a tag',
      `/dashboard/${pair}?view=tag`,
      'Delete pacts with tag old…',
      'Delete the pacts of Web with Api with tag old?',
      `/pacts/${pair}/version/1`,
      `/pacts/${pair}/version/5`,
    ],
    [
      'an integration',
      '/pacts/provider/Login/consumer/Mobile/latest',
      'Delete the integration…',
      'Delete the integration of Mobile with Login?',
      '/pacticipants/Login',
      '/pacts/provider/Maps/consumer/Mobile/latest',
    ],
    [
      'all pacts of two',
      '/pacts/provider/Maps/consumer/Mobile/latest',
      'Delete all pacts of the two…',
      'Delete all pacts of Mobile with Maps?',
      '/pacts/provider/Maps/consumer/Mobile/latest',
      '/pacticipants/Maps',
    ],
    [
      'a pacticipant',
      '/pacticipants/Old',
      'Delete Old…',
      'Delete the pacticipant Old?',
      '/pacticipants/Old',
      '/pacticipants/Api',
    ],
    [
      'a branch',
      '/pacticipants/Web',
      'Delete… branch feat/x',
      'Delete branch feat/x of Web?',
      '/pacticipants/Web/branches/feat%2Fx',
      '/pacticipants/Web/versions/2',
    ],
    [
      'a version',
      '/pacticipants/Web',
      'Delete… version 2',
      'Delete version 2 of Web?',
      '/pacticipants/Web/versions/2',
      '/pacticipants/Web/versions/5',
    ],
  ])('deletes %s once it is confirmed, and nothing before', async (_what, from, link, asked, gone, kept) => {
    const look = await lookAs(writer);
    const { page, go, faults } = look;
    const ask = async () => {
      await go(from);
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.waitForURL('**/-/actions/**');
    };
    await ask();
    expect(await heading(look)).toBe(asked);
    expect(await page.locator('main').textContent()).toContain('This deletes');
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: 'No, go back' }).click();
    await page.waitForURL((url) => !url.pathname.includes('/-/'));
    expect(await statusOf(gone)).toBe(200);
    await ask();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.waitForURL((url) => !url.pathname.includes('/-/'));
    expect(await statusOf(gone)).toBe(404);
    expect(await statusOf(kept)).toBe(200);
    expect(await faults()).toEqual([]);
  });

  it.each([true, false])(
    'tags a version and takes the tag off, with scripts: %s',
    async (javaScriptEnabled) => {
      const { page, go } = await lookAs(writer, { javaScriptEnabled });
      const name = `good & <b>${javaScriptEnabled}</b>`;
      const tag = `/pacticipants/Web/versions/5/tags/${encodeURIComponent(name)}`;
      await go('/pacticipants/Web');
      await page.getByRole('link', { name: 'Tag… version 5' }).click();
      const field = page.getByLabel('Tag');
      expect(await field.evaluate((node) => node.matches(':focus'))).toBe(true);
      await page.getByRole('button', { name: 'Tag it' }).click();
      expect(page.url()).toContain('/-/actions/tag');
      await field.fill(name);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/pacticipants/Web');
      expect(await page.locator('.time-line').textContent()).toContain(name);
      expect(await statusOf(tag)).toBe(200);
      await page.getByRole('link', { name: `Untag ${name}…` }).click();
      await page.getByRole('button', { name: 'Take it off' }).click();
      await page.waitForURL('**/pacticipants/Web');
      expect(await statusOf(tag)).toBe(404);
    },
  );

  it('tests a webhook, and is told what was sent and what came back', async () => {
    const look = await lookAs(writer);
    const { page, go, faults } = look;
    await go('/webhooks');
    const test = page.getByRole('link', { name: 'Test… Build the API' });
    await test.click();
    expect(await heading(look)).toBe('Test the webhook Build the API?');
    await page.getByRole('link', { name: 'No, go back' }).click();
    await page.waitForURL('**/webhooks');
    expect(calls).toEqual([]);
    await test.click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('It was sent, and the receiver said yes.').waitFor();
    expect(calls.map((body) => JSON.parse(body))).toEqual([{ who: expect.stringMatching(/^(Web|Old)$/) }]);
    expect(await page.locator('pre').textContent()).toContain('thank you');
    expect(await faults()).toEqual([]);
  });

  it('is told when a webhook reaches nobody, and deletes it', async () => {
    const { page, go, faults } = await lookAs(writer);
    await go('/webhooks');
    const row = page.locator('tr').filter({ hasText: hostile.script });
    await row.getByRole('link', { name: /^Test/ }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('It was sent in vain').waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await row.getByRole('link', { name: /^Delete/ }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.waitForURL('**/webhooks');
    expect(await row.count()).toBe(0);
    expect(await statusOf(`/webhooks/${dead}`)).toBe(404);
  });

  it('is told in words what the API says no to', async () => {
    const look = await lookAs(writer);
    await look.go('/-/actions/delete-version?pacticipant=Web&version=99');
    await look.page.getByRole('button', { name: 'Yes, delete' }).click();
    await look.page.getByRole('status').waitFor();
    expect(await heading(look)).toBe('Delete version 99 of Web');
    expect(await look.page.getByRole('status').textContent()).toContain('It is not there');
  });
});

describe('nothing is done', () => {
  const path = '/-/actions/delete-version?pacticipant=Web&version=5';

  it.each(['without the token', 'with a token that somebody made up'])('by a form %s', async (how) => {
    const look = await lookAs(writer);
    await look.go(path);
    const isGone = how === 'without the token';
    await look.page
      .locator('input[type=hidden]')
      .evaluate((node, gone) => (gone ? node.remove() : node.setAttribute('value', 'AAAA')), isGone);
    await look.page.getByRole('button', { name: 'Yes, delete' }).click();
    await look.page.getByText('This form is not from a page of this server').waitFor();
    expect(await statusOf('/pacticipants/Web/versions/5')).toBe(200);
  });

  it('by a form of another site, even with a token it got hold of', async () => {
    const look = await lookAs(writer);
    await look.go(path);
    const token = (await look.page.locator('input[type=hidden]').getAttribute('value')) ?? '';
    evilPage = `<form method="post" action="${visitor.url}${path.replace('&', '&amp;')}"><input name="gitpact-token" value="${token}"><button>Win</button></form>`;
    await look.page.goto(`http://localhost:${(others.address() as AddressInfo).port}/`);
    await look.page.getByRole('button', { name: 'Win' }).click();
    await look.page.getByText('This form is not from a page of this server').waitFor();
    expect(await statusOf('/pacticipants/Web/versions/5')).toBe(200);
  });

  it('for who may only read: no page offers it, and there is no form', async () => {
    const { page, go } = await lookAs(reader);
    for (const place of ['/pacticipants/Web', '/webhooks', `/pacts/${pair}/latest`, `/dashboard/${pair}`]) {
      expect(await go(place)).toBe(200);
      expect(await page.locator('a[href*="/-/actions/"]').count()).toBe(0);
    }
    await go(path);
    expect(await page.locator('form[method=post]').count()).toBe(0);
    expect(await page.locator('main').textContent()).toContain('change nothing');
  });
});
