import { removeTag } from '../../../decide/versions.ts';
import { pacticipantName, tagName, versionNumber, whyNotAName } from '../../../domain/names.ts';
import { deletionIntent } from '../../../render/words/other-intents.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { namedVersionOption, pacticipantOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact delete-version-tag` */
export const command: Command = {
  name: 'delete-version-tag',
  about: 'Take a tag off a version; one that is not there is no failure',
  options: {
    ...pacticipantOption('The pacticipant'),
    ...namedVersionOption('Its version'),
    tag: { type: 'text', short: 't', required: true, whyNot: whyNotAName, about: 'The tag' },
    ...writingOptions,
  },
  examples: [['gitpact delete-version-tag -a Web -e 1.2.3 -t prod', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const version = versionNumber(given.text('version'));
  const tag = tagName(given.text('tag'));
  const wasThere = await withBroker(world, given, (broker) =>
    broker.change(deletionIntent(`tag ${tag} of ${pacticipant} ${version}`), (draft) =>
      removeTag(draft, pacticipant, version, tag),
    ),
  );
  const colours = paint(world);
  world.out(
    wasThere
      ? colours.green(
          `Successfully deleted tag '${tag}' from version '${version}' of pacticipant '${pacticipant}'\n`,
        )
      : colours.yellow(
          `Tag '${tag}' for version '${version}' of pacticipant '${pacticipant}' was not found (may have already been deleted)\n`,
        ),
  );
  return exitCodes.yes;
}
