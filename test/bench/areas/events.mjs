import { gitpact, runProcess } from '../processes.mjs';
import { timed } from '../rounds.mjs';
import { git } from '../stores.mjs';

/** How many of the newest commits are gone through, where there are so many. */
const most = 1000;

/** What the newest commits meant. */
export const events = {
  subjects({ store, size }) {
    const count = Math.min(most, size);
    const since = git('--git-dir', store, 'rev-parse', `main~${count}`).trim();
    const limit = `git log --raw of the newest ${count} commits`;
    const log = ['git', '--git-dir', store, 'log', '--raw', '--first-parent', `${since}..main`];
    return [
      { what: limit, measure: () => timed(() => runProcess(log)) },
      {
        what: 'gitpact events of the same',
        beside: limit,
        measure: () => timed(() => runProcess([...gitpact, 'events', '--since', since, '--repo', store])),
      },
    ];
  },
};
