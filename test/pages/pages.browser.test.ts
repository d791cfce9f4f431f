import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Visitor, visit } from './browser.ts';
import { appOf, hostile, type StoreName } from './stores.ts';

const segment = encodeURIComponent;
const pair = (consumer: string, provider: string) =>
  `/pacts/provider/${segment(provider)}/consumer/${segment(consumer)}`;

const kinds = ['v1-http', 'v2-http', 'v3-http', 'v3-messages', 'v4-http', 'v4-messages', 'v4-plugin'];

/** The pages to look at, by store. */
const places: Readonly<Record<Exclude<StoreName, 'estate'>, readonly string[]>> = {
  ordinary: [
    '/',
    '/?group=consumer&state=unverified',
    '/environments',
    '/history',
    '/webhooks',
    '/pacticipants/Api',
    '/pacticipants/Mobile?at=HEAD',
    `${pair('Web', 'Api')}/latest`,
    ...kinds.map((kind) => `${pair(`Kind ${kind}`, 'Everything')}/latest`),
  ],
  hostile: [
    '/',
    '/environments',
    '/history',
    '/webhooks',
    `/pacticipants/${segment(hostile.image)}`,
    `/pacticipants/${segment(hostile.long)}`,
    `${pair(hostile.script, hostile.image)}/latest`,
    `${pair(hostile.rightToLeft, hostile.image)}/latest`,
  ],
  empty: ['/', '/environments', '/history', '/webhooks'],
};

describe.each(Object.entries(places))('the pages of the store: %s', (name, paths) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await visit(await appOf(name as StoreName));
  });

  afterAll(() => visitor.close());

  describe.each([
    ['a wide light screen', 1440, 'light'],
    ['a tablet in the dark', 1024, 'dark'],
    ['a telephone', 390, 'light'],
  ] as const)('on %s', (_what, width, colorScheme) => {
    it.each(paths)('%s', async (path) => {
      const { page, go, faults } = await visitor.look({ viewport: { width, height: 800 }, colorScheme });
      expect(await go(path)).toBe(200);
      expect(await page.locator('main h1').count()).toBe(1);
      expect(await faults()).toEqual([]);
      await page.context().close();
    });
  });
});

