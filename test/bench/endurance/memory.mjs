import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../rounds.mjs';

/** Looks every second at how much memory a service takes. */
export class MemoryWatch {
  #seen = [];

  async watch(service, load) {
    while (!load.isOver) {
      await sleep(1_000);
      const [, kilobytes] =
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.child.pid}/status`, 'utf8')) ?? [];
      if (kilobytes) this.#seen.push(Number(kilobytes) / 1024);
    }
  }

  /** The usual megabytes of each fifth of the time. */
  get fifths() {
    const size = Math.ceil(this.#seen.length / 5);
    return [0, 1, 2, 3, 4].map((fifth) =>
      median(this.#seen.slice(fifth * size, (fifth + 1) * size).sort((a, b) => a - b)),
    );
  }
}
