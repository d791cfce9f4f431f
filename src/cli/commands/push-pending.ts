import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { pushPending, readPending } from '../pending.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact push-pending` */
export const command: Command = {
  name: 'push-pending',
  about: 'Push what an earlier exec recorded and could not push',
  operands: '<file>…',
  needsOperands: true,
  options: { ...storeOptions },
  examples: [
    ['gitpact push-pending gitpact-pending-2026-11-23T17-00-00-000Z.json', 'the name that exec told'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    let all: ExitCode = exitCodes.yes;
    for (const name of given.operands) {
      const pending = await readPending(world.cwd, name);
      const refused = await pushPending(broker, pending);
      for (const reason of refused) world.err(`not recorded: ${reason}\n`);
      if (refused.length > 0) all = exitCodes.no;
      else await rm(resolve(world.cwd, name));
      world.out(paint(world).green(`Pushed ${pending.writes.length - refused.length} changes of ${name}.\n`));
    }
    return all;
  });
}
