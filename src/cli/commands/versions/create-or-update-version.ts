import { addToBranch, ensureVersion, putTag } from '../../../decide/versions.ts';
import { branchName, pacticipantName, tagName, versionNumber, whyNotAName } from '../../../domain/names.ts';
import { versionDocument } from '../../../render/hal/version.ts';
import { versionIntent } from '../../../render/words/other-intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { pacticipantOption, versionOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact create-or-update-version` */
export const command: Command = {
  name: 'create-or-update-version',
  about: 'Make a version known, or add it to a branch or a tag to it',
  options: {
    ...pacticipantOption('The pacticipant, which is made when it is not there'),
    ...versionOption('Its version'),
    branch: { type: 'text', standIn: 'branch', whyNot: whyNotAName, about: 'The branch it is on' },
    tag: {
      type: 'texts',
      short: 't',
      several: true,
      standIn: 'tags',
      whyNot: whyNotAName,
      about: 'A tag to put on it',
    },
    ...answerOption,
    ...writingOptions,
  },
  examples: [
    ['gitpact create-or-update-version -a Web -e 1.2.3 --branch main', 'for one that publishes nothing'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const number = versionNumber(given.text('version'));
  const branch = given.has('branch') ? branchName(given.text('branch')) : undefined;
  const tags = given.texts('tag').map(tagName);
  const document = await withBroker(world, given, (broker) =>
    broker.change(versionIntent(pacticipant, number), (draft, at) => {
      ensureVersion(draft, pacticipant, number, at, 'on purpose');
      if (branch !== undefined) addToBranch(draft, pacticipant, number, branch, at);
      for (const tag of tags) putTag(draft, pacticipant, number, tag, at);
      const links = linksFor(world);
      const version = ensureVersion(draft, pacticipant, number, at);
      return versionDocument(links, draft.now, version, links.version(pacticipant, number));
    }),
  );
  const said = [
    ...(branch === undefined ? [] : [`Branch '${branch}' created for version '${number}'`]),
    ...tags.map((tag) => `Tag '${tag}' created for version '${number}'`),
  ];
  if (said.length === 0) said.push(`Version '${number}' created or updated successfully`);
  printAnswer(world, given, { document, text: paint(world).green(`${said.join('\n')}\n`) });
  return exitCodes.yes;
}
