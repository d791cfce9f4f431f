import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { App } from '../../src/http/app.ts';
import { listen } from '../../src/http/listening.ts';
import { browserPath } from '../helpers/browser-program.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that a browser looks at, and everything about it that must not be. */
export interface Look {
  readonly page: Page;
  /** Goes to a path; its status. */
  go(path: string): Promise<number>;
  /**
   * Everything wrong so far, in words: what the console tells, requests to others, what axe finds serious, a page wider
   * than the window, a text that ran.
   */
  faults(): Promise<readonly string[]>;
}

/** A server and a browser that looks at it, for the tests of one file. */
export interface Visitor {
  readonly url: string;
  look(options?: BrowserContextOptions): Promise<Look>;
  close(): Promise<void>;
}

/** The browser of this file of tests, and how many visitors look with it. */
let shared: Promise<Browser> | undefined;
let visitors = 0;

/** Lets an app listen, for a browser that all visitors of a file share. */
export async function visit(app: App): Promise<Visitor> {
  visitors += 1;
  shared ??= chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  const [server, browser] = await Promise.all([listen(app, { host: '127.0.0.1', port: 0 }), shared]);
  return {
    url: server.url,
    look: (options) => lookWith(browser, server.url, options),
    close: async () => {
      visitors -= 1;
      if (visitors === 0) {
        shared = undefined;
        await browser.close();
      }
      await server.close(1_000);
    },
  };
}

async function lookWith(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const seen: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') seen.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !asked.startsWith('data:')) seen.push(`asked elsewhere: ${asked}`);
  });
  return {
    page,
    go: async (path) => {
      const response = await page.goto(url + path, { waitUntil: 'load' });
      return response?.status() ?? 0;
    },
    faults: async () => [...seen, ...(await faultsOf(page))],
  };
}

async function faultsOf(page: Page): Promise<readonly string[]> {
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const attacked = await page.evaluate<boolean>("'attacked' in window");
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run(document)');
  return [
    ...(overflow > 0 ? [`the page is ${overflow} pixels wider than the window`] : []),
    ...(attacked ? ['a text of a store ran as a script'] : []),
    ...results.violations.flatMap(({ id, impact, nodes }) =>
      impact === 'serious' || impact === 'critical'
        ? nodes.slice(0, 3).map(({ html }) => `axe: ${id} at ${html.slice(0, 200)}`)
        : [],
    ),
  ];
}
