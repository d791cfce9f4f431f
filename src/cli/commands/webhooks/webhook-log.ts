import { GitpactError } from '../../../domain/failure.ts';
import { findDelivery, newestDeliveries } from '../../../format/deliveries.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, outputOption, storeOptions } from '../../command.ts';
import { deliveryJson, deliveryLine } from '../../delivery-words.ts';
import { openDeliveries, withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact webhooks log` */
export const command: Command = {
  name: 'webhooks log',
  about: 'Show the requests that were sent or wait, newest first; or all that was sent and came back of one',
  operands: '[id]',
  options: {
    limit: { type: 'number', short: 'n', about: 'How many at the most', fallback: '20' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact webhooks log -n 5', 'the last five'],
    ['gitpact webhooks log 3q2-7wAAAAAAAAAAAAAAAA', 'what was sent and what came back, try by try'],
  ],
  check: ({ operands }) =>
    operands.slice(1).map((where) => ({ where, text: 'is one too many: name one delivery' })),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  return withBroker(world, given, async (broker) => {
    const settled = await broker.ask((now) => now.webhooks());
    const store = await openDeliveries(world, given, broker);
    try {
      const [id] = given.operands;
      if (id !== undefined) {
        const delivery = await store.read((root) => findDelivery(root, id));
        if (!delivery) throw noDelivery(id);
        const log = delivery.attempts.map((attempt) => attempt.log).join('\n');
        world.out(
          given.text('output') === 'json'
            ? `${JSON.stringify(delivery)}\n`
            : log || 'Nothing was sent yet.\n',
        );
        return exitCodes.yes;
      }
      const newest = (await store.read(newestDeliveries)).slice(0, given.number('limit'));
      if (newest.length === 0 && given.text('output') === 'text') world.out('Nothing was sent so far.\n');
      for (const delivery of newest) {
        const webhook = settled.find(({ uuid }) => uuid === delivery.webhook);
        const isJson = given.text('output') === 'json';
        world.out(
          isJson ? `${JSON.stringify(deliveryJson(delivery))}\n` : deliveryLine(world, delivery, webhook),
        );
      }
      return exitCodes.yes;
    } finally {
      await store.close();
    }
  });
}

function noDelivery(id: string): GitpactError {
  return new GitpactError(
    'not-found',
    `There is no delivery ${JSON.stringify(id)}; the newest 1,000 are kept.`,
    {
      hint: 'See all with `gitpact webhooks log`.',
    },
  );
}
