import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { story } from '../helpers/story.ts';
import { type Visitor, visit } from './browser.ts';
import { appOf, appOfStory, hostile, type StoreName } from './stores.ts';

const segment = encodeURIComponent;
const pair = (consumer: string, provider: string) =>
  `/pacts/provider/${segment(provider)}/consumer/${segment(consumer)}`;

const kinds = ['v1-http', 'v2-http', 'v3-http', 'v3-messages', 'v4-http', 'v4-messages', 'v4-plugin'];

/** The pages to look at, by store. */
const places: Readonly<Record<Exclude<StoreName, 'estate' | 'thousand'>, readonly string[]>> = {
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
  one: ['/', '/pacticipants/Lonely'],
  thirty: [`${pair('Monolith', 'Core')}/latest`],
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

  it('sees where it is, and finds an integration from anywhere, in the same past', async () => {
    const { page, go } = await visitor.look({ javaScriptEnabled: false });
    await go('/history?at=HEAD');
    expect(await page.locator('nav [aria-current]').textContent()).toBe('History');
    await page.getByLabel('Find an integration').fill('mobile api');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/?*');
    expect(new URL(page.url()).searchParams.get('at')).toBe('HEAD');
    expect(await page.locator(consumers).allTextContents()).toEqual(['Mobile']);
    expect(await page.locator('nav [aria-current]').textContent()).toBe('Overview');
    await page.locator('ul.summary').getByText('failed').first().click();
    expect(new URL(page.url()).searchParams.get('at')).toBe('HEAD');
    expect(await page.locator(consumers).allTextContents()).toEqual(['Mobile']);
    await page.context().close();
  });

  it.each([true, false])('searches the history, with scripts: %s', async (javaScriptEnabled) => {
    const { page, go } = await visitor.look({ javaScriptEnabled });
    await go('/history');
    expect(await page.locator('#commits tbody tr').count()).toBeGreaterThan(0);
    await page.getByLabel('Search').fill('nothing like that');
    await page.keyboard.press('Enter');
    await page.getByText('No commit of these fits.').waitFor();
    expect(await page.locator('#commits tbody tr:visible').count()).toBe(0);
    await page.context().close();
  });

  it('sees all of a long version number where it is cut short', async () => {
    const number = '0123456789abcdef0123456789abcdef01234567';
    const told = await visit(await appOfStory(story().publishes(`Web ${number}`, 'Api')));
    const { page, go } = await told.look({ permissions: ['clipboard-read', 'clipboard-write'] });
    await go('/');
    const shown = page.locator('#integrations .number');
    expect(await shown.textContent()).toBe(number);
    const cut = "document.querySelector('#integrations .number')";
    expect(await page.evaluate<boolean>(`${cut}.scrollWidth > ${cut}.clientWidth`)).toBe(true);
    await go(`${pair('Web', 'Api')}/latest`);
    await page.getByRole('button', { name: 'Copy version' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(number);
    await told.close();
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
    const states = await page.locator('ul.summary a').count();
    expect(states).toBeGreaterThan(1);
    for (let tab = 0; tab < states; tab += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement.closest('ul').className")).toBe('summary');
    }
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('name')")).toBe('search');
    await page.context().close();
  });
});

describe('a contract of 1,000 interactions', () => {
  let visitor: Visitor;
  const path = `${pair('Monolith', 'Core')}/latest`;

  beforeAll(async () => {
    visitor = await visit(await appOf('thousand'));
  });

  afterAll(() => visitor.close());

  it('is a list to find one in, by its description or by what it holds', async () => {
    const { page, go } = await visitor.look();
    await go(path);
    expect(await page.locator('details.interaction').count()).toBe(1000);
    expect(await page.locator('details.interaction[open]').count()).toBe(0);
    await page.getByLabel('Find', { exact: true }).fill('order 777');
    expect(await page.locator('details.interaction:visible').count()).toBe(1);
    await page.getByLabel('Find', { exact: true }).fill('voucher');
    const found = page.locator('details.interaction:visible');
    expect(await found.getAttribute('id')).toBe('interaction-601');
    await found.locator('summary').first().click();
    expect(await found.innerText()).toContain('Given order 600 exists (id: 600)');
    expect(await page.getByText('1 of 1000 shown').count()).toBe(1);
    await page.context().close();
  });

  it('opens the interaction that a link names, and all of them to print', async () => {
    const { page, go } = await visitor.look();
    await go(`${path}#interaction-500`);
    const open = page.locator('details.interaction[open]');
    expect(await open.getAttribute('id')).toBe('interaction-500');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await open.count()).toBe(1000);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await open.count()).toBe(1);
    await page.getByRole('button', { name: 'Close all' }).click();
    expect(await open.count()).toBe(0);
    await page.context().close();
  });

  it('is opened one by one where no script runs', async () => {
    const { page, go } = await visitor.look({ javaScriptEnabled: false });
    await go(path);
    expect(await page.getByLabel('Find', { exact: true }).isVisible()).toBe(false);
    await page.locator('#interaction-3 > summary').click();
    expect(await page.locator('#interaction-3').innerText()).toContain('id: any whole number');
    await page.context().close();
  });

  it('leads to who has no contract with anybody', async () => {
    const { page, go } = await visitor.look();
    await go('/');
    await page.getByText('1 pacticipant without a contract').click();
    await page.getByRole('link', { name: 'Lonely' }).click();
    await page.waitForURL('**/pacticipants/Lonely');
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

  it.each([true, false])(
    'draws the first rows, and all of them when asked, with scripts: %s',
    async (javaScriptEnabled) => {
      const visitor = await visit(await appOf('estate'));
      const { page, go } = await visitor.look({ javaScriptEnabled });
      await go('/');
      const drawn = page.locator('#integrations tbody tr:visible');
      expect(await drawn.count()).toBe(200);
      expect(await page.locator('form.filters output').textContent()).toBe('900 found, the first 200 shown');
      if (javaScriptEnabled) {
        const first = await drawn.first().textContent();
        await page.getByRole('button', { name: 'Consumer' }).click();
        await page.getByRole('button', { name: 'Consumer' }).click();
        expect(await drawn.count()).toBe(200);
        expect(await drawn.first().textContent()).not.toBe(first);
        expect(await page.locator('#integrations tbody tr').first().isVisible()).toBe(true);
      }
      await page.getByLabel('Show all of them').check();
      expect(await drawn.count()).toBe(900);
      await visitor.close();
    },
  );
});
