import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { diskFailure } from '../store/git-failure.ts';
import { parseLocation, withoutSecrets } from '../store/location.ts';
import { openStore, type StoreOptions } from '../store/open.ts';
import { SessionStore } from '../store/session-store.ts';
import type { PendingChanges } from './pending.ts';
import { flushSession } from './pending.ts';
import type { World } from './world.ts';

/** The contract repository that calls of a batch share, and the file that holds what they wrote until it is pushed. */
interface Shared {
  readonly place: string;
  readonly session: Promise<SessionStore>;
  readonly file: string;
  /** How many writes the file holds. */
  kept: number;
}

/**
 * The writes of several calls, which see each other's, until {@link push} makes one commit of them in each contract
 * repository. What a call has been told is in is on disk before, so whatever ends the batch, nothing is lost.
 */
export class Batch {
  readonly #world: World;
  readonly #command: string;
  readonly #shared = new Map<string, Shared>();
  #turn: Promise<void> = Promise.resolve();

  /** @param command what the commits are told to have been made by */
  constructor(world: World, command: string) {
    this.#world = world;
    this.#command = command;
  }

  /** Opens a contract repository, the same session of it each time. */
  readonly open = (options: StoreOptions): Promise<SessionStore> => {
    const location = parseLocation(options.repository, options.cwd);
    const place = location.kind === 'local' ? location.path : location.url;
    const key = JSON.stringify([place, options.ref, options.prefix]);
    const known = this.#shared.get(key);
    if (known) return known.session;
    const { log: _, ...quiet } = options;
    const session = openStore({ ...quiet, clock: this.#world.now }).then((store) => new SessionStore(store));
    session.catch(() => this.#shared.delete(key));
    const stamp = this.#world.now().toISOString().replace(/[:.]/g, '-');
    const number = this.#shared.size === 0 ? '' : `-${this.#shared.size + 1}`;
    const file = `gitpact-pending-${stamp}${number}.json`;
    this.#shared.set(key, { place: withoutSecrets(place), session, file, kept: 0 });
    return session;
  };

  /** Keeps on disk what was written so far. @throws GitpactError `disk-failed` */
  keep(): Promise<void> {
    const turn = this.#turn.then(async () => {
      for (const shared of this.#shared.values()) await this.#keepOne(shared);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Makes one commit in each contract repository; what cannot be pushed stays on disk. @returns whether all is in. */
  async push(): Promise<boolean> {
    let isAllIn = true;
    for (const shared of this.#shared.values()) isAllIn = (await this.#pushOne(shared)) && isAllIn;
    return isAllIn;
  }

  async #keepOne(shared: Shared): Promise<void> {
    const session = await shared.session;
    const titles = session.waiting;
    if (titles.length === shared.kept) return;
    const pending: PendingChanges = {
      format: 2,
      command: this.#command,
      titles,
      changes: await session.changes(),
    };
    const path = resolve(this.#world.cwd, shared.file);
    try {
      await writeFile(`${path}.new`, `${JSON.stringify(pending, null, 2)}\n`);
      await rename(`${path}.new`, path);
    } catch (error) {
      throw diskFailure(error);
    }
    shared.kept = titles.length;
  }

  async #pushOne({ place, session: opened, file }: Shared): Promise<boolean> {
    const { err, cwd } = this.#world;
    const session = await opened;
    const { length } = session.waiting;
    try {
      if (length === 0) return true;
      const refused = await flushSession(session, this.#command);
      await rm(resolve(cwd, file), { force: true });
      for (const reason of refused) err(`gitpact: not recorded, others have written meanwhile: ${reason}\n`);
      const recorded = length - refused.length;
      err(`gitpact: recorded ${recorded === 1 ? 'one change' : `${recorded} changes`} in one commit.\n`);
      return refused.length === 0;
    } catch (error) {
      if (!(error instanceof GitpactError)) throw error;
      err(`gitpact: ${error.message}\n  What was collected for ${place} is kept in ${file}.\n`);
      err(`  Push it later with: gitpact push-pending ${file}\n`);
      return false;
    } finally {
      await session.close();
    }
  }
}
