import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GitpactError } from '../domain/failure.ts';
import { type Published, publishedBy, type Waiting, waitingFor } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Engine } from './engine.ts';
import { diskFailure } from './git-failure.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { emptyTreeId } from './objects.ts';
import { takeTurn } from './turn.ts';
import type { World } from './world.ts';

/** Index and files of a work tree, as an engine handles them. Trees are named by id. */
export interface Files {
  /** The git directory of the work tree. */
  readonly gitDir: string;
  /** The branch that is checked out. */
  head(): Promise<string | undefined>;
  /**
   * Whether index and files can go from one tree to the other: `ok`, or a lock file in the way.
   * @throws GitpactError `local-edits` naming the paths that have edits of their own.
   */
  check(from: string, to: string): Promise<'ok' | { readonly lock: string }>;
  /** Brings index and files from one tree to the other; false when something is in the way. */
  update(from: string, to: string): Promise<boolean>;
  /** The same after somebody was killed doing it. */
  repair(from: string, to: string): Promise<boolean>;
}

/** How long a child of a killed process may still be at work, in milliseconds. */
const orphanTime = 1_000;

/** A lock that a killed process may have held, and that nobody has touched for so many milliseconds, is left behind. */
const lockTime = 5_000;

/** How far the time of a file may be behind ours, in milliseconds: file systems look at a coarser clock. */
const clockSlack = 1_000;

/** Moves a branch of a repository of this machine, and the index and files of whoever has it checked out. */
export class Mover {
  readonly #engine: Engine;
  readonly #commonDir: string;
  readonly #files: Files | undefined;
  readonly #journal: Journal;
  readonly #log: World['log'];
  readonly #random: World['random'];

  /** @param files those of the work tree that has the branch checked out, if any */
  constructor(engine: Engine, commonDir: string, files: Files | undefined, world: World) {
    this.#engine = engine;
    this.#commonDir = commonDir;
    this.#files = files;
    this.#journal = new Journal(files?.gitDir ?? commonDir);
    this.#log = world.log;
    this.#random = world.random;
  }

  /** Finishes what a process that was killed left half done, and takes its locks away. */
  async heal(): Promise<void> {
    const turn = await this.#journal.abandoned();
    if (!turn) return;
    await sleep(Math.min(orphanTime, Math.max(0, turn.since + orphanTime - Date.now())));
    if (!(await this.#journal.takeOver(turn))) return;
    try {
      if (turn.entry) await this.#finish(turn.entry, turn.since);
    } finally {
      await this.#journal.done();
    }
  }

  /**
   * Runs `attempt` when no other gitpact process writes to the repository; gives up after `patience` milliseconds.
   * @throws GitpactError `store-refused`, `disk-failed`
   */
  async inTurn<T>(attempt: () => Promise<T>, patience: number): Promise<T | Waiting> {
    const turn = { patience, random: this.#random, heal: () => this.heal() };
    const isTaken = await this.#onDisk(() => takeTurn(this.#journal, turn));
    if (!isTaken) return waitingFor(this.#journal.file);
    try {
      return await attempt();
    } finally {
      await this.#journal.done();
    }
  }

  /**
   * Moves the branch, and index and files with it. Only in turn.
   * @throws GitpactError `local-edits`, before anything has moved, when a changed path has edits that are not committed.
   */
  async move(ref: string, from: ReadCommit | undefined, to: ReadCommit): Promise<Published> {
    const entry = { ref, from: from?.tree ?? emptyTreeId, to: to.tree, commit: to.id };
    await this.#onDisk(() => this.#journal.note(entry));
    const free = (await this.#files?.check(entry.from, entry.to)) ?? 'ok';
    if (free !== 'ok') return waitingFor(free.lock);
    const swap = await this.#engine.compareAndSwap(ref, from?.id, to.id, `gitpact: ${to.title}`);
    if (swap.kind === 'moved' && this.#files) await this.#follow(this.#files, entry);
    return publishedBy(swap);
  }

  async #onDisk<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw diskFailure(error);
    }
  }

  async #follow(files: Files, entry: JournalEntry): Promise<void> {
    if ((await files.head()) !== entry.ref) return;
    if (await files.update(entry.from, entry.to)) return;
    if (!(await files.repair(entry.from, entry.to))) this.#log(notInStep(entry));
  }

  /** What git, or we, may lock in a turn; HEAD since it has a log of its own. */
  #locks({ ref }: JournalEntry): string[] {
    const gitDir = this.#files?.gitDir ?? this.#commonDir;
    const common = ['HEAD.lock', `${ref}.lock`].map((name) => join(this.#commonDir, name));
    return [...common, join(gitDir, 'HEAD.lock'), join(gitDir, 'index.lock')];
  }

  async #finish(entry: JournalEntry, since: number): Promise<void> {
    for (const lock of this.#locks(entry)) await outlast(lock, since);
    const files = this.#files;
    if (!files) return;
    const isIn = (await this.#engine.readRef(entry.ref))?.id === entry.commit;
    if (!isIn || (await files.head()) !== entry.ref) return;
    const done = await files.repair(entry.from, entry.to);
    this.#log(done ? 'finished a write that was interrupted' : notInStep(entry));
  }
}

/** Waits for a lock to go, and takes it away when it is as old as the crash and nobody does anything with it. */
async function outlast(lock: string, since: number): Promise<void> {
  for (;;) {
    const at = await lstat(lock).then(
      (found) => found.mtimeMs,
      () => undefined,
    );
    if (at === undefined || at < since - clockSlack) return;
    if (Date.now() - at > lockTime) return rm(lock, { force: true });
    await sleep(100);
  }
}

/** The failure to write where people have edits. `paths`: those that would be overwritten. */
export function localEdits(paths: readonly string[]): GitpactError {
  const named = paths.length === 0 ? 'Files' : paths.slice(0, 10).join(', ');
  return new GitpactError(
    'local-edits',
    `${named} in the work tree would be overwritten; nothing was written.`,
    {
      hint: 'Commit, stash or remove these edits, then run the same command again.',
      complaints: paths.map((path) => ({ where: path, text: 'has edits that are not committed' })),
    },
  );
}

function notInStep({ to }: JournalEntry): string {
  return `the write is committed, but the work tree could not follow; compare it with git diff ${to}`;
}
