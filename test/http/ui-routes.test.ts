import { describe, expect, it } from 'vitest';
import { appOf } from '../pages/stores.ts';

const base = 'http://broker.test';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

async function asked(path: string, accept: string | undefined) {
  const app = await appOf('ordinary');
  return app.fetch(new Request(base + path, accept === undefined ? {} : { headers: { accept } }));
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
