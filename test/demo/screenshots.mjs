// npm run screenshots: pictures of the pages for the README, of what `npm run demo` left in gitpact-demo.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const contracts = resolve(process.argv[2] ?? join(root, 'gitpact-demo'), 'contracts.git');
const folder = join(root, 'fixtures', 'screenshots');
const pair = 'provider/seat-inventory/consumer/ticket-app';
const pages = [
  ['overview', '/'],
  ['contract', `/pacts/${pair}/latest`],
  ['matrix', `/matrix/${pair}`],
  ['changes', `/pacts/${pair}/diff`],
  ['network', '/network'],
];

const server = spawn(
  process.execPath,
  [join(root, 'bin', 'gitpact.js'), 'serve', '--port', '0', '--repo', contracts],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
server.stdout.setEncoding('utf8');
let said = '';
while (!/listening on (\S+)/.test(said)) {
  const [chunk] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
  if (typeof chunk !== 'string') throw new Error('The server ended. Has `npm run demo` been run?');
  said += chunk;
}
const url = /listening on (\S+)/.exec(said)[1];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1000, height: 620 } });
for (const [name, path] of pages) {
  const answer = await page.goto(url + path);
  if (!answer?.ok()) throw new Error(`${path} is answered with ${answer?.status()}`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`fixtures/screenshots/${name}.png`);
}
await browser.close();
server.kill();
