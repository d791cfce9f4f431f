import type { CommitId } from '../domain/names.ts';
import type { StoreBranch } from './branch.ts';
import type { ReadCommit } from './commits.ts';

/** Which commits of a history are wanted. */
interface Wanted {
  /** How many at most; all without. */
  readonly limit?: number | undefined;
  /** None after this moment, in seconds since 1970. */
  readonly notAfter?: number;
}

/**
 * First-parent history, newest first. Where it began anew it goes on with what was archived, as long as that can be had.
 */
export async function historyFrom(
  branch: StoreBranch,
  start: CommitId,
  { limit, notAfter }: Wanted,
): Promise<readonly ReadCommit[]> {
  const commits: ReadCommit[] = [];
  let from: CommitId | undefined = start;
  while (from !== undefined) {
    const left: number | undefined = limit === undefined ? undefined : limit - commits.length;
    if (notAfter !== undefined) await branch.deepen(from);
    let found: readonly ReadCommit[] = await branch.engine.history(from, left, notAfter);
    if (notAfter === undefined && isCut(found, left)) {
      await branch.deepen(from);
      found = await branch.engine.history(from, left);
    }
    commits.push(...found);
    if (commits.length === limit) break;
    const first: ReadCommit | undefined =
      notAfter === undefined ? found.at(-1) : (await branch.engine.history(from, undefined)).at(-1);
    from = await archived(branch, first?.continues);
  }
  return commits;
}

/** Whether a history ends before it should, since what is before was not fetched. */
function isCut(found: readonly ReadCommit[], wanted: number | undefined): boolean {
  return (wanted === undefined || found.length < wanted) && (found.at(-1)?.parents.length ?? 0) > 0;
}

async function archived(branch: StoreBranch, id: CommitId | undefined): Promise<CommitId | undefined> {
  if (id === undefined) return undefined;
  return typeof (await branch.findCommit(id)) === 'string' ? undefined : id;
}
