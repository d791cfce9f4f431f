import { groupBy } from '../domain/grouping.ts';
import { byCodePoint, type PacticipantName } from '../domain/names.ts';
import { type Network, type NetworkState, networkStates } from './network.ts';

/** Pacticipants that belong together. */
export interface NetworkGroup {
  /** A label, or the name of the pacticipant in the middle. */
  readonly name: string;
  /** Whether the members bear the label, or are gathered around a pacticipant that many of them integrate with. */
  readonly by: 'label' | 'hub';
  /** By name in code point order. */
  readonly members: readonly PacticipantName[];
}

/** What goes on between two groups, or within one. */
export interface GroupLink {
  /** Index of the group of the consumers, and of that of the providers. */
  readonly from: number;
  readonly to: number;
  readonly integrations: number;
  /** The worst among them. */
  readonly state: NetworkState;
}

/** A network seen from afar. */
export interface CondensedNetwork {
  /** By name in code point order. */
  readonly groups: readonly NetworkGroup[];
  /** In order of groups; links within a group are among them. */
  readonly links: readonly GroupLink[];
}

/**
 * Gathers a network that is too large to be read into groups: by the first label, where at least half of the pacticipants
 * have one; else around those with the most integrations.
 */
export function condense(network: Network): CondensedNetwork {
  const labelled = network.nodes.filter(({ labels }) => labels.length > 0).length;
  const groups = labelled * 2 >= network.nodes.length ? groupsByLabel(network) : groupsByHub(network);
  const groupOf = new Map(groups.flatMap(({ members }, index) => members.map((name) => [name, index])));
  const between = groupBy(
    network.edges,
    ({ consumer, provider }) => `${groupOf.get(consumer)} ${groupOf.get(provider)}`,
  );
  const links = [...between].map(([key, edges]): GroupLink => {
    const [from = 0, to = 0] = key.split(' ').map(Number);
    return { from, to, integrations: edges.length, state: worst(edges.map(({ state }) => state)) };
  });
  return { groups, links: links.sort((a, b) => a.from - b.from || a.to - b.to) };
}

function worst(states: readonly NetworkState[]): NetworkState {
  return networkStates.find((state) => states.includes(state)) ?? 'verified';
}

function groupsByLabel({ nodes }: Network): readonly NetworkGroup[] {
  const groups = groupBy(nodes, ({ labels: [label] }) => label ?? '');
  return [...groups]
    .map(([name, members]) => ({ name, by: 'label' as const, members: members.map((node) => node.name) }))
    .sort(byGroupName);
}

function byGroupName(a: NetworkGroup, b: NetworkGroup): number {
  return byCodePoint(a.name, b.name);
}

/** About √n hubs; everybody joins the neighbour that is nearest to one, who has no way to any stays with itself. */
function groupsByHub({ nodes, edges }: Network): readonly NetworkGroup[] {
  const neighbours = new Map<PacticipantName, PacticipantName[]>(nodes.map(({ name }) => [name, []]));
  for (const { consumer, provider } of edges) {
    neighbours.get(consumer)?.push(provider);
    neighbours.get(provider)?.push(consumer);
  }
  const size = (name: PacticipantName) => neighbours.get(name)?.length ?? 0;
  const bySize = nodes.map(({ name }) => name).sort((a, b) => size(b) - size(a) || byCodePoint(a, b));
  const hubOf = new Map(bySize.slice(0, Math.ceil(Math.sqrt(nodes.length))).map((name) => [name, name]));
  let wave: readonly PacticipantName[] = [...hubOf.keys()];
  while (wave.length > 0) {
    const next: PacticipantName[] = [];
    for (const name of wave) {
      for (const neighbour of neighbours.get(name) ?? []) {
        if (hubOf.has(neighbour)) continue;
        hubOf.set(neighbour, hubOf.get(name) ?? name);
        next.push(neighbour);
      }
    }
    wave = next;
  }
  const groups = groupBy(
    nodes.map(({ name }) => name),
    (name) => hubOf.get(name) ?? name,
  );
  return [...groups].map(([name, members]) => ({ name, by: 'hub' as const, members })).sort(byGroupName);
}
