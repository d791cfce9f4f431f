import { type Complaint, GitpactError } from '../domain/failure.ts';
import { type Command, optionsOf, writingOptions } from './command.ts';
import { commands } from './commands.ts';
import { tellFailure } from './failing.ts';
import { closest, judgeWords, readWords } from './parsing.ts';
import { programVersion } from './program-version.ts';
import { completeWords } from './stand-ins.ts';
import { withoutControls } from './visible.ts';
import { isOption, withCommandFirst } from './words.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

/** Commands that a batch leaves to themselves: what they start uses their terminal, or lives on. */
const apart: ReadonlySet<string> = new Set(['batch', 'serve', 'completion', 'webhooks']);

/** Runs one call of `gitpact` and gives its exit code; never throws. */
export async function main(outside: World): Promise<ExitCode> {
  const world = { ...withoutControls(outside), call: main };
  const debug = world.argv.includes('--debug');
  try {
    return await dispatch(world);
  } catch (error) {
    return tellFailure(world, error, debug);
  }
}

async function dispatch(world: World): Promise<ExitCode> {
  const [name, ...rest] = withCommandFirst(world.argv, optionsOf({ options: writingOptions }));
  if (name === '--version') {
    world.out(`${programVersion()}\n`);
    return exitCodes.yes;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const { overview, helpFor } = await import('./help.ts');
    const [topic, ...more] = name === 'help' ? rest : [];
    const command = topic === undefined ? undefined : (await commandNamed(topic, more)).command;
    world.out(command ? await helpFor(command, world.columns) : overview(name !== undefined, world.columns));
    return exitCodes.yes;
  }
  const { command, words } = await commandNamed(name, rest);
  if (readWords(command, words).values.get('help')?.at(-1) === 'true') {
    const { helpFor } = await import('./help.ts');
    world.out(await helpFor(command, world.columns));
    return exitCodes.yes;
  }
  const batch = world.env.GITPACT_BATCH;
  if (batch && !apart.has(name)) return (await import('./batch-calls.ts')).handOver(world, batch);
  const { given, complaints } = judgeWords(command, await completeWords(command, words, world));
  if (complaints.length > 0) {
    throw wrongCall(command, [...complaints, ...((await command.checkWorld?.(world, given)) ?? [])]);
  }
  return command.run(world, given);
}

function wrongCall({ name }: Command, complaints: readonly Complaint[]): GitpactError {
  return new GitpactError('bad-arguments', `This is not how \`gitpact ${name}\` is called.`, {
    complaints,
    hint: `See \`gitpact ${name} --help\`.`,
  });
}

/** The command of this name, or the one of a family that the next word names, and the words that are left for it. */
async function commandNamed(
  name: string,
  words: readonly string[],
): Promise<{ readonly command: Command; readonly words: readonly string[] }> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw unknownCommand(name);
  const family: Readonly<Record<string, typeof entry.load>> = entry.members ?? {};
  const [member = '', ...rest] = withCommandFirst(words, optionsOf({ options: writingOptions }));
  const load = Object.hasOwn(family, member) ? family[member] : undefined;
  return load
    ? { command: (await load()).command, words: rest }
    : { command: (await entry.load()).command, words };
}

function unknownCommand(name: string): GitpactError {
  if (isOption(name)) {
    const nearest = closest(name, ['--version', '--help']);
    const hint = nearest
      ? `Did you mean \`gitpact ${nearest}\`?`
      : 'Give the command first: gitpact <command> [options]. See all with `gitpact --help`.';
    return new GitpactError('bad-arguments', `A call does not begin with "${name}".`, { hint });
  }
  const meant = commandsMeant(name).map((one) => `\`gitpact ${one}\``);
  const last = meant.pop();
  return new GitpactError('bad-arguments', `There is no command "${name}".`, {
    hint: last
      ? `Did you mean ${[meant.join(', '), last].filter(Boolean).join(' or ')}?`
      : 'See all commands with `gitpact --help`.',
  });
}

/** The command that a slip of the finger made this of, or a few that have it in their name. */
function commandsMeant(name: string): readonly string[] {
  const known = Object.keys(commands);
  const nearest = closest(name, known);
  if (nearest) return [nearest];
  return name.length > 2 ? known.filter((one) => one.includes(name)).slice(0, 4) : [];
}
