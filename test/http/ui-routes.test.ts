import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/domain/delivery.ts';
import { instant } from '../../src/domain/names.ts';
import { withDelivery } from '../../src/format/deliveries.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { appOf } from '../pages/stores.ts';

const origin = 'http://broker.test';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

async function asked(path: string, accept: string | undefined) {
  const app = await appOf('ordinary');
  return app.fetch(new Request(origin + path, accept === undefined ? {} : { headers: { accept } }));
}

async function typeOf(path: string, accept?: string): Promise<string> {
  const response = await asked(path, accept);
  return `${response.status} ${response.headers.get('content-type')?.split(';')[0] ?? '-'}`;
}

const pair = 'provider/Api/consumer/Web';

describe('what the Pact Broker shows to browsers (ui.md) is a page', () => {
  it.each([
    '/',
    `/dashboard/${pair}`,
    `/pacts/${pair}/latest`,
    `/pacts/${pair}/version/1`,
    '/matrix',
    '/matrix?q[][pacticipant]=Web&q[][version]=1&latestby=cvpv',
    `/matrix/${pair}`,
    '/pacticipants/Api',
    '/pacticipants/Api/network',
    '/pacticipants/Web/latest-version/candidate/can-i-deploy/to/prod',
    '/pacticipants/Web/branches/main/latest-version/can-i-deploy/to-environment/test',
    '/hal-browser/browser.html',
    '/doc/webhooks?context=pact',
  ])('%s', async (path) => expect(await typeOf(path, browser)).toBe('200 text/html'));
});

describe('the same addresses still answer programs (api.md §1.3)', () => {
  it.each([
    ['/', 'application/hal+json', '200 application/hal+json'],
    ['/', '*/*', '200 application/hal+json'],
    ['/', undefined, '200 application/hal+json'],
    [`/matrix/${pair}`, 'application/json, text/plain, */*', '200 text/plain'],
    [`/dashboard/${pair}`, 'text/plain', '200 text/plain'],
    [`/pacts/${pair}/latest`, 'application/json', '200 application/json'],
    [`/pacts/${pair}/version/2/diff/previous-distinct`, 'text/plain', '200 text/plain'],
    ['/relationships.csv', browser, '200 text/csv'],
    ['/relationships', 'text/csv', '200 text/csv'],
    ['/groups/Web.csv?maxPacticipants=2', browser, '200 text/csv'],
    ['/integrations', 'text/vnd.graphviz', '200 text/vnd.graphviz'],
    ['/integrations', browser, '200 application/hal+json'],
    ['/integrations', 'text/html', '406 -'],
  ])('%s for %s: %s', async (path, accept, expected) => expect(await typeOf(path, accept)).toBe(expected));
});

describe('a browser that was made to ask for JSON', () => {
  it('is sent to the API browser', async () => {
    const response = await asked(`/pacts/${pair}/latest?x=1`, 'text/html, application/hal+json');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/hal-browser/browser.html#/pacts/${pair}/latest?x=1`);
  });
});

describe('a page', () => {
  it('may load nothing from elsewhere and run nothing of its own', async () => {
    const response = await asked('/network', browser);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/ style=| on\w+=|<script(?! src)/);
  });

  it('of what does not exist says so', async () => {
    for (const path of ['/dashboard/provider/Nobody/consumer/Web', '/matrix/provider/Api/consumer/Nobody']) {
      expect(await typeOf(path, browser)).toBe('404 text/html');
    }
  });
});

