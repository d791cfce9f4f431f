/** What goes through a whole store, beside git that reads it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gitpact, runProcess } from '../processes.mjs';
import { timed } from '../rounds.mjs';
import { pace } from '../seed.mjs';
import { copyOf, git } from '../stores.mjs';

/** Every rule checked. */
export const fsck = {
  subjects({ store }) {
    return upkeep(store, 'gitpact fsck', () => runProcess([...gitpact, 'fsck', '--repo', store]));
  },
};

/** The older half deleted, as far as no rule keeps it. */
export const clean = {
  subjects({ store, size, folder }) {
    const days = Math.ceil((size * pace) / 2 / (24 * 60 * 60 * 1000));
    const keep = [{ latest: true, branch: true }, { deployed: true }, { max_age: days }];
    const argv = [
      ...[...gitpact, 'clean', '--version-deletion-limit', String(size)],
      ...['--keep-version-selectors', JSON.stringify(keep), '--repo'],
    ];
    const repo = join(folder, 'cleaned.git');
    return upkeep(store, 'gitpact clean', () => runProcess([...argv, copyOf(store, repo)]));
  },
};

/** All pages written, and written again where nothing has changed. */
export const site = {
  subjects({ store, folder }) {
    const out = join(folder, 'site');
    const write = () => runProcess([...gitpact, 'site', '--repo', store, '--out', out]);
    const anew = () => {
      rmSync(out, { recursive: true, force: true });
      return write();
    };
    const [limit, whole] = upkeep(store, 'gitpact site', anew);
    const again = { what: 'gitpact site, of which all is there', beside: limit.what };
    return [limit, whole, { ...again, measure: () => timed(write) }];
  },
};

function upkeep(store, what, run) {
  const limit = 'git cat-file of all that is there now';
  const names = git('--git-dir', store, 'ls-tree', '-r', '-t', '--format=%(objectname)', 'main');
  return [
    {
      what: limit,
      measure: () =>
        timed(() => runProcess(['git', '--git-dir', store, 'cat-file', '--batch'], { input: names })),
    },
    { what, beside: limit, measure: () => timed(run) },
  ];
}
