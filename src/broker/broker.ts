import { GitpactError } from '../domain/failure.ts';
import type { Instant } from '../domain/names.ts';
import { instant } from '../domain/names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { file, fileAt, type Node, NotLoaded, withNode } from '../domain/tree.ts';
import { Draft } from '../format/draft.ts';
import { paths } from '../format/paths.ts';
import { newSettingsText } from '../format/settings.ts';
import { snapshotOf } from '../format/snapshot.ts';
import type { Intent, Store } from '../store/port.ts';

/**
 * A contract repository that answers and takes facts: the two trips everything is made of. Questions are pure functions
 * of a {@link Snapshot} (`gitpact`'s `query`), wishes pure functions of a {@link Draft} (its `decide`).
 */
export class Broker {
  /** Trees and commits underneath. */
  readonly store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.store = store;
    this.#now = now;
  }

  /** The moment on the broker's clock. */
  get now(): Instant {
    return instant(this.#now());
  }

  /**
   * Answers a question about the newest state, or about the state at `at`: a commit, a ref or a date.
   * @throws GitpactError `not-a-store`, `newer-format`, and what the store throws.
   */
  async ask<T>(question: (now: Snapshot) => T, at?: string): Promise<T> {
    const commit = at === undefined ? undefined : await this.store.resolve(at);
    return this.store.read((root) => {
      const now = snapshotOf(root);
      return inAStore(now, () => question(now));
    }, commit);
  }

  /**
   * Carries out a wish in one commit and returns its outcome when that is durable. The wish may run several times; one
   * that changes nothing makes no commit.
   * @throws GitpactError what the wish throws, and what the store throws.
   */
  change<T>(intent: Intent, wish: (draft: Draft, at: Instant) => T): Promise<T> {
    const at = this.now;
    return this.store.transact(intent, (root) => {
      const draft = new Draft(root);
      const outcome = inAStore(draft.now, () => wish(draft, at));
      return { root: draft.root, outcome };
    });
  }

  /** What {@link change} would return for this wish now; carries nothing out. @throws GitpactError what the wish throws */
  rehearse<T>(wish: (draft: Draft, at: Instant) => T): Promise<T> {
    const at = this.now;
    return this.store.read((root) => {
      const draft = new Draft(root);
      return inAStore(draft.now, () => wish(draft, at));
    });
  }

  /** Makes the place a contract repository. @throws GitpactError `already-a-store` */
  init(): Promise<void> {
    return this.store.transact({ title: 'Make this a contract repository' }, (root) => {
      if (fileAt(root, paths.settings)) {
        throw new GitpactError('already-a-store', 'This is a contract repository already.', {
          hint: 'Publish the first pact with `gitpact publish`.',
        });
      }
      return { root: withNode(root, paths.settings, file(newSettingsText)), outcome: undefined };
    });
  }

  /** Ends what the broker holds open. */
  close(): Promise<void> {
    return this.store.close();
  }
}

/**
 * What `work` comes to in a store whose settings can be read. Where they are not loaded, `work` is tried for what it needs
 * besides, so that one round loads both; whatever else it says then is not heard.
 * @throws GitpactError `not-a-store`, `newer-format`
 */
function inAStore<T>(now: Snapshot, work: () => T): T {
  try {
    void now.settings;
  } catch (error) {
    throw error instanceof NotLoaded ? new NotLoaded([...error.nodes, ...neededBy(work)]) : error;
  }
  return work();
}

/** What `work` asks for first of what is not loaded; nothing when it comes to an end, whatever that is. */
function neededBy(work: () => unknown): readonly Node[] {
  try {
    work();
    return [];
  } catch (error) {
    return error instanceof NotLoaded ? error.nodes : [];
  }
}
