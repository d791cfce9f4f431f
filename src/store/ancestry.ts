import type { CommitId } from '../domain/names.ts';
import type { StoreBranch } from './branch.ts';
import { parseCommit, type ReadCommit } from './commits.ts';
import type { GitObject } from './objects.ts';

/**
 * Which of `wanted` is `tip` or an ancestor of it. Looks back no further than `known`, of which it is certain that none
 * of them is behind it, and deepens a shallow history when it ends before.
 */
export async function firstOf(
  wanted: readonly CommitId[],
  branch: StoreBranch,
  tip: ReadCommit | undefined,
  known: CommitId | undefined,
): Promise<CommitId | undefined> {
  const seen = new Set<string>();
  let layer: CommitId[] = tip && tip.id !== known ? [tip.id] : [];
  let deepened = false;
  while (layer.length > 0) {
    const found = layer.find((id) => wanted.includes(id));
    if (found !== undefined) return found;
    const commits = await branch.engine.readObjects(layer);
    const cut = commits.some((object) => object === 'missing');
    if (cut && !deepened) {
      deepened = true;
      await branch.deepen();
      continue;
    }
    for (const id of layer) seen.add(id);
    const parents = commits.flatMap((object) => (typeof object === 'string' ? [] : before(object)));
    layer = [...new Set(parents)].filter((id) => id !== known && !seen.has(id));
  }
  return undefined;
}

/** The commits that one was made on; the one it goes on from, where the history began anew with it. */
function before({ oid, data }: GitObject): readonly CommitId[] {
  const { parents, continues } = parseCommit(oid, data);
  return continues === undefined ? parents : [continues];
}
