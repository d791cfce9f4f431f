import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { access } from '../helpers/access.ts';
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

/** As many versions as a grid does not show at once, and a result for each. */
function manyVersions(): Story {
  return Array.from({ length: 40 }, (_, index) => index + 1).reduce(
    (before, number) =>
      before
        .publishes(`Web ${number}`, 'Api', { branch: 'main', content: number })
        .verifies(`Api ${number}`, `Web ${number}`, number % 5 === 0 ? 'failed' : 'passed', {
          branch: 'main',
        }),
    story(),
  );
}

const visitors: Record<string, Visitor> = {};
const looks: Look[] = [];

beforeAll(async () => {
  visitors.changes = await visit(await appOfStory(changes()));
  visitors.versions = await visit(await appOfStory(manyVersions()));
  visitors.guarded = await visit(await appOfStory(changes(), { access }));
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
    ['changes', '/environments?promotion=unknown'],
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

  it('keeps everything that was asked, without scripts', async () => {
    const asked =
      'q[][pacticipant]=Web&q[][mainBranch]=true&q[][latest]=true&q[][pacticipant]=Api&q[][tag]=x&latestby=cvp&limit=7&ignore[][pacticipant]=Mobile&mainBranch=true';
    const { page } = await lookAt('changes', `/matrix?${asked}`, { javaScriptEnabled: false });
    await page.getByRole('button', { name: 'Show the rows' }).click();
    const given = [...new URL(page.url()).searchParams].filter(([, value]) => value !== '');
    const inOrder = (all: readonly (readonly [string, string])[]) => all.map((one) => one.join('=')).sort();
    expect(inOrder(given)).toEqual(inOrder([...new URLSearchParams(asked)]));
  });

  it('begins with the pairs there are, and leads from two to their grid', async () => {
    const { page } = await lookAt('changes', '/matrix');
    await page.getByPlaceholder('consumer or provider').pressSequentially('mob');
    await page.getByRole('link', { name: 'grid of Mobile and Api' }).click();
    await page.waitForURL('**/matrix/provider/Api/consumer/Mobile');
    const two = await lookAt('changes', '/matrix?q[][pacticipant]=Web&q[][pacticipant]=Api');
    await two.page.getByRole('link', { name: 'The two as a grid' }).click();
    await two.page.waitForURL('**/matrix/provider/Api/consumer/Web');
  });

  it('shows which rows have the same content', async () => {
    const { page } = await lookAt('estate', '/matrix?q[][pacticipant]=service-1&q[][pacticipant]=service-2');
    const row = page.locator('tr[data-content]').first();
    await row.hover();
    expect(await row.getAttribute('class')).toBe('alike');
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
    const shape = await cell(1, 0)
      .locator('.state')
      .evaluate((node) => node.ownerDocument.defaultView.getComputedStyle(node, '::before').maskImage);
    expect(shape).toContain('svg');
    expect(await cell(2, 1).innerText()).toBe('passed');
    expect(await cell(2, 0).getAttribute('title')).toBe('Web 1 with Api 8: no result');
    const link = cell(2, 1).getByRole('link');
    expect(await link.getAttribute('title')).toMatch(/^Web 1 with Api 7: passed, 2026-01-01 \d\d:\d\d UTC$/);
    expect(await link.getAttribute('href')).toMatch(/\/pact-version\/[0-9a-f]{40}\/verification-results\/1$/);
  });
});

describe('a grid of many versions', () => {
  it('keeps its heads in sight, and shows more when asked', async () => {
    const { page } = await lookAt('versions', '/matrix/provider/Api/consumer/Web');
    const grid = page.locator('section.tall');
    expect(await page.locator('table.grid tbody tr').count()).toBe(30);
    const [corner, first] = [page.locator('.corner'), page.locator('table.grid tbody th').first()];
    const before = await corner.boundingBox();
    await grid.evaluate((node) => node.scrollTo(400, 500));
    expect(await corner.boundingBox()).toEqual(before);
    expect((await first.boundingBox())?.x).toBe(before?.x);
    expect(await page.locator('main').textContent()).toContain(
      'Not shown: 10 older versions of the consumer',
    );
    await page.getByRole('link', { name: 'Show more' }).click();
    await page.waitForURL('**versions=200');
    expect(await page.locator('table.grid tbody tr').count()).toBe(40);
    expect(await page.getByRole('link', { name: 'Show more' }).count()).toBe(0);
  });
});

describe('the environments', () => {
  it.each([true, false])('show what could be promoted, with scripts: %s', async (javaScriptEnabled) => {
    const { page } = await lookAt('changes', '/environments', { javaScriptEnabled });
    const rows = page.locator('#board tbody tr:not([hidden])');
    expect(await page.locator('ul.summary').innerText()).toMatch(/\d+ can be promoted\s+\d+ not verified/);
    const web = rows.filter({ hasText: 'Web' });
    expect(await web.innerText()).toMatch(/main: 3\s+1 deployed.*not verified\s+not verified/s);
    await page.getByLabel('Search').fill('api');
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Show' }).first().click();
    expect(await rows.locator('th a').allInnerTexts()).toEqual(['Api']);
    await page.getByLabel('Search').fill('');
    await page.locator('select[name=promotion]').selectOption('unknown');
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Show' }).first().click();
    expect(await rows.locator('th a').allInnerTexts()).toContain('Web');
    expect(await page.locator('select[name=promotion]').inputValue()).toBe('unknown');
    await web.getByText('not verified').first().click();
    await page.waitForURL('**/can-i-deploy?**');
    expect(await page.getByRole('status').first().innerText()).toContain('Not known yet');
  });
});

