import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { overview } from '../../src/cli/help.ts';
import { main } from '../../src/cli/main.ts';
import { withProgress } from '../../src/cli/progress.ts';
import type { World } from '../../src/cli/world.ts';
import { terminalTable } from '../../src/render/terminal-table.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { Desk, desk } from './cli.ts';

describe('tables fit the terminal', () => {
  const rows = [
    ['ticket-app', 'x'.repeat(40), 'seat-inventory', 'true'],
    ['Web', '1', 'Api', 'false'],
  ];
  const head = ['CONSUMER', 'C.VERSION', 'PROVIDER', 'SUCCESS?'];

  it.each([200, 90, 80, 70, 60, 56])('of %d columns', (columns) => {
    const table = terminalTable(head, rows, columns);
    const lines = table.split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(table.match(/x/g)?.length).toBe(40);
    for (const name of head) expect(lines[1]).toContain(name);
  });

  it('and are lists of names and values where not even the heads fit', () => {
    const table = terminalTable(head, [['Web', '1', 'Api\n(main)', ''], ...rows], 40);
    expect(table.split('\n\n')[0]).toBe(
      'CONSUMER   Web\nC.VERSION  1\nPROVIDER   Api\n           (main)\nSUCCESS?',
    );
    expect(table.split('\n\n').length).toBe(3);
  });

  it('and are as they are without one', () => {
    expect(terminalTable(head, rows, Number.POSITIVE_INFINITY)).toBe(terminalTable(head, rows));
    expect(terminalTable(head, rows)).toContain('x'.repeat(40));
  });
});

describe('slips of the finger', () => {
  it.each([
    [['publsh'], 'Did you mean `gitpact publish`?'],
    [['deploy'], '`gitpact can-i-deploy`, `gitpact record-deployment` or'],
    [['frobnicate'], 'See all commands with `gitpact --help`.'],
    [['--verison'], 'Did you mean `gitpact --version`?'],
    [['--vibes'], 'Give the command first: gitpact <command> [options].'],
    [['matrix', '--pacticipnat=Web'], 'did you mean --pacticipant?'],
    [
      ['matrix', '-a=Web', '--output=jsn'],
      'must be one of: text, table, grid, json, csv, markdown (not "jsn"); did you mean json?',
    ],
    [['completion', 'bsh'], 'must be one of: bash, zsh, fish; did you mean bash?'],
  ])('%j', async (argv, told) => {
    const { code, err } = await new Desk().gitpact(...argv);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(told) });
  });
});

describe('a bug', () => {
  it.each([
    [[], false],
    [['--debug'], true],
  ])('with %j shows its stack: %s', async (more, shows) => {
    const err: string[] = [];
    const code = await main({
      argv: ['init', '--repo', 'contracts.git', ...more],
      env: { PATH: process.env.PATH },
      cwd: new Desk().folder,
      out: () => {
        throw new TypeError('out of ink');
      },
      err: (text) => void err.push(text),
      now: () => new Date(),
      columns: 80,
      colour: false,
    });
    expect(code).toBe(70);
    expect(err.join('')).toContain('out of ink');
    expect(/\n\s+at /.test(err.join(''))).toBe(shows);
  });
});

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const shown = (): { world: World; lines: (string | undefined)[] } => {
    const lines: (string | undefined)[] = [];
    return {
      lines,
      world: { status: (line: string | undefined) => void lines.push(line) } as unknown as World,
    };
  };

  it('is shown of what takes longer than a second, and taken away', async () => {
    const { world, lines } = shown();
    const slow = memoryStore();
    slow.read = () => new Promise((resolve) => setTimeout(() => resolve(7 as never), 2_500));
    const reading = withProgress(slow, world).read(() => 7);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await reading).toBe(7);
    expect(lines).toEqual([
      'Reading the contract repository … 1 s',
      'Reading the contract repository … 2 s',
      undefined,
    ]);
  });

  it('is not shown of what is quick, nor where there is no terminal', async () => {
    const { world, lines } = shown();
    await withProgress(memoryStore(), world).read(() => 1);
    expect(lines).toEqual([]);
    const store = memoryStore();
    expect(withProgress(store, {} as World)).toBe(store);
  });
});

describe('completion', () => {
  const script = async (shell: string) => (await new Desk().gitpact('completion', shell)).out;

  /** What bash would offer for the last of these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const call = `COMP_WORDS=(gitpact "$@"); COMP_CWORD=$#; _gitpact; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `${await script('bash')}\n${call}`, 'bash', ...words],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean);
  }

  it('offers in bash the commands, their options, and the values these take', async () => {
    expect(await offered('pub')).toEqual(['publish']);
    expect(await offered('')).toEqual(expect.arrayContaining([...Object.keys(commands), 'help']));
    expect(await offered('publish', '--consumer-app')).toEqual(['--consumer-app-version']);
    expect(await offered('matrix', '--output', 'j')).toEqual(['json']);
    expect(await offered('matrix', '-o', '')).toEqual(['text', 'table', 'grid', 'json', 'csv', 'markdown']);
    expect(await offered('matrix', '--output', '=', 'j')).toEqual(['json']);
    expect(await offered('matrix', '--output', '=')).toHaveLength(6);
    expect(await offered('help', 'pub')).toEqual(['publish']);
    expect(await offered('completion', 'f')).toEqual(['fish']);
    expect(await offered('webhooks', 'r')).toEqual(['run']);
    expect(await offered('webhooks', '')).toEqual(Object.keys(commands.webhooks?.members ?? {}));
    expect(await offered('webhooks', 'run', '--wa')).toEqual(['--wait']);
    expect(await offered('publish', 'pacts')).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])(
    'names every command and option for %s, with its quotes in pairs',
    async (shell) => {
      const text = await script(shell);
      for (const [name, { load, members = {} }] of Object.entries(commands)) {
        expect(text).toContain(name);
        for (const one of [load, ...Object.values(members)]) {
          for (const option of Object.keys((await one()).command.options)) expect(text).toContain(option);
        }
      }
      for (const line of text.split('\n').filter((line) => !line.startsWith('#'))) {
        expect((line.replaceAll("'\\''", '').match(/'/g) ?? []).length % 2).toBe(0);
      }
    },
  );
});

it.each([30, 60, 80])('shows all commands in %d columns, and breaks lines between words', (columns) => {
  const text = overview(true, columns);
  const whole = overview(true, Number.POSITIVE_INFINITY);
  expect(text.replace(/\s+/g, ' ')).toBe(whole.replace(/\s+/g, ' '));
  const rows = text.slice(text.indexOf('\n  '), text.indexOf('\nHelp for one')).split('\n');
  const tooWide = rows.filter((row) => row.length > columns && row.trim().split(/\s+/).length > 2);
  expect(tooWide).toEqual([]);
});

it('shows the five commands one starts with', async () => {
  const { out } = await (await desk()).gitpact();
  for (const name of ['init', 'publish', 'verify', 'can-i-deploy', 'record-deployment']) {
    expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  }
  expect(out.match(/^ {2}\S/gm)?.length).toBe(5);
});

it.each(Object.keys(commands))('has help with an example for %s', async (name) => {
  const { code, out } = await new Desk().gitpact(name, '--help');
  expect(code).toBe(0);
  expect(out).toMatch(/Examples:\n {2}\S/);
});
