import { dirname } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { type CommitId, commitId } from '../domain/names.ts';
import type { Published, StoreBranch } from './branch.ts';
import { cacheFailure } from './clone-folder.ts';
import { parseCommit, type ReadCommit } from './commits.ts';
import type { Draft, Engine, Found } from './engine.ts';
import { obstacleIn } from './folder-failure.ts';
import { Journal } from './journal.ts';
import { type Clone, type Made, type Remote, usualBranch } from './remote.ts';
import { isUnknownToHost } from './remote-failure.ts';
import { type RetrySchedule, remoteSchedule, retryDelay } from './retry.ts';
import { takeTurn } from './turn.ts';
import type { World } from './world.ts';

/** What this process knows of the remote branch. */
interface Seen {
  readonly ref: string;
  readonly commit: ReadCommit | undefined;
  /** By `performance.now()`. */
  readonly at: number;
}

/** How many clones are tried, one after another, before a failure counts. */
const cloneAttempts = 3;

/** How long to let other processes of this machine go first, in milliseconds. */
const courtesyTime = 10_000;

/** How often a connection that fails is tried before the failure counts. */
const connectAttempts = 3;

/** A branch of a remote repository, read through a private clone and written by pushing. */
export class RemoteBranch implements StoreBranch {
  readonly schedule: RetrySchedule;
  readonly #remote: Remote;
  readonly #ref: string | undefined;
  readonly #freshFor: number;
  readonly #world: World;
  #clone: Promise<Clone> | undefined;
  #opened: Clone | undefined;
  #seen: Seen | undefined;
  /** The commit that readers were told last. */
  #told: CommitId | undefined;
  /** The commit that was written last, and everything that is new with it. */
  #written: ({ readonly id: CommitId } & Pick<Made, 'objects' | 'isHere'>) | undefined;
  /** How many pushes got in. */
  #pushes = 0;
  /** Whether the last push was too late, so that there is something newer than what was seen. */
  #isBehind = false;

  /** @param freshFor for how many milliseconds a reader trusts what was seen */
  constructor(
    remote: Remote,
    ref: string | undefined,
    world: World,
    freshFor: number,
    schedule: RetrySchedule = remoteSchedule,
  ) {
    this.#remote = remote;
    this.#ref = ref;
    this.#world = world;
    this.#freshFor = freshFor;
    this.schedule = schedule;
  }

