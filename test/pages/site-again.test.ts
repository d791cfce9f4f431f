import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { SitePress } from '../../src/cli/site-press.ts';
import type { CommitId } from '../../src/domain/names.ts';
import { entriesOf, type Folder, file, textOf } from '../../src/domain/tree.ts';
import { createApp } from '../../src/http/app.ts';
import { pathOf } from '../../src/render/pages/links.ts';
import { siteParts } from '../../src/render/pages/site.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { openStore } from '../../src/store/open.ts';
import { type Desk, desk } from '../cli/cli.ts';
import { anyStep, beginning, played } from '../helpers/any-story.ts';
import type { Story } from '../helpers/story.ts';
import { rootOf } from './stores.ts';

/** Two pacticipants that have to do with each other, and a third that can join them. */
const neighbours = beginning
  .publishes('Ant 1', 'Bee', { branch: 'main', content: 1 })
  .verifies('Bee 1', 'Ant 1', 'passed', { branch: 'main' })
  .deploys('Ant 1', 'live')
  .deploys('Bee 1', 'live')
  .publishes('Cat 1', 'Bee', { branch: 'main' });

/** Makes the contract repository of a desk what a story ends with. */
async function tell(at: Desk, told: Story): Promise<void> {
  const store = await openStore({
    repository: at.repository,
    cwd: at.folder,
    env: { PATH: process.env.PATH, HOME: at.folder },
    clock: () => new Date(told.at),
  });
  await store.transact({ title: 'Tell the story' }, () => ({ root: asNew(told.root), outcome: undefined }));
  await store.close();
}

/** The tree with nothing in it that lies in a repository yet: each desk has its own. */
function asNew(root: Folder): Folder {
  const entries = [...entriesOf(root)].map(
    ([name, node]) => [name, node.kind === 'folder' ? asNew(node) : file(textOf(node))] as const,
  );
  return { kind: 'folder', entries: new Map(entries) };
}

/** Every file of a site but what is remembered of it, with what it says. */
function contentsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file !== '.gitpact-site.json' && statSync(join(folder, file)).isFile())
    .sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** How many files were made, stayed and were taken away. */
async function site(at: Desk, ...more: string[]): Promise<readonly number[]> {
  const { out, err } = await at.gitpact('site', ...more);
  expect(err).toBe('');
  return [...(/(\d+) made, (\d+) as they were, (\d+) removed/.exec(out) ?? [])].slice(1).map(Number);
}

describe('a site that is made again', () => {
  it('is what it would be if it were made anew, whatever happened since', async () => {
    const turns = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 });
    const property = fc.asyncProperty(turns, async (steps) => {
      const at = await desk();
      let told = neighbours;
      await tell(at, told);
      await site(at, '--out', 'site');
      for (const turn of steps) {
        told = played(turn, told);
        await tell(at, told);
        await site(at, '--out', 'site');
      }
      await site(at, '--out', 'anew');
      expect(contentsOf(join(at.folder, 'site'))).toEqual(contentsOf(join(at.folder, 'anew')));
      expect((await site(at, '--out', 'site'))[0]).toBe(0);
    });
    await fc.assert(property, { numRuns: 6 });
  }, 240_000);

  it('says on every page which commit it shows, also on those that stay', async () => {
    const at = await desk();
    await tell(at, neighbours);
    await site(at, '--out', 'site');
    const page = join(at.folder, 'site', 'pacticipants', 'Ant.html');
    const before = statSync(page).mtimeMs;
    await tell(at, neighbours.publishes('Dog 1', 'Elk', { branch: 'main' }));
    const { out } = await at.gitpact('site', '--out', 'site');
    expect(statSync(page).mtimeMs).toBe(before);
    expect(readFileSync(page, 'utf8')).toContain('assets/as-of.css');
    const commit = /commit ([0-9a-f]{12})/.exec(out)?.[1] ?? 'none';
    expect(readFileSync(join(at.folder, 'site', 'assets', 'as-of.css'), 'utf8')).toContain(commit);
  });

  it('makes anew what is missing or cut short', async () => {
    const at = await desk();
    await tell(at, neighbours);
    await site(at, '--out', 'site');
    const folder = join(at.folder, 'site');
    const whole = contentsOf(folder);
    rmSync(join(folder, 'pacticipants', 'Ant.html'));
    writeFileSync(join(folder, 'index.html'), '<!doc');
    await site(at, '--out', 'site');
    expect(contentsOf(folder)).toEqual(whole);
  });

  it('takes away what is gone, with the folders it lay in', async () => {
    const at = await desk();
    await tell(at, neighbours.publishes('Dog 1', 'Elk', { branch: 'main' }));
    await site(at, '--out', 'site');
    await tell(at, neighbours);
    expect((await site(at, '--out', 'site'))[2]).toBeGreaterThan(5);
    expect(readdirSync(join(at.folder, 'site', 'pacts', 'provider'))).toEqual(['Bee']);
  });

  it.each([
    ['nothing that can be read', 'what is this'],
    [
      'files elsewhere',
      JSON.stringify({ maker: '', parts: {}, loose: ['../kept.txt', '/kept.txt', 'a/../../kept.txt'] }),
    ],
    [
      'parts that are none',
      JSON.stringify({ parts: { a: 1, b: { digest: 2 }, c: { digest: '', files: { x: '' } } } }),
    ],
  ])('is made in whole, and takes nothing else away, where it remembers %s', async (_what, text) => {
    const at = await desk();
    await tell(at, neighbours);
    await site(at, '--out', 'site');
    const whole = contentsOf(join(at.folder, 'site'));
    at.write('kept.txt', 'kept');
    at.write('site/.gitpact-site.json', text);
    expect((await site(at, '--out', 'site'))[1]).toBe(0);
    expect(contentsOf(join(at.folder, 'site'))).toEqual(whole);
    expect(readFileSync(join(at.folder, 'kept.txt'), 'utf8')).toBe('kept');
  });
});

