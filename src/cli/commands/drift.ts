import { GitpactError } from '../../domain/failure.ts';
import { whyNotAName } from '../../domain/names.ts';
import { driftOf, hasDrifted } from '../../query/drift.ts';
import type { VersionMeant } from '../../query/version-meant.ts';
import { driftJson, driftText } from '../../render/drift-report.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { complaintsAboutPactFiles, type PactFromFiles, readPactFiles } from '../pact-files.ts';
import { withBroker } from '../session.ts';
import { commitHere } from '../stand-ins.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact drift` */
export const command: Command = {
  name: 'drift',
  about: 'Compare pacts that your tests wrote anew with those published: exit code 1 when they differ',
  operands: '<file|folder|glob>…',
  needsOperands: true,
  operandsStandIn: 'pacts',
  options: {
    'consumer-app-version': {
      type: 'text',
      short: 'a',
      whyNot: whyNotAName,
      about: 'The published version to compare with (default: the commit, else the head of its branch)',
    },
    branch: {
      type: 'text',
      short: 'h',
      whyNot: whyNotAName,
      about: 'Compare with the head of this branch; with a version, where nobody knows that',
    },
    'allow-none': { type: 'flag', about: 'It is no failure when there are no pacts' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact drift pacts/*.json --branch main', 'whether your tests still write what was published'],
    ['gitpact drift', 'the pacts of .gitpact.yaml, and what was published for this commit'],
  ],
  checkWorld: (world, given) =>
    given.flag('allow-none') ? Promise.resolve([]) : complaintsAboutPactFiles(given.operands, world.cwd),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacts = await pactsOf(world, given);
  if (typeof pacts === 'string') {
    world.err(pacts);
    if (given.text('output') === 'json') {
      world.out(`${driftJson({ compared: [], pacts: [], unwritten: [] })}\n`);
    }
    return given.flag('allow-none') ? exitCodes.yes : exitCodes.no;
  }
  const target = await targetOf(world, given);
  const drift = await withBroker(world, given, (broker) => broker.ask((now) => driftOf(now, pacts, target)));
  const { red, green, dim, bold } = paint(world);
  world.out(
    given.text('output') === 'json'
      ? `${driftJson(drift)}\n`
      : driftText(drift, { alarm: red, calm: green, faint: dim, strong: bold }),
  );
  return hasDrifted(drift) ? exitCodes.no : exitCodes.yes;
}

/** The pacts that were named, or what to say when there are none. */
async function pactsOf(world: World, given: Arguments): Promise<readonly PactFromFiles[] | string> {
  try {
    return await readPactFiles(given.operands, world.cwd);
  } catch (error) {
    if (!(error instanceof GitpactError) || error.code !== 'no-pacts-found') throw error;
    const places = error.complaints.map(({ where, text }) => `  ${where} ${text}\n`).join('');
    const hint = given.flag('allow-none') ? '' : '  Where that is as it should be, say --allow-none.\n';
    return `gitpact: No pacts were found, so nothing was compared.\n${places}${hint}`;
  }
}

/** @throws GitpactError `bad-arguments` when nothing tells what to compare with */
async function targetOf(world: World, given: Arguments): Promise<VersionMeant> {
  const version = given.maybe('consumer-app-version');
  const branch = given.maybe('branch');
  const target =
    version === undefined && branch === undefined ? await commitHere(world) : { version, branch };
  if (target.version !== undefined || target.branch !== undefined) return target;
  throw new GitpactError('bad-arguments', 'Nothing tells which published pacts to compare with.', {
    hint: 'Give --consumer-app-version or --branch, or run it in a Git repository.',
  });
}
