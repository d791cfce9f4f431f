import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A write to a checked-out branch that is under way: the branch moves first, the files follow. */
export interface JournalEntry {
  readonly ref: string;
  /** The tree that index and files are at; see {@link JournalEntry.to}. */
  readonly from: string;
  /** The tree that they are to be brought to. */
  readonly to: string;
  /** The commit the branch is moved to. */
  readonly commit: string;
}

/** An entry that was left half done. */
export interface Abandoned extends JournalEntry {
  /** When the write began, in milliseconds since 1970, however often somebody tried to finish it. */
  readonly since: number;
}

interface Signed extends Abandoned {
  readonly host: string;
  readonly pid: number;
  /** Tells this process from an earlier one of the same number, as containers have them. */
  readonly session: string;
}

/** What became of taking the journal. */
export type Taken = 'taken' | 'busy' | 'abandoned';

const session = randomUUID();

/** After so many milliseconds an entry of another machine counts as left behind. */
const strangersTime = 10 * 60_000;

/**
 * The one file, in the git directory of a work tree, that says a write is under way. It keeps other writers out, and
 * tells whoever finds it after a crash what was to be done.
 */
export class Journal {
  readonly file: string;

  constructor(gitDir: string) {
    this.file = join(gitDir, 'gitpact-write.json');
  }

  /** Enters a write, unless another is under way (`busy`) or was left half done (`abandoned`). */
  async take(entry: JournalEntry): Promise<Taken> {
    const draft = await this.#draft(entry);
    try {
      await link(draft, this.file);
      return 'taken';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return (await this.abandoned()) ? 'abandoned' : 'busy';
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** The entry of a process that is no more. */
  async abandoned(): Promise<Abandoned | undefined> {
    const entry = await this.#read();
    return entry && !this.#isAlive(entry) ? entry : undefined;
  }

  /** Takes over an abandoned entry; false when another process was faster. */
  async takeOver(entry: Abandoned): Promise<boolean> {
    const draft = await this.#draft(entry);
    if (!(await this.abandoned())) {
      await rm(draft, { force: true });
      return false;
    }
    await rename(draft, this.file);
    return (await this.#read())?.session === session;
  }

  /** Strikes the entry out. */
  async done(): Promise<void> {
    await rm(this.file, { force: true });
  }

  async #draft(entry: JournalEntry | Abandoned): Promise<string> {
    const draft = `${this.file}.${randomUUID()}`;
    const signed: Signed = { since: Date.now(), ...entry, host: hostname(), pid: process.pid, session };
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(JSON.stringify(signed));
      await file.sync();
    } finally {
      await file.close();
    }
    return draft;
  }

  async #read(): Promise<Signed | undefined> {
    const text = await readFile(this.file, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Signed);
  }

  #isAlive({ host, pid, since, session: theirs }: Signed): boolean {
    if (host !== hostname()) return Date.now() - since < strangersTime;
    if (pid === process.pid) return theirs === session;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  }
}
