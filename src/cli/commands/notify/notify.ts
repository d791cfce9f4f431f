import { GitpactError } from '../../../domain/failure.ts';
import type { Command } from '../../command.ts';

/** `gitpact notify`, of which every use has a second word. */
export const command: Command = {
  name: 'notify',
  about: 'Tell a Git host how the pacts of a version stand',
  operands: 'github-status',
  needsOperands: true,
  options: {},
  examples: [['gitpact notify github-status', 'in a workflow: the status of the commit it runs for']],
  run: async (_world, { operands: [word = ''] }) => {
    throw new GitpactError('bad-arguments', `gitpact cannot notify ${JSON.stringify(word)}.`, {
      hint: 'There is gitpact notify github-status; for other hosts, see gitpact webhooks create --template.',
    });
  },
};
