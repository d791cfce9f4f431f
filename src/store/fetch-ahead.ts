import { type Contact, HostCalls } from './host-calls.ts';

/**
 * A fetch of the newest commit of a branch that begins while the host is still asked which that is: an empty clone needs
 * it in any case, and what is asked takes a connection of its own.
 */
export class FetchAhead {
  /** Whether it came; never rejected, as whoever misses it fetches it and is told why not. */
  readonly came: Promise<boolean>;
  readonly #ending = new AbortController();

  /**
   * @param ready makes the clone at `path`, where it is needed
   * @param ref the full name of the branch, or `HEAD`
   */
  constructor(contact: Contact, path: string, ref: string, ready: () => Promise<boolean>) {
    const { signal } = this.#ending;
    const fetched = async () => {
      if (!(await ready()) || signal.aborted) return false;
      await new HostCalls(contact, path, signal).fetchShallow(ref);
      return true;
    };
    this.came = fetched().catch(() => false);
  }

  /** Ends it; what has come stays. */
  stop(): void {
    this.#ending.abort();
  }
}
