import { Broker } from '../broker/broker.ts';
import { parseLocation } from '../store/location.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import type { Store } from '../store/port.ts';
import type { Arguments } from './arguments.ts';
import { withPolicy } from './policy-reading.ts';
import { withProgress } from './progress.ts';
import type { World } from './world.ts';

/** How a session goes about it. */
interface SessionOptions extends Pick<StoreOptions, 'freshFor' | 'carryOn'> {
  /** Show nothing of what takes long: the terminal is somebody else’s. */
  readonly quiet?: boolean;
  /** Show what lies there, also what breaks the policy: to those who look after it. */
  readonly asItLies?: boolean;
  /** Takes a line about what is left out; on standard error by default. */
  readonly tell?: (line: string) => void;
}

/** Opens the contract repository that the arguments name, for as long as `use` takes. */
export async function withBroker<T>(
  world: World,
  given: Arguments,
  use: (broker: Broker) => Promise<T>,
  { freshFor, carryOn = false, quiet = false, asItLies = false, tell }: SessionOptions = {},
): Promise<T> {
  const opened = await (world.openStore ?? openStore)({
    ...placeOf(world, given),
    ...(freshFor === undefined ? {} : { freshFor }),
    carryOn,
  });
  const said = tell ?? ((line: string) => world.err(`gitpact: ${line}\n`));
  const store = asItLies ? opened : withPolicy(opened, world, given, said);
  const broker = new Broker(quiet ? store : withProgress(store, world), world.now);
  try {
    if (given.flag('offline')) await tellAge(world, given, store);
    return await use(broker);
  } finally {
    if (!world.openStore) await broker.close();
  }
}

/** Opens the deliveries beside the contracts of a broker: a branch of its own in the same repository. */
export async function openDeliveries(world: World, given: Arguments, broker: Broker): Promise<Store> {
  // What sends webhooks is much code, which other commands need not load.
  const { deliveriesRef } = await import('../broker/webhook-runner.ts');
  return openStore({
    ...placeOf(world, given),
    sign: false,
    ref: deliveriesRef(await broker.store.branch()),
  });
}

/** Forgets the history of the deliveries beside the contracts of a broker; what they are stays. */
export async function forgetDeliveries(world: World, given: Arguments, broker: Broker): Promise<void> {
  const { deliveriesRef } = await import('../broker/webhook-runner.ts');
  const { forgetHistory } = await import('../store/archive.ts');
  return forgetHistory({
    ...placeOf(world, given),
    sign: false,
    ref: deliveriesRef(await broker.store.branch()),
  });
}

/** The contract repository that the arguments name, and the world it is opened in. */
export function placeOf(world: World, given: Arguments): StoreOptions {
  const ref = given.maybe('ref');
  const prefix = given.maybe('prefix');
  return {
    repository: given.text('repo'),
    ...(ref === undefined ? {} : { ref }),
    ...(prefix === undefined ? {} : { prefix }),
    offline: given.flag('offline'),
    sign: given.has('sign') ? given.flag('sign') : undefined,
    signingKey: given.maybe('sign-key'),
    env: world.env,
    cwd: world.cwd,
    clock: world.now,
    log: (line) => {
      if (!given.flag('debug')) return;
      world.status?.(undefined);
      world.err(`${line}\n`);
    },
  };
}

/** An answer from the cache may be old; how old is told. A repository of this machine is always read as it is. */
async function tellAge(world: World, given: Arguments, store: Store): Promise<void> {
  if (parseLocation(given.text('repo'), world.cwd).kind === 'local') return;
  // What a folder's newest commit is, only the whole history tells.
  const [newest] = given.has('prefix') ? [] : await store.history({ limit: 1 });
  const when = newest ? `of ${newest.committedAt.slice(0, 16).replace('T', ' ')} UTC` : 'in the cache';
  world.err(`gitpact: offline: the contracts are those ${when}\n`);
}
