import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { enforced, type LeftOut } from '../broker/enforced.ts';
import { standingFiles } from '../broker/standing-files.ts';
import { Standings } from '../broker/standings.ts';
import { cacheFolder } from '../store/open.ts';
import type { Store } from '../store/port.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './world.ts';

/** What is in force at commits of the store, kept in the user's cache from call to call. */
export function standingsFor(world: World, given: Arguments, store: Store): Standings {
  const prefix = createHash('sha1')
    .update(given.maybe('prefix') ?? '')
    .digest('hex');
  const folder = join(cacheFolder(world), 'policy-1', prefix);
  return new Standings(store, world, standingFiles(folder));
}

/** The store as its policy leaves it, where the user or the policy itself wants that. */
export function enforcedStore(
  store: Store,
  world: World,
  given: Arguments,
  tell: (line: string) => void,
): Store {
  const standings = standingsFor(world, given, store);
  const onlyIfAsked = given.maybe('policy') !== 'enforce';
  return enforced(store, { standings, onlyIfAsked, tell: (leftOut) => tell(inWords(leftOut)) });
}

function inWords({ facts, of }: LeftOut): string {
  const [first = '', second, ...more] = of;
  const others = more.length === 0 ? [] : [`${more.length} more`];
  const whom = [first, ...(second === undefined ? [] : [second]), ...others].join(', ');
  const count = facts === 1 ? '1 change that breaks' : `${facts} changes that break`;
  return `${count} the policy, by ${whom}, ${facts === 1 ? 'is' : 'are'} left out: gitpact audit shows them`;
}
