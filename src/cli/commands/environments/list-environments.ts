import { byDisplayName, environmentsDocument } from '../../../render/hal/environment.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact list-environments` */
export const command: Command = {
  name: 'list-environments',
  about: 'Show all environments',
  options: { ...answerOption, ...storeOptions },
  examples: [['gitpact list-environments', 'with their UUIDs']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const all = await withBroker(world, given, (broker) => broker.ask((now) => now.environments()));
  const environments = all.toSorted(byDisplayName);
  const links = linksFor(world);
  const rows = environments.map(({ uuid, name, displayName, production }) => [
    uuid,
    name,
    displayName,
    String(production),
  ]);
  printAnswer(world, given, {
    document: environmentsDocument(links, environments, links.environments()),
    text: `${terminalTable(['UUID', 'NAME', 'DISPLAY NAME', 'PRODUCTION'], rows, world.columns)}\n`,
  });
  return exitCodes.yes;
}
