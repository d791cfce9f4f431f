import { join, resolve } from 'node:path';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';
import { stateFolder } from './state-folder.ts';
import type { World } from './world.ts';

/** The option for the file of secrets. */
export const secretsOption = {
  secrets: {
    type: 'text',
    about: 'The file to keep secrets of webhooks in (default: in the user’s state folder)',
    env: ['GITPACT_SECRETS'],
  },
} as const satisfies Record<string, Option>;

/** The file that secrets of webhooks are kept in, which no repository has. */
export function secretsPlace(world: Pick<World, 'env' | 'cwd'>, given: Arguments): string {
  return resolve(world.cwd, given.maybe('secrets') ?? join(stateFolder(world), 'secrets.json'));
}
