import { GitpactError } from '../domain/failure.ts';
import { type Published, publishedBy } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Swap } from './engine.ts';
import { Journal, type JournalEntry } from './journal.ts';
import { emptyTreeId } from './objects.ts';

/** Index and files of a work tree, as an engine handles them. Trees are named by id. */
export interface Files {
  /** The git directory of the work tree. */
  readonly gitDir: string;
  /** The branch that is checked out. */
  head(): Promise<string | undefined>;
  /** The commit that a branch is at. */
  tipOf(ref: string): Promise<string | undefined>;
  /**
   * Whether index and files can go from one tree to the other: `ok`, or a lock file in the way.
   * @throws GitpactError `local-edits` naming the paths that have edits of their own.
   */
  check(from: string, to: string): Promise<'ok' | { readonly lock: string }>;
  /** Brings index and files from one tree to the other; false when something is in the way. */
  update(from: string, to: string): Promise<boolean>;
  /** The same after somebody was killed doing it, `since` then (milliseconds since 1970). */
  repair(from: string, to: string, since: number): Promise<boolean>;
}

/** A work tree that has the store's branch checked out, kept in step with it. */
export class WorkTree {
  readonly #files: Files;
  readonly #journal: Journal;
  readonly #log: (line: string) => void;

  constructor(files: Files, log: (line: string) => void) {
    this.#files = files;
    this.#journal = new Journal(files.gitDir);
    this.#log = log;
  }

  /** Finishes what a process that was killed left half done. */
  async heal(): Promise<void> {
    const entry = await this.#journal.abandoned();
    if (!entry) return;
    const since = await this.#journal.since();
    if (!(await this.#journal.takeOver(entry))) return;
    try {
      const isIn = (await this.#files.tipOf(entry.ref)) === entry.commit;
      if (isIn && (await this.#files.head()) === entry.ref) {
        const done = await this.#files.repair(entry.from, entry.to, since);
        this.#log(done ? 'finished a write that was interrupted' : notInStep(entry));
      }
    } finally {
      await this.#journal.done();
    }
  }

  /**
   * Moves the branch by `move`, and index and files with it.
   * @throws GitpactError `local-edits`, before anything has moved, when a changed path has edits that are not committed.
   */
  async follow(
    ref: string,
    from: ReadCommit | undefined,
    to: ReadCommit,
    move: () => Promise<Swap>,
  ): Promise<Published> {
    const entry = { ref, from: from?.tree ?? emptyTreeId, to: to.tree, commit: to.id };
    const taken = await this.#journal.take(entry);
    if (taken === 'abandoned') await this.heal();
    if (taken !== 'taken') return publishedBy({ kind: 'locked', lock: this.#journal.file });
    try {
      const free = await this.#files.check(entry.from, entry.to);
      if (free !== 'ok') return publishedBy({ kind: 'locked', lock: free.lock });
      const published = publishedBy(await move());
      if (published.kind === 'in') await this.#bring(entry);
      return published;
    } finally {
      await this.#journal.done();
    }
  }

  async #bring(entry: JournalEntry): Promise<void> {
    if ((await this.#files.head()) !== entry.ref) return;
    if (await this.#files.update(entry.from, entry.to)) return;
    if (!(await this.#files.repair(entry.from, entry.to, 0))) this.#log(notInStep(entry));
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
