import { Broker } from '../../broker/broker.ts';
import { GitpactError } from '../../domain/failure.ts';
import { createApp } from '../../http/app.ts';
import { listen } from '../../http/listening.ts';
import { type RecordedWrite, recording } from '../../http/recording.ts';
import { SessionStore } from '../../store/session-store.ts';
import type { Arguments } from '../arguments.ts';
import { runChild } from '../child-command.ts';
import { type Command, writingOptions } from '../command.ts';
import { flushSession, keepPending } from '../pending.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact exec` */
export const command: Command = {
  name: 'exec',
  about: 'Run a command with a Pact Broker that lives as long as it does, then commit what it recorded',
  operands: '-- <command…>',
  needsOperands: true,
  options: { ...writingOptions },
  examples: [
    ['gitpact exec -- ./gradlew pactVerify', 'a provider build in any language, unchanged'],
    ['gitpact exec -- sh -c \'pact-broker can-i-deploy --broker-base-url "$PACT_BROKER_BASE_URL" …\'', ''],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const around = async (broker: Broker): Promise<ExitCode> => {
    await broker.ask((now) => now.settings.format);
    const session = new SessionStore(broker.store);
    const writes: RecordedWrite[] = [];
    const app = recording(createApp(new Broker(session, world.now)), (write) => writes.push(write));
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const code = await runChild(world, given.operands, environment(world.env, server.url)).finally(() =>
      server.close(10_000),
    );
    return (await commitAll(world, session, writes, given.operands.join(' ')))
      ? code
      : code || exitCodes.outside;
  };
  return withBroker(world, given, around, { quiet: true });
}

/** The variables that Pact clients find their broker by; credentials of another broker are taken away. */
function environment(env: World['env'], url: string): Record<string, string | undefined> {
  const { protocol, hostname, port } = new URL(url);
  return {
    ...env,
    PACT_BROKER_BASE_URL: url,
    PACT_BROKER_URL: url,
    PACTBROKER_URL: url,
    PACTBROKER_SCHEME: protocol.replace(':', ''),
    PACTBROKER_HOST: hostname,
    PACTBROKER_PORT: port,
    PACT_BROKER_USERNAME: undefined,
    PACT_BROKER_PASSWORD: undefined,
    PACT_BROKER_TOKEN: undefined,
  };
}

/** @returns whether all is pushed. */
async function commitAll(
  world: World,
  session: SessionStore,
  writes: readonly RecordedWrite[],
  command: string,
): Promise<boolean> {
  const { length } = session.waiting;
  if (length === 0) return true;
  try {
    const refused = await flushSession(session, command);
    for (const reason of refused)
      world.err(`gitpact: not recorded, others have written meanwhile: ${reason}\n`);
    const recorded = length - refused.length;
    const changes = recorded === 1 ? 'one change' : `${recorded} changes`;
    world.err(`gitpact: recorded ${changes} in the contract repository.\n`);
    return refused.length === 0;
  } catch (error) {
    if (!(error instanceof GitpactError)) throw error;
    const name = await keepPending(world, { format: 1, command, writes });
    world.err(`gitpact: ${error.message}\n  What was recorded is kept in ${name}.\n`);
    world.err(`  Push it later with: gitpact push-pending ${name}\n`);
    return false;
  }
}
