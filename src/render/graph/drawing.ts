import { groupBy } from '../../domain/grouping.ts';
import type { Network, NetworkEdge, NetworkNode, NetworkState } from '../../query/network.ts';
import { networkStates } from '../../query/network.ts';
import type { CondensedNetwork } from '../../query/network-groups.ts';
import { elided } from '../elided.ts';
import type { DrawnGraph } from './layout.ts';
import { stateMarks } from './network-words.ts';

/** A box of a drawing. */
export interface DrawnBox {
  /** Lines short enough for the box. */
  readonly lines: readonly string[];
  /** Everything there is to say of it. */
  readonly title: string;
  /** The worst state of what it takes part in; absent where it takes part in nothing. */
  readonly state?: NetworkState;
  readonly kind: 'pacticipant' | 'missing' | 'group';
  readonly href?: string | undefined;
  /** Whether everything else is drawn because of it. */
  readonly isCentre?: boolean;
}

/** An arrow of a drawing, from consumer to provider. */
export interface DrawnArrow {
  readonly title: string;
  readonly state: NetworkState;
  readonly href?: string | undefined;
}

/** What is drawn, and the same as sizes and numbers for the layout; both in one order. */
export interface Drawing {
  readonly boxes: readonly DrawnBox[];
  readonly arrows: readonly DrawnArrow[];
  /** The names of the clusters. */
  readonly clusters: readonly string[];
  readonly graph: DrawnGraph;
}

/** Where boxes and arrows lead; without an address they lead nowhere. */
export interface DrawingLinks {
  readonly node?: (node: NetworkNode) => string | undefined;
  readonly edge?: (edge: NetworkEdge) => string | undefined;
}

const mostCharacters = 28;

/** The network with a box for each pacticipant and an arrow for each integration; `centre` names the one it is around. */
export function drawNetwork(network: Network, links: DrawingLinks = {}, centre?: string): Drawing {
  const boxes = network.nodes.map((node): DrawnBox => {
    const touching = network.edges.filter(
      ({ consumer, provider }) => consumer === node.name || provider === node.name,
    );
    const state = worstOf(touching.map((edge) => edge.state));
    const isMissing = node.live?.length === 0;
    const places = isMissing ? ['not there'] : (node.live ?? []);
    const shown = places.length > 2 ? [places[0], `and ${places.length - 1} more`] : places;
    return {
      lines: [node.name, ...shown].map((line) => elided(line ?? '', mostCharacters)),
      title: [node.name, ...places].join('\n') + (state ? `\n${stateMarks[state].word}` : ''),
      kind: isMissing ? 'missing' : 'pacticipant',
      ...(state ? { state } : {}),
      ...(node.name === centre ? { isCentre: true } : {}),
      href: links.node?.(node),
    };
  });
  const indexOf = new Map(network.nodes.map(({ name }, index) => [name, index]));
  return drawing(
    boxes,
    network.edges.map((edge) => ({
      title: `${edge.consumer} → ${edge.provider}: ${stateMarks[edge.state].word}`,
      state: edge.state,
      href: links.edge?.(edge),
    })),
    network.edges.map(({ consumer, provider }) => ({
      from: indexOf.get(consumer) ?? 0,
      to: indexOf.get(provider) ?? 0,
    })),
    groupBy(
      network.nodes.map(({ labels: [label = ''] }, index) => ({ label, index })),
      ({ label }) => label,
    ),
  );
}

/** The network with a box for each group and an arrow for all that goes on between two. */
export function drawGroups(
  { groups, links }: CondensedNetwork,
  hrefOf: (group: number) => string | undefined,
): Drawing {
  const boxes = groups.map(({ name, by, members }, index): DrawnBox => {
    const state = worstOf(
      links.filter(({ from, to }) => from === index || to === index).map((link) => link.state),
    );
    const called = by === 'hub' && members.length > 1 ? `around ${name}` : name || 'without a label';
    const count = `${members.length} pacticipant${members.length === 1 ? '' : 's'}`;
    return {
      lines: [elided(called, mostCharacters), count],
      title: `${called}, ${count}: ${members.join(', ')}`,
      kind: 'group',
      href: hrefOf(index),
      ...(state ? { state } : {}),
    };
  });
  const outer = links.filter(({ from, to }) => from !== to);
  return drawing(
    boxes,
    outer.map(({ from, to, integrations, state }) => ({
      title: `${boxes[from]?.lines[0]} → ${boxes[to]?.lines[0]}: ${integrations} integration${integrations === 1 ? '' : 's'}, the worst ${stateMarks[state].word}`,
      state,
    })),
    outer,
  );
}

function worstOf(states: readonly NetworkState[]): NetworkState | undefined {
  return networkStates.find((state) => states.includes(state));
}

function drawing(
  boxes: readonly DrawnBox[],
  arrows: readonly DrawnArrow[],
  ends: DrawnGraph['arrows'],
  clusters: ReadonlyMap<string, readonly { readonly index: number }[]> = new Map(),
): Drawing {
  const sizes = boxes.map(({ lines }) => ({
    width: Math.max(...lines.map(widthOf)) + 44,
    height: 14 + lines.length * lineHeight,
  }));
  const together = [...clusters.values()].map((members) => ({ boxes: members.map(({ index }) => index) }));
  return {
    boxes,
    arrows,
    clusters: [...clusters.keys()].map((name) => name || 'without a label'),
    graph: { boxes: sizes, arrows: ends, clusters: together },
  };
}

/** The height of a line of a box, in pixels. */
export const lineHeight = 18;

/** About how wide a text is in the font of the drawing, in pixels; wide scripts and signs take twice as much. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x10ff ? 14 : 7.6), 0);
}