  get engine(): Engine {
    if (!this.#opened) throw new Error('the clone is used before the branch was looked at');
    return this.#opened.engine;
  }

  async name(): Promise<string> {
    return (await this.#looked()).ref;
  }

  async tip(mustBeNew: boolean): Promise<ReadCommit | undefined> {
    const known = this.#seen;
    if (known && !mustBeNew && performance.now() - known.at < this.#freshFor) return known.commit;
    const pushes = this.#pushes;
    const { ref, commit } = await this.#connect(() => this.#look());
    // Whoever was told that a write is in must not read what the host said before it was.
    if (this.#pushes !== pushes) return this.tip(mustBeNew);
    this.#seen = { ref, commit, at: performance.now() };
    this.#told = commit?.id;
    return commit;
  }

  /** The commit up to which the cache has everything, if it has any. Nothing is asked of the remote. */
  recall(): Promise<ReadCommit | undefined> {
    return this.#withClone(async (clone) => {
      const tip = await clone.completeTip();
      if (tip === undefined) return undefined;
      const commit = await readCommit(clone, tip);
      this.#seen ??= { ref: this.#ref ?? usualBranch, commit, at: Number.NEGATIVE_INFINITY };
      this.#told = commit.id;
      return commit;
    });
  }

  async readObjects(oids: readonly string[]): Promise<readonly Found[]> {
    return this.#withClone(async (clone) => {
      const here = await clone.engine.readObjects(oids);
      const missing = oids.filter((_, i) => typeof here[i] === 'string');
      if (missing.length === 0) return here;
      await this.#connect(() => clone.fetchObjects(missing));
      let fetched = await clone.engine.readObjects(missing);
      if (fetched.some((found) => typeof found === 'string') && (await this.#bringTold(clone))) {
        fetched = await clone.engine.readObjects(missing);
      }
      if (fetched.some((found) => typeof found === 'string')) throw incomplete();
      let next = 0;
      return here.map((found) => (typeof found === 'string' ? (fetched[next++] ?? found) : found));
    });
  }

  async deepen(from?: CommitId, back?: ReadCommit): Promise<void> {
    const { ref, commit } = await this.#looked();
    const start = from ?? commit?.id;
    if (start === undefined) return;
    const isTip = start === commit?.id;
    await this.#connect(() => this.#withClone((clone) => clone.deepen(isTip ? ref : start, start, back)));
  }

  async findCommit(name: string): Promise<Found> {
    await this.#looked();
    const isId = /^[0-9a-f]{4,40}$/.test(name);
    const here = isId ? await this.#withClone((clone) => clone.engine.findCommit(name)) : 'missing';
    if (here !== 'missing') return here;
    if (/^[0-9a-f]{40}$/.test(name)) return this.#fetchCommit(name);
    const named = await this.#connect(() => this.#remote.lookUp(name));
    if (named !== undefined) return this.#fetchCommit(named);
    if (!isId) return 'missing';
    await this.deepen();
    return this.#withClone((clone) => clone.engine.findCommit(name));
  }

  /** Processes that share a clone take turns, as a courtesy: the host alone decides who is first. */
  async inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    const { folder } = await this.#open();
    const journal = new Journal(folder.path);
    const turn = { patience: courtesyTime, random: this.#world.random, heal: () => journal.done() };
    const isTaken = await takeTurn(journal, turn).catch(() => false);
    try {
      return await attempt();
    } finally {
      if (isTaken) await journal.done();
    }
  }

  async writeCommit(draft: Draft): Promise<CommitId> {
    const files = draft.placements.flatMap((placement) =>
      placement.kind === 'object' && placement.mode !== '040000' && placement.mode !== '160000'
        ? [placement.oid]
        : [],
    );
    if (files.length > 0) await this.readObjects(files);
    const id = await this.#withClone((clone) => clone.engine.writeCommit(draft));
    const isHere = draft.commit.parents.length > 0 && !draft.placements.some(isFolder);
    this.#written = { id, objects: [...draft.objects.map(({ oid }) => oid), id], isHere };
    return id;
  }

  async publish(from: ReadCommit | undefined, to: ReadCommit): Promise<Published> {
    const { ref } = await this.#looked();
    const clone = await this.#open();
    if (this.#written?.id !== to.id) throw new Error('a commit is published that was not written here last');
    const outcome = await clone.push(ref, {
      from: from?.id,
      to: to.id,
      objects: this.#written.objects,
      isHere: this.#written.isHere,
      beginsAnew: from !== undefined && to.parents.length === 0,
    });
    if (outcome.kind !== 'in' && (await clone.folder.isGone())) {
      await this.#forget(clone);
      return { kind: 'lost', why: 'the cached clone was replaced' };
    }
    switch (outcome.kind) {
      case 'in':
        this.#pushes += 1;
        this.#seen = { ref, commit: to, at: performance.now() };
        await clone.noteComplete(to.id);
        await clone.engine.tidy();
        return { kind: 'in' };
      case 'lost':
        this.#isBehind = true;
        return outcome;
      case 'refused':
        throw outcome.error;
      case 'unknown':
        this.#world.log(`the connection broke while pushing: ${outcome.error.message}`);
        return { kind: 'unknown', error: outcome.error };
    }
  }

  async beginAnew(from: ReadCommit, to: ReadCommit, archive: string): Promise<Published> {
    const clone = await this.#open();
    const kept = await clone.push(archive, {
      from: undefined,
      to: from.id,
      objects: [],
      isHere: false,
      beginsAnew: false,
    });
    if (kept.kind === 'refused') throw kept.error;
    const isKept = kept.kind === 'in' || (await this.#remote.lookUp(archive)) === from.id;
    return isKept ? this.publish(from, to) : kept;
  }

  async close(): Promise<void> {
    await (await this.#clone)?.engine.close();
  }

  async #looked(): Promise<Seen> {
    if (!this.#seen) await this.tip(true);
    if (!this.#seen) throw new Error('the remote was looked at, and nothing was seen');
    return this.#seen;
  }

  async #look(): Promise<Omit<Seen, 'at'>> {
    const known = this.#seen;
    const isBehind = this.#isBehind;
    this.#isBehind = false;
    if (known && isBehind) {
      return { ref: known.ref, commit: await this.#withClone((clone) => this.#catchUp(clone, known.ref)) };
    }
    const { ref, tip } = await this.#remote.look(this.#ref);
    return { ref, commit: await this.#withClone((clone) => this.#bring(clone, ref, tip)) };
  }

  async #catchUp(clone: Clone, ref: string): Promise<ReadCommit> {
    const came = await clone.fetchNewest(ref);
    const commit = await readCommit(clone, came);
    await clone.noteComplete(came);
    return commit;
  }

  /** A clone that was made anew may begin after the commit that readers are still at. Returns whether it was not there. */
  async #bringTold(clone: Clone): Promise<boolean> {
    const told = this.#told;
    if (told === undefined || (await clone.engine.findCommit(told)) !== 'missing') return false;
    return (await this.#connect(() => commitIn(clone, told))) !== 'missing';
  }

  /** Makes sure that the commit `tip` and its folders are in the clone. */
  async #bring(clone: Clone, ref: string, tip: CommitId | undefined): Promise<ReadCommit | undefined> {
    if (tip === undefined) return undefined;
    if (tip === this.#seen?.commit?.id) return this.#seen.commit;
    if ((await clone.completeTip()) === tip) return readCommit(clone, tip);
    const came = await clone.fetch(ref, tip);
    const commit = await readCommit(clone, came);
    await clone.noteComplete(came);
    return commit;
  }

  async #fetchCommit(id: string): Promise<Found> {
    return this.#withClone((clone) => commitIn(clone, id));
  }

  /**
   * Runs `use` on the clone. When that proves damaged it is made anew, and when another process has replaced it the
   * other one is taken; then `use` runs again.
   */
  async #withClone<T>(use: (clone: Clone) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const clone = await this.#open();
      try {
        return await use(clone);
      } catch (error) {
        if (obstacleIn(error) === 'disk full') throw cacheFailure(dirname(clone.folder.path), error);
        const isGone = await clone.folder.isGone();
        if (attempt >= cloneAttempts || !(isGone || isDamage(error))) throw error;
        if (!isGone) {
          this.#world.log(`the cached clone is damaged and is made anew: ${(error as Error).message}`);
          await clone.folder.discard();
        }
        await this.#renew(clone);
      }
    }
  }

  async #open(): Promise<Clone> {
    this.#clone ??= this.#remote.openClone();
    try {
      this.#opened = await this.#clone;
      return this.#opened;
    } catch (error) {
      this.#clone = undefined;
      throw error;
    }
  }

  /** Takes another clone, and brings it to where the damaged one was. */
  async #renew(damaged: Clone): Promise<void> {
    const seen = this.#seen;
    await this.#forget(damaged);
    if (seen?.commit) await this.#bring(await this.#open(), seen.ref, seen.commit.id);
    this.#seen = seen;
  }

