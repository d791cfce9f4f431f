import { type DrawnGraph, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';
import { runGraphviz } from './graphviz.ts';

/** How long Graphviz may take, in milliseconds. */
const attempts = [
  { engine: 'dot', time: 1_500 },
  { engine: 'osage', time: 2_000 },
] as const;

/** Lays out a graph by Graphviz; undefined when that takes too long or fails. */
export async function layOut(graph: DrawnGraph): Promise<Layout | undefined> {
  const dot = layoutDot(graph);
  for (const { engine, time } of attempts) {
    const json = await runGraphviz(dot, { format: 'json', engine, yInvert: true }, time);
    if (json !== undefined) return parseLayout(JSON.parse(json));
  }
  return undefined;
}
