import { createRepository } from '../../store/create.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact init` */
export const command: Command = {
  name: 'init',
  about: 'Make a contract repository: a new bare one, or a branch or folder of one that is there',
  options: { ...storeOptions },
  examples: [
    ['gitpact init --repo contracts.git', 'a new repository'],
    ['gitpact init --repo . --ref contracts', 'a branch of its own in the repository you are in'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const repo = given.text('repo');
  const created = await createRepository({ repository: repo, cwd: world.cwd });
  await withBroker(world, given, (broker) => broker.init());
  const what = created ? 'Created the contract repository' : 'There is a contract repository now at';
  world.out(paint(world).green(`${what} ${repo}.\n`));
  world.out(`Next: gitpact publish pacts/*.json -a <version> --repo ${repo}\n`);
  return exitCodes.yes;
}
