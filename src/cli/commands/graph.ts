import { svgOf } from '../../broker/graph-svg.ts';
import { whyNotAName, whyNotAnEnvironmentName } from '../../domain/names.ts';
import { type Network, network } from '../../query/network.ts';
import { networkDot } from '../../render/graph/dot.ts';
import { networkMermaid } from '../../render/graph/mermaid.ts';
import { networkJson } from '../../render/graph/network-json.ts';
import { networkTree } from '../../render/graph/tree.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { statePaint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact graph` */
export const command: Command = {
  name: 'graph',
  about: 'Show who consumes whom, and how each pact stands',
  options: {
    environment: {
      type: 'text',
      whyNot: whyNotAnEnvironmentName,
      about: 'Only what is deployed or released there (else the main branches)',
    },
    pacticipant: {
      type: 'texts',
      short: 'a',
      whyNot: whyNotAName,
      about: 'Only this one and its neighbours',
    },
    label: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'Only pacticipants with this label, and their neighbours',
    },
    depth: { type: 'number', about: 'How many steps away neighbours may be', fallback: '1' },
    limit: { type: 'number', about: 'How many pacticipants at the most, the nearest first' },
    at: { type: 'text', about: 'Show the state of then: a date or a commit' },
    output: {
      type: 'text',
      short: 'o',
      about:
        'How to print it: a tree for the terminal, JSON, or a picture for Mermaid or Graphviz, or as SVG',
      choices: ['text', 'json', 'mermaid', 'dot', 'svg'],
      fallback: 'text',
    },
    ...storeOptions,
  },
  examples: [
    ['gitpact graph', 'everything, as a tree'],
    ['gitpact graph --environment production --output svg > production.svg', 'a picture of what is live'],
    ['gitpact graph -a Web --depth 2 --output mermaid', 'two steps around Web, for a page in Markdown'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const environment = given.maybe('environment');
  const pacticipants = given.texts('pacticipant');
  const label = given.maybe('label');
  const most = given.number('limit');
  const found = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      requireKnown(now, { pacticipants, environments: environment === undefined ? [] : [environment] });
      return network(now, {
        depth: given.number('depth') ?? 1,
        ...(environment === undefined ? {} : { environment }),
        ...(pacticipants.length > 0 ? { pacticipants } : {}),
        ...(label === undefined ? {} : { label }),
        ...(most === undefined ? {} : { most }),
      });
    }, given.maybe('at')),
  );
  world.out(await shown(world, given, found));
  return exitCodes.yes;
}

async function shown(world: World, given: Arguments, found: Network): Promise<string> {
  switch (given.text('output')) {
    case 'json':
      return `${JSON.stringify(networkJson(found), null, 2)}\n`;
    case 'mermaid':
      return networkMermaid(found);
    case 'dot':
      return networkDot(found);
    case 'svg':
      return svgOf(networkDot(found));
    default:
      return found.nodes.length === 0
        ? nothingFor(given)
        : networkTree(found, world.columns, statePaint(world));
  }
}

function nothingFor(given: Arguments): string {
  const [label, environment] = [given.maybe('label'), given.maybe('environment')];
  if (label !== undefined) return `No pacticipant has the label ${label}.\n`;
  if (environment !== undefined) return `Nothing is deployed or released to ${environment}.\n`;
  return 'There is no pacticipant yet. Publish a pact with `gitpact publish`.\n';
}
