import { compactJson, prettyJson } from '../../../domain/json.ts';
import { pacticipantName, whyNotAName, whyNotAnEnvironmentName } from '../../../domain/names.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import {
  type ProviderStateSource,
  type ProviderStateUse,
  providerStates,
} from '../../../query/provider-states.ts';
import { providerStatesDocument } from '../../../render/hal/provider-states.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { answerOption, wantsDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, onlyOneOf, storeOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact provider-states` */
export const command: Command = {
  name: 'provider-states',
  about: 'Show the states that the pacts of a provider need it to take',
  operands: '[list]',
  options: {
    provider: {
      type: 'text',
      short: 'r',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The provider',
    },
    branch: { type: 'text', whyNot: whyNotAName, about: 'Of the latest pacts of this branch' },
    environment: {
      type: 'text',
      whyNot: whyNotAnEnvironmentName,
      about: 'Of the pacts of what is in this environment',
    },
    json: { type: 'flag', about: 'The same as --output pretty' },
    ...answerOption,
    ...storeOptions,
  },
  examples: [['gitpact provider-states list --provider Api', 'those of the main branches']],
  check: (given) => [
    ...onlyOneOf(given, ['branch', 'environment'], 'each says whose pacts'),
    ...given.operands
      .filter((word, index) => word !== 'list' || index > 0)
      .map((where) => ({ where, text: 'is not expected here: there is list' })),
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const uses = await withBroker(world, given, (broker) => broker.ask((now) => asked(now, given)));
  if (given.flag('json') || wantsDocument(given)) {
    const write = given.text('output') === 'json' ? compactJson : prettyJson;
    world.out(`${write(providerStatesDocument(uses))}\n`);
    return exitCodes.yes;
  }
  const [branch, environment] = [given.maybe('branch'), given.maybe('environment')];
  const scope =
    branch === undefined
      ? environment === undefined
        ? 'Scope: Main branch'
        : `Environment: ${environment}`
      : `Branch: ${branch}`;
  const told = uses.length === 0 ? 'No provider states found.\n' : tableOf(uses, world.columns);
  world.out(`Provider States for Provider: ${given.text('provider')}\n${scope}\n\n${told}\n`);
  return exitCodes.yes;
}

/** @throws GitpactError for names that name nothing @throws NotLoaded */
function asked(now: Snapshot, given: Arguments): readonly ProviderStateUse[] {
  const provider = pacticipantName(given.text('provider'));
  const [branch, environment] = [given.maybe('branch'), given.maybe('environment')];
  requireKnown(now, {
    pacticipants: [provider],
    environments: environment === undefined ? [] : [environment],
    tellsStatus: true,
  });
  const inEnvironment: ProviderStateSource = environment === undefined ? 'main-branches' : { environment };
  return providerStates(now, provider, branch === undefined ? inEnvironment : { branch });
}

function tableOf(uses: readonly ProviderStateUse[], columns: number): string {
  return terminalTable(
    ['Provider State Name', 'Consumers', 'Parameters'],
    uses.map(({ name, consumers, params }) => [
      name,
      consumers.join(', '),
      params ? compactJson(params) : '',
    ]),
    columns,
  );
}
