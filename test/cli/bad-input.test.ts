import { beforeAll, describe, expect, it } from 'vitest';
import { type Desk, desk, type Ended, newFolder, pactBetween } from './cli.ts';

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

/** A sentence, perhaps complaints, a hint; nothing said twice, no stack, nothing on standard output. */
function expectTold(
  { code, out, err }: Ended,
  expected: { code: number; says: readonly string[]; hint: string },
): void {
  expect({ code, out, err }).toMatchObject({ code: expected.code, out: '' });
  const lines = err.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^gitpact: \S.*[.'a-z]$/u);
  for (const words of expected.says) expect(err).toContain(words);
  expect(lines.at(-1)).toContain(expected.hint);
  const [sentence = '', ...others] = lines.map((line) => line.trim());
  expect(new Set(others).size).toBe(others.length);
  for (const line of others) expect(sentence).not.toContain(line.replace(/^(\S+): /, '$1 '));
  expect(err).not.toMatch(/\bat .*\.[jt]s:\d+|undefined|\[object/);
}

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
    ['a.json is not JSON', 'expected at most 200 levels of nesting'],
    'Correct the JSON',
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
    ['nothing at all', [], 'There is nothing to publish: no file, folder or glob was given.', 'For example'],
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
        '--output: must be one of: text, json (not "xml")',
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
    const told = await one.json('publish', ...files, '-a=1');
    expect(told).toMatchObject([
      { consumer: 'Web', published: true, contracts: [{ provider: 'Api', result: 'created' }] },
      { consumer: 'Deep', published: true },
    ]);
    const stored = one.git('show', 'HEAD:pacts/provider/Api/consumer/Web/latest.json');
    expect(stored).toContain('"__proto__"');
    expect(stored).toContain('"another"');
    await one.soundTip();
  });

  it('a folder stands for its *.json files, a glob for what it matches, each once', async () => {
    const one = await desk();
    one.pact('Web', 'Api', '/', 'pacts/web-api.json');
    one.pact('Web', 'Ledger', '/', 'pacts/web-ledger.json');
    one.write('pacts/README.md', '');
    const told = await one.json('publish', 'pacts', 'pacts/*-api.json', '-a=1');
    expect(told).toMatchObject([{ contracts: [{ provider: 'Api' }, { provider: 'Ledger' }] }]);
  });
});

describe('a repository that', () => {
  const call = ['publish', 'sound.json', '-a=2'];

  it.each([
    [
      'is not there',
      'nowhere.git',
      ['nowhere.git is not a Git repository: there is no such folder.'],
      'gitpact init',
    ],
    [
      'is not on this host',
      'file:///nowhere/at/all.git',
      ['There is no Git repository at this address'],
      'Check --repo',
    ],
    [
      'has another protocol',
      'ftp://example.org/x',
      ['"ftp://example.org/x" is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
    [
      'looks like an option',
      '--upload-pack=touch x',
      ['is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
    [
      'runs a program',
      'ext::sh -c touch% x',
      ['is not a place gitpact can find contracts at.'],
      'Give --repo a path',
    ],
  ])('%s is refused in words', async (_what, repo, says, hint) => {
    const calls = [call, ['matrix', '-a=Web'], ['can-i-deploy', '-a=Web', '-e=1'], ['log'], ['fsck']];
    for (const one of calls) expectTold(await at.gitpact(...one, `--repo=${repo}`), { code: 2, says, hint });
  });

  it('is an ordinary folder is refused in words', async () => {
    const repo = newFolder();
    for (const one of [call, ['matrix', '-a=Web'], ['log']]) {
      const ended = await at.gitpact(...one, `--repo=${repo}`);
      expectTold(ended, { code: 2, says: ['is not a Git repository'], hint: 'gitpact init' });
    }
  });

  it('cannot be reached is no fault of the question', async () => {
    const ended = await at.gitpact('matrix', '-a=Web', '--repo=http://127.0.0.1:1/x.git');
    expectTold(ended, { code: 4, says: ['cannot be reached'], hint: 'Check the network and --repo' });
  });

  it('has no contracts is refused in words', async () => {
    const other = await desk();
    const elsewhere = ['--ref=elsewhere', '--prefix=somewhere'];
    for (const where of elsewhere) {
      const ended = await other.gitpact('matrix', '-a=Web', where);
      expectTold(ended, { code: 2, says: ['gitpact.yaml is missing'], hint: 'gitpact init' });
    }
    const asked = await at.gitpact('init');
    expectTold(asked, { code: 2, says: ['This is a contract repository already.'], hint: 'gitpact publish' });
  });

  it('has a newer format is refused in words by every command', async () => {
    const newer = await desk();
    newer.write('sound.json', text);
    await newer.gitpact('publish', 'sound.json', '-a=1');
    newer.commit('gitpact.yaml', 'format: 2\n');
    const before = newer.git('rev-parse', 'HEAD');
    const calls = [
      call,
      ['matrix', '-a=Web'],
      ['can-i-deploy', '-a=Web', '-e=1'],
      ['log'],
      ['fsck'],
      ['create-environment', '--name=x'],
    ];
    for (const one of calls) {
      const ended = await newer.gitpact(...one);
      expectTold(ended, {
        code: 2,
        says: ['This contract repository has format 2; this gitpact knows format 1.'],
        hint: 'Upgrade gitpact',
      });
    }
    expect(newer.git('rev-parse', 'HEAD')).toBe(before);
  });

  it('has a file that was damaged by hand is named by the command that reads it', async () => {
    const damaged = await desk();
    await damaged.gitpact('publish', damaged.write('sound.json', text), '-a=1');
    damaged.commit('pacticipants/Web/pacticipant.yaml', 'name: [\n');
    const { code, out } = await damaged.gitpact('fsck');
    expect({ code, out }).toMatchObject({
      code: 1,
      out: expect.stringContaining('pacticipants/Web/pacticipant.yaml'),
    });
    const ended = await damaged.gitpact('publish', 'sound.json', '-a=2', '--branch=main');
    expectTold(ended, {
      code: 2,
      says: ['The file pacticipants/Web/pacticipant.yaml of the contract repository is not YAML'],
      hint: 'gitpact fsck',
    });
  });
});
