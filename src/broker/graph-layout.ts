import type { Viz } from '@viz-js/viz';
import { layOutInCircle } from '../render/graph/circle.ts';
import { layOutInClusters } from '../render/graph/clusters.ts';
import { type DrawnGraph, engineFor, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';
import { runGraphviz } from './graphviz.ts';

/** How long Graphviz may take, in milliseconds. */
const patience = 1_500;

/** Lays out a graph; where Graphviz takes too long, as a graph with too many arrows is. */
export async function layOut(graph: DrawnGraph): Promise<Layout> {
  const known = layOutWithoutGraphviz(graph);
  if (known) return known;
  const json = await runGraphviz(
    layoutDot(graph),
    { format: 'json', engine: 'dot', yInvert: true },
    patience,
  );
  return json === undefined ? layOutInClusters(graph) : parseLayout(JSON.parse(json), graph);
}

/** Graphviz in this thread; loaded once, when it is needed first. */
let graphviz: Promise<Viz> | undefined;

/**
 * Lays out a graph however long that takes: the same graph always the same way. Nothing else happens in the process
 * meanwhile, and many small graphs cost little each.
 */
export async function layOutPatiently(graph: DrawnGraph): Promise<Layout> {
  const known = layOutWithoutGraphviz(graph);
  if (known) return known;
  graphviz ??= import('@viz-js/viz').then(({ instance }) => instance());
  const json = (await graphviz).renderString(layoutDot(graph), {
    format: 'json',
    engine: 'dot',
    yInvert: true,
  });
  return parseLayout(JSON.parse(json), graph);
}

/** The layout of a graph that Graphviz is not needed for; undefined for any other. */
function layOutWithoutGraphviz(graph: DrawnGraph): Layout | undefined {
  switch (engineFor(graph)) {
    case 'circle':
      return layOutInCircle(graph);
    case 'clusters':
      return layOutInClusters(graph);
    case 'dot':
      return undefined;
  }
}
