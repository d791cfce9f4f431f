import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHidden } from '../../src/domain/hidden-characters.ts';
import { markdownText } from '../../src/render/markdown-text.ts';

const pieces = fc.constantFrom(
  ...[
    'a',
    'Web',
    '1',
    '42',
    'é',
    '日',
    ' ',
    '  ',
    '    ',
    '.',
    ',',
    ';',
    "'",
    '"',
    '/',
    '?',
    '(',
    ')',
    '-',
    '--',
    '---',
  ],
  ...[
    '+',
    '=',
    '===',
    '>',
    '<',
    '<b>',
    '<!-- ',
    '<a@b.c>',
    '&',
    '&amp;',
    '&#46;',
    '&lt',
    '#',
    '##',
    '#1',
    '@',
    '@x',
    '!',
  ],
  ...[
    '!1',
    '$',
    '$a$',
    '%',
    '^',
    '*',
    '**',
    '*a*',
    '_',
    '__',
    '_a_',
    'a_b',
    '~',
    '~~',
    '~a~',
    '`',
    '``',
    '```',
    '[',
    ']',
  ],
  ...[
    '[a](b)',
    '![a](b)',
    '[x]',
    '|',
    '\\',
    '\\*',
    ':',
    '://',
    ':smile:',
    'http://',
    'https://x.y',
    'HTTP://X.Y',
  ],
  ...[
    'www.',
    'www.x.y',
    'WWW.X.Y',
    'mailto:a@b.c',
    'ftp://a.b',
    'xmpp:a@b.c',
    'GH-1',
    '1.',
    '1)',
    '\n',
    '\u202e',
    '\u0000',
  ],
);
const hostile = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((list) => list.join(''));

/** What a reader sees of entities and comments. */
function shown(markdown: string): string {
  return markdown
    .replaceAll('<!-- -->', '')
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)));
}

describe('a sentence in Markdown', () => {
  it.each([
    ['version 1.1.0 of foo_bar', 'version 1.1.0 of foo_bar'],
    ['Api-2 in prod (2.0), R&D: x/y, 50 % off!', 'Api-2 in prod (2.0), R&#38;<!-- -->D: x/y, 50 % off!'],
    ['1. one', '1&#46; one'],
    ['2) two', '2&#41; two'],
    ['- a list', '&#45; a list'],
    ['> a quote', '&#62; a quote'],
    ['    code', '&#32;   code'],
    ['ask @team', 'ask &#64;<!-- -->team'],
    ['see #12 and GH-3', 'see &#35;<!-- -->12 and GH&#45;<!-- -->3'],
    ['http://e.vil', 'http&#58;<!-- -->//e.vil'],
    ['www.e.vil', 'www&#46;e.vil'],
    ['_em_ a_b __c', '&#95;em&#95; a_b &#95;&#95;c'],
    [
      '[x](y) <b> `c` *d* ~e~',
      '&#91;x&#93;(y) &#60;b> &#96;c&#96; &#42;d&#42; &#126;<!-- -->e&#126;<!-- -->',
    ],
    ['a \\* b', 'a &#92;&#42; b'],
    [':tada: 10:30', '&#58;<!-- -->tada: 10:30'],
  ])('%s is written %s', (text, markdown) => expect(markdownText(text)).toBe(markdown));

  it('shows every character as it is, whatever names hold', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shown(markdownText(text))).toBe(escapeHidden(text));
      }),
      {
        numRuns: 2_000,
      },
    );
  });

  it.each([
    ['begins no list, quote, heading, line or code', /^(?:[-+*>#=]|\d+[.)]|\s|`|~)/],
    ['has no code, emphasis, link, HTML, formula or cell', /[`*~[\]<|$\\]/],
    ['has no emphasis by an underscore', /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u],
    ['has no entity of its own', /&(?!#\d+;)(?=[#\p{L}\p{N}])/u],
    ['has no address', /:\/\/|www\.|@/i],
    ['has no reference', /[#!^%]["\p{L}\p{N}]|\bGH-\d|:[\w+-]+:/iu],
  ])('%s, whatever names hold', (_what, alive) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const kept = markdownText(text)
          .replaceAll('<!-- -->', '')
          .replace(/&#\d+;/g, '\u00b7');
        expect(kept).not.toMatch(alive);
      }),
      { numRuns: 2_000 },
    );
  });
});
