import { whyNotAName } from '../../../domain/names.ts';
import type { Pacticipant } from '../../../domain/records.ts';
import { findPacticipant } from '../../../query/asked.ts';
import { timestamps } from '../../../render/hal/document.ts';
import { pacticipantDocument } from '../../../render/hal/pacticipant.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer, quoted } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { noSuch } from '../../asked-things.ts';
import { type Command, storeOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact describe-pacticipant` */
export const command: Command = {
  name: 'describe-pacticipant',
  about: 'Show a pacticipant',
  options: {
    name: {
      type: 'text',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'Its name',
    },
    ...answerOption,
    ...storeOptions,
  },
  examples: [['gitpact describe-pacticipant --name Web', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const name = given.text('name');
  const { pacticipant, document } = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      requireKnown(now, { pacticipants: [name], tellsStatus: true });
      const pacticipant = findPacticipant(now, name);
      if (!pacticipant) throw noSuch(`Pacticipant ${name} not found.`, 'See `gitpact list-pacticipants`.');
      return { pacticipant, document: pacticipantDocument(linksFor(world), now, pacticipant) };
    }),
  );
  const described = description(pacticipant);
  const text =
    given.text('output') === 'table'
      ? terminalTable(
          described.map(([title]) => title.toUpperCase()),
          [described.map(([, value]) => quoted(value))],
          world.columns,
        )
      : described.map(([title, value]) => `${title}: ${value ?? '-'}`).join('\n');
  printAnswer(world, given, { document, text: `${text}\n` });
  return exitCodes.yes;
}

function description(
  pacticipant: Pacticipant,
): readonly (readonly [title: string, value: string | undefined])[] {
  const { name, displayName, mainBranch, repositoryUrl } = pacticipant;
  const { createdAt, updatedAt } = timestamps(pacticipant);
  return [
    ['Name', name],
    ['Display Name', displayName],
    ['Main Branch', mainBranch],
    ['Repo URL', repositoryUrl],
    ['Created', createdAt],
    ['Updated', updatedAt],
  ];
}
