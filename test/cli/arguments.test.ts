import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { complaintsAboutSelectors, selectorsIn } from '../../src/cli/version-arguments.ts';
import { Desk } from './cli.ts';

const at = new Desk();
const packageVersion = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

describe('which version is whose', () => {
  it.each([
    [
      '--pacticipant A --version 1 --pacticipant B --latest main --ignore C --version 2',
      [
        { pacticipant: 'A', version: '1' },
        { pacticipant: 'B', latest: true, tag: 'main' },
      ],
      [{ pacticipant: 'C', version: '2' }],
    ],
    [
      '-a A -e 1.10 -a B -l',
      [
        { pacticipant: 'A', version: '1.10' },
        { pacticipant: 'B', latest: true },
      ],
      [],
    ],
    ['-a=A -e=1.10 --to-environment=prod', [{ pacticipant: 'A', version: '1.10' }], []],
    ['--pacticipant=A=B --version=1=2', [{ pacticipant: 'A=B', version: '1=2' }], []],
    ['--to-environment prod --pacticipant A', [{ pacticipant: 'A' }], []],
    ['-a A --branch feat/x', [{ pacticipant: 'A', branch: 'feat/x', latest: true }], []],
    [
      '-a A --main-branch -a B --tag t',
      [
        { pacticipant: 'A', mainBranch: true, latest: true },
        { pacticipant: 'B', tag: 't' },
      ],
      [],
    ],
    [
      '-a A --latest -a B -e 2',
      [
        { pacticipant: 'A', latest: true },
        { pacticipant: 'B', version: '2' },
      ],
      [],
    ],
    [
      '-a A -e 1 -a A -e 2',
      [
        { pacticipant: 'A', version: '1' },
        { pacticipant: 'A', version: '2' },
      ],
      [],
    ],
    ['-a A -e -1', [{ pacticipant: 'A', version: '-1' }], []],
    ['-a A --version=--odd', [{ pacticipant: 'A', version: '--odd' }], []],
    ['-a A --ignore B --ignore C', [{ pacticipant: 'A' }], [{ pacticipant: 'B' }, { pacticipant: 'C' }]],
    ['-a A -- --version 9', [{ pacticipant: 'A' }], []],
  ])('%s', (line, selectors, ignore) => {
    expect(selectorsIn(line.split(' '))).toEqual({ selectors, ignore, misplaced: [] });
  });

  it.each(['--version 1 -a A', '-e 1', '--latest -a A', '--branch x -a A', '--tag x', '--main-branch'])(
    'is not guessed: %s',
    (line) => {
      expect(complaintsAboutSelectors(line.split(' '))).toEqual([
        { where: expect.stringMatching(/^--?[a-z-]+$/), text: expect.stringContaining('not clear whose') },
      ]);
    },
  );
});

describe('gitpact', () => {
  it('--version is its own, an option of a command is the command’s', async () => {
    expect(await at.gitpact('--version')).toEqual({ code: 0, out: `${packageVersion}\n`, err: '' });
    const { code, err } = await at.gitpact('record-deployment', '--version');
    expect(code).toBe(2);
    expect(err).toContain('--version: needs a value');
  });

  it('alone shows where to begin, --help all commands', async () => {
    const brief = await at.gitpact();
    expect(brief).toMatchObject({ code: 0, err: '' });
    expect(brief.out).toContain('All commands: gitpact --help');
    for (const flag of ['--help', '-h', 'help']) {
      const { code, out } = await at.gitpact(flag);
      expect(code).toBe(0);
      expect(out).toContain('Exit codes: 0 yes or done, 1 no, 2 asked wrongly');
      for (const name of Object.keys(commands)) expect(out).toContain(`  ${name} `);
    }
  });

  it.each(Object.keys(commands))(
    '%s --help shows every option with what it is for, and an example',
    async (name) => {
      const { command } = (await commands[name]?.load()) ?? {};
      if (!command) throw new Error(`no command ${name}`);
      const asked = await at.gitpact(name, '--help');
      expect(asked).toMatchObject({ code: 0, err: '' });
      expect(asked.out).toBe((await at.gitpact('help', name)).out);
      expect(asked.out).toContain(`Usage: gitpact ${name} [options]`);
      const flat = asked.out.replace(/\s+/g, ' ');
      for (const [option, { about }] of Object.entries(command.options)) {
        expect(flat).toContain(`--${option}`);
        expect(about).not.toBe('');
      }
      expect(command.examples.length).toBeGreaterThan(0);
      for (const [line] of command.examples) expect(asked.out).toContain(`  ${line}\n`);
    },
  );

  it.each([
    ['can-i-deplyo', 'Did you mean `gitpact can-i-deploy`?'],
    ['publsh', 'Did you mean `gitpact publish`?'],
    ['frobnicate', 'See all commands with `gitpact --help`.'],
    ['constructor', 'See all commands with `gitpact --help`.'],
    ['__proto__', 'See all commands with `gitpact --help`.'],
    ['', 'See all commands with `gitpact --help`.'],
  ])('knows no command %j', async (name, hint) => {
    for (const call of [[name], ['help', name]]) {
      expect(await at.gitpact(...call)).toEqual({
        code: 2,
        out: '',
        err: `gitpact: There is no command "${name}".\n  ${hint}\n`,
      });
    }
  });

  it.each([
    [['log', '--limt=3'], '--limt: is unknown; did you mean --limit?'],
    [['log', '--limit=three'], '--limit: must be a whole number from 1 (not "three")'],
    [['log', '--limit=0'], '--limit: must be a whole number from 1 (not "0")'],
    [['log', '--limit=1.5'], '--limit: must be a whole number from 1 (not "1.5")'],
    [['log', '--limit=-1'], '--limit: must be a whole number from 1 (not "-1")'],
    [['matrix', '-a=A', '--limit='], '--limit: needs a value'],
    [['log', 'what'], 'what: is not expected here'],
    [['log', '--', 'what'], 'what: is not expected here'],
    [['log', '--constructor=x'], '--constructor: is unknown'],
    [['log', '--toString'], '--toString: is unknown'],
    [['log', '-x'], '-x: is unknown'],
    [['log', '--repo=a', '--repo=b'], '--repo: is given twice'],
    [['log', '--output=yaml'], '--output: must be one of: text, json (not "yaml")'],
    [['matrix', '--pacticipant'], '--pacticipant: needs a value'],
    [
      ['publish', 'x', '-a', '-x'],
      '--consumer-app-version: needs a value (one that begins with a dash is written --consumer-app-version=-…)',
    ],
  ])('%j is told what is wrong', async (call, complaint) => {
    const { code, out, err } = await at.gitpact(...call);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`  ${complaint}`);
    expect(err).toContain(`See \`gitpact ${call[0]} --help\`.`);
  });
});
