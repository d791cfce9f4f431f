import type { Viz } from '@viz-js/viz';
import { layOutInCircle } from '../render/graph/circle.ts';
import { type DrawnGraph, engineFor, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';
import { runGraphviz } from './graphviz.ts';

/** How long Graphviz may take, in milliseconds: where it draws best, then where it is always fast. */
const attempts = [
  { engine: 'dot', time: 1_500 },
  { engine: 'osage', time: 2_000 },
] as const;

/** Lays out a graph; undefined when that takes too long or fails. */
export async function layOut(graph: DrawnGraph): Promise<Layout | undefined> {
  const best = engineFor(graph);
  if (best === 'circle') return layOutInCircle(graph);
  const dot = layoutDot(graph);
  for (const { engine, time } of best === 'dot' ? attempts : attempts.slice(1)) {
    const json = await runGraphviz(dot, { format: 'json', engine, yInvert: true }, time);
    if (json !== undefined) return parseLayout(JSON.parse(json), graph);
  }
  return undefined;
}

/** Graphviz in this thread; loaded once, when it is needed first. */
let graphviz: Promise<Viz> | undefined;

/**
 * Lays out a graph however long that takes: the same graph always the same way. Nothing else happens in the process
 * meanwhile, and many small graphs cost little each.
 */
export async function layOutPatiently(graph: DrawnGraph): Promise<Layout> {
  const engine = engineFor(graph);
  if (engine === 'circle') return layOutInCircle(graph);
  graphviz ??= import('@viz-js/viz').then(({ instance }) => instance());
  const json = (await graphviz).renderString(layoutDot(graph), { format: 'json', engine, yInvert: true });
  return parseLayout(JSON.parse(json), graph);
}