describe('badges (api.md §7)', () => {
  const badge = async (path: string) => {
    const response = await asked(path, 'image/svg+xml');
    const shown = decodeURIComponent((response.headers.get('location') ?? '').replace(/.*\/badge\//, ''));
    return [response.status, shown, response.headers.get('cache-control')];
  };

  it.each([
    [`/pacts/${pair}/latest/badge`, 'web/api pact-changed-orange.svg', 'no-cache'],
    [`/pacts/${pair}/latest/badge?label=provider`, 'api pact-changed-orange.svg', 'no-cache'],
    ['/pacts/provider/Api/consumer/Mobile/latest/badge', 'mobile/api pact-failed-red.svg', 'no-cache'],
    ['/pacts/provider/Api/consumer/No/latest/badge', 'pact not found-unknown-lightgrey.svg', 'no-cache'],
    [
      '/pacticipants/Login/main-branch/can-i-merge/badge',
      'can--i--merge-success-brightgreen.svg',
      'max-age=30',
    ],
    ['/pacticipants/Mobile/main-branch/can-i-merge/badge', 'can--i--merge-failed-red.svg', 'no-cache'],
    [
      '/pacticipants/Web/branches/main/latest-version/can-i-deploy/to-environment/no/badge',
      'environment-not found-lightgrey.svg',
      'no-cache',
    ],
  ])('%s is %s', async (path, shown, cached) => expect(await badge(path)).toEqual([307, shown, cached]));
});

describe('the network as data (api.md §9)', () => {
  const lines = async (path: string, accept: string) =>
    (await (await asked(path, accept)).text()).trimEnd().split('\n');

  it('is a row for each pacticipant, with those it consumes, all rows of a length', async () => {
    const rows = (await lines('/relationships.csv', 'text/csv')).filter(Boolean).map((row) => row.split(','));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.map((row) => row.slice(2, 5).join())).toEqual(rows.map(() => '1,1,0'));
    expect(rows.map((row) => row[5])).toEqual(rows.map((_, index) => String(index + 1)));
    const idOf = (name: string) => rows.find((row) => row[1] === name)?.[0];
    const web = rows.find((row) => row[1] === 'Web')?.slice(6);
    expect(web?.filter((id) => id !== '0')).toEqual([idOf('Api')]);
  });

  it('of a group stops once enough are known', async () => {
    const names = (await lines('/groups/Billing.csv?maxPacticipants=2', 'text/csv')).map(
      (row) => row.split(',')[1],
    );
    expect(names.filter(Boolean).sort()).toEqual(['Api', 'Billing']);
  });

  it('is a graph for Graphviz, spaces in names as underscores', async () => {
    const [head, ...arrows] = await lines('/integrations', 'text/vnd.graphviz');
    expect(head).toBe(
      'digraph { ranksep=3; ratio=auto; overlap=false; node [  shape = plaintext, fontname = Helvetica ];',
    );
    expect(arrows).toContain('  Web -> Api');
    expect(arrows).toContain('  Kind_v4-http -> Everything');
    expect(arrows.at(-1)).toBe('}');
  });
});

describe('the page of webhooks', () => {
  it('shows what was sent, the newest first: how it went in a word, for which contract, and the log as text', async () => {
    const deliveries = memoryStore();
    const base = {
      webhook: 'gone',
      event: 'contract_published',
      consumer: 'Web',
      provider: 'Api',
      parameters: {},
    };
    const attempt = {
      at: instant(new Date('2026-01-01T00:00:00Z')),
      success: false,
      log: '[x] <b>no answer</b>',
    };
    const sent = [
      {
        id: 'old',
        triggeredAt: '2026-01-01T00:00:00.000Z',
        consumerVersion: '1',
        status: 'success',
        attempts: [attempt],
      },
      {
        id: 'new',
        triggeredAt: '2026-01-02T00:00:00.000Z',
        consumerVersion: '2',
        status: 'retrying',
        dueAt: '2026-01-02T01:00:00.000Z',
        attempts: [],
      },
    ].map((one) => ({ ...base, sha: 'a'.repeat(40), commit: 'b'.repeat(40), ...one }) as unknown as Delivery);
    await deliveries.transact({ title: 'Send' }, (root) => ({
      root: sent.reduce(withDelivery, root),
      outcome: undefined,
    }));
    const app = await appOf('ordinary', { deliveries });
    const response = await app.fetch(new Request(`${origin}/webhooks`, { headers: { accept: browser } }));
    const text = (await response.text()).replace(/^.*<h2>What was sent/s, '');
    const words = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(words).toMatch(
      /not delivered yet next try 2026-01-02 01:00 UTC.* Web 2 and Api .*delivered.* Web 1 and Api/,
    );
    expect(words).toContain('a webhook that was deleted');
    expect(text).toContain('&lt;b&gt;no answer');
    expect(text).toContain(`/pacts/provider/Api/consumer/Web/pact-version/${'a'.repeat(40)}`);
  });
});
