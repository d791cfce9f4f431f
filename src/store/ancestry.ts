import type { CommitId } from '../domain/names.ts';
import type { StoreBranch } from './branch.ts';
import { parseCommit, type ReadCommit } from './commits.ts';

/**
 * Whether `wanted`, a child of `base`, is `tip` or an ancestor of it. Looks back no further than `base`, and deepens a
 * shallow history when it ends before.
 */
export async function contains(
  branch: StoreBranch,
  tip: ReadCommit | undefined,
  wanted: CommitId,
  base: CommitId | undefined,
): Promise<boolean> {
  const seen = new Set<string>();
  let layer: CommitId[] = tip ? [tip.id] : [];
  let deepened = false;
  while (layer.length > 0) {
    if (layer.includes(wanted)) return true;
    const found = await branch.engine.readObjects(layer);
    const cut = found.some((object) => object === 'missing');
    if (cut && !deepened) {
      deepened = true;
      await branch.deepen();
      continue;
    }
    for (const id of layer) seen.add(id);
    const parents = found.flatMap((object) =>
      typeof object === 'string' ? [] : parseCommit(object.oid, object.data).parents,
    );
    layer = [...new Set(parents)].filter((id) => id !== base && !seen.has(id));
  }
  return false;
}
