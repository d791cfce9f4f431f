import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { hostile } from '../format/names.ts';
import { commitFiles } from '../helpers/repository.ts';
import { type Desk, desk, expectTold, verified } from './cli.ts';

describe('graph, status, log and the forms of the matrix', () => {
  let at: Desk;

  beforeAll(async () => {
    at = await desk();
    await verified(at);
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=1.11', '--branch=main');
    await at.gitpact('publish', at.pact('App', 'Api'), '-a=3', '--branch=main');
  });

  it.each<[call: readonly string[], says: readonly string[]]>([
    [['graph'], ['Web\n└─ ~ Api  1.11: changed since it was verified\n', '3 pacticipants, 2 integrations']],
    [['graph', '--pacticipant=Web'], ['2 pacticipants, 1 integration:']],
    [['graph', '--environment=production'], ['Api [2.0]\n']],
    [['graph', '--label=none'], ['No pacticipant has the label none.\n']],
    [['graph', '--limit=1'], ['Not shown: 2 pacticipants and 2 integrations.\n']],
    [['graph', '--at=HEAD~2'], ['✓ Api  1.10: verified by 2.0\n']],
    [
      ['graph', '--output=mermaid'],
      ['flowchart LR\n', '  n2 -.->|'],
    ],
    [
      ['graph', '--output=dot'],
      ['digraph {\n', '"Web"'],
    ],
    [
      ['graph', '--output=svg'],
      ['<svg ', '>Web</text>'],
    ],
    [['status'], ['WHAT BLOCKS WHAT\n', '? Web 1.11 → production\n', '~ Web 1.11 → Api: changed since']],
    [['status', '--pacticipant=Api'], ['2.0 (head)']],
    [['status', '--at=HEAD~2'], ['✓ head can go']],
    [
      ['log', '--consumer=Web', '--provider=Api'],
      ['Web with Api: 2 contents\n', 'Web 1.11 (main) changed the contract.'],
    ],
    [['log', '--consumer=Web', '--provider=Api', '-n=1'], ['2 contents, 1 shown\n']],
    [['log', '--consumer=Web', '--provider=Api', '--at=HEAD~2'], ['Web with Api: 1 content\n']],
    [
      ['log', '--since=2026-01-01T00:00:06Z'],
      ['Publish Web 1.11', 'Publish App 3'],
    ],
    [
      ['matrix', '-a=Web', '-a=Api', '--output=grid'],
      ['down: Web   across: Api\n', '1.10 (main)  ✓ passed\n'],
    ],
    [
      ['matrix', '-a=Web', '-a=Api', '--output=csv'],
      ['consumer,consumerVersion,', '\nWeb,1.10,main,,Api,2.0,main,,true,'],
    ],
    [
      ['matrix', '-a=Web', '-a=Api', '--output=markdown'],
      ['**✅ 1 passed', '| `Web` | `1.10` | `Api` | `2.0` | ✅ passed |'],
    ],
    [['matrix', '-a=Web', '-a=Api', '--output=table'], ['│ Web      ┆ 1.10']],
  ])('%j', async (call, says) => {
    const { code, out, err } = await at.gitpact(...call);
    expect({ call, code, err }).toEqual({ call, code: 0, err: '' });
    for (const words of says) expect(out).toContain(words);
  });

  it('log --since shows nothing older', async () => {
    const { out } = await at.gitpact('log', '--since=2026-01-01T00:00:06Z');
    expect(out.trimEnd().split('\n').length).toBe(2);
    expect((await at.gitpact('log', '--since=2027-01-01')).out).toBe('');
  });

  it.each<[call: readonly string[], says: string, hint: string]>([
    [['graph', '--pacticipant=web'], 'Pacticipant web not found.', 'Did you mean "Web"?'],
    [
      ['graph', '--environment=prod'],
      "Environment with name 'prod' does not exist.",
      'There are: production.',
    ],
    [
      ['graph', '--output=png'],
      '--output: must be one of: text, json, mermaid, dot, svg (not "png")',
      '--help',
    ],
    [['graph', '--depth=0'], '--depth: must be a whole number from 1 (not "0")', '--help'],
    [
      ['status', '--environment=prod'],
      "Environment with name 'prod' does not exist.",
      'There are: production.',
    ],
    [['log', '--consumer=Web'], '--provider: is missing: a contract has both sides', '--help'],
    [['log', '--since=yesterday'], '--since: is not a date such as 2026-01-31', '--help'],
    [
      ['log', '--consumer=Api', '--provider=Web'],
      'No pact between Api and Web found.',
      'gitpact list-latest-pact-versions',
    ],
  ])('%j is refused', async (call, says, hint) => {
    expectTold(await at.gitpact(...call), { code: 2, says: [says], hint });
  });

  it('have a word to say of an empty repository', async () => {
    const empty = await desk();
    for (const call of ['graph', 'status']) {
      expect((await empty.gitpact(call)).out).toBe(
        'There is no pacticipant yet. Publish a pact with `gitpact publish`.\n',
      );
    }
    expect((await empty.gitpact('graph', '-o', 'svg')).out).toContain('<svg ');
    expect((await empty.gitpact('graph', '-o', 'mermaid')).out).toBe('flowchart LR\n');
  });
});

