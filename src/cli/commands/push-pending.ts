import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Arguments } from '../arguments.ts';
import { type Command, writingOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { pushChanges, pushPending, readPending } from '../pending.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact push-pending` */
export const command: Command = {
  name: 'push-pending',
  about: 'Push what an earlier exec or batch recorded and could not push',
  operands: '<file>…',
  needsOperands: true,
  options: { ...writingOptions },
  examples: [
    ['gitpact push-pending gitpact-pending-2026-11-23T17-00-00-000Z.json', 'the name that exec told'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    let code: ExitCode = exitCodes.yes;
    for (const name of given.operands) {
      const pending = await readPending(world.cwd, name);
      const isExec = pending.format === 1;
      const refused = isExec ? await pushPending(broker, pending) : await pushChanges(broker, pending);
      const all = isExec ? pending.writes.length : pending.titles.length;
      for (const reason of refused) world.err(`not recorded: ${reason}\n`);
      if (refused.length > 0) code = exitCodes.no;
      else await rm(resolve(world.cwd, name));
      const pushed = isExec ? all - refused.length : refused.length > 0 ? 0 : all;
      world.out(
        paint(world).green(`Pushed ${pushed === 1 ? 'one change' : `${pushed} changes`} of ${name}.\n`),
      );
    }
    return code;
  });
}
