import { archiveHistory } from '../../store/archive.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, writingOptions } from '../command.ts';
import { placeOf, withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact archive` */
export const command: Command = {
  name: 'archive',
  about:
    'Begin the history of the contract repository anew with one commit of the same files, and keep all before it under a ref of its own, for hosts that limit the size of repositories',
  options: { ...outputOption, ...writingOptions },
  examples: [['gitpact archive', 'the branch is small again; log, why and --at still find what was before']],
  check: (given) => [
    ...(given.flag('offline') ? [{ where: '--offline', text: 'cannot be: the host has to take part' }] : []),
    ...(given.has('prefix')
      ? [{ where: '--prefix', text: 'cannot be: the history is that of other folders, too' }]
      : []),
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  await withBroker(world, given, (broker) => broker.ask((now) => now.settings), { asItLies: true });
  const archived = await archiveHistory(placeOf(world, given));
  if (given.text('output') === 'json') world.out(`${JSON.stringify(archived ?? null)}\n`);
  else if (archived) {
    world.out(
      `The history begins anew with ${archived.beginning.slice(0, 8)}. ` +
        `All before it is kept as ${archived.ref} (${archived.archived.slice(0, 8)}).\n`,
    );
  } else world.out('There is nothing to archive: the history is one commit.\n');
  return exitCodes.yes;
}
