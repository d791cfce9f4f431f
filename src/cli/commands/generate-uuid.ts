import { randomUUID } from 'node:crypto';
import type { Command } from '../command.ts';
import { exitCodes } from '../world.ts';

/** `gitpact generate-uuid` */
export const command: Command = {
  name: 'generate-uuid',
  about: 'Print a new UUID, for create-or-update-webhook',
  options: {},
  examples: [['gitpact generate-uuid', '']],
  run: async (world) => {
    world.out(`${randomUUID()}\n`);
    return exitCodes.yes;
  },
};
