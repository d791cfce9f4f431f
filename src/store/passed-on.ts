import type { Store } from './port.ts';

/** The store, but for what `instead` does in its place. */
export function passedOn(store: Store, instead: Partial<Store>): Store {
  return {
    read: (question, at) => store.read(question, at),
    transact: (intent, decide) => store.transact(intent, decide),
    tip: (mustBeNew) => store.tip(mustBeNew),
    branch: () => store.branch(),
    outage: () => store.outage(),
    history: (options) => store.history(options),
    resolve: (name) => store.resolve(name),
    close: () => store.close(),
    ...instead,
  };
}
