import { bareNode, gitpact, runProcess } from '../processes.mjs';
import { timed } from '../rounds.mjs';

/** What the command takes to begin. */
export const startUp = {
  isOfNoSize: true,
  subjects() {
    const what = 'node -e 0';
    const run = (argv) => () => timed(() => runProcess(argv));
    return [
      { what, measure: run(bareNode) },
      { what: 'gitpact --version', beside: what, measure: run([...gitpact, '--version']) },
      { what: 'gitpact --help', beside: what, measure: run([...gitpact, '--help']) },
    ];
  },
};
