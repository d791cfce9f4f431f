import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { answering, type Resource } from './resource.ts';

/** What pages load beside themselves, by name: the same file in the sources and in what is published. */
const types = {
  'pages.css': 'text/css',
  'pages.js': 'text/javascript',
  'explorer.js': 'text/javascript',
  'icon.svg': 'image/svg+xml',
} as const;

/** A file that pages load. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Every file that pages load; read once. */
export const assets: readonly Asset[] = Object.entries(types).map(([name, type]) => ({
  name,
  type,
  text: readFileSync(new URL(`../render/pages/assets/${name}`, import.meta.url), 'utf8'),
}));

/** Changes with any of the files, so that browsers may keep them for ever. */
export const assetVersion = createHash('sha256').update(JSON.stringify(assets)).digest('hex').slice(0, 12);

/** The files that pages load; an address with another version is answered all the same. */
export const assetResources: readonly Resource[] = assets.map(({ name, type, text }) => ({
  path: `/-/assets/${name.replace(/\.svg$/, '')}`,
  types: [type],
  GET: answering((x) => {
    const response = x.text(text);
    response.headers.set('cache-control', 'public, max-age=31536000, immutable');
    return response;
  }),
}));
