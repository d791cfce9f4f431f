import { allPacticipants } from '../../../query/asked.ts';
import { pacticipantsDocument } from '../../../render/hal/pacticipant.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer, quoted, wantsDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact list-pacticipants` */
export const command: Command = {
  name: 'list-pacticipants',
  about: 'Show all pacticipants',
  options: { ...answerOption, ...storeOptions },
  examples: [['gitpact list-pacticipants', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const { pacticipants, document } = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      const pacticipants = allPacticipants(now);
      const document = wantsDocument(given) && pacticipantsDocument(linksFor(world), now, pacticipants);
      return { pacticipants, document };
    }),
  );
  const rows = pacticipants.map(({ name, displayName }) => [quoted(name), quoted(displayName)]);
  printAnswer(world, given, {
    document,
    text: `${terminalTable(['NAME', 'DISPLAY NAME'], rows, world.columns)}\n`,
  });
  return exitCodes.yes;
}