describe('a person at the pages', () => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await visit(await appOf('ordinary'));
  });

  afterAll(() => visitor.close());

  const consumers = '#integrations tbody tr:not(.group):not([hidden]) th';

  it('searches while typing, filters, sorts and groups', async () => {
    const { page, go, faults } = await visitor.look();
    await go('/');
    const all = await page.locator(consumers).allTextContents();
    expect(all).toContain('Web');
    await page.getByLabel('Search').pressSequentially('mobile api');
    expect(await page.locator(consumers).allTextContents()).toEqual(['Mobile']);
    expect(await page.locator('form.filters output').textContent()).toBe('1 shown');
    await page.getByLabel('Search').fill('nothing like that');
    expect(await page.locator('#nothing-shown').isVisible()).toBe(true);
    await page.getByLabel('Search').fill('');
    await page.locator('select[name=state]').selectOption('changed');
    expect(await page.locator(consumers).allTextContents()).toEqual(['Web']);
    await page.locator('select[name=state]').selectOption('');
    await page.getByRole('button', { name: 'Consumer' }).click();
    await page.getByRole('button', { name: 'Consumer' }).click();
    expect(await page.locator(consumers).allTextContents()).toEqual([...all].sort().reverse());
    await page.locator('select[name=group]').selectOption('consumer');
    expect(await page.locator('#integrations tr.group:not([hidden])').allTextContents()).toEqual([
      'apps',
      'platform',
      'shop',
      'Without a label',
    ]);
    await page.locator('select[name=label]').selectOption('platform');
    expect(await page.locator('#integrations tr.group:not([hidden])').count()).toBe(3);
    expect(await faults()).toEqual([]);
    await page.context().close();
  });

  it('gets the same by a form where no script runs', async () => {
    const { page, go } = await visitor.look({ javaScriptEnabled: false });
    await go('/');
    await page.getByLabel('Search').fill('mobile api');
    await page.locator('select[name=group]').selectOption('provider');
    await page.getByRole('button', { name: 'Show' }).first().click();
    expect(await page.locator(consumers).allTextContents()).toEqual(['Mobile']);
    expect(await page.locator('#integrations tr.group:not([hidden])').allTextContents()).toEqual([
      'platform',
    ]);
    expect(page.url()).toContain('search=mobile+api');
    expect(await page.locator('#integrations time').first().textContent()).toMatch(/^2026-01-0\d .* UTC$/);
    await page.context().close();
  });

  it('goes from an integration to its contract, a result, and the past', async () => {
    const { page, go, faults } = await visitor.look();
    await go('/');
    await page.locator('tr', { hasText: 'Mobile' }).getByText('failed').click();
    await page.waitForURL('**/latest');
    expect(await page.locator('h1').textContent()).toBe('Mobile consumes Api');
    await page.locator('main table').getByText('failed').click();
    await page.waitForURL('**/verification-results/*');
    expect(await page.locator('h1').textContent()).toBe('Api 8 breaks the contract with Mobile');
    await page.getByLabel('Show it as of').fill('HEAD');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('status').textContent()).toContain('everything as of HEAD');
    await page.getByRole('link', { name: 'Overview' }).click();
    expect(page.url()).toContain('at=HEAD');
    expect(await faults()).toEqual([]);
    await page.context().close();
  });

  it('is told in words what is wrong with a question about the past, and what is not there', async () => {
    const { page, go } = await visitor.look();
    expect(await go('/?at=no-such-commit')).toBe(404);
    expect(await page.locator('main').textContent()).toContain('no-such-commit');
    expect(await go('/pacticipants/Nobody')).toBe(404);
    expect(await page.locator('h1').textContent()).toBe('Not found');
    expect(await go('/no/such/page')).toBe(404);
    expect(await page.locator('h1').textContent()).toBe('Not found');
    await page.context().close();
  });

  it('reads a contract: states, rules and generators in words, and copies it as cURL', async () => {
    const { page, go, faults } = await visitor.look({ permissions: ['clipboard-read', 'clipboard-write'] });
    await go(`${pair('Kind v4-http', 'Everything')}/latest`);
    const first = page.locator('#interaction-1');
    const text = (await first.textContent()) ?? '';
    for (const words of [
      'Given the hut has a weather station',
      'GET /huts/summit/weather?units=metric',
      'celsius: any number with decimals',
      'the status: any status from 200 to 299',
    ]) {
      expect(text).toContain(words);
    }
    expect(await first.locator('.json-key').first().textContent()).toBe('"celsius"');
    await first.locator('.curl summary').click();
    await first.getByRole('button', { name: 'Copy as cURL' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      "curl -X GET 'http://localhost:8080/huts/summit/weather?units=metric' \\\n  -H 'Accept: application/json'",
    );
    expect(await faults()).toEqual([]);
    await page.context().close();
  });

  it('goes around with the keyboard alone', async () => {
    const { page, go } = await visitor.look();
    await go('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe('search');
    await page.context().close();
  });
});

describe('an estate of 300 pacticipants', () => {
  it('is shown whole, and searched as one types', async () => {
    const visitor = await visit(await appOf('estate'));
    const { page, go, faults } = await visitor.look({ viewport: { width: 390, height: 800 } });
    expect(await go('/')).toBe(200);
    expect(await page.locator('#integrations tbody tr').count()).toBe(900);
    await page.getByLabel('Search').pressSequentially('service-77 ');
    expect(await page.locator('form.filters output').textContent()).toBe('6 shown');
    expect(await faults()).toEqual([]);
    await visitor.close();
  });
});
