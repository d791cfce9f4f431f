import type { Complaint } from '../../../domain/failure.ts';
import { pacticipantName, whyNotAName, whyNotAnEnvironmentName } from '../../../domain/names.ts';
import type { Version } from '../../../domain/records.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { findLatestTagged, findVersion } from '../../../query/asked.ts';
import { versionDocument } from '../../../render/hal/version.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { noSuch } from '../../asked-things.ts';
import { type Command, onlyOneOf, storeOptions } from '../../command.ts';
import { pacticipantOption } from '../../naming-options.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { presencesAnswer } from './versions-in-environment.ts';

/** `gitpact describe-version` */
export const command: Command = {
  name: 'describe-version',
  about: 'Show a version, by default the latest, or the versions in an environment',
  options: {
    ...pacticipantOption('The pacticipant'),
    version: { type: 'text', short: 'e', whyNot: whyNotAName, about: 'Its version' },
    latest: {
      type: 'maybe-texts',
      short: 'l',
      whyNot: whyNotAName,
      about: 'Its latest version, or the latest with this tag',
    },
    environment: {
      type: 'text',
      whyNot: whyNotAnEnvironmentName,
      about: 'What is deployed or released to this environment',
    },
    deployed: { type: 'flag', about: 'With --environment: only what is deployed' },
    released: { type: 'flag', about: 'With --environment: only what is released' },
    ...answerOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact describe-version -a Web -e 1.2.3', ''],
    ['gitpact describe-version -a Web --environment production', 'what is live'],
  ],
  check,
  run,
};

function check(given: Arguments): readonly Complaint[] {
  const needsEnvironment = ['deployed', 'released'].filter((name) => given.has(name));
  return [
    ...onlyOneOf(given, ['version', 'latest', 'environment'], 'each says which version to show'),
    ...onlyOneOf(given, ['deployed', 'released'], 'each shows a part'),
    ...(given.has('environment') ? [] : needsEnvironment).map((name) => ({
      where: `--${name}`,
      text: 'needs an --environment',
    })),
  ];
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const answer = await withBroker(world, given, (broker) =>
    broker.ask((now) =>
      given.has('environment')
        ? presencesAnswer(now, linksFor(world), given, world.columns)
        : versionAnswer(now, world, given),
    ),
  );
  printAnswer(world, given, answer);
  return exitCodes.yes;
}

function versionAnswer(now: Snapshot, world: World, given: Arguments) {
  const version = asked(now, given);
  if (!version) {
    const hint = 'See what there is with `gitpact list-pacticipants` and `gitpact matrix`.';
    throw noSuch('Pacticipant version not found.', hint);
  }
  const { pacticipant, number, tags } = version;
  const links = linksFor(world);
  const row = [number, tags.map(({ name }) => name).join(', ')];
  return {
    document: versionDocument(links, now, version, links.version(pacticipant, number)),
    text: `${terminalTable(['NAME', 'TAGS'], [row], world.columns)}\n`,
  };
}

function asked(now: Snapshot, given: Arguments): Version | undefined {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const number = given.maybe('version');
  if (number !== undefined) return findVersion(now, pacticipant, number);
  const tag = given.maybe('latest') || undefined;
  return tag === undefined ? now.latestVersion(pacticipant) : findLatestTagged(now, pacticipant, tag);
}
