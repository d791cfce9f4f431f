import { groupBy } from '../../domain/grouping.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../query/network.ts';
import { characters, elided } from '../elided.ts';
import type { StatePaint } from '../state-paint.ts';
import { counted, leftOutText, nodeLines, stateCounts, stateMarks } from './network-words.ts';

/**
 * The network as a tree for a terminal of so many columns: below each pacticipant those it consumes, and how the pact
 * stands. What nobody consumes comes first. What several consume is unfolded once, as near to the left edge as can be. Ends
 * with a line break.
 */
export function networkTree(network: Network, columns: number, paint: StatePaint): string {
  const lines = new Forest(network, columns, paint).grow();
  const leftOut = leftOutText(network);
  return [...lines, '', summary(network, paint), ...(leftOut === undefined ? [] : [leftOut]), ''].join('\n');
}

class Forest {
  readonly #lines: string[] = [];
  readonly #network: Network;
  readonly #nodes: ReadonlyMap<string, NetworkNode>;
  readonly #edges: ReadonlyMap<string, readonly NetworkEdge[]>;
  readonly #columns: number;
  readonly #paint: StatePaint;
  /** The edge below which each pacticipant is unfolded; undefined for those at the left edge. */
  readonly #homes = new Map<PacticipantName, NetworkEdge | undefined>();

  constructor(network: Network, columns: number, paint: StatePaint) {
    this.#network = network;
    this.#nodes = new Map(network.nodes.map((node) => [node.name, node]));
    this.#edges = groupBy(network.edges, ({ consumer }) => consumer);
    this.#columns = columns;
    this.#paint = paint;
  }

  /** The lines of all trees. */
  grow(): readonly string[] {
    const consumed = new Set(this.#network.edges.map(({ provider }) => provider));
    const names = this.#network.nodes.map(({ name }) => name);
    this.#settle(names.filter((name) => !consumed.has(name)));
    for (const name of names) if (!this.#homes.has(name)) this.#settle([name]);
    for (const [name, home] of this.#homes) {
      if (home) continue;
      this.#lines.push(elided(this.#titleOf(name), this.#columns));
      this.#unfold(name, '');
    }
    return this.#lines;
  }

  /** Finds a home for everything that these consume, wave by wave, so that trees are broad and not deep. */
  #settle(roots: readonly PacticipantName[]): void {
    for (const root of roots) this.#homes.set(root, undefined);
    let wave = roots;
    while (wave.length > 0) {
      const next: PacticipantName[] = [];
      for (const edge of wave.flatMap((name) => this.#edges.get(name) ?? [])) {
        if (this.#homes.has(edge.provider)) continue;
        this.#homes.set(edge.provider, edge);
        next.push(edge.provider);
      }
      wave = next;
    }
  }

  #unfold(name: PacticipantName, indent: string): void {
    const edges = this.#edges.get(name) ?? [];
    for (const [index, edge] of edges.entries()) {
      const isLast = index === edges.length - 1;
      const isHome = this.#homes.get(edge.provider) === edge;
      this.#add(`${indent}${isLast ? '└─ ' : '├─ '}`, edge, isHome || !this.#edges.has(edge.provider));
      if (isHome) this.#unfold(edge.provider, `${indent}${isLast ? '   ' : '│  '}`);
    }
  }

  #add(indent: string, edge: NetworkEdge, isWhole: boolean): void {
    const title = elided(
      `${stateMarks[edge.state].mark} ${this.#titleOf(edge.provider)}`,
      Math.max(this.#columns - indent.length, 8),
    );
    const room = this.#columns - indent.length - characters(title).length - 2;
    const told =
      room < 8 ? '' : `  ${elided(`${standing(edge)}${isWhole ? '' : '; unfolded elsewhere'}`, room)}`;
    this.#lines.push(`${indent}${this.#paint[edge.state](title)}${this.#paint.faint(told)}`);
  }

  #titleOf(name: PacticipantName): string {
    const node = this.#nodes.get(name);
    const [title = name, ...versions] = node ? nodeLines(node) : [];
    return versions.length === 0 ? title : `${title} [${versions.join(', ')}]`;
  }
}

/** How a pact stands, with the versions that it is about. */
function standing({ state, pact, providerVersion }: NetworkEdge): string {
  const version = elided(pact.consumerVersion.number, 16);
  const by = providerVersion === undefined ? '' : ` by ${elided(providerVersion, 16)}`;
  const word = state === 'changed' && by !== '' ? 'not yet verified' : stateMarks[state].word;
  return `${version}: ${word}${by}`;
}

function summary(network: Network, paint: StatePaint): string {
  const { nodes, edges } = network;
  const states = stateCounts(network).map(({ state, count }) =>
    paint[state](`${stateMarks[state].mark} ${count} ${stateMarks[state].word}`),
  );
  const counts = `${counted(nodes.length, 'pacticipant')}, ${counted(edges.length, 'integration')}`;
  return states.length === 0 ? counts : `${counts}: ${states.join(', ')}`;
}
