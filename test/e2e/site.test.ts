import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { type Story, story } from '../helpers/story.ts';
import { bundled, newFolder, start } from './installed.ts';

/** A ring of services, each a consumer of the next. */
function ring(services: number): Story {
  return Array.from({ length: services }).reduce<Story>(
    (before, _, index) => {
      const provider = `service-${(index + 1) % services}`;
      return before
        .publishes(`service-${index} 1`, provider, { branch: 'main', content: 1 })
        .publishes(`service-${index} 2`, provider, { branch: 'main', content: 2 });
    },
    story().creates('production', true),
  );
}

function pagesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
}

it('a site that was killed while it was made is healed by the next run', async () => {
  const app = bundled();
  const folder = newFolder();
  const env = { GITPACT_REPO: join(folder, 'contracts.git') };
  const gitpact = (...args: string[]) =>
    start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env });
  expect(await gitpact('init').ended).toMatchObject({ code: 0 });
  const store = await openStore({
    repository: env.GITPACT_REPO,
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder },
    clock: () => new Date(),
  });
  const { root } = ring(30);
  await store.transact({ title: 'Tell the story' }, () => ({ root, outcome: undefined }));
  await store.close();

  const site = join(folder, 'site');
  const killed = gitpact('site', '--out', 'site');
  while (pagesIn(site).length < 20) await sleep(5);
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toMatchObject({ signal: 'SIGKILL' });
  expect(existsSync(join(site, 'index.html'))).toBe(false);

  expect(await gitpact('site', '--out', 'site').ended).toMatchObject({ code: 0, err: '' });
  expect(await gitpact('site', '--out', 'anew').ended).toMatchObject({ code: 0, err: '' });
  const pages = pagesIn(join(folder, 'anew'));
  expect(pages.length).toBeGreaterThan(200);
  expect([...pagesIn(site)].sort()).toEqual([...pages].sort());
  for (const page of pages) {
    expect(
      readFileSync(join(site, page), 'utf8') === readFileSync(join(folder, 'anew', page), 'utf8'),
      page,
    ).toBe(true);
  }
}, 240_000);