describe('a folder that no site is', () => {
  it.each([
    ['with something in it', 'site/notes.txt', /site is no site: .*notes\.txt/],
    ['that is a file', 'site', /site is no folder/],
  ])('is refused: one %s', async (_what, file, words) => {
    const at = await desk();
    at.write(file, 'mine');
    const { code, err } = await at.gitpact('site', '--out', 'site');
    expect(code).toBe(2);
    expect(err).toMatch(words);
    expect(readFileSync(join(at.folder, file), 'utf8')).toBe('mine');
  });

  it('may be the checkout of a branch that a host publishes', async () => {
    const at = await desk();
    at.write('site/.git/HEAD', 'ref: refs/heads/gh-pages\n');
    at.write('site/CNAME', 'contracts.example.com\n');
    await site(at, '--out', 'site');
    expect(readFileSync(join(at.folder, 'site', 'CNAME'), 'utf8')).toBe('contracts.example.com\n');
  });
});

describe('a part of a site', () => {
  const random = fc.sample(fc.array(anyStep, { minLength: 20, maxLength: 40 }), { numRuns: 3, seed: 7 });

  it.each<readonly [name: string, root: Folder]>([
    ['ordinary', rootOf('ordinary')],
    ['hostile', rootOf('hostile')],
    ...random.map((steps, index) => [`random ${index}`, played(steps, neighbours).root] as const),
  ])('says the same as what is made of the whole store: %s', async (_name, root) => {
    const now = () => new Date('2026-01-01T00:00:00Z');
    const store = memoryStore({ clock: now });
    await store.transact({ title: 'Tell the story' }, () => ({ root, outcome: undefined }));
    const commit = (await store.tip()) as CommitId;
    const press = new SitePress(store, commit, now);
    const parts = await store.read(siteParts, commit);
    const planned = [];
    for (const part of parts) planned.push({ part, files: await press.plan(part) });
    const names = planned.flatMap(({ files }) => files.map(({ file }) => file));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) press.files.add(name);
    const whole = createApp(new Broker(store, now), { site: { files: press.files, commit } });
    for (const { part, files } of planned) {
      for (const { file, address } of files) {
        const accept = address.extension === '.svg' ? 'image/svg+xml' : 'text/html';
        const request = new Request(`http://site.invalid${pathOf('', address)}`, { headers: { accept } });
        const response = await whole.fetch(request);
        expect(String(await press.make(part, address)), file).toBe(await response.text());
      }
    }
  });
});
