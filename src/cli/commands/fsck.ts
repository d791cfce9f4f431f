import { examine } from '../../decide/examine.ts';
import type { Finding } from '../../decide/finding.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact fsck` */
export const command: Command = {
  name: 'fsck',
  about: 'Check the contract repository against every rule of its format',
  options: {
    at: { type: 'text', about: 'Check the state of then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [['gitpact fsck --repo contracts.git', 'exit code 0 when all is sound, 1 when not']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const findings = await withBroker(world, given, async (broker) => {
    await broker.ask((now) => now.settings.format);
    const at = given.maybe('at');
    const commit = at === undefined ? undefined : await broker.store.resolve(at);
    return broker.store.read((root) => examine(root), commit);
  });
  world.out(
    given.text('output') === 'json' ? `${JSON.stringify({ findings }, null, 2)}\n` : report(world, findings),
  );
  return findings.length === 0 ? exitCodes.yes : exitCodes.no;
}

function report(world: World, findings: readonly Finding[]): string {
  const colours = paint(world);
  if (findings.length === 0) return colours.green('The contract repository is sound.\n');
  const lines = findings.map(({ path, text }) => `${colours.bold(path)} ${text}\n`);
  const count = findings.length === 1 ? 'One thing is' : `${findings.length} things are`;
  return `${lines.join('')}${colours.red(`${count} not as they should be.\n`)}`;
}
