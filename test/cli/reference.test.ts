import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Command, optionsOf } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { desk } from './cli.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The rows of the table of commands. */
const rows = [
  ...(/## Commands\n(.*?)\n### /s.exec(readme)?.[1] ?? '').matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm),
].map(([, name = '', about = '']) => [name, about] as const);

const loaded: readonly (readonly [string, Command])[] = await Promise.all(
  Object.entries(commands).map(async ([name, { load }]) => [name, (await load()).command] as const),
);

describe('the README’s table of commands', () => {
  it('has every command and no other, each once, in the words of `gitpact --help`', () => {
    const told = Object.entries(commands).map(([name, { about }]) => [name, about] as const);
    const byName = (list: readonly (readonly [string, string])[]) =>
      list.toSorted(([a], [b]) => (a < b ? -1 : 1));
    expect(byName(rows)).toEqual(byName(told));
  });
});

describe('every command', () => {
  it.each(loaded)('%s is called what it is listed as, and gives an example of itself', (name, command) => {
    expect(command.name).toBe(name);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [line] of command.examples) expect(line).toContain(`gitpact ${name}`);
  });

  it.each(loaded)('%s has no two options of one name', (_name, command) => {
    const names = Object.entries(optionsOf(command)).flatMap(([long, { short, also = [] }]) => [
      long,
      ...also,
      ...(short === undefined ? [] : [short]),
    ]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('shows its help', async () => {
    const at = await desk();
    for (const [name] of loaded) {
      const { code, out, err } = await at.gitpact(name, '--help');
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' });
      expect(out).toContain(`Usage: gitpact ${name} [options]`);
    }
  });

  /** The commands of pact-broker 0.8.8 but those that install a server. */
  const broker =
    'publish list-latest-pact-versions get-pacts create-environment update-environment delete-environment describe-environment list-environments record-deployment record-undeployment record-release record-support-ended can-i-deploy can-i-merge create-or-update-pacticipant describe-pacticipant list-pacticipants create-webhook create-or-update-webhook delete-webhook test-webhook delete-branch create-version-tag delete-version-tag describe-version create-or-update-version generate-uuid provider-states';

  it.each(broker.split(' '))('of the Pact Broker’s command line is there: %s', (name) => {
    expect(Object.keys(commands)).toContain(name);
  });
});
