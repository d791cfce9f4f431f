import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import type { Instant } from '../domain/names.ts';
import type { RecordedWrite } from '../http/recording.ts';
import { syncFolder, writeWhole } from '../store/durable-file.ts';

/** A write as it was acknowledged. */
export interface QueuedWrite extends RecordedWrite {
  /** The queue it belongs to: from the first write that waits until none does. */
  readonly queue: string;
  /** What the clock told while it was made. */
  readonly moments: readonly Instant[];
}

/** The writes that wait, one a line, on the disk before they are acknowledged. */
export class QueueFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #lock: string;
  #file: FileHandle | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, 'queue.jsonl');
    this.#lock = join(folder, 'server.pid');
  }

  /** Makes the folder this process's own. @throws GitpactError `bad-arguments` when it is another's */
  async claim(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const owner = Number(await readFile(this.#lock, 'utf8').catch(() => ''));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new GitpactError('bad-arguments', `Another server keeps its queue in ${this.#folder}.`, {
        hint: 'Give each server a --queue-folder of its own.',
      });
    }
    await writeWhole(this.#lock, String(process.pid));
  }

  /** Leaves the folder to others. */
  async release(): Promise<void> {
    await this.#turn;
    await this.#file?.close();
    this.#file = undefined;
    await rm(this.#lock, { force: true });
  }

  /** What waits, in order. A last line that is no whole one was never acknowledged. */
  async read(): Promise<readonly QueuedWrite[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as QueuedWrite);
  }

  /** Adds a write, and returns when it is on the disk. @throws GitpactError `disk-failed` */
  append(write: QueuedWrite): Promise<void> {
    const turn = this.#turn.then(() => this.#append(write));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.#turn;
    await this.#file?.close();
    this.#file = undefined;
    await rm(this.#path, { force: true });
    await syncFolder(this.#folder).catch(() => undefined);
  }

  async #append(write: QueuedWrite): Promise<void> {
    try {
      this.#file ??= await this.#open();
      await this.#file.appendFile(`${JSON.stringify(write)}\n`);
      await this.#file.sync();
    } catch (cause) {
      throw new GitpactError('disk-failed', `The write could not be kept in ${this.#path}.`, {
        hint: 'Whether it is made later is not certain: make it again when there is room on the disk.',
        cause,
      });
    }
  }

  async #open(): Promise<FileHandle> {
    const file = await open(this.#path, 'a', 0o600);
    await syncFolder(this.#folder);
    return file;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
