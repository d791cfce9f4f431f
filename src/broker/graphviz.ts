import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { RenderOptions } from '@viz-js/viz';

/** What the worker runs: Graphviz computes without a pause and cannot be interrupted but with its thread. */
const work = `
const { parentPort, workerData: { module, dot, options } } = require('node:worker_threads');
require(module).instance().then((viz) => parentPort.postMessage(viz.renderString(dot, options)));
`;

/**
 * Runs Graphviz in a thread of its own; undefined when that takes longer than `time` milliseconds, or fails. Of its engines
 * `dot` draws best, and `osage` is always fast.
 */
export function runGraphviz(dot: string, options: RenderOptions, time: number): Promise<string | undefined> {
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
