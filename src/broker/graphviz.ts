import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** What the worker runs: Graphviz computes without a pause and cannot be interrupted but with its thread. */
const work = `
const { parentPort, workerData: { module, dot, options } } = require('node:worker_threads');
require(module).instance().then((viz) => parentPort.postMessage(viz.renderString(dot, options)));
`;

/** How Graphviz shall draw: `dot` draws best, `osage` is always fast. */
export interface Drawing {
  readonly engine: 'dot' | 'osage';
  readonly format: 'json' | 'svg';
  /** Whether the vertical axis points down, as on a screen. */
  readonly yInvert?: true;
}

/** Runs Graphviz in a thread of its own; undefined when that takes longer than `time` milliseconds, or fails. */
export function runGraphviz(dot: string, options: Drawing, time: number): Promise<string | undefined> {
  const module = createRequire(import.meta.url).resolve('@viz-js/viz');
  const worker = new Worker(work, { eval: true, workerData: { module, dot, options } });
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(undefined), time);
    const finish = (drawn: string | undefined) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(drawn);
    };
    worker.once('message', finish);
    worker.once('error', () => finish(undefined));
  });
}
