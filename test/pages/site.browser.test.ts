import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addresses } from '../../src/render/pages/links.ts';
import { fileOf } from '../../src/render/pages/site-file.ts';
import { browserPath } from '../helpers/browser-program.ts';
import { deskWith } from './desk-with.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  const at = await deskWith('ordinary');
  folder = join(at.folder, 'site');
  expect(await at.gitpact('site', '--out', 'site')).toMatchObject({ code: 0 });
  browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
}, 120_000);

afterAll(() => browser.close());

/** A page of the site, from the disk, and what must not be: what the console tells, files that are missing, other hosts. */
async function look(file: string, width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => void faults.push(message.text()));
  page.on('pageerror', (error) => void faults.push(error.message));
  page.on('requestfailed', (request) => void faults.push(`missing: ${request.url()}`));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) faults.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(folder, file)).href, { waitUntil: 'load' });
  return { page, faults };
}

const web = { consumer: 'Web', provider: 'Api' };

describe.each([
  [390, 'dark'],
  [1024, 'light'],
  [1440, 'dark'],
] as const)('a site on the disk, %i wide, %s', (width, scheme) => {
  it.each([
    'index.html',
    'environments.html',
    'history.html',
    'network.html',
    fileOf(addresses.pacticipant('Web')),
    fileOf(addresses.networkOf('Web')),
    fileOf(addresses.latestContract(web)),
    fileOf(addresses.matrixOfPair(web)),
    fileOf(addresses.timeline(web)),
    fileOf(addresses.deployAnswer('Web', 'main', 'production')),
  ])('shows %s whole, from itself, and says as of when', async (file) => {
    const { page, faults } = await look(file, width, scheme);
    expect(
      await page.evaluate('getComputedStyle(document.querySelector(".as-of-commit"), "::after").content'),
    ).toMatch(/commit [0-9a-f]{12} of \d{4}-\d\d-\d\d/);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

it('can be searched, filtered and sorted without a server', async () => {
  const { page, faults } = await look('index.html', 1440, 'light');
  const shown = async () => {
    const rows = page.locator('#integrations tbody tr:visible');
    return (await rows.allInnerTexts()).map((text) => text.split(/\s*\t\s*/).slice(0, 2));
  };
  const all = await shown();
  await page.locator('main input[type=search]').fill('mob');
  await expect.poll(shown).toEqual(all.filter(([consumer]) => consumer === 'Mobile'));
  await page.locator('main input[type=search]').fill('');
  await page.locator('select[data-filter=state]').selectOption('failed');
  await expect.poll(shown).toEqual([['Mobile', 'Api']]);
  await page.locator('select[data-filter=state]').selectOption('');
  await page.locator('#integrations thead button', { hasText: 'Provider' }).click();
  const providers = async () => (await shown()).map(([, provider]) => provider);
  await expect.poll(providers).toEqual(all.map(([, provider = '']) => provider).sort());
  expect(faults).toEqual([]);
});
