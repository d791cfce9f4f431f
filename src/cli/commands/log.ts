import type { Commit } from '../../store/port.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact log` */
export const command: Command = {
  name: 'log',
  about: 'Show what happened to the contracts, newest first',
  options: {
    limit: { type: 'number', short: 'n', about: 'How many entries at the most', fallback: '20' },
    at: { type: 'text', about: 'Show the history up to then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [['gitpact log -n 5', 'the last five things that happened']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const limit = given.number('limit') ?? 20;
  const commits = await withBroker(world, given, async (broker) => {
    const at = given.maybe('at');
    const from = at === undefined ? undefined : await broker.store.resolve(at);
    await broker.ask((now) => now.settings.format, from);
    return broker.store.history({ limit, ...(from === undefined ? {} : { from }) });
  });
  world.out(
    given.text('output') === 'json'
      ? `${JSON.stringify({ commits }, null, 2)}\n`
      : commits.map((commit) => line(world, commit)).join(''),
  );
  return exitCodes.yes;
}

function line(world: World, { id, title, author, committedAt }: Commit): string {
  const colours = paint(world);
  const when = committedAt.slice(0, 16).replace('T', ' ');
  return `${colours.yellow(id.slice(0, 8))} ${colours.dim(when)} ${title} ${colours.dim(`(${author.name})`)}\n`;
}
