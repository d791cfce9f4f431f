import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readPlainYaml } from '../../src/format/plain-yaml.ts';

/** Words, and all that means something in YAML. */
const pieces = fc.constantFrom(
  ...[
    'name',
    'a',
    'B',
    'true',
    'no',
    'null',
    'Inf',
    'e',
    '1',
    '0x1',
    '2026-01-01',
    'T00:00:00.000Z',
    'ä',
    '日',
  ],
  ...[
    ' ',
    '  ',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    ' #',
    '?',
    ',',
    '[',
    ']',
    '{',
    '}',
    '&',
    '*',
    '!',
    '|',
    '>',
    "'",
    '"',
  ],
  ...[
    '%',
    '@',
    '`',
    '\\',
    '/',
    '.',
    '..',
    '_',
    '~',
    '+',
    '=',
    '<',
    '\t',
    '\r',
    '\n',
    '\n\n',
    '\n  ',
    '---',
    '...',
  ],
  ...['https://example.org/a?b#c', 'mainBranch: main', '\u0085', '\u2028', '\ufeff', '__proto__', 'toString'],
);
const word = fc.constantFrom('Web', 'main', 'a', 'x1', 'orders', 'team');
const scalar = fc
  .tuple(word, fc.option(pieces), fc.option(pieces), word)
  .map(([first, one, other, last]) => `${first}${one ?? ''}${other ?? ''}${last}`);
const key = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('name', 'key', 'on', 'constructor') },
  { weight: 1, arbitrary: scalar },
);
const value = fc.oneof(
  scalar,
  pieces,
  fc.array(pieces, { maxLength: 5 }).map((list) => list.join('')),
);
const fields = fc
  .array(fc.tuple(key, value), { maxLength: 3 })
  .map((list) => list.map(([name, text]) => `${name}: ${text}\n`).join(''));

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch {
    return 'no YAML';
  }
}

describe('YAML that needs no parser', () => {
  it('is read as the parser reads it, whatever the text', () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: fields }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }),
        (text) => {
          const plain = readPlainYaml(text);
          if (plain === undefined) return;
          read += 1;
          expect(plain).toEqual(parsed(text));
        },
      ),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  it('is what a store has of a pacticipant and of an environment', () => {
    const text =
      'name: Web App\ndisplayName: Web app\nmainBranch: feature/x\nrepositoryUrl: https://git.example.org/a/b.git\ncreatedAt: 2026-01-01T00:00:00.000Z\nproduction: true\n';
    expect(readPlainYaml(text)).toEqual({
      name: 'Web App',
      displayName: 'Web app',
      mainBranch: 'feature/x',
      repositoryUrl: 'https://git.example.org/a/b.git',
      createdAt: '2026-01-01T00:00:00.000Z',
      production: true,
    });
  });

  it.each([
    ['a list', 'labels:\n  - name: a\n'],
    ['a comment', 'name: a # b\n'],
    ['quotes', 'name: "a"\n'],
    ['a number', 'name: 1.10\n'],
    ['a word that is a truth elsewhere', 'name: yes\n'],
    ['a value in two lines', 'name: a\n  b\n'],
    ['a field twice', 'name: a\nname: b\n'],
    ['nothing', ''],
    ['no end of the last line', 'name: a'],
  ])('has not %s', (_what, text) => expect(readPlainYaml(text)).toBeUndefined());
});
