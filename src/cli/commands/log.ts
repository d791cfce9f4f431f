import type { Broker } from '../../broker/broker.ts';
import { GitpactError } from '../../domain/failure.ts';
import { escapeHidden } from '../../domain/hidden-characters.ts';
import { pacticipantName, whyNotAName } from '../../domain/names.ts';
import { contractHistory } from '../../query/contract-history.ts';
import { historyJson } from '../../render/history/history-json.ts';
import { historyText, toTheMinute } from '../../render/history/history-text.ts';
import type { Commit } from '../../store/port.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { commitJson } from '../commit-json.ts';
import { requireKnown } from '../known-names.ts';
import { paint, statePaint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { sinceIn, sinceOption } from '../since-option.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact log` */
export const command: Command = {
  name: 'log',
  about: 'Tell the history of a contract, or of the whole contract repository, newest first',
  options: {
    consumer: { type: 'text', whyNot: whyNotAName, about: 'The consumer of a contract' },
    provider: { type: 'text', whyNot: whyNotAName, about: 'Its provider' },
    limit: { type: 'number', short: 'n', about: 'How many entries at the most', fallback: '20' },
    ...sinceOption,
    at: { type: 'text', about: 'Show the history up to then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact log -n 5', 'the last five things that happened'],
    [
      'gitpact log --consumer Web --provider Api',
      'each content of their contract: who published it, what changed, who verified it, where it was',
    ],
  ],
  check: (given) =>
    given.has('consumer') === given.has('provider')
      ? []
      : [
          {
            where: given.has('consumer') ? '--provider' : '--consumer',
            text: 'is missing: a contract has both sides',
          },
        ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const told = await withBroker(world, given, (broker) =>
    given.has('consumer') ? contractTold(world, given, broker) : repositoryTold(world, given, broker),
  );
  world.out(told);
  return exitCodes.yes;
}

async function contractTold(world: World, given: Arguments, broker: Broker): Promise<string> {
  const [consumer, provider] = [
    pacticipantName(given.text('consumer')),
    pacticipantName(given.text('provider')),
  ];
  const since = sinceIn(given);
  const part = { limit: given.number('limit') ?? 20, ...(since === undefined ? {} : { since }) };
  const history = await broker.ask((now) => {
    requireKnown(now, { pacticipants: [consumer, provider] });
    return contractHistory(now, { consumer, provider }, part);
  }, given.maybe('at'));
  if (history.contents === 0) {
    throw new GitpactError('pact-missing', `No pact between ${consumer} and ${provider} found.`, {
      hint: 'See which pacts there are with `gitpact list-latest-pact-versions`.',
    });
  }
  return given.text('output') === 'json'
    ? `${JSON.stringify(historyJson(history), null, 2)}\n`
    : historyText(history, statePaint(world));
}

async function repositoryTold(world: World, given: Arguments, broker: Broker): Promise<string> {
  const at = given.maybe('at');
  const from = at === undefined ? undefined : await broker.store.resolve(at);
  await broker.ask((now) => now.settings.format, from);
  const limit = given.number('limit') ?? 20;
  const history = await broker.store.history({ limit, ...(from === undefined ? {} : { from }) });
  const since = sinceIn(given);
  const commits = history.filter(({ committedAt }) => since === undefined || committedAt >= since);
  if (given.text('output') === 'json')
    return `${JSON.stringify({ commits: commits.map(commitJson) }, null, 2)}\n`;
  return commits.map((commit) => line(world, commit)).join('');
}

function line(world: World, { id, title, author, committedAt }: Commit): string {
  const colours = paint(world);
  const when = toTheMinute(committedAt);
  return `${colours.yellow(id.slice(0, 8))} ${colours.dim(when)} ${escapeHidden(title)} ${colours.dim(`(${escapeHidden(author.name)})`)}\n`;
}
