import { fileAt } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { passedOn } from '../store/passed-on.ts';
import type { Store } from '../store/port.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './world.ts';

/** Said by a question that the state has a policy, which is to be looked at first. */
const hasPolicy = Symbol('there is a policy');

/**
 * The store as its policy leaves it, where the user (`--policy`) or the policy itself wants that. A store without a policy is
 * read as before: what enforces one is loaded when there is one.
 */
export function withPolicy(
  store: Store,
  world: World,
  given: Arguments,
  tell: (line: string) => void,
): Store {
  const wish = given.maybe('policy');
  if (wish === 'ignore') return store;
  let loaded: Promise<Store> | undefined;
  const governed = () => {
    loaded ??= import('./enforcing.ts').then(({ enforcedStore }) => enforcedStore(store, world, given, tell));
    return loaded;
  };
  return passedOn(store, {
    read: async (question, at) => {
      if (wish === 'enforce') return (await governed()).read(question, at);
      const answer = await store.read(
        (root, commit) => (fileAt(root, paths.policy) ? hasPolicy : { is: question(root, commit) }),
        at,
      );
      return answer === hasPolicy ? (await governed()).read(question, at) : answer.is;
    },
  });
}