describe('may it be deployed', () => {
  it('says what to do next, and keeps what was asked without scripts', async () => {
    const { page } = await lookAt('changes', '/can-i-deploy', { javaScriptEnabled: false });
    await page.getByLabel('Pacticipant').fill('Web');
    await page.getByLabel('or head of branch').fill('main');
    await page.getByLabel('Environment').selectOption('production');
    await page.getByRole('button', { name: 'Can I deploy?' }).click();
    expect(await page.getByLabel('or head of branch').inputValue()).toBe('main');
    expect(await page.getByLabel('Environment').inputValue()).toBe('production');
    const text = await page.locator('main').innerText();
    expect(text).toContain('Let Api verify what it is asked for by Web 3, with the code of its version 7');
    expect(text).toContain(
      'gitpact can-i-deploy --pacticipant Web --branch main --to-environment production',
    );
    expect(await page.getByAltText('The answer as a badge').count()).toBe(1);
    await page.getByLabel('or head of branch').fill('');
    await page.getByLabel('Version', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Can I deploy?' }).click();
    expect(await page.locator('main').innerText()).toContain(
      'gitpact record-deployment --pacticipant Web --version 1 --environment production',
    );
    await page.getByLabel('Version', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Can I merge?' }).click();
    await page.getByRole('link', { name: 'what failed' }).click();
    await page.waitForURL('**/verification-results/*');
  });

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

  it('says why there is nothing to see', async () => {
    const look = await lookAt('changes', '/network?around=Nobody');
    expect(await look.page.locator('main').textContent()).toContain('There is no pacticipant Nobody.');
    await look.go('/network?label=none');
    await look.page.getByRole('link', { name: 'Show everything' }).click();
    await look.page.locator('.box').first().waitFor();
    const empty = await lookAt('empty', '/network');
    expect(await empty.page.locator('main').textContent()).toContain('gitpact publish');
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

  it('lets what one looks at stand out, and has the one it is around in the middle', async () => {
    const { page } = await lookAt('changes', '/pacticipants/Web/network');
    expect(await page.locator('.box.centre').textContent()).toContain('Web');
    const opacityOf = (name: string) =>
      page
        .locator('.box', { hasText: name })
        .evaluate((node) => node.ownerDocument.defaultView.getComputedStyle(node).opacity);
    await page.goto(page.url().replace('/pacticipants/Web/network', '/network'));
    await page.locator('.box', { hasText: 'Web' }).hover();
    expect([await opacityOf('Web'), await opacityOf('Api')]).toEqual(['1', '1']);
    expect(Number(await opacityOf('Mobile'))).toBeLessThan(1);
    await page.locator('h1').hover();
    expect(await opacityOf('Mobile')).toBe('1');
    await page.locator('a.box', { hasText: 'Mobile' }).focus();
    expect(Number(await opacityOf('Web'))).toBeLessThan(1);
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
    expect(await page.locator('.cluster').count()).toBe(12);
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
    await page.locator('strong.verified', { hasText: '201' }).waitFor();
    expect(await page.locator('pre').innerText()).toContain('"name": "a team"');
    expect(await faults()).toEqual([]);
  });

  it('sends every method, as who the browser says it is, and shows what is refused', async () => {
    const answerTo = async (look: Look, method: string, path: string, body = '') => {
      const { page } = look;
      await page.locator('select[name=method]').selectOption(method);
      await page.getByLabel('Path').fill(path);
      if (body !== '') await page.getByLabel('Body (JSON)').fill(body);
      const answered = page.waitForResponse((response) => response.request().method() === method);
      await page.getByRole('button', { name: 'Send' }).click();
      await answered;
      await page.locator('[data-answer]:not([aria-busy]) strong', { hasText: /\d/ }).waitFor();
      return page.locator('[data-answer] strong').innerText();
    };
    const look = await lookAt('guarded', '/hal-browser/browser.html#/pacticipants/Web', {
      httpCredentials: { username: 'ci', password: 'w' },
    });
    look.page.on('dialog', (dialog) => dialog.accept());
    await look.page.locator('strong.verified', { hasText: '200' }).waitFor();
    const path = '/pacticipants/Web';
    expect(await answerTo(look, 'PATCH', path, '{"displayName":"The web"}')).toContain('200');
    expect(await look.page.locator('pre').innerText()).toContain('"The web"');
    expect(await answerTo(look, 'POST', '/pacticipants', '{"name":"New"}')).toContain('201');
    expect(await answerTo(look, 'PUT', `${path}/labels/shop`, '{}')).toContain('201');
    expect(await answerTo(look, 'POST', '/environments', '{"nonsense":1}')).toContain('400');
    expect(await look.page.locator('pre').innerText()).toContain('errors');
    expect(await answerTo(look, 'DELETE', `${path}/labels/shop`)).toContain('204');
    const reader = await lookAt('guarded', '/hal-browser/browser.html#/pacticipants/Web', {
      httpCredentials: { username: 'dev', password: 'r' },
    });
    reader.page.on('dialog', (dialog) => dialog.accept());
    await reader.page.locator('strong.verified', { hasText: '200' }).waitFor();
    expect(await answerTo(reader, 'DELETE', path)).toContain('401');
  });

  it('shows what an answer holds as text', async () => {
    const { page, faults } = await lookAt('hostile', '/hal-browser/browser.html#/pacticipants');
    await page.locator('pre').getByText(hostile.script).first().waitFor();
    expect(await faults()).toEqual([]);
  });

  it('tells a failure', async () => {
    const { page } = await lookAt('empty', '/hal-browser/browser.html#/pacticipants/Nobody');
    await page.locator('strong.failed', { hasText: '404' }).waitFor();
  });
});