  async #forget(clone: Clone): Promise<void> {
    if (this.#opened !== clone) return;
    this.#clone = undefined;
    this.#opened = undefined;
    this.#seen = undefined;
    await clone.engine.close();
  }

  /** Tries again, a few times, when the network fails. */
  async #connect<T>(attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await attempt();
      } catch (error) {
        const passing = error instanceof GitpactError && error.code === 'network-failed';
        if (!passing || count >= connectAttempts) throw error;
        await this.#world.wait(retryDelay(this.schedule, count, 0, this.#world.random()) ?? 0);
      }
    }
  }
}

/** Whether something that was there before is placed as a whole folder. */
function isFolder(placement: Draft['placements'][number]): boolean {
  return placement.kind === 'object' && placement.mode === '040000';
}

/** A commit of the clone, fetched with its folders where it was not in it. */
async function commitIn(clone: Clone, id: string): Promise<Found> {
  const here = await clone.engine.findCommit(id);
  if (here !== 'missing') return here;
  try {
    await clone.fetchCommit(id);
  } catch (error) {
    if (isUnknownToHost(error)) return 'missing';
    throw error;
  }
  return clone.engine.findCommit(id);
}

async function readCommit(clone: Clone, id: CommitId): Promise<ReadCommit> {
  const [found = 'missing'] = await clone.engine.readObjects([id]);
  if (typeof found === 'string' || found.type !== 'commit') throw incomplete();
  return parseCommit(commitId(found.oid), found.data);
}

function incomplete(): GitpactError {
  return new GitpactError(
    'store-damaged',
    'The contract repository did not send everything that belongs to it.',
    {
      hint: 'Run the same command again; if that does not help, run git fsck in the repository on the host.',
    },
  );
}

function isDamage(error: unknown): boolean {
  return (
    error instanceof GitpactError && ['store-damaged', 'git-failed', 'not-a-repository'].includes(error.code)
  );
}
