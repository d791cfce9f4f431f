import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GitpactError } from '../domain/failure.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

/** The environment variable by which the commands of a batch find it. */
export const batchVariable = 'GITPACT_BATCH';

/** What a call needs of the process it was made in, as it is sent. */
type Call = Pick<World, 'argv' | 'env' | 'cwd' | 'columns' | 'colour'>;

/** What comes back: pieces of output, then the exit code. */
interface Reply {
  readonly out?: string;
  readonly err?: string;
  readonly code?: ExitCode;
}

/** Takes the calls of a batch, until it is closed. Only this user can make any. */
export async function takeCalls(
  world: World,
  answer: (world: World) => Promise<ExitCode>,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gitpact-batch-'));
  const address =
    process.platform === 'win32' ? `\\\\.\\pipe\\gitpact-${randomUUID()}` : join(folder, 'calls');
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const lines = createInterface(socket);
    lines.on('error', () => undefined);
    lines.once('line', (line) => void answerOne(world, line, socket, answer));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return {
    address,
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answerOne(
  { now, onSignal }: World,
  line: string,
  socket: Socket,
  answer: (world: World) => Promise<ExitCode>,
): Promise<void> {
  const call = JSON.parse(line) as Call;
  const say = (reply: Reply) => void socket.write(`${JSON.stringify(reply)}\n`);
  const code = await answer({
    ...call,
    env: { ...call.env, [batchVariable]: undefined },
    now,
    ...(onSignal ? { onSignal } : {}),
    out: (out) => say({ out }),
    err: (err) => say({ err }),
  });
  say({ code });
  socket.end();
}

/** Has the batch at an address answer this call. @throws GitpactError `bad-arguments` when it is no more */
export function handOver(world: World, address: string): Promise<ExitCode> {
  const { argv, env, cwd, columns, colour } = world;
  const socket = createConnection(address);
  return new Promise((resolve, reject) => {
    let code: ExitCode | undefined;
    socket.once('error', (cause) => reject(batchGone(cause)));
    socket.once('connect', () => {
      const call: Call = { argv, env, cwd, columns: Number.isFinite(columns) ? columns : 1e9, colour };
      socket.write(`${JSON.stringify(call)}\n`);
    });
    const lines = createInterface(socket);
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const reply = JSON.parse(line) as Reply;
      if (reply.out !== undefined) world.out(reply.out);
      if (reply.err !== undefined) world.err(reply.err);
      code = reply.code ?? code;
    });
    lines.once('close', () => {
      if (code === undefined) world.err('gitpact: the batch ended before it answered.\n');
      resolve(code ?? exitCodes.outside);
    });
  });
}

function batchGone(cause: unknown): GitpactError {
  return new GitpactError('bad-arguments', `The batch that ${batchVariable} names is no more.`, {
    cause,
    hint: `Only commands that run inside gitpact batch are to have ${batchVariable} set.`,
  });
}
