import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Broker } from '../broker/broker.ts';
import { repair } from '../decide/repair.ts';
import { GitpactError } from '../domain/failure.ts';
import { createApp } from '../http/app.ts';
import { type RecordedWrite, requestOf } from '../http/recording.ts';
import { type FileChange, reapply } from '../store/file-changes.ts';
import { SessionStore } from '../store/session-store.ts';
import type { World } from './world.ts';

/** Writes that could not be pushed, kept to be pushed later. */
export interface Pending {
  readonly format: 1;
  readonly command: string;
  readonly writes: readonly RecordedWrite[];
}

/** What a batch changed and could not push, file by file. */
export interface PendingChanges {
  readonly format: 2;
  readonly command: string;
  /** What was done, in order. */
  readonly titles: readonly string[];
  readonly changes: readonly FileChange[];
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

/** Reads what was kept. @throws GitpactError `file-unreadable` */
export async function readPending(cwd: string, name: string): Promise<Pending | PendingChanges> {
  try {
    const pending = JSON.parse(await readFile(resolve(cwd, name), 'utf8')) as Pending | PendingChanges;
    if (pending.format === 1 && Array.isArray(pending.writes)) return pending;
    if (pending.format === 2 && Array.isArray(pending.changes)) return pending;
  } catch (cause) {
    throw new GitpactError('file-unreadable', `${name} cannot be read.`, { cause, hint: 'Check the name.' });
  }
  throw new GitpactError('file-unreadable', `${name} does not hold what an exec or a batch left behind.`, {
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

/** Files that only follow from others, or count them: where two have written one, it is made anew from the facts. */
const settled =
  /^(deployments\/|results\/last\.json$|pacticipants\/[^/]+\/(latest\.json$|tags\/|branches\/)|pacts\/provider\/[^/]+\/consumer\/[^/]+\/(?!content\/))/;

/**
 * Makes the changes of a batch in one commit, though others may have written meanwhile. @returns the files with facts that
 * others have written, too, each with the reason; then nothing was changed.
 */
export function pushChanges(
  broker: Broker,
  { command, titles, changes }: PendingChanges,
): Promise<readonly string[]> {
  const [only] = titles;
  const title = titles.length === 1 && only ? only : `Record ${titles.length} changes made by ${command}`;
  return broker.store.transact({ title, trailers: [['Event', 'session']] }, (root) => {
    const { root: changed, contested } = reapply(root, changes);
    const facts = contested.filter(({ path }) => !settled.test(path));
    const outcome = facts.map(({ path }) => `${path}: others have changed it meanwhile`);
    if (outcome.length > 0) return { root, outcome };
    return { root: contested.length > 0 ? repair(changed).root : changed, outcome };
  });
}

/** Makes one commit of a session, titled by what it did or by the command that did it. @returns what is refused now. */
export async function flushSession(session: SessionStore, command: string): Promise<readonly string[]> {
  const { waiting } = session;
  const [only] = waiting;
  const title = waiting.length === 1 && only ? only : `Record ${waiting.length} changes made by ${command}`;
  const { refused } = await session.flush({ title, trailers: [['Event', 'session']] });
  return refused.map(({ title, reason }) => `${title}: ${reason instanceof Error ? reason.message : reason}`);
}
