import { putTag } from '../../../decide/versions.ts';
import { pacticipantName, tagName, versionNumber, whyNotAName } from '../../../domain/names.ts';
import { tagIntent } from '../../../render/words/intents.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { gitBranchOption, tagsIn } from '../../git-branch.ts';
import { requireKnown } from '../../known-names.ts';
import { pacticipantOption, versionOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact create-version-tag` */
export const command: Command = {
  name: 'create-version-tag',
  about: 'Put tags on a version',
  options: {
    ...pacticipantOption('The pacticipant'),
    ...versionOption('Its version'),
    tag: { type: 'texts', short: 't', several: true, whyNot: whyNotAName, about: 'A tag; may be repeated' },
    ...gitBranchOption,
    'auto-create-version': { type: 'flag', about: 'Make the version when it is not known' },
    ...writingOptions,
  },
  examples: [['gitpact create-version-tag -a Web -e 1.2.3 -t prod', 'the way before environments']],
  check: (given) =>
    given.has('tag') || given.flag('tag-with-git-branch') ? [] : [{ where: '--tag', text: 'is missing' }],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const version = versionNumber(given.text('version'));
  const tags = (await tagsIn(world, given)).map(tagName);
  await withBroker(world, given, (broker) =>
    broker.change(tagIntent({ pacticipant, version, tags }), (draft, at) => {
      if (!given.flag('auto-create-version')) {
        requireKnown(draft.now, {
          versions: [{ pacticipant, number: version }],
          otherwise: 'Publish it first, or give --auto-create-version.',
        });
      }
      for (const tag of tags) putTag(draft, pacticipant, version, tag, at);
    }),
  );
  for (const tag of tags) {
    const said = `Tagging version '${version}' of pacticipant '${pacticipant}' with tag '${tag}' - Success\n`;
    world.out(paint(world).green(said));
  }
  return exitCodes.yes;
}
