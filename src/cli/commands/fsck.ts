import type { Broker } from '../../broker/broker.ts';
import { examine } from '../../decide/examine.ts';
import { isSound } from '../../decide/finding.ts';
import { repair } from '../../decide/repair.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { Folder } from '../../domain/tree.ts';
import { snapshotOf } from '../../format/snapshot.ts';
import { repairIntent } from '../../render/words/other-intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, onlyOneOf, outputOption, writingOptions } from '../command.ts';
import { type Checkup, checkupJson, checkupText } from '../fsck-report.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact fsck` */
export const command: Command = {
  name: 'fsck',
  about:
    'Check the contract repository against every rule of its format, and repair what follows from its facts',
  options: {
    repair: {
      type: 'flag',
      about:
        'Make derived files anew and write records in canonical form, as one commit; facts stay as they are',
    },
    at: { type: 'text', about: 'Check the state of then: a date or a commit' },
    ...outputOption,
    ...writingOptions,
  },
  examples: [
    ['gitpact fsck --repo contracts.git', 'exit code 0 when all is sound, 1 when not'],
    ['gitpact fsck --repair', 'after a merge, or after files were edited by hand'],
  ],
  check: (given) => onlyOneOf(given, ['repair', 'at'], 'the past cannot be repaired'),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const check = (broker: Broker) =>
    given.flag('repair') ? repaired(broker) : examined(broker, given.maybe('at'));
  const checkup = await withBroker(world, given, check, { asItLies: true });
  world.out(given.text('output') === 'json' ? checkupJson(checkup) : checkupText(checkup, paint(world)));
  return isSound(checkup.findings) ? exitCodes.yes : exitCodes.no;
}

async function examined(broker: Broker, at: string | undefined): Promise<Checkup> {
  const commit = at === undefined ? undefined : await broker.store.resolve(at);
  const findings = await broker.store.read((root) => examine(storeAt(root)), commit);
  return { findings, repaired: [] };
}

function repaired(broker: Broker): Promise<Checkup> {
  return broker.store.transact(repairIntent(), (before) => {
    const { root, repaired: mended, remaining } = repair(storeAt(before));
    return { root, outcome: { findings: remaining, repaired: mended } };
  });
}

/** The tree of a store; settings that cannot be read are for the check to tell. @throws GitpactError `not-a-store`, `newer-format` */
function storeAt(root: Folder): Folder {
  try {
    void snapshotOf(root).settings;
  } catch (error) {
    if (!(error instanceof GitpactError) || error.code !== 'bad-record') throw error;
  }
  return root;
}
