import { byNames, latestPacts } from '../../../query/latest-pacts.ts';
import { timeText } from '../../../render/hal/document.ts';
import { latestPactsDocument } from '../../../render/hal/pact-lists.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, linksFor, printAnswer, quoted } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact list-latest-pact-versions` */
export const command: Command = {
  name: 'list-latest-pact-versions',
  about: 'Show the latest pact of each consumer with each provider',
  options: { ...answerOption, ...storeOptions },
  examples: [['gitpact list-latest-pact-versions', '']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const found = await withBroker(world, given, (broker) => broker.ask(latestPacts));
  const pacts = found.toSorted(byNames);
  const rows = pacts.map(({ consumer, consumerVersion, provider, publication }) =>
    [consumer, consumerVersion.number, provider, timeText(publication.createdAt)].map(quoted),
  );
  const links = linksFor(world);
  printAnswer(world, given, {
    document: latestPactsDocument(links, pacts, links.template('/pacts/latest')),
    text: `${terminalTable(['CONSUMER', 'CONSUMER_VERSION', 'PROVIDER', 'CREATED_AT'], rows, world.columns)}\n`,
  });
  return exitCodes.yes;
}
