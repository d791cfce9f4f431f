import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { Network, NetworkEdge, NetworkNode, NetworkState } from '../../query/network.ts';
import { leftOutText, nodeLines, stateCounts, stateMarks } from './network-words.ts';

/** How an edge of each state is drawn: colour (4.5 : 1 on white), line and word differ, so none is told by colour alone. */
const edgeStyles: Readonly<Record<NetworkState, string>> = {
  verified: 'color="#1a7f37" fontcolor="#1a7f37" style=solid',
  failed: 'color="#b3261e" fontcolor="#b3261e" style=bold penwidth=2 arrowhead=tee',
  unverified: 'color="#57606a" fontcolor="#57606a" style=dotted arrowhead=empty',
  changed: 'color="#8a4600" fontcolor="#8a4600" style=dashed arrowhead=empty',
};

/** With more edges than this, words on them would take Graphviz minutes: a mark at the head has to do, and the legend. */
const manyEdges = 100;

/**
 * The network in the language of Graphviz, arrows from consumer to provider, with a legend of the states that occur. Every
 * text is safe: quotes, entities and hidden characters of names are escaped, long names are cut with the whole name as a
 * tooltip. Nodes are called `n0`, `n1`, … in the order of {@link Network.nodes}.
 */
export function networkDot(network: Network): string {
  const ids = new Map(network.nodes.map(({ name }, index) => [name, `n${index}`]));
  const isLarge = network.edges.length > manyEdges;
  const lines = [
    ...(isLarge ? ['nslimit=2; nslimit1=2; mclimit=0.5; splines=line;'] : []),
    'rankdir=LR; ranksep=1; nodesep=0.3; charset="UTF-8"; bgcolor="transparent";',
    'fontname="Helvetica,Arial,sans-serif"; fontsize=11; labelloc=b; labeljust=l;',
    `label=${label(legend(network))};`,
    'node [shape=box style="rounded,filled" fillcolor="#f6f8fa" color="#57606a" fontcolor="#1f2328" fontname="Helvetica,Arial,sans-serif" fontsize=12];',
    'edge [fontname="Helvetica,Arial,sans-serif" fontsize=10];',
    ...network.nodes.map((node) => `${ids.get(node.name) ?? ''} [${nodeAttributes(node)}];`),
    ...network.edges.map(
      (edge) =>
        `${ids.get(edge.consumer) ?? ''} -> ${ids.get(edge.provider) ?? ''} [${edgeAttributes(edge, isLarge)}];`,
    ),
  ];
  return `digraph {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function nodeAttributes(node: NetworkNode): string {
  const { name, live } = node;
  return [
    `label=${label(nodeLines(node))}`,
    `tooltip=${quoted(name)}`,
    ...(live?.length === 0 ? ['style="rounded,dashed"'] : []),
  ].join(' ');
}

function edgeAttributes(edge: NetworkEdge, isLarge: boolean): string {
  const { consumer, provider, state } = edge;
  const told = quoted(`${consumer} → ${provider}: ${stateMarks[state].word}`);
  const { mark } = stateMarks[state];
  const sign = isLarge ? `headlabel=${quoted(mark)}` : `label=${quoted(`${mark} ${state}`)}`;
  const shown = state === 'verified' ? [] : [sign];
  return [
    edgeStyles[state],
    ...shown,
    `tooltip=${told}`,
    ...(shown.length > 0 ? [`labeltooltip=${told}`] : []),
  ].join(' ');
}

function legend(network: Network): readonly string[] {
  const states = stateCounts(network).map(
    ({ state, count }) => `${stateMarks[state].mark} ${stateMarks[state].word}: ${count}`,
  );
  const leftOut = leftOutText(network);
  return [...states, ...(leftOut === undefined ? [] : [leftOut])];
}

/** Lines aligned to the left, as Graphviz writes several of them. */
function label(lines: readonly string[]): string {
  return lines.length === 1
    ? quoted(lines[0] ?? '')
    : `"${lines.map((line) => `${escaped(line)}\\l`).join('')}"`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Graphviz reads entities and backslashes in texts. */
function escaped(text: string): string {
  return escapeHidden(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
