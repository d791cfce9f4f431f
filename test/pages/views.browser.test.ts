import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Story, story } from '../helpers/story.ts';
import { type Look, type Visitor, visit } from './browser.ts';
import { appOf, appOfStory, hostile, publishesDocument } from './stores.ts';

const e = encodeURIComponent;

/** A pact about a seat; with a state, about one more thing. */
function pactWith(status: number, body: unknown, state?: string) {
  const more = {
    description: 'one thing more',
    providerStates: [{ name: state }],
    request: { method: 'GET', path: '/more' },
    response: { status: 200 },
  };
  return {
    interactions: [
      {
        description: 'a request for a seat',
        request: { method: 'GET', path: '/seats/1' },
        response: { status, body },
      },
      { description: 'always the same', request: { method: 'GET', path: '/' }, response: { status: 204 } },
      ...(state === undefined ? [] : [more]),
    ],
    metadata: { pactSpecification: { version: '3.0.0' } },
  };
}

const seat = { id: 1, row: 'A', taken: false, price: 10, currency: 'EUR', floor: 2, window: true };

/** Contents that follow each other, results, environments, a branch and labels. */
function changes(): Story {
  const first = publishesDocument(
    story().creates('test').creates('production', true),
    'Web',
    'Api',
    pactWith(200, seat),
  );
  const second = publishesDocument(
    first
      .verifies('Api 7', 'Web 1', 'passed', { branch: 'main' })
      .deploys('Web 1', 'production')
      .deploys('Api 7', 'production'),
    'Web',
    'Api',
    pactWith(200, { ...seat, row: 'B', colour: 'red' }, 'a seat is free'),
    '2',
  );
  return publishesDocument(
    second
      .verifies('Api 8', 'Web 2', 'failed', { branch: 'main' })
      .publishes('Mobile 1', 'Api', { branch: 'feat' }),
    'Web',
    'Api',
    pactWith(201, seat),
    '3',
  );
}

const visitors: Record<string, Visitor> = {};
const looks: Look[] = [];

beforeAll(async () => {
  visitors.changes = await visit(await appOfStory(changes()));
  for (const name of ['hostile', 'empty', 'estate'] as const) visitors[name] = await visit(await appOf(name));
});

afterEach(async () => {
  for (const { page } of looks.splice(0)) await page.context().close();
});

afterAll(async () => {
  for (const visitor of Object.values(visitors)) await visitor.close();
});

/** Looks at a page of a store. */
async function lookAt(
  store: string,
  path: string,
  options: Parameters<Visitor['look']>[0] = {},
): Promise<Look> {
  const visitor = visitors[store];
  if (!visitor) throw new Error(`no store ${store}`);
  const look = await visitor.look(options);
  looks.push(look);
  expect(await look.go(path)).toBe(200);
  return look;
}

const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
const pairOf = (consumer: string) => `provider/${e(hostile.image)}/consumer/${e(consumer)}`;

describe('a page without a fault', () => {
  it.each<[store: string, path: string]>([
    ['changes', '/matrix'],
    ['changes', '/matrix?q[][pacticipant]=Web&q[][pacticipant]=Api'],
    ['changes', '/matrix/provider/Api/consumer/Web'],
    ['changes', '/can-i-deploy?pacticipant=Web&version=3&environment=production'],
    ['changes', '/can-i-merge?pacticipant=Web'],
    ['changes', '/pacticipants/Web/branches/main/latest-version/can-i-deploy/to-environment/production'],
    ['changes', '/pacts/provider/Api/consumer/Web/diff'],
    ['changes', '/pacts/provider/Api/consumer/Web/version/2/diff/previous-distinct'],
    ['changes', '/network'],
    ['changes', '/network?environment=production'],
    ['changes', '/pacticipants/Api/network'],
    ['changes', '/hal-browser/browser.html'],
    ['hostile', `/matrix/${pairOf(hostile.script)}`],
    ['hostile', `/matrix/${pairOf(hostile.long)}`],
    ['hostile', `/pacts/${pairOf(hostile.rightToLeft)}/diff`],
    ['hostile', `/matrix?q[][pacticipant]=${e(hostile.script)}&q[][pacticipant]=${e(hostile.image)}`],
    ['hostile', `/can-i-deploy?pacticipant=${e(hostile.script)}&version=1&environment=${e('<b>prod</b>')}`],
    ['hostile', '/network'],
    ['hostile', `/pacticipants/${e(hostile.slashes)}/network`],
    ['empty', '/matrix'],
    ['empty', '/can-i-deploy'],
    ['empty', '/network'],
    ['estate', '/network'],
  ])('%s %s', async (store, path) => {
    const wide = await lookAt(store, path);
    expect(await wide.faults()).toEqual([]);
    const narrow = await lookAt(store, path, phone);
    expect(await narrow.faults()).toEqual([]);
  });
});

