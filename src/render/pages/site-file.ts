import { createHash } from 'node:crypto';
import type { Address } from './address.ts';

/** Names that are the name of a file everywhere: on any disk, on any host, in any URL without being encoded. */
const plain = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?$/;

/** Names of devices of Windows with whatever ending, and what may be the name of a page itself. */
const taken = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)|\.(html|svg)$/i;

/** How much of another name is left to be recognized by. */
const shownLength = 60;

/** How many segments are folders, by the first of them: what is told of one pair or pacticipant lies in one folder. */
const depths: Readonly<Record<string, number>> = { pacts: 5, pacticipants: 2 };

/**
 * The file of an address in a site: ASCII letters, digits and `_.-~` only, so that every host and every disk keeps it, and a
 * link to it needs no encoding. A page ends in `.html`; the first page is `index.html`.
 */
export function fileOf({ segments, extension = '.html' }: Address): string {
  if (segments.length === 0) return `index${extension}`;
  const parts = segments.map(siteSegment);
  const depth = depths[segments[0] ?? ''] ?? parts.length - 1;
  const name = parts.slice(depth).join('.');
  return [...parts.slice(0, depth), ...(name === '' ? [] : [name])].join('/') + extension;
}

/** The way from one file of a site to another, as a relative URL. */
export function relativeLink(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  const shared = here.findIndex((segment, index) => segment !== there[index]);
  const kept = shared === -1 ? here.length : shared;
  return [...here.slice(kept).map(() => '..'), ...there.slice(kept)].join('/');
}

/** A name itself where it is plain, else what is plain of it, `~`, and the beginning of the SHA-1 of the whole. */
function siteSegment(name: string): string {
  if (plain.test(name) && !taken.test(name)) return name;
  const shown = name
    .replaceAll(/[^A-Za-z0-9_]+/g, '-')
    .slice(0, shownLength)
    .replaceAll(/^-+|-+$/g, '');
  return `${shown}~${createHash('sha1').update(name, 'utf8').digest('hex').slice(0, 12)}`;
}
