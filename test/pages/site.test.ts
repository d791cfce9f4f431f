import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addresses } from '../../src/render/pages/links.ts';
import { fileOf } from '../../src/render/pages/site-file.ts';
import { newFolder } from '../cli/cli.ts';
import { deadLinks } from '../helpers/dead-links.mjs';
import { deskWith } from './desk-with.ts';
import type { StoreName } from './stores.ts';

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}

describe.each<StoreName>(['ordinary', 'hostile', 'empty'])('the site of the store: %s', (name) => {
  let folder: string;
  let told: string;

  beforeAll(async () => {
    const at = await deskWith(name);
    folder = join(at.folder, 'site');
    const ended = await at.gitpact('site', '--out', 'site');
    expect(ended.err).toBe('');
    told = ended.out;
  });

  it('has no dead link, and none that leaves it', () => expect(deadLinks(folder)).toEqual([]));

  it('has every file it told of, and says which commit it shows', () => {
    const pages = filesIn(folder).filter((file) => !/^assets|^\./.test(file));
    expect(told).toContain(`${pages.length} pages and badges in site: ${pages.length} made`);
    const [, commit = ''] = /commit ([0-9a-f]{40})/.exec(told) ?? [];
    expect(commit).not.toBe('');
    expect(readFileSync(join(folder, 'assets', 'as-of.css'), 'utf8')).toContain(commit.slice(0, 12));
  });

  it('shows nothing as markup that came as a name', () => {
    for (const file of filesIn(folder).filter((one) => /\.(html|svg)$/.test(one))) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text, file).not.toMatch(/<script>window|<img src=x|<b>prod|href="javascript:/);
    }
  });
});

describe('a site that is made again', () => {
  const summary = /(\d+) made, (\d+) as they were, (\d+) removed/;
  const counts = (out: string) => summary.exec(out)?.slice(1).map(Number);

  it('makes anew only what changed', async () => {
    const at = await deskWith('ordinary');
    const folder = join(at.folder, 'site');
    const first = counts((await at.gitpact('site', '--out', 'site')).out);
    expect(counts((await at.gitpact('site', '--out', 'site')).out)).toEqual([0, first?.[0], 0]);

    const apart = join(folder, fileOf(addresses.pacticipant('Kind v1-http')));
    const touched = join(folder, fileOf(addresses.pacticipant('Web')));
    const [apartBefore, touchedBefore] = [apart, touched].map((file) => statSync(file).mtimeMs);
    await at.gitpact('publish', at.pact('Web', 'Api', '/new'), '-a=4', '--branch=main');
    const second = counts((await at.gitpact('site', '--out', 'site')).out);
    expect(second?.[0]).toBeGreaterThan(0);
    expect(second?.[1]).toBeGreaterThan(20);
    expect(statSync(apart).mtimeMs).toBe(apartBefore);
    expect(statSync(touched).mtimeMs).not.toBe(touchedBefore);
    expect(readFileSync(touched, 'utf8')).toContain('>4<');
    expect(deadLinks(folder)).toEqual([]);
  });

  it('is made anew in whole with --all, and shows the past with --at without what came later', async () => {
    const at = await deskWith('ordinary');
    await at.gitpact('publish', at.pact('Newcomer', 'Api', '/new'), '-a=4', '--branch=main');
    await at.gitpact('site', '--out', 'site');
    const again = counts((await at.gitpact('site', '--out', 'site', '--all')).out);
    expect(again?.[1]).toBe(0);
    const past = await at.gitpact('site', '--out', 'site', '--at', 'HEAD~1');
    expect(counts(past.out)?.[2]).toBeGreaterThan(0);
    expect(readFileSync(join(at.folder, 'site', 'index.html'), 'utf8')).not.toContain('Newcomer');
  });
});

describe('the search for dead links', () => {
  it.each([
    ['<a href="there.html">', 'a file that is not there'],
    ['<a href="index.html#no">', 'a place that is not there'],
    ['<a href="#no">', 'a place in the page itself'],
    ['<img src="../out.svg">', 'a file outside'],
    ['<script src="https://example.com/x.js">', 'another host'],
    ['<a href="index.html?page=2">', 'what only a server answers'],
  ])('finds %s: %s', (html) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'index.html'), `<p id="yes"><a href="#yes">${html}`);
    expect(deadLinks(folder)).toHaveLength(1);
  });
});