describe('the matrix', () => {
  it('answers what its form asks', async () => {
    const { page } = await lookAt('changes', '/matrix');
    await page.getByLabel('Name').first().fill('Web');
    await page.getByLabel('Name').nth(1).fill('Api');
    await page.getByLabel('or environment').first().fill('production');
    await page.getByRole('button', { name: 'Show the rows' }).click();
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().innerText()).toMatch(/Web\s+1.*production.*Api\s+7.*verified/s);
  });

  it('says what is wrong with a question', async () => {
    const { page } = await lookAt('changes', '/matrix?q[][pacticipant]=Nobody');
    expect(await page.getByRole('alert').innerText()).toContain('Pacticipant Nobody not found');
  });

  it('shows a grid: colour, shape and word, the result on hover, its details on click', async () => {
    const { page } = await lookAt('changes', '/matrix/provider/Api/consumer/Web');
    const cell = (row: number, column: number) =>
      page.locator('table.grid tbody tr').nth(row).locator('td').nth(column);
    expect(await page.locator('table.grid thead th').allInnerTexts()).toEqual([
      expect.stringMatching(/^8.*branch main/s),
      expect.stringMatching(/^7.*in production/s),
    ]);
    expect(await cell(1, 0).innerText()).toBe('failed');
    expect(await cell(1, 0).locator('svg').count()).toBe(1);
    expect(await cell(2, 1).innerText()).toBe('passed');
    expect(await cell(2, 0).getAttribute('title')).toBe('Web 1 with Api 8: no result');
    const link = cell(2, 1).getByRole('link');
    expect(await link.getAttribute('title')).toMatch(/^Web 1 with Api 7: passed, 2026-01-01 \d\d:\d\d UTC$/);
    expect(await link.getAttribute('href')).toMatch(/\/pact-version\/[0-9a-f]{40}\/verification-results\/1$/);
  });
});

