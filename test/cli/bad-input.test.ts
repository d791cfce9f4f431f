import { beforeAll, describe, expect, it } from 'vitest';
import { textIn } from '../helpers/repository.ts';
import { type Desk, desk, expectTold, pactBetween } from './cli.ts';

const pact = pactBetween('Web', 'Api', '/');
const text = JSON.stringify(pact);

/** An interaction whose body lies in so many arrays. */
function nested(levels: number): string {
  return text.replace('"status":200', `"status":200,"body":${'['.repeat(levels)}${']'.repeat(levels)}`);
}

let at: Desk;
let tip: string;

beforeAll(async () => {
  at = await desk();
  await at.gitpact('publish', at.write('sound.json', text), '-a=1');
  tip = await at.soundTip();
});

type Case = readonly [
  what: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  says: readonly string[],
  hint: string,
];

const cases: readonly Case[] = [
  [
    'text that is not JSON',
    { 'a.json': 'hello' },
    ['a.json is not JSON: line 1, column 1: expected a value, found "h"'],
    'Correct the JSON',
  ],
  [
    'JSON that breaks off',
    { 'a.json': text.slice(0, -1) },
    ['a.json is not JSON', 'found the end'],
    'Correct the JSON',
  ],
  [
    'JSON that is not a pact',
    { 'package.json': '{"name": "x", "version": "1.0.0"}' },
    [
      'package.json is not a pact: consumer.name is missing; provider.name is missing; interactions or messages must be there.',
    ],
    'Give only the files',
  ],
  ['a list', { 'a.json': '[1]' }, ['a.json is not a pact: pact must be an object.'], 'Give only'],
  [
    'a pact with odd names',
    { 'a.json': '{"consumer": {"name": 1}, "provider": {"name": " "}, "messages": {}}' },
    ['consumer.name must be a string; provider.name cannot be blank; messages must be an array'],
    'Give only',
  ],
  ['an empty file', { 'a.json': '' }, ['a.json is empty.'], 'Did the consumer tests end'],
  [
    'nothing but white space',
    { 'a.json': ' \n' },
    ['a.json is not JSON', 'found the end'],
    'Correct the JSON',
  ],
  [
    'UTF-16',
    { 'a.json': Buffer.from(`\ufeff${text}`, 'utf16le') },
    ['a.json has a non UTF-8 character at char 1 '],
    'JSON is always UTF-8',
  ],
  [
    'Latin-1',
    { 'a.json': Buffer.from(text.replace('Web', 'Wéb'), 'latin1') },
    ['a.json has a non UTF-8 character at char 23 ', `'{"consumer":{"name":"W'`],
    'JSON is always UTF-8',
  ],
  [
    'a pact of 50 MB',
    { 'a.json': text.replace('"/"', `"/${'x'.repeat(50_000_000)}"`) },
    ['a.json has 50 MB; a pact may have 32 MiB.'],
    'use matchers and short examples',
  ],
  [
    '10,000 levels of nesting',
    { 'a.json': nested(10_000) },
    [
      'a.json is nested too deeply: line 1, column',
      'begins level 201 of objects and arrays; 200 are the most.',
    ],
    'give a shorter example',
  ],
  [
    'two files of one pair that contradict each other',
    { 'a.json': text, 'b.json': text.replace('"/"', '"/other"') },
    [
      'The pacts between Web and Api do not fit together.',
      'b.json: an interaction with the same description ("a request")',
    ],
    'Use a different description',
  ],
  [
    'several bad files at once',
    { 'a.json': 'x', 'b.json': '', 'c.json': '{}', 'd.json': text },
    [
      '3 of 4 files cannot be published.',
      '  a.json is not JSON',
      '  b.json is empty.',
      '  c.json: consumer.name is missing',
    ],
    'Nothing was published.',
  ],
];

describe('publishing', () => {
  it.each(cases)('%s is refused in words', async (_what, files, says, hint) => {
    const paths = Object.entries(files).map(([name, content]) => at.write(name, content));
    expectTold(await at.gitpact('publish', ...paths, '-a=2'), { code: 2, says, hint });
    expect(await at.soundTip()).toBe(tip);
  });

  it.each([
    ['nothing at all', [], '<file|folder|glob>…: is missing', 'See `gitpact publish --help`.'],
    [
      'a file that is not there',
      ['nowhere.json'],
      'nowhere.json: does not exist',
      'Run the consumer tests first',
    ],
    [
      'a glob without match',
      ['pacts/**/*.json'],
      'pacts/**/*.json: matches no file',
      'Run the consumer tests first',
    ],
    ['a folder without pacts', ['empty'], 'empty: has no *.json files in it', 'Run the consumer tests first'],
  ])('%s is refused in words', async (_what, operands, says, hint) => {
    at.write('empty/README.md', 'nothing here');
    expectTold(await at.gitpact('publish', ...operands, '-a=2'), { code: 2, says: [says], hint });
    expect(await at.soundTip()).toBe(tip);
  });

  it('all missing flags and unknown ones are told at once', async () => {
    const ended = await at.gitpact('publish', 'sound.json', '--brnch', 'x', '--tag', '--output=xml');
    expectTold(ended, {
      code: 2,
      says: [
        '--brnch: is unknown; did you mean --branch?',
        '--consumer-app-version: is missing',
        '--tag: needs a value',
        '--output: must be one of: text, table, json, pretty (not "xml")',
      ],
      hint: 'See `gitpact publish --help`.',
    });
  });
});

describe('publishing what is odd but sound', () => {
  it('as deep as pacts go, a byte order mark, keys of every object, two files that fit together', async () => {
    const one = await desk();
    const other = JSON.stringify({
      ...pact,
      interactions: [{ ...pact.interactions[0], description: 'another' }],
    });
    const files = [
      one.write(
        'a.json',
        `\ufeff${text.replace('"status":200', '"status":200,"body":{"__proto__":{"constructor":1}}')}`,
      ),
      one.write('b.json', other),
      one.write('c.json', nested(150).replaceAll('Web', 'Deep')),
    ];
    const told = await one.published(...files, '-a=1');
    expect(told).toMatchObject([
      { consumer: 'Web', published: true, contracts: [{ provider: 'Api', result: 'created' }] },
      { consumer: 'Deep', published: true },
    ]);
    const stored = await textIn(one.repository, 'pacts/provider/Api/consumer/Web/latest.json');
    expect(stored).toContain('"__proto__"');
    expect(stored).toContain('"another"');
    await one.soundTip();
  });

  it('a folder stands for its *.json files, a glob for what it matches, each once', async () => {
    const one = await desk();
    one.pact('Web', 'Api', '/', 'pacts/web-api.json');
    one.pact('Web', 'Ledger', '/', 'pacts/web-ledger.json');
    one.write('pacts/README.md', '');
    const told = await one.published('pacts', 'pacts/*-api.json', '-a=1');
    expect(told).toMatchObject([{ contracts: [{ provider: 'Api' }, { provider: 'Ledger' }] }]);
  });
});
