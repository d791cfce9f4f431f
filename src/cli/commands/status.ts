import { whyNotAName, whyNotAnEnvironmentName } from '../../domain/names.ts';
import { status } from '../../query/status.ts';
import { statusJson } from '../../render/status/status-json.ts';
import { statusText } from '../../render/status/status-text.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { statePaint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact status` */
export const command: Command = {
  name: 'status',
  about:
    'Show what is where, which pacts are not verified, and whether the head of each main branch may go to each environment',
  options: {
    pacticipant: { type: 'texts', short: 'a', whyNot: whyNotAName, about: 'Only this pacticipant' },
    environment: { type: 'texts', whyNot: whyNotAnEnvironmentName, about: 'Only this environment' },
    at: { type: 'text', about: 'Show the state of then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact status', 'everything'],
    ['gitpact status --environment production', 'what could be deployed now'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipants = given.texts('pacticipant');
  const environments = given.texts('environment');
  const found = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      requireKnown(now, { pacticipants, environments });
      return status(now, {
        ...(pacticipants.length > 0 ? { pacticipants } : {}),
        ...(environments.length > 0 ? { environments } : {}),
      });
    }, given.maybe('at')),
  );
  if (given.text('output') === 'json') world.out(`${JSON.stringify(statusJson(found), null, 2)}\n`);
  else if (found.pacticipants.length > 0) world.out(statusText(found, world.columns, statePaint(world)));
  else world.out('There is no pacticipant yet. Publish a pact with `gitpact publish`.\n');
  return exitCodes.yes;
}
