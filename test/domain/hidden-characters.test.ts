import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeHidden } from '../../src/domain/hidden-characters.ts';

it.each([
  ['plain Ünï ✅ 東京 e\u0301', 'plain Ünï ✅ 東京 e\u0301'],
  ['\x07\x1b[2J\x7f', '\\u0007\\u001b[2J\\u007f'],
  ['next\u0085line \u009b31m', 'next\\u0085line \\u009b31m'],
  ['abc\u202etxt.exe\u202c', 'abc\\u202etxt.exe\\u202c'],
  ['\u2066a\u2069\u200e\u061c', '\\u2066a\\u2069\\u200e\\u061c'],
  ['We\u200bb \ufeffWeb We\u2060b', 'We\\u200bb \\ufeffWeb We\\u2060b'],
  ['a\u2028b', 'a\\u2028b'],
  ['tag \u{e0041}', 'tag \\udb40\\udc41'],
  ['👩‍💻 👩🏽‍🚀 🏳️‍🌈', '👩‍💻 👩🏽‍🚀 🏳️‍🌈'],
  ['We\u200db', 'We\\u200db'],
])('%j shows as %s', (text, shown) => {
  expect(escapeHidden(text)).toBe(shown);
});

it('leaves what is kept', () => {
  expect(escapeHidden('a\tb\nc\u0085', '\t\n')).toBe('a\tb\nc\\u0085');
});

it('in JSON, is the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(escapeHidden(JSON.stringify(text)))).toBe(text);
    }),
  );
});
