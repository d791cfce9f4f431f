import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { whyNotAName } from '../../src/domain/names.ts';

interface Hostile {
  readonly accepted: readonly { readonly why: string; readonly name: string }[];
  readonly refused: readonly { readonly why: string; readonly name: string; readonly says: string }[];
  readonly alike: readonly { readonly why: string; readonly names: readonly [string, string] }[];
}

/** Names that file systems, Git, shells, YAML or JavaScript trip over; and those that are refused. */
export const hostile = JSON.parse(
  readFileSync(new URL('../../fixtures/hostile-names.json', import.meta.url), 'utf8'),
) as Hostile;

const pieces = fc.constantFrom(
  '.',
  '..',
  '.git',
  '.GIT',
  'git~1',
  'CON',
  'nul',
  'com1',
  'LPT²',
  ' ',
  '/',
  '\\',
  ':',
  '~',
  '%',
  '%2F',
  '-',
  '\u200c',
  '\u202e',
  '\ufeff',
  'e\u0301',
  'é',
  'ß',
  'İ',
  '🦜',
  '\t',
  '.json',
  '.tests',
  'x'.repeat(179),
  'ü'.repeat(90),
);

/** Any name the Pact Broker accepts, with a liking for the pieces that hurt. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc
      .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 6 })
      .map((parts) => parts.join('')),
  )
  .map((text) => text.toWellFormed())
  .filter((text) => whyNotAName(text) === undefined);
