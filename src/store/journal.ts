import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeFile } from './durable-file.ts';

/** What a write is about to do: the branch moves first, the files follow. */
export interface JournalEntry {
  readonly ref: string;
  /** The tree that index and files are at; see {@link JournalEntry.to}. */
  readonly from: string;
  /** The tree that they are to be brought to. */
  readonly to: string;
  /** The commit the branch is moved to. */
  readonly commit: string;
}

/** A turn that was left by a process that is no more. */
export interface Abandoned {
  /** When the turn began, in milliseconds since 1970, however often somebody tried to finish it. */
  readonly since: number;
  /** What it was about to do, when it had come that far. */
  readonly entry?: JournalEntry;
}

interface Turn extends Abandoned {
  readonly host: string;
  readonly pid: number;
  /** Tells this process from an earlier one of the same number, as containers have them. */
  readonly session: string;
}

/** What became of asking for a turn. */
type Taken = 'taken' | 'busy' | 'abandoned';

const session = randomUUID();

/** No turn takes so many milliseconds: one that is older, or begins in the future, was left behind. */
const longestTurn = 10 * 60_000;

/** No process takes longer to write a draft, in milliseconds. */
const draftTime = 60_000;

/** A turn that says nothing, as a power cut can leave it: nobody's, and with nothing to finish. */
const unreadable: Turn = { since: 0, host: '', pid: 0, session: '' };

function readTurn(text: string): Turn | undefined {
  try {
    const turn: Partial<Turn> | null = JSON.parse(text);
    return typeof turn?.since === 'number' && typeof turn.pid === 'number' ? (turn as Turn) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The one file that says whose turn it is to write to a repository of this machine. It keeps other gitpact processes
 * out (git itself is kept out by Git's own locks), and tells whoever finds it after a crash what was to be done.
 */
export class Journal {
  readonly file: string;

  constructor(gitDir: string) {
    this.file = join(gitDir, 'gitpact-write.json');
  }

  /** Takes the turn, unless somebody else has it (`busy`) or left without giving it back (`abandoned`). */
  async take(): Promise<Taken> {
    const draft = await this.#draft({ since: Date.now() }, false);
    try {
      linkSync(draft, this.file);
      return 'taken';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return (await this.abandoned()) ? 'abandoned' : 'busy';
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Writes down, in one's own turn, what comes next. */
  async note(entry: JournalEntry): Promise<void> {
    renameSync(await this.#draft({ since: Date.now(), entry }, true), this.file);
  }

  /** The turn of a process that is no more. */
  async abandoned(): Promise<Abandoned | undefined> {
    const turn = await this.#read();
    return turn && !this.#isAlive(turn) ? turn : undefined;
  }

  /** Takes over an abandoned turn; false when another process was faster. */
  async takeOver({ since, entry }: Abandoned): Promise<boolean> {
    const draft = await this.#draft({ since, ...(entry && { entry }) }, true);
    if (!(await this.abandoned())) {
      await rm(draft, { force: true });
      return false;
    }
    await rename(draft, this.file);
    await this.#sweep();
    return (await this.#read())?.session === session;
  }

  /** Takes away the drafts of processes that were killed while they wrote them. */
  async #sweep(): Promise<void> {
    const folder = dirname(this.file);
    for (const name of await readdir(folder)) {
      if (!name.startsWith(`${basename(this.file)}.`)) continue;
      const draft = join(folder, name);
      const made = await stat(draft).catch(() => undefined);
      if (made && Date.now() - made.mtimeMs > draftTime) await rm(draft, { force: true });
    }
  }

  /** Gives the turn back. */
  async done(): Promise<void> {
    rmSync(this.file, { force: true });
  }

  async #draft(what: Abandoned, sync: boolean): Promise<string> {
    const draft = `${this.file}.${randomUUID()}`;
    const turn: Turn = { ...what, host: hostname(), pid: process.pid, session };
    try {
      await makeFile(draft, JSON.stringify(turn), { sync });
      return draft;
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async #read(): Promise<Turn | undefined> {
    const text = await readFile(this.file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (readTurn(text) ?? unreadable);
  }

  #isAlive({ host, pid, since, session: theirs }: Turn): boolean {
    if (pid === process.pid && host === hostname()) return theirs === session;
    if (Math.abs(Date.now() - since) > longestTurn) return false;
    if (host !== hostname()) return true;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  }
}
