import type { StatePaint } from '../../src/render/state-paint.ts';

/** Leaves texts as they are, as where there may be no colours. */
export const plain: StatePaint = {
  verified: String,
  failed: String,
  unverified: String,
  changed: String,
  faint: String,
};
