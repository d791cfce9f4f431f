import { passedOn } from '../store/passed-on.ts';
import type { Store } from '../store/port.ts';
import type { World } from './world.ts';

/** What takes longer is shown to go on; in milliseconds. */
const patience = 1_000;

/** The store, which shows on the terminal what it is doing when that takes longer than a second. */
export function withProgress(store: Store, { status }: World): Store {
  if (!status) return store;
  const during = <T>(what: string, work: Promise<T>) => showing(status, what, work);
  return passedOn(store, {
    read: (question, at) => during('Reading the contract repository', store.read(question, at)),
    transact: (intent, decide) => during(intent.title, store.transact(intent, decide)),
    tip: (mustBeNew) => during('Looking at the contract repository', store.tip(mustBeNew)),
    history: (options) => during('Reading the history', store.history(options)),
    resolve: (name) => during('Reading the history', store.resolve(name)),
  });
}

async function showing<T>(status: NonNullable<World['status']>, what: string, work: Promise<T>): Promise<T> {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    status(`${what} … ${seconds} s`);
  }, patience);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (seconds > 0) status(undefined);
  }
}