describe('hostile names', () => {
  const names = [
    ...hostile.accepted
      .map(({ name }) => name)
      .filter((name) => /[^\w.~ -]/.test(name))
      .slice(0, 12),
    'long'.repeat(50),
    '\u202eright to left',
    'a\u001b[31mred\u001b[2J',
  ];
  let at: Desk;

  beforeAll(async () => {
    at = await desk();
    await commitFiles(at.repository, { 'gitpact.yaml': 'format: 1\ncheckSimilarNames: false\n' });
    await at.gitpact('create-environment', '--name=production');
    const files = names.map((name, index) => at.pact(name, 'Behind', '/seats', `pacts/${index}.json`));
    for (const version of ['1', 'a\u202e\u001b[2J']) {
      const { code, err } = await at.gitpact('publish', ...files, `-a=${version}`, `--branch=${version}`);
      expect({ code, err }).toEqual({ code: 0, err: '' });
    }
    await at.gitpact('publish', at.pact(names.at(-1) ?? '', 'Behind', '/other', 'other.json'), '-a=9');
    for (const consumer of names.slice(-3)) {
      await at.gitpact(
        'record-verification',
        '--provider=Behind',
        '-a=\u202e1',
        `--consumer=${consumer}`,
        '--result=success',
      );
      await at.gitpact('record-deployment', `-a=${consumer}`, '-e=1', '--environment=production');
    }
  });

  const calls: readonly (readonly string[])[] = [
    ['graph'],
    ['graph', '--environment=production'],
    ['graph', '-o=mermaid'],
    ['graph', '-o=dot'],
    ['graph', '-o=svg'],
    ['status'],
    ...names
      .slice(-3)
      .flatMap((name) => [
        ['log', `--consumer=${name}`, '--provider=Behind'],
        ...['grid', 'csv', 'markdown', 'table'].map((form) => [
          'matrix',
          `-a=${name}`,
          '-a=Behind',
          `-o=${form}`,
        ]),
      ]),
  ];

  it.each(calls.map((call) => ({ call })))('are shown safely by $call', async ({ call }) => {
    const { code, out, err } = await at.gitpact(...call);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.length).toBeGreaterThan(20);
    expect(out).not.toMatch(/(?!\n)\p{Cc}|[\u200b\u202a-\u202e\u2066-\u2069]/u);
  });

  it.each([['graph'], ['status'], ['matrix', '-a=Behind', `-a=${'long'.repeat(50)}`, '-o=grid']])(
    'leave %s within 72 columns',
    async (...call) => {
      const out: string[] = [];
      const env = { PATH: process.env.PATH, GITPACT_REPO: at.repository };
      const code = await main({
        argv: call,
        env,
        cwd: at.folder,
        out: (text) => void out.push(text),
        err: () => undefined,
        now: () => new Date(),
        columns: 72,
        colour: true,
      });
      expect(code).toBe(0);
      const lines = stripVTControlCharacters(out.join('')).split('\n');
      const drawn = lines.filter(
        (line) => /^[│├└┌]|\s[✓✗·]/u.test(line) && !/[^\p{ASCII}│├└┌┐┘┆╞╪╡═─┬┴╌┼┤✓✗·?~…–]/u.test(line),
      );
      expect(drawn.length).toBeGreaterThan(0);
      for (const line of drawn) expect(line.length).toBeLessThanOrEqual(72);
    },
  );
});
