import { Broker } from '../broker/broker.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import type { Arguments } from './arguments.ts';
import type { World } from './world.ts';

/** Opens the contract repository that the arguments name, for as long as `use` takes. */
export async function withBroker<T>(
  world: World,
  given: Arguments,
  use: (broker: Broker) => Promise<T>,
  { freshFor, carryOn = false }: Pick<StoreOptions, 'freshFor' | 'carryOn'> = {},
): Promise<T> {
  const ref = given.maybe('ref');
  const prefix = given.maybe('prefix');
  const store = await (world.openStore ?? openStore)({
    repository: given.text('repo'),
    ...(ref === undefined ? {} : { ref }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(freshFor === undefined ? {} : { freshFor }),
    carryOn,
    offline: given.flag('offline'),
    env: world.env,
    cwd: world.cwd,
    clock: world.now,
    log: (line) => {
      if (given.flag('debug')) world.err(`${line}\n`);
    },
  });
  const broker = new Broker(store, world.now);
  try {
    return await use(broker);
  } finally {
    if (!world.openStore) await broker.close();
  }
}
