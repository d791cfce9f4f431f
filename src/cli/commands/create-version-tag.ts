import { putTag } from '../../decide/versions.ts';
import { pacticipantName, tagName, versionNumber, whyNotAName } from '../../domain/names.ts';
import { tagIntent } from '../../render/words/intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact create-version-tag` */
export const command: Command = {
  name: 'create-version-tag',
  about: 'Put tags on a version',
  options: {
    pacticipant: {
      type: 'text',
      short: 'a',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The pacticipant',
    },
    version: {
      type: 'text',
      short: 'e',
      required: true,
      standIn: 'version',
      whyNot: whyNotAName,
      about: 'Its version',
    },
    tag: { type: 'texts', short: 't', required: true, whyNot: whyNotAName, about: 'A tag; may be repeated' },
    'auto-create-version': { type: 'flag', about: 'Make the version when it is not known' },
    ...storeOptions,
  },
  examples: [['gitpact create-version-tag -a Web -e 1.2.3 -t prod', 'the way before environments']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const version = versionNumber(given.text('version'));
  const tags = given.texts('tag').map(tagName);
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
  world.out(paint(world).green(`Tagged ${pacticipant} version ${version} as ${tags.join(', ')}.\n`));
  return exitCodes.yes;
}
