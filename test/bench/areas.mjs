import { cold } from './areas/cold.mjs';
import { canIDeploy, matrix, publish } from './areas/commands.mjs';
import { diffs } from './areas/diffs.mjs';
import { events } from './areas/events.mjs';
import { growth, serveMixed, servePublishes } from './areas/publishing.mjs';
import { queries } from './areas/queries.mjs';
import { serveReads, serveStart } from './areas/serve.mjs';
import { startUp } from './areas/start-up.mjs';
import { clean, fsck, site } from './areas/upkeep.mjs';

/**
 * What is measured, by name. An area has `subjects({ store, size, folder, count, rounds, onEnd })`: `store` is only read,
 * `folder` is its own, `count` says how many requests make a load. One `isOfNoSize` needs no store; one that `isSlow` is
 * measured only when it is named.
 */
export const areas = {
  'start-up': startUp,
  'can-i-deploy': canIDeploy,
  matrix,
  publish,
  'serve-start': serveStart,
  'serve-reads': serveReads,
  'serve-publishes': servePublishes,
  'serve-mixed': serveMixed,
  fsck,
  clean,
  site,
  events,
  growth,
  queries,
  diff: diffs,
  cold,
};
