import { layOutInCircle } from '../render/graph/circle.ts';
import { layOutInClusters } from '../render/graph/clusters.ts';
import { type DrawnGraph, engineFor, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';
import { runGraphviz } from './graphviz.ts';

/** How long Graphviz may take, in milliseconds. */
const patience = 1_500;

/** Lays out a graph; where Graphviz takes too long, as a graph with too many arrows is. */
export async function layOut(graph: DrawnGraph): Promise<Layout> {
  const best = engineFor(graph);
  if (best === 'circle') return layOutInCircle(graph);
  if (best === 'clusters') return layOutInClusters(graph);
  const json = await runGraphviz(layoutDot(graph), { format: 'json', engine: best, yInvert: true }, patience);
  return json === undefined ? layOutInClusters(graph) : parseLayout(JSON.parse(json), graph);
}
