import { initRepository } from '../../store/init.ts';
import { withoutSecrets } from '../../store/location.ts';
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
  const made = await initRepository({
    repository: repo,
    env: world.env,
    cwd: world.cwd,
    part: given.has('prefix'),
  });
  await withBroker(world, given, (broker) => broker.init());
  const what = made === 'made' ? 'Created the contract repository' : 'There is a contract repository now at';
  world.out(paint(world).green(`${what} ${withoutSecrets(repo)}.\n`));
  const where = ['repo', 'ref', 'prefix'].flatMap((option) =>
    given.has(option) ? [`--${option} ${quoted(withoutSecrets(given.text(option)))}`] : [],
  );
  world.out(`Next: gitpact publish pacts/*.json -a <version> ${where.join(' ')}\n`);
  return exitCodes.yes;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
