import { timeColdPipelines } from '../cold.mjs';

/** A pipeline on a machine that has seen nothing. It takes minutes. */
export const cold = {
  isSlow: true,
  async rows({ store, size, rounds }) {
    const found = await timeColdPipelines(store, size, rounds);
    return found.flatMap(({ name, ...figures }) =>
      Object.entries(figures).map(([unit, median]) => ({ what: name, unit, median })),
    );
  },
};
