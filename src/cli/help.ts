import { type Command, commonOptions, type Option, type StandIn } from './command.ts';
import { commands, first } from './commands.ts';
import { variablesFor } from './stand-ins.ts';

const exitCodeWords =
  '0 yes or done, 1 no, 2 asked wrongly, 3 not verified yet, 4 the world failed, 70 a bug of gitpact';

/** What `gitpact` alone and `gitpact --help` show, in so many columns. */
export function overview(all: boolean, columns: number): string {
  const shown = all ? Object.keys(commands) : first;
  const width = Math.max(...shown.map((name) => name.length)) + 4;
  const indent = columns - width < 24 ? 6 : width;
  const rows = shown.map((name) =>
    hanging(`  ${name.padEnd(width - 2)}${commands[name]?.about ?? ''}`, indent, columns),
  );
  const more = all
    ? `\n${hanging(`Exit codes: ${exitCodeWords}.`, 2, columns)}\n`
    : '\nAll commands: gitpact --help\n';
  return `gitpact makes a Git repository the Pact Broker.\n\nUsage: gitpact <command> [options]\n\n${rows.join('\n')}\n${more}\nHelp for one: gitpact <command> --help\n`;
}

/** The line broken between words, where it is longer than `columns`; all lines but the first begin after `indent`. */
function hanging(line: string, indent: number, columns: number): string {
  if (line.length <= columns) return line;
  const space = line.lastIndexOf(' ', columns);
  if (space <= indent) return line;
  const rest = `${' '.repeat(indent)}${line.slice(space).trimStart()}`;
  return `${line.slice(0, space).trimEnd()}\n${hanging(rest, indent, columns)}`;
}

/** What `gitpact <command> --help` shows. */
export async function helpFor(command: Command, columns: number): Promise<string> {
  const { default: yargs } = await import('yargs');
  const usage = `gitpact ${command.name} [options]${command.operands ? ` ${command.operands}` : ''}`;
  let parser = yargs([])
    .scriptName('gitpact')
    .usage(`${command.about}.\n\nUsage: ${usage}`)
    .version(false)
    .help(false)
    .wrap(Math.min(110, columns));
  for (const [name, option] of Object.entries({ ...command.options, ...commonOptions } as Record<
    string,
    Option
  >)) {
    parser = parser.option(name, {
      describe: [option.about, ...sources(option)].join(' '),
      type: option.type === 'flag' ? 'boolean' : 'string',
      ...(option.type === 'texts' ? { array: true } : {}),
      ...(option.required && !option.standIn ? { demandOption: true } : {}),
      ...(option.choices ? { choices: option.choices } : {}),
      ...(option.fallback === undefined ? {} : { default: option.fallback }),
      alias: [...(option.short ? [option.short] : []), ...(option.also ?? [])],
    });
  }
  const examples = command.examples.map(([line, about]) => `  ${line}\n${about && `      ${about}\n`}`);
  return `${await parser.getHelp()}\n\nExamples:\n${examples.join('')}`;
}

/** Where a value comes from that is not given, for the line of its option. */
function sources(option: Option): readonly string[] {
  const named = [...variablesFor(option), ...(option.standIn ? [found[option.standIn]] : [])];
  return named.length > 0 ? [`[${named.join(', ')}]`] : [];
}

const found: Readonly<Record<StandIn, string>> = {
  repo: '.gitpact.yaml',
  ref: '.gitpact.yaml',
  prefix: '.gitpact.yaml',
  sign: '.gitpact.yaml',
  'sign-key': '.gitpact.yaml',
  pacticipant: '.gitpact.yaml',
  version: 'the commit',
  branch: 'of the commit',
  tags: '.gitpact.yaml',
  'build-url': 'of the CI',
  'repository-url': 'of the CI, or Git',
};
