import { GitpactError } from '../../../domain/failure.ts';
import type { Command } from '../../command.ts';

/** `gitpact webhooks`, of which every use has a second word. */
export const command: Command = {
  name: 'webhooks',
  about: 'Send the webhooks that commits trigger, describe them, and see what became of them',
  operands: 'run|watch|log|list|test|create',
  needsOperands: true,
  options: {},
  examples: [
    ['gitpact webhooks run', 'send what is due, once: in a pipeline, or by cron'],
    ['gitpact webhooks watch', 'send whenever something is committed, until stopped'],
    ['gitpact webhooks log', 'what was sent lately, and how that went'],
    ['gitpact webhooks list', 'all definitions'],
    ['gitpact webhooks test UUID', 'send one request, with the newest pact'],
    ['gitpact webhooks create --template slack', 'describe one from a template'],
    ['gitpact webhooks run --help', 'and so on: what each can do'],
  ],
  run: async (_world, { operands: [word = ''] }) => {
    throw new GitpactError('bad-arguments', `gitpact webhooks cannot ${JSON.stringify(word)}.`, {
      hint: 'Say gitpact webhooks run, watch, log, list, test or create.',
    });
  },
};