describe('may it be deployed', () => {
  it('is asked by a form and explained', async () => {
    const { page } = await lookAt('changes', '/can-i-deploy');
    await page.getByLabel('Pacticipant').fill('Web');
    await page.getByLabel('Version', { exact: true }).fill('3');
    await page.getByLabel('Environment').selectOption('production');
    await page.getByRole('button', { name: 'Can I deploy?' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Not known yet');
    expect(await page.locator('ul.reasons').innerText()).toContain(
      'There is no verified pact between version 3 of Web and the version of Api currently in production (7)',
    );
    await page.getByLabel('Version', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Can I deploy?' }).click();
    expect(await page.getByRole('status').innerText()).toContain(
      'Yes: version 1 of Web may be deployed to production.',
    );
    await page.getByLabel('Version', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Can I merge?' }).click();
    expect(await page.getByRole('status').innerText()).toContain('No: version 2 of Web must not be merged.');
  });
});

describe('what changed', () => {
  it('is shown between any two contents, with what each change means', async () => {
    const { page } = await lookAt('changes', '/pacts/provider/Api/consumer/Web/diff');
    expect(await page.locator('tbody tr').first().innerText()).toContain('3');
    await page.getByLabel('From the content of version 1').check();
    await page.getByLabel('To the content of version 2').check();
    await page.getByRole('button', { name: 'Compare these two' }).click();
    const text = await page.locator('.diff').innerText();
    expect(text).toContain('May break the provider. ');
    expect(text).toContain('The pact now needs the provider states: a seat is free.');
    expect(text).toMatch(
      /\$\.response\.body\.row\s+"A"\s+"B"\s+changes The consumer expects another value\./,
    );
    expect(text).toMatch(
      /\$\.response\.body\.colour\s+nothing\s+"red"\s+adds The consumer needs something more\./,
    );
    expect(text).not.toContain('always the same');
    expect(await page.locator('.line.removed mark').first().innerText()).toBe('A');
  });

  it('stands beside each other or below each other, as one likes', async () => {
    const { page } = await lookAt(
      'changes',
      '/pacts/provider/Api/consumer/Web/version/2/diff/previous-distinct',
    );
    const block = page.locator('.block:not(.same)').first();
    const places = async () => ({
      old: await block.locator('.before').boundingBox(),
      new: await block.locator('.after').boundingBox(),
    });
    const beside = await places();
    expect(beside.old?.y).toBe(beside.new?.y);
    await page.getByLabel('below each other').check();
    const below = await places();
    expect(below.old?.x).toBe(below.new?.x);
    expect(below.new?.y).toBeGreaterThan(below.old?.y ?? Infinity);
  });
});

describe('the network', () => {
  it('is filtered by environment, branch, label and neighbourhood', async () => {
    const { page } = await lookAt('changes', '/network');
    const names = () => page.locator('.box .name').allTextContents();
    expect((await names()).sort()).toEqual(['Api', 'Mobile', 'Web']);
    await page.getByLabel('What is in').selectOption('production');
    await page.getByRole('button', { name: 'Show' }).first().click();
    expect((await names()).sort()).toEqual(['Api', 'Web']);
    await page.getByLabel('What is in').selectOption('');
    await page.getByLabel('Pacts of branch').fill('feat');
    await page.getByRole('button', { name: 'Show' }).first().click();
    expect((await names()).sort()).toEqual(['Api', 'Mobile']);
    await page.getByLabel('Pacts of branch').fill('');
    await page.getByLabel('Around').fill('Mobile');
    await page.getByRole('button', { name: 'Show' }).first().click();
    expect((await names()).sort()).toEqual(['Api', 'Mobile']);
  });

  it.each([true, false])('is walked through by the keyboard, with scripts: %s', async (javaScriptEnabled) => {
    const { page } = await lookAt('changes', '/network', { javaScriptEnabled });
    const box = page.locator('a.box', { hasText: 'Mobile' });
    await box.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pacticipants/Mobile/network');
    expect((await page.locator('.box .name').allTextContents()).sort()).toEqual(['Api', 'Mobile']);
    expect(await page.locator('a.arrow').getAttribute('href')).toMatch(
      /\/pacts\/.*\/pact-version\/[0-9a-f]{40}$/,
    );
  });

  it('of 300 pacticipants shows groups, then whom they consist of, or everything', async () => {
    const { page, go } = await lookAt('estate', '/network');
    expect(await page.locator('a.box.group').count()).toBe(12);
    await page.locator('a.box', { hasText: 'team 3' }).click();
    await page.waitForURL('**/network?label=team+3');
    expect(await page.locator('.box .name', { hasText: 'service-4' }).count()).toBeGreaterThan(0);
    await go('/network/all');
    expect(await page.locator('a.box').count()).toBe(300);
    expect(await page.locator('a.arrow').count()).toBe(900);
    await page.getByLabel('Fit the picture into the page').check();
    const [picture, whole] = [page.locator('svg.network'), page.locator('.picture')];
    expect((await picture.boundingBox())?.width).toBeLessThanOrEqual((await whole.boundingBox())?.width ?? 0);
  });
});

describe('the API browser', () => {
  it('follows links, fills templates and sends requests', async () => {
    const { page, faults } = await lookAt('changes', '/hal-browser/browser.html');
    await page.getByRole('link', { name: '/pacticipants', exact: true }).first().click();
    await page.waitForURL('**/browser.html#/pacticipants');
    await page.locator('pre').getByText('"Mobile"').first().waitFor();
    await page.goBack();
    const template = page
      .locator('form.template', { hasText: '/pacticipants/{pacticipant}/latest-version' })
      .first();
    await template.getByLabel('pacticipant', { exact: true }).fill('Web');
    await template.getByRole('button', { name: 'Go' }).click();
    await page.waitForURL('**/browser.html#/pacticipants/Web/latest-version');
    await page.locator('pre').getByText('"3"').first().waitFor();
    await page.locator('select[name=method]').selectOption('PUT');
    await page.getByLabel('Path').fill('/pacticipants/Web/labels/a%20team');
    await page.getByLabel('Body (JSON)').fill('{}');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('✓ 201').waitFor();
    expect(await page.locator('pre').innerText()).toContain('"name": "a team"');
    expect(await faults()).toEqual([]);
  });

  it('shows what an answer holds as text', async () => {
    const { page, faults } = await lookAt('hostile', '/hal-browser/browser.html#/pacticipants');
    await page.locator('pre').getByText(hostile.script).first().waitFor();
    expect(await faults()).toEqual([]);
  });

  it('tells a failure', async () => {
    const { page } = await lookAt('empty', '/hal-browser/browser.html#/pacticipants/Nobody');
    await page.getByText('✗ 404').waitFor();
  });
});
