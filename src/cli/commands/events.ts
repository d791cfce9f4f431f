import { type CommittedEvent, historyEvents } from '../../broker/history-events.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { CommitId } from '../../domain/names.ts';
import { eventJson } from '../../render/event-json.ts';
import type { Store } from '../../store/port.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact events` */
export const command: Command = {
  name: 'events',
  about: 'Show what commits meant: published, changed and verified pacts, deployments; oldest first',
  options: {
    since: {
      type: 'text',
      about: 'After which commit, or from which date on (default: from the beginning)',
    },
    at: { type: 'text', about: 'Up to which commit or date (default: the newest commit)' },
    event: {
      type: 'texts',
      about: 'Only events of this name; may be repeated',
    },
    output: {
      type: 'text',
      short: 'o',
      about: 'How to print them; json is an object a line',
      choices: ['json', 'text'],
      fallback: 'json',
    },
    ...storeOptions,
  },
  examples: [
    ['gitpact events --since 2026-01-31', 'everything since that day'],
    [
      'gitpact events --since "$LAST" --event contract_content_changed',
      'go on where you were: the commit of the last line',
    ],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const wanted = given.texts('event');
  await withBroker(world, given, async (broker) => {
    const { store } = broker;
    await broker.ask((now) => now.settings.format);
    const until = given.has('at') ? await store.resolve(given.text('at')) : await store.tip();
    const since = given.has('since') ? await startOf(store, given.text('since')) : undefined;
    const found = historyEvents(store, { ...(until && { until }), ...(since && { since }) });
    const toLine = given.text('output') === 'text' ? (one: CommittedEvent) => line(world, one) : jsonLine;
    for await (const some of found) {
      const meant = wanted.length > 0 ? some.filter(({ event }) => wanted.includes(event.name)) : some;
      if (meant.length > 0) world.out(meant.map(toLine).join(''));
    }
  });
  return exitCodes.yes;
}

/** The commit after which to begin: undefined where a date is before all of them. */
async function startOf(store: Store, name: string): Promise<CommitId | undefined> {
  const date = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(name);
  if (!date) return store.resolve(name);
  const [, day = '', time = '00:00', zone = 'Z'] = date;
  const moment = Date.parse(`${day}T${time}${zone}`);
  try {
    return await store.resolve(Number.isNaN(moment) ? name : new Date(moment - 1).toISOString());
  } catch (error) {
    if (error instanceof GitpactError && error.code === 'commit-missing') return undefined;
    throw error;
  }
}

function jsonLine({ commit, event }: CommittedEvent): string {
  return `${JSON.stringify({ ...eventJson(event), commit })}\n`;
}

function line(world: World, { commit, event }: CommittedEvent): string {
  const colours = paint(world);
  const when = event.at.slice(0, 16).replace('T', ' ');
  return `${colours.yellow(commit.slice(0, 8))} ${colours.dim(when)} ${event.name} ${subject(event)}\n`;
}

function subject(event: CommittedEvent['event']): string {
  switch (event.kind) {
    case 'pact':
      return `${event.consumer} ${event.consumerVersion.number} → ${event.provider}`;
    case 'result':
      return `${event.result.consumer} → ${event.result.provider} ${event.result.providerVersion}`;
    case 'place': {
      const target = event.target === undefined ? '' : ` (${event.target})`;
      return `${event.pacticipant} ${event.version}, ${event.environment}${target}`;
    }
  }
}
