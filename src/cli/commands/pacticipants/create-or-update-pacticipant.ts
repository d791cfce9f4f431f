import { describePacticipant } from '../../../decide/pacticipants.ts';
import { branchName, pacticipantName, whyNotAName } from '../../../domain/names.ts';
import { pacticipantDocument } from '../../../render/hal/pacticipant.ts';
import { pacticipantIntent } from '../../../render/words/other-intents.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact create-or-update-pacticipant` */
export const command: Command = {
  name: 'create-or-update-pacticipant',
  about: 'Describe a pacticipant, which is made when it is not there; what is not given stays as it is',
  options: {
    name: { type: 'text', required: true, standIn: 'pacticipant', whyNot: whyNotAName, about: 'Its name' },
    'display-name': { type: 'text', whyNot: whyNotAName, about: 'What people call it' },
    'main-branch': { type: 'text', whyNot: whyNotABranch, about: 'The main branch of its code' },
    'repository-url': {
      type: 'text',
      standIn: 'repository-url',
      whyNot: whyNotAName,
      about: 'Where its code lies',
    },
    ...answerOption,
    ...writingOptions,
  },
  examples: [['gitpact create-or-update-pacticipant --name Web --main-branch trunk', '']],
  run,
};

function whyNotABranch(text: string): string | undefined {
  return whyNotAName(text) ?? (/\s/.test(text) ? 'cannot contain spaces' : undefined);
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const name = pacticipantName(given.text('name'));
  const { document, created } = await withBroker(world, given, (broker) =>
    broker.change(pacticipantIntent(name), (draft, at) => {
      const { pacticipant, created } = describePacticipant(
        draft,
        name,
        {
          displayName: given.maybe('display-name'),
          mainBranch: given.has('main-branch') ? branchName(given.text('main-branch')) : undefined,
          repositoryUrl: given.maybe('repository-url'),
        },
        at,
      );
      return { document: pacticipantDocument(linksFor(world), draft.now, pacticipant), created };
    }),
  );
  const said = `Pacticipant '${name}' ${created ? 'created' : 'updated'} successfully\n`;
  printAnswer(world, given, { document, text: paint(world).green(said) });
  return exitCodes.yes;
}
