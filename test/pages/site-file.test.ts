import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addresses } from '../../src/render/pages/links.ts';
import { fileOf, relativeLink } from '../../src/render/pages/site-file.ts';

const pacticipant = (name: string) => fileOf(addresses.pacticipant(name));

/** Names that some disk, host or browser takes for something else. */
const awkward = [
  ...[
    '.',
    '..',
    '...',
    '-',
    '~',
    ' ',
    '%',
    '%2F',
    '%2f',
    '/',
    '\\',
    'a/b',
    'a\\b',
    'a%2Fb',
    'a:b',
    'C:',
    '?',
    '#',
    '*',
  ],
  ...[
    'con',
    'CON',
    'aux.txt',
    'nul',
    'com1',
    'lpt9.log',
    'index',
    'index.html',
    'a.html',
    'a',
    'a.svg',
    'a.',
    ' a',
    'a ',
  ],
  ...[
    '.git',
    '.nojekyll',
    '_layouts',
    '__proto__',
    'constructor',
    'شركة',
    '\u202eabc',
    '😀',
    '😀😀',
    'é',
    'e\u0301',
  ],
  ...[
    'L'.repeat(200),
    `${'L'.repeat(199)}M`,
    '日'.repeat(200),
    '~'.repeat(40),
    'a~b',
    'a-b',
    'a b',
    '<script>',
    '"',
    "'",
  ],
];

describe('the file of a name in a site', () => {
  it('is one that every disk and host keeps, and every browser finds by a link without encoding', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...awkward), fc.string({ minLength: 1, unit: 'grapheme' })),
        (name) => {
          const file = pacticipant(name);
          expect(file).toMatch(/^pacticipants\/[A-Za-z0-9_~][A-Za-z0-9_.~-]{0,110}\.html$/);
          expect(file).not.toMatch(/\/(con|prn|aux|nul|com\d|lpt\d)\./i);
          const link = relativeLink('index.html', file);
          expect(new URL(link, 'https://host.example/site/').pathname).toBe(`/site/${file}`);
        },
      ),
    );
  });

  it('is a file of its own', () => {
    const files = awkward.flatMap((name) => [pacticipant(name), fileOf(addresses.networkOf(name))]);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
        expect(pacticipant(one) === pacticipant(other)).toBe(one === other);
      }),
    );
  });

  it('is no folder of another name', () => {
    const folders = awkward.map((name) => fileOf(addresses.networkOf(name)).replace(/\/[^/]*$/, ''));
    for (const name of awkward) expect(folders).not.toContain(pacticipant(name));
  });

  it.each([
    [[], 'index.html'],
    [['network', 'all'], 'network/all.html'],
    [
      addresses.contract({ consumer: 'Web', provider: 'Api' }, 'abc').segments,
      'pacts/provider/Api/consumer/Web/pact-version.abc.html',
    ],
  ])('is readable: %j', (segments, file) => expect(fileOf({ segments })).toBe(file));
});

describe('the way from one file of a site to another', () => {
  it.each([
    ['index.html', 'history.html', 'history.html'],
    ['pacticipants/Web/network.html', 'pacticipants/Web.html', '../Web.html'],
    ['pacts/provider/Api/consumer/Web/latest.html', 'pacts/provider/Api/consumer/Web/diff.html', 'diff.html'],
    ['pacts/provider/Api/consumer/Web/latest.html', 'index.html', '../../../../../index.html'],
  ])('from %s to %s is %s', (from, to, link) => expect(relativeLink(from, to)).toBe(link));
});
