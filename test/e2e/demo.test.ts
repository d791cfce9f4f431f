import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deadLinks } from '../helpers/dead-links.mjs';
import { titlesOf } from '../helpers/repository.ts';
import { installed, newFolder, start } from './installed.ts';

it('the demo tells its whole story, and leaves a repository to play with', async () => {
  const app = installed();
  const folder = join(newFolder(), 'demo');
  const demo = [join(app, 'test', 'demo', 'demo.mjs'), folder];
  const { code, out } = await start(process.execPath, demo, { cwd: app }).ended;
  expect(code).toBe(0);
  const story = [
    'Created the contract repository',
    'Pact successfully published for ticket-app version app-1 and provider seat-inventory.',
    '1 passed, 0 failed (recorded).',
    'Computer says yes',
    'May break the provider.',
    '$.response.body.row',
    'nobody has verified it yet',
    '0 passed, 1 failed (recorded).',
    'Computer says no',
    '│ ticket-app ┆ app-2 ',
    'The contract repository is sound.',
    'Make this a contract repository',
  ];
  let at = 0;
  for (const line of story) {
    expect(out.slice(at)).toContain(line);
    at = out.indexOf(line, at) + line.length;
  }
  expect(out).not.toContain(app);
  const [newest] = await titlesOf(join(folder, 'contracts.git'));
  expect(newest).toBe('Verify seat-inventory inventory-1: ticket-app failed');

  const site = [join(app, 'bin', 'gitpact.js'), 'site', '--repo', 'contracts.git', '--out', 'site'];
  expect(await start(process.execPath, site, { cwd: folder }).ended).toMatchObject({ code: 0, err: '' });
  expect(existsSync(join(folder, 'site', 'index.html'))).toBe(true);
  expect(deadLinks(join(folder, 'site'))).toEqual([]);
});
