import { groupBy } from '../../domain/grouping.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Network, NetworkEdge, NetworkNode, NetworkState } from '../../query/network.ts';
import { characters, elided } from '../elided.ts';
import { counted, leftOutText, nodeLines, stateCounts, stateMarks } from './network-words.ts';

/** Colours what stands for a state, or matters less; marks and words say the same without. */
export type StatePaint = Readonly<Record<NetworkState | 'faint', (text: string) => string>>;

/**
 * The network as a tree for a terminal of so many columns: below each pacticipant those it consumes, and how the pact
 * stands. What nobody consumes comes first; what was shown above is not shown again. Ends with a line break.
 */
export function networkTree(network: Network, columns: number, paint: StatePaint): string {
  const forest = new Forest(network, columns, paint);
  const consumed = new Set(network.edges.map(({ provider }) => provider));
  for (const { name } of network.nodes) if (!consumed.has(name)) forest.plant(name);
  for (const { name } of network.nodes) forest.plant(name);
  const leftOut = leftOutText(network);
  return [...forest.lines, '', summary(network, paint), ...(leftOut === undefined ? [] : [leftOut]), ''].join(
    '\n',
  );
}

class Forest {
  readonly lines: string[] = [];
  readonly #nodes: ReadonlyMap<string, NetworkNode>;
  readonly #edges: ReadonlyMap<string, readonly NetworkEdge[]>;
  readonly #shown = new Set<PacticipantName>();
  readonly #columns: number;
  readonly #paint: StatePaint;

  constructor({ nodes, edges }: Network, columns: number, paint: StatePaint) {
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
    this.#edges = groupBy(edges, ({ consumer }) => consumer);
    this.#columns = columns;
    this.#paint = paint;
  }

  /** Shows a pacticipant at the left edge, unless it is there already. */
  plant(name: PacticipantName): void {
    if (this.#shown.has(name)) return;
    this.lines.push(elided(this.#titleOf(name), this.#columns));
    this.#grow(name, '');
  }

  #grow(name: PacticipantName, indent: string): void {
    this.#shown.add(name);
    const edges = this.#edges.get(name) ?? [];
    for (const [index, edge] of edges.entries()) {
      const isLast = index === edges.length - 1;
      const isAbove = this.#shown.has(edge.provider);
      this.#add(`${indent}${isLast ? '└─ ' : '├─ '}`, edge, isAbove && this.#edges.has(edge.provider));
      if (!isAbove) this.#grow(edge.provider, `${indent}${isLast ? '   ' : '│  '}`);
    }
  }

  #add(indent: string, edge: NetworkEdge, isAbove: boolean): void {
    const title = elided(
      `${stateMarks[edge.state].mark} ${this.#titleOf(edge.provider)}`,
      Math.max(this.#columns - indent.length, 8),
    );
    const room = this.#columns - indent.length - characters(title).length - 2;
    const told = room < 8 ? '' : `  ${elided(`${standing(edge)}${isAbove ? '; see above' : ''}`, room)}`;
    this.lines.push(`${indent}${this.#paint[edge.state](title)}${this.#paint.faint(told)}`);
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
