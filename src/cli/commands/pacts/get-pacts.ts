import { resolve } from 'node:path';
import type { Broker } from '../../../broker/broker.ts';
import { GitpactError } from '../../../domain/failure.ts';
import { parseJson, prettyJson } from '../../../domain/json.ts';
import { pacticipantName, whyNotAName } from '../../../domain/names.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { gather } from '../../../domain/tree.ts';
import {
  byNames,
  findHeadPact,
  findLatestPactOnBranch,
  type Pair,
  pactsOnBranch,
} from '../../../query/latest-pacts.ts';
import type { PublishedPact } from '../../../query/publications.ts';
import { pactLink, pactName, pactText } from '../../../render/hal/pact.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import { writeWhole } from '../../../store/durable-file.ts';
import { answerOption, linksFor, printAnswer, quoted, wantsDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { noSuch } from '../../asked-things.ts';
import { type Command, storeOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact get-pacts` */
export const command: Command = {
  name: 'get-pacts',
  about: 'Show the pacts of a provider on a branch of its consumers, or download them',
  options: {
    provider: {
      type: 'text',
      required: true,
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'The provider',
    },
    consumer: { type: 'text', whyNot: whyNotAName, about: 'Only the pacts of this consumer' },
    branch: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The branch of the consumers (default: the main branch of each)',
    },
    latest: { type: 'flag', about: 'Only the latest of each consumer' },
    download: { type: 'flag', about: 'Write them as files' },
    'download-dir': { type: 'text', about: 'The folder to write them to', fallback: './pacts' },
    ...answerOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact get-pacts --provider Api --latest', 'what the provider should honour'],
    ['gitpact get-pacts --provider Api --branch main --latest --download --download-dir pacts', ''],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    const pacts = await broker.ask((now) => asked(now, given));
    if (given.flag('download')) await download(world, given, broker, pacts);
    const [only] = pacts;
    if (only && given.has('consumer') && given.flag('latest') && wantsDocument(given)) {
      world.out(`${await textOf(world, broker, only)}\n`);
      return exitCodes.yes;
    }
    const listed = pacts.map((pact) => ({
      name: pact.consumer,
      title: pactName(pact),
      href: pactLink(linksFor(world), pact).href,
    }));
    const rows = listed.map(({ name, title, href }) => [name, title, href].map(quoted));
    const text = `${terminalTable(['CONSUMER', 'TITLE', 'LINK'], rows, world.columns)}\n`;
    printAnswer(world, given, { document: { pacts: listed }, text });
    return exitCodes.yes;
  });
}

/** @throws GitpactError for names that name nothing @throws NotLoaded */
function asked(now: Snapshot, given: Arguments): readonly PublishedPact[] {
  const provider = pacticipantName(given.text('provider'));
  const consumer = given.has('consumer') ? pacticipantName(given.text('consumer')) : undefined;
  const names = consumer === undefined ? [provider] : [provider, consumer];
  requireKnown(now, { pacticipants: names, tellsStatus: true });
  const consumers = consumer === undefined ? now.consumersOf(provider) : [consumer];
  const pairs = consumers.map((name): Pair => ({ consumer: name, provider })).sort(byNames);
  const pacts = gather(pairs, (pair) => {
    const branch = given.maybe('branch') ?? now.pacticipant(pair.consumer)?.mainBranch;
    if (branch === undefined) return [];
    if (!given.flag('latest')) return pactsOnBranch(now, pair, branch);
    const find = consumer === undefined ? findHeadPact : findLatestPactOnBranch;
    return [find(now, pair, branch)].filter((pact) => pact !== undefined);
  }).flat();
  if (pacts.length > 0 || (consumer === undefined && !given.flag('download'))) return pacts;
  throw noSuch(
    `No pacts found${consumer === undefined ? '' : ` between ${consumer} and ${provider}`}.`,
    'See what there is with `gitpact list-latest-pact-versions`; --branch names another branch than the main one.',
  );
}

/** A pact as the API tells it, indented. */
async function textOf(world: World, broker: Broker, pact: PublishedPact): Promise<string> {
  const text = await broker.ask((now) => pactText(linksFor(world), now, pact));
  return prettyJson(parseJson(text));
}

/** @throws GitpactError `disk-failed` */
async function download(
  world: World,
  given: Arguments,
  broker: Broker,
  pacts: readonly PublishedPact[],
): Promise<void> {
  const tell = wantsDocument(given) ? world.err : world.out;
  for (const pact of pacts) {
    const { consumer, provider, consumerVersion } = pact;
    const name = `${[consumer, provider, consumerVersion.number].join('-').replace(/[/\\:]/g, '_')}.json`;
    const path = resolve(world.cwd, given.text('download-dir'), name);
    try {
      await writeWhole(path, `${await textOf(world, broker, pact)}\n`);
    } catch (cause) {
      if (cause instanceof GitpactError) throw cause;
      const hint = 'Name another folder with --download-dir.';
      throw new GitpactError('disk-failed', `${path} cannot be written.`, { cause, hint });
    }
    tell(`  → ${path}\n`);
  }
}
