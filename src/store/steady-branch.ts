import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import type { Published, StoreBranch, Waiting } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import type { Draft, Engine, Found } from './engine.ts';
import type { Outage } from './port.ts';
import { isAway } from './remote-failure.ts';
import type { RetrySchedule } from './retry.ts';

/** For how many milliseconds readers wait for a remote that says nothing. */
const readerTime = 3_000;

/** A branch that has a memory of its own. */
interface Recalling extends StoreBranch {
  /** What it knew when it was last asked about, be it by another process; nothing is asked of the remote. */
  recall(): Promise<ReadCommit | undefined>;
}

/** What was seen last; `commit` is undefined of a branch without one. */
interface Seen {
  readonly commit: ReadCommit | undefined;
}

/**
 * A branch that goes on answering readers from what was seen last while its remote cannot be reached. The remote is
 * then asked again in the background, so no reader waits for it; writers are always told the truth.
 */
export class SteadyBranch implements StoreBranch {
  readonly schedule: RetrySchedule;
  readonly #branch: Recalling;
  readonly #patience: number;
  readonly #clock: () => Date;
  #seen: Seen | undefined;
  /** Whether the remote has answered yet; before, only that it is away lets readers have what is recalled. */
  #isFound = false;
  #outage: Outage | undefined;
  #looking: Promise<Seen> | undefined;
  /** The look for what is newest that began last, and the one that is to begin after it. */
  #newest: Promise<Seen> | undefined;
  #next: Promise<Seen> | undefined;
  /** By `performance.now()`. */
  #failedAt = 0;

  /** @param patience how many milliseconds a remote that is away is left alone */
  constructor(branch: Recalling, patience: number, clock: () => Date) {
    this.schedule = branch.schedule;
    this.#branch = branch;
    this.#patience = patience;
    this.#clock = clock;
  }

  get engine(): Engine {
    return this.#branch.engine;
  }

  get outage(): Outage | undefined {
    return this.#outage;
  }

  name(): Promise<string> {
    return this.#branch.name();
  }

  async tip(mustBeNew: boolean): Promise<ReadCommit | undefined> {
    if (mustBeNew) return (await this.#lookAnew()).commit;
    const recalled = this.#seen ?? (await this.#recalled());
    this.#seen ??= recalled;
    const last = this.#seen;
    if (!last) return (await this.#lookOnce()).commit;
    if (this.#outage) {
      if (performance.now() - this.#failedAt >= this.#patience) this.#lookOnce().catch(() => undefined);
      return last.commit;
    }
    const looking = this.#lookOnce().catch((error: unknown) => this.#lastSeen(error));
    return (await this.#inTime(looking, last)).commit;
  }

  readObjects(oids: readonly string[]): Promise<readonly Found[]> {
    return this.#branch.readObjects(oids);
  }

  deepen(from?: CommitId, back?: ReadCommit): Promise<void> {
    return this.#branch.deepen(from, back);
  }

  findCommit(name: string): Promise<Found> {
    return this.#branch.findCommit(name);
  }

  inTurn<T>(attempt: () => Promise<T>): Promise<T | Waiting> {
    return this.#branch.inTurn(attempt);
  }

  writeCommit(draft: Draft): Promise<CommitId> {
    return this.#branch.writeCommit(draft);
  }

  async publish(from: ReadCommit | undefined, to: ReadCommit): Promise<Published> {
    const published = await this.#branch.publish(from, to);
    if (published.kind === 'in') this.#seen = { commit: to };
    return published;
  }

  beginAnew(from: ReadCommit, to: ReadCommit, archive: string): Promise<Published> {
    return this.#branch.beginAnew(from, to, archive);
  }

  close(): Promise<void> {
    return this.#branch.close();
  }

  /** What comes of looking, or what was seen last once readers have waited long enough for the remote to say something. */
  async #inTime(looking: Promise<Seen>, last: Seen): Promise<Seen> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Seen>((resolve) => {
      timer = setTimeout(() => {
        this.#note(
          new GitpactError('network-failed', 'The host of the contract repository does not answer.', {
            hint: 'It is asked again and again; look what is the matter with it.',
          }),
        );
        resolve(last);
      }, readerTime);
    });
    try {
      return await Promise.race([looking, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** However many readers ask at once, the remote is asked once. */
  #lookOnce(): Promise<Seen> {
    this.#looking ??= this.#look(false).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** A look that begins from now on: whoever asks while one is under way shares the next. */
  #lookAnew(): Promise<Seen> {
    this.#next ??= Promise.resolve(this.#newest?.catch(() => undefined)).then(() => {
      this.#next = undefined;
      this.#newest = this.#look(true);
      return this.#newest;
    });
    return this.#next;
  }

  async #look(mustBeNew: boolean): Promise<Seen> {
    try {
      this.#seen = { commit: await this.#branch.tip(mustBeNew) };
      this.#outage = undefined;
      this.#isFound = true;
      return this.#seen;
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  #note(error: unknown): void {
    if (!(error instanceof GitpactError) || !this.#seen) return;
    this.#failedAt = performance.now();
    this.#outage = { since: this.#outage?.since ?? this.#clock(), reason: error };
  }

  /** Only a failure that was foreseen is an outage. */
  #lastSeen(error: unknown): Seen {
    if (this.#outage && this.#seen && (this.#isFound || isAway(error))) return this.#seen;
    throw error;
  }

  async #recalled(): Promise<Seen | undefined> {
    const commit = await this.#branch.recall();
    return commit && { commit };
  }
}
