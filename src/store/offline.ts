import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import { type CloneFolder, exists } from './clone-folder.ts';
import type { ReadCommit } from './commits.ts';
import type { Engine } from './engine.ts';
import { passedOn } from './passed-on.ts';
import type { Store } from './port.ts';
import type { PushOutcome } from './push-outcome.ts';
import { type Clone, type Remote, type Sighting, usualBranch } from './remote.ts';

/** A remote repository as the clone in the cache has it; nothing is asked of the host. */
export class OfflineRemote implements Remote {
  readonly #remote: Remote;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  async look(ref: string | undefined): Promise<Sighting> {
    const clone = await this.openClone();
    const tip = await clone.completeTip().finally(() => clone.engine.close());
    if (tip === undefined) throw notCached('Nothing of this contract repository is in the cache.');
    return { ref: ref ?? usualBranch, tip };
  }

  /** What a branch or tag of the host is, the cache does not know. */
  async lookUp(): Promise<string | undefined> {
    return undefined;
  }

  async openClone(): Promise<Clone> {
    return new OfflineClone(await this.#remote.openClone());
  }
}

class OfflineClone implements Clone {
  readonly engine: Engine;
  readonly folder: CloneFolder;
  readonly #clone: Clone;

  constructor(clone: Clone) {
    this.engine = clone.engine;
    this.folder = clone.folder;
    this.#clone = clone;
  }

  completeTip(): Promise<CommitId | undefined> {
    return this.#clone.completeTip();
  }

  async noteComplete(): Promise<void> {}

  async fetch(): Promise<CommitId> {
    throw neverAsked();
  }

  async fetchNewest(): Promise<CommitId> {
    throw neverAsked();
  }

  async fetchCommit(): Promise<void> {
    throw neverAsked();
  }

  async fetchObjects(): Promise<void> {
    throw neverAsked();
  }

  /** Part of the history may be there: whether it is enough shows when it is read. */
  async deepen(_ref: string, _tip: CommitId, back?: ReadCommit): Promise<void> {
    if (back === undefined && (await exists(`${this.folder.path}/shallow`)))
      throw notCached('The cache does not go back that far.');
  }

  async push(): Promise<PushOutcome> {
    return { kind: 'refused', error: noWrites() };
  }
}

/** A store that refuses to be written to while it is offline. */
export function withoutWrites(store: Store): Store {
  return passedOn(store, { transact: () => Promise.reject(noWrites()) });
}

function noWrites(): GitpactError {
  return new GitpactError(
    'store-refused',
    'Nothing can be recorded offline: a write is pushed, or it is none.',
    {
      hint: 'Run the same command without --offline (and without GITPACT_OFFLINE).',
    },
  );
}

function neverAsked(): GitpactError {
  return notCached(
    'The cache lacks something that this asks about: nobody on this machine has asked for it yet.',
  );
}

function notCached(sentence: string): GitpactError {
  return new GitpactError('network-failed', sentence, {
    hint: 'Run the same command once without --offline (and without GITPACT_OFFLINE).',
  });
}
