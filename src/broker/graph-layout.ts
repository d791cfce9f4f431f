import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type DrawnGraph, type Layout, layoutDot, parseLayout } from '../render/graph/layout.ts';

/** What the worker runs: Graphviz computes without a pause and cannot be interrupted but with its thread. */
const work = `
const { parentPort, workerData: { module, dot, engine } } = require('node:worker_threads');
const options = { format: 'json', engine, yInvert: true };
require(module).instance().then((viz) => parentPort.postMessage(viz.renderString(dot, options)));
`;

/** How long Graphviz may take, in milliseconds: `dot` draws best, `osage` is always fast. */
const attempts = [
  { engine: 'dot', time: 1_500 },
  { engine: 'osage', time: 2_000 },
] as const;

/** Lays out a graph by Graphviz, in a thread of its own; undefined when that takes too long or fails. */
export async function layOut(graph: DrawnGraph): Promise<Layout | undefined> {
  const dot = layoutDot(graph);
  for (const { engine, time } of attempts) {
    const json = await runGraphviz(dot, engine, time);
    if (json !== undefined) return parseLayout(JSON.parse(json));
  }
  return undefined;
}

function runGraphviz(dot: string, engine: string, time: number): Promise<string | undefined> {
  const module = createRequire(import.meta.url).resolve('@viz-js/viz');
  const worker = new Worker(work, { eval: true, workerData: { module, dot, engine } });
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(undefined), time);
    const finish = (json: string | undefined) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(json);
    };
    worker.once('message', finish);
    worker.once('error', () => finish(undefined));
  });
}
