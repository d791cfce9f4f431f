import { instant, whyNotAName } from '../../domain/names.ts';
import { type NeededVerification, neededVerifications } from '../../query/needed-verifications.ts';
import { descriptionsOf } from '../../render/event-json.ts';
import type { Links } from '../../render/hal/links.ts';
import { metadataSegment } from '../../render/hal/metadata.ts';
import { terminalTable } from '../../render/terminal-table.ts';
import { linksFor } from '../answers.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact needs-verification` */
export const command: Command = {
  name: 'needs-verification',
  about:
    'List the pacts that the head of a provider’s main branch, or a live version of it, has not verified',
  options: {
    provider: { type: 'text', whyNot: whyNotAName, about: 'Only what this provider should verify' },
    days: {
      type: 'number',
      about: 'Of the consumers’ branches, look at those that moved in so many days',
      fallback: '30',
    },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact needs-verification', 'what nobody has looked at, or was never told of'],
    ['gitpact needs-verification --provider Api -o json', 'for a pipeline that verifies them'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const since = instant(new Date(world.now().getTime() - (given.number('days') ?? 0) * 86_400_000));
  const provider = given.maybe('provider');
  const needed = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      requireKnown(now, { pacticipants: provider === undefined ? [] : [provider] });
      const all = neededVerifications(now, since);
      return provider === undefined ? all : all.filter((one) => one.provider === provider);
    }),
  );
  if (given.text('output') === 'json') {
    const links = linksFor(world);
    world.out(`${JSON.stringify({ needed: needed.map((one) => neededJson(links, one)) }, undefined, 2)}\n`);
  } else if (needed.length === 0) world.out('Nothing waits for a verification.\n');
  else
    world.out(
      `${terminalTable(['CONSUMER', 'VERSION', 'PROVIDER', 'TO VERIFY'], needed.map(row), world.columns)}\n`,
    );
  return exitCodes.yes;
}

function row({ consumer, provider, pacts, required }: NeededVerification): readonly string[] {
  return [
    consumer,
    pacts.map(({ consumerVersion }) => consumerVersion.number).join('\n'),
    provider,
    required.map((one) => `${one.providerVersion.number} (${descriptionsOf(one).join(', ')})`).join('\n'),
  ];
}

function neededJson(links: Links, { consumer, provider, pacts, required }: NeededVerification) {
  const [newest] = pacts;
  const sha = newest?.publication.sha ?? '';
  const consumerVersion = newest?.consumerVersion.number ?? '';
  return {
    consumer,
    provider,
    sha,
    pactUrl: links.pactVersion(
      { consumer, provider },
      sha,
      metadataSegment(consumer, { consumerVersion, wip: true }),
    ),
    consumerVersions: pacts.map((pact) => ({
      number: pact.consumerVersion.number,
      branches: pact.consumerVersion.branches.map(({ name }) => name),
      tags: pact.consumerVersion.tags.map(({ name }) => name),
    })),
    providerVersions: required.map((one) => ({
      number: one.providerVersion.number,
      branch: one.branch,
      descriptions: descriptionsOf(one),
    })),
  };
}
