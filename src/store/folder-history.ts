import type { CommitId } from '../domain/names.ts';
import type { StoreBranch } from './branch.ts';
import type { ReadCommit } from './commits.ts';
import { historyFrom } from './history.ts';
import { parseTree } from './objects.ts';

/** How many commits are looked at in one round. */
const round = 200;

/** First-parent history from a commit, newest first, of what lies at `path`: the commits that changed it. */
export async function historyOfFolder(
  branch: StoreBranch,
  path: string,
  from: CommitId,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly ReadCommit[]> {
  const found: ReadCommit[] = [];
  let next: CommitId | undefined = from;
  while (next !== undefined && found.length < limit) {
    const commits: readonly ReadCommit[] = await historyFrom(branch, next, { limit: round + 1 });
    const ids = await idsAt(branch, commits, path.split('/'));
    const changed = commits.slice(0, round).filter((_, i) => ids[i] !== ids[i + 1]);
    found.push(...changed);
    next = commits[round]?.id;
  }
  return found.slice(0, limit);
}

/** The object at a path of each commit; undefined where there is none. */
async function idsAt(
  branch: StoreBranch,
  commits: readonly ReadCommit[],
  segments: readonly string[],
): Promise<readonly (string | undefined)[]> {
  let ids: readonly (string | undefined)[] = commits.map(({ tree }) => tree);
  for (const segment of segments) {
    const folders = [...new Set(ids.filter((id) => id !== undefined))];
    const inside = new Map<string, string | undefined>();
    for (const object of await branch.readObjects(folders)) {
      if (typeof object === 'string' || object.type !== 'tree') continue;
      inside.set(object.oid, parseTree(object.data).find(({ name }) => name === segment)?.oid);
    }
    ids = ids.map((id) => (id === undefined ? undefined : inside.get(id)));
  }
  return ids;
}
