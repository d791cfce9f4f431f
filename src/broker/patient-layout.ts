import type { Viz } from '@viz-js/viz';
import { type DrawnGraph, engineFor, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';
import { layOut } from './graph-layout.ts';

/** Graphviz in this thread; loaded once, when it is needed first. */
let graphviz: Promise<Viz> | undefined;

/**
 * Lays out a graph however long Graphviz takes: the same graph always the same way. Nothing else happens in the process
 * meanwhile, and many small graphs cost little each.
 */
export async function layOutPatiently(graph: DrawnGraph): Promise<Layout> {
  const engine = engineFor(graph);
  if (engine !== 'dot') return layOut(graph);
  graphviz ??= import('@viz-js/viz').then(({ instance }) => instance());
  const json = (await graphviz).renderString(layoutDot(graph), { format: 'json', engine, yInvert: true });
  return parseLayout(JSON.parse(json), graph);
}
