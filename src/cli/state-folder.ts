import { homedir } from 'node:os';
import { join } from 'node:path';
import type { World } from './world.ts';

/** The folder for what the user's gitpact keeps on this machine that is no cache. */
export function stateFolder({ env }: Pick<World, 'env'>): string {
  return join(env.XDG_STATE_HOME ?? join(env.HOME ?? homedir(), '.local', 'state'), 'gitpact');
}
