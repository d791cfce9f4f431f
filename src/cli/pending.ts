import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Broker } from '../broker/broker.ts';
import { GitpactError } from '../domain/failure.ts';
import { createApp } from '../http/app.ts';
import { type RecordedWrite, requestOf } from '../http/recording.ts';
import { SessionStore } from '../store/session-store.ts';
import type { World } from './world.ts';

/** Writes that could not be pushed, kept to be pushed later. */
export interface Pending {
  readonly format: 1;
  readonly command: string;
  readonly writes: readonly RecordedWrite[];
}

const anywhere = 'http://127.0.0.1';

/** Keeps writes in a file of their own in the working folder, and gives its name. @throws GitpactError `disk-failed` */
export async function keepPending(world: World, pending: Pending): Promise<string> {
  const name = `gitpact-pending-${world.now().toISOString().replace(/[:.]/g, '-')}.json`;
  try {
    await writeFile(resolve(world.cwd, name), `${JSON.stringify(pending, null, 2)}\n`, { flag: 'wx' });
    return name;
  } catch (cause) {
    throw new GitpactError('disk-failed', `What was recorded could not be kept in ${name}, and is lost.`, {
      cause,
      hint: 'Make the working folder writable, and run the command again.',
    });
  }
}

/** Reads writes that were kept. @throws GitpactError `file-unreadable` */
export async function readPending(cwd: string, name: string): Promise<Pending> {
  try {
    const pending = JSON.parse(await readFile(resolve(cwd, name), 'utf8')) as Pending;
    if (pending.format === 1 && Array.isArray(pending.writes)) return pending;
  } catch (cause) {
    throw new GitpactError('file-unreadable', `${name} cannot be read.`, { cause, hint: 'Check the name.' });
  }
  throw new GitpactError('file-unreadable', `${name} does not hold what an exec left behind.`, {
    hint: 'Its name begins with gitpact-pending-.',
  });
}

/** Makes the writes again, in one commit. @returns the writes that are refused now, each with the answer it got. */
export async function pushPending(broker: Broker, pending: Pending): Promise<readonly string[]> {
  const session = new SessionStore(broker.store);
  const app = createApp(new Broker(session, () => new Date(broker.now)));
  const refused: string[] = [];
  for (const write of pending.writes) {
    const response = await app.fetch(requestOf(write, anywhere));
    if (!response.ok)
      refused.push(`${write.method} ${write.path}: ${response.status} ${await response.text()}`);
  }
  await flushSession(session, pending.command);
  return refused;
}

/** Makes one commit of a session, titled by what it did or by the command that did it. @returns what is refused now. */
export async function flushSession(session: SessionStore, command: string): Promise<readonly string[]> {
  const { waiting } = session;
  const [only] = waiting;
  const title = waiting.length === 1 && only ? only : `Record ${waiting.length} changes made by ${command}`;
  const { refused } = await session.flush({ title, trailers: [['Event', 'session']] });
  return refused.map(({ title, reason }) => `${title}: ${reason instanceof Error ? reason.message : reason}`);
}
