import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const entities = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };

/** The links of a site that lead nowhere or out of it, and those to a place that a page does not have, as `file: link`. */
export function deadLinks(folder) {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const dead = [];
  const places = new Map();
  for (const file of files) {
    if (!file.endsWith('.html')) continue;
    for (const link of linksIn(readFileSync(join(folder, file), 'utf8'))) {
      const { path, place } = targetOf(file, link);
      if (path === undefined || !files.has(path)) dead.push(`${file}: ${link}`);
      else if (place !== undefined) {
        if (!places.has(path)) places.set(path, new Map());
        if (!places.get(path).has(place)) places.get(path).set(place, `${file}: ${link}`);
      }
    }
  }
  for (const [path, wanted] of places) {
    const html = readFileSync(join(folder, path), 'utf8');
    for (const [place, from] of wanted) if (!html.includes(`id="${place}"`)) dead.push(from);
  }
  return dead;
}

/** What a page links to or loads; not what it was told to link to outside. */
function linksIn(html) {
  const links = [...html.matchAll(/<([a-z]+)((?:\s[^<>]*?)?)\s(?:href|src|action)="([^"]*)"([^<>]*)>/g)];
  return links
    .filter(([, , before, , after]) => !/\srel="noopener/.test(before + after))
    .map(([, , , link]) => link.replaceAll(/&(quot|#39|lt|gt|amp);/g, (_, name) => entities[name]));
}

function targetOf(file, link) {
  const base = 'http://site.invalid/in/';
  const url = URL.canParse(link, base + file) ? new URL(link, base + file) : undefined;
  if (!url?.href.startsWith(base) || url.search !== '') return {};
  const place = url.hash === '' ? undefined : decodeURIComponent(url.hash.slice(1));
  return { path: decodeURIComponent(url.pathname.slice('/in/'.length)), place };
}
