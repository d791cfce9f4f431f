import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import type { Failed, StoreBranch } from './branch.ts';
import { continuesTrailer, messageOf, parseCommit, type ReadCommit } from './commits.ts';
import { type Opened, openBranch, type StoreOptions } from './open.ts';
import type { Intent } from './port.ts';
import { retryDelay } from './retry.ts';

/** A history that was put aside. */
export interface Archived {
  /** The ref that keeps it, `refs/archive/2026-11-23-1f3c9ab0`. */
  readonly ref: string;
  /** Its newest commit. */
  readonly archived: CommitId;
  /** The one commit that the branch is now. */
  readonly beginning: CommitId;
}

/**
 * Begins the history of the branch anew with one commit of the very same files, and keeps all before it under a ref of its
 * own. Only ever replaces the commit that it archives: whoever writes at the same time wins, and their commit is archived.
 * Undefined when the branch has one commit only.
 * @throws GitpactError `store-busy`, `store-refused`, `not-a-store`, `network-failed`
 */
export async function archiveHistory(options: StoreOptions): Promise<Archived | undefined> {
  const opened = await openBranch(options);
  const { branch, world } = opened;
  const started = performance.now();
  try {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await branch.inTurn(() => beginAnew(opened));
      if (outcome === undefined || 'archived' in outcome) return outcome;
      const pause = retryDelay(branch.schedule, attempt, performance.now() - started, world.random());
      if (pause === undefined) throw busy(outcome);
      await world.wait(pause);
    }
  } finally {
    await branch.close();
  }
}

/**
 * Forgets what was before the newest commit of a branch whose history nobody needs; another writer who is faster is left in
 * peace, and so is a host that refuses. @throws GitpactError `network-failed`, `git-failed`
 */
export async function forgetHistory(options: StoreOptions): Promise<void> {
  const opened = await openBranch(options);
  const { branch } = opened;
  try {
    const tip = await branch.tip(true);
    if (!tip || tip.parents.length === 0) return;
    await branch.inTurn(async () => {
      const to = await commitAlone(opened, tip, { title: 'Forget what was before' });
      return branch.publish(tip, to);
    });
  } catch (error) {
    if (!(error instanceof GitpactError) || error.kind !== 'refused') throw error;
  } finally {
    await branch.close();
  }
}

async function beginAnew(opened: Opened): Promise<Archived | undefined | Failed> {
  const { branch, world } = opened;
  const tip = await branch.tip(true);
  if (!tip || tip.parents.length === 0) return undefined;
  const now = world.clock();
  const ref = `refs/archive/${now.toISOString().slice(0, 10)}-${tip.id.slice(0, 8)}`;
  const to = await firstCommit(opened, tip, ref);
  const outcome = await branch.beginAnew(tip, to, ref);
  const isIn = outcome.kind === 'in' || (outcome.kind === 'unknown' && (await isNewest(branch, to)));
  return isIn ? { ref, archived: tip.id, beginning: to.id } : (outcome as Failed);
}

async function isNewest(branch: StoreBranch, commit: ReadCommit): Promise<boolean> {
  return (await branch.tip(true))?.id === commit.id;
}

function firstCommit(opened: Opened, tip: ReadCommit, ref: string): Promise<ReadCommit> {
  return commitAlone(opened, tip, {
    title: `Begin the history anew: what was before is ${ref}`,
    trailers: [
      ['Event', 'archived'],
      [continuesTrailer, tip.id],
    ],
  });
}

/** Writes a commit of the same files that has none before it. */
async function commitAlone(
  { branch, committer }: Opened,
  tip: ReadCommit,
  intent: Intent,
): Promise<ReadCommit> {
  const commit = await committer.complete({ tree: tip.tree, parents: [], message: messageOf([intent]) });
  const all = { path: '', kind: 'object', mode: '040000', oid: tip.tree } as const;
  const id = await branch.writeCommit({ commit, placements: [all], objects: [] });
  const found = await branch.engine.findCommit(id);
  if (typeof found === 'string') throw new Error(`the commit ${id} that was just written is ${found}`);
  return parseCommit(found.oid, found.data);
}

function busy(outcome: Failed): GitpactError {
  const why = 'why' in outcome && outcome.why ? ` (${outcome.why})` : '';
  return new GitpactError('store-busy', `Others kept writing to the contract repository${why}.`, {
    hint: 'Run the same command again at a quieter hour; nothing was changed.',
  });
}
