import { inForce } from '../decide/effective.ts';
import { placeOf } from '../decide/examine-places.ts';
import type { Overlay } from '../decide/overlay.ts';
import type { Standing } from '../decide/standing.ts';
import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import { type Folder, fileAt } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { readPolicy } from '../format/policy.ts';
import { readOnce } from '../format/recall.ts';
import { passedOn } from '../store/passed-on.ts';
import type { Store } from '../store/port.ts';
import type { Standings } from './standings.ts';

/** How many facts of whom are left out. */
export interface LeftOut {
  readonly facts: number;
  /** E-mail addresses of committers, those with the most first. */
  readonly of: readonly string[];
}

interface EnforcedOptions {
  readonly standings: Standings;
  /** Whether only a policy that asks for it is enforced: one that whoever broke it may have taken away. */
  readonly onlyIfAsked: boolean;
  /** Told of what is left out, whenever that is another number. */
  readonly tell: (leftOut: LeftOut) => void;
}

/** Said by a question that the state wants to be asked with the policy enforced. */
const asksForIt = Symbol('enforce the policy');

/**
 * The store as its policy leaves it: what came in by commits that break it is not there, for no question. Writes see what
 * lies there, so that nobody's numbers are given twice.
 */
export function enforced(store: Store, { standings, onlyIfAsked, tell }: EnforcedOptions): Store {
  let told = 0;
  const trees = new WeakMap<Folder, { readonly standing: Standing; tree: Folder }>();
  const inForceAt = (root: Folder, standing: Standing): Folder => {
    const known = trees.get(root);
    if (known?.standing === standing) return known.tree;
    const tree = inForce(root, standing);
    trees.set(root, { standing, tree });
    return tree;
  };
  const read = async <T>(question: (root: Folder, commit: CommitId | undefined) => T, at?: CommitId) => {
    const named = at ?? (await store.tip());
    // While writes of a session wait, what is read is in no commit: then it is what lies on top of the one they began from.
    const commit = named ?? (await store.read((_, begun) => begun));
    if (commit === undefined) return store.read(question);
    const standing = await standings.at(commit);
    if (standing.overlay.size === 0) return store.read(question, named);
    const leftOut = leftOutBy(standing.overlay);
    if (leftOut.facts > 0 && leftOut.facts !== told) tell(leftOut);
    told = leftOut.facts;
    return store.read((root, id) => question(inForceAt(root, standing), id), named);
  };
  return passedOn(store, {
    read: async (question, at) => {
      if (!onlyIfAsked) return read(question, at);
      const answer = await store.read(
        (root, commit) => (isAskedFor(root) ? asksForIt : { is: question(root, commit) }),
        at,
      );
      return answer === asksForIt ? read(question, at) : answer.is;
    },
  });
}

/** @throws NotLoaded */
function isAskedFor(root: Folder): boolean {
  const policy = fileAt(root, paths.policy);
  if (!policy) return false;
  try {
    return readOnce(policy, paths.policy, readPolicy).enforced;
  } catch (error) {
    // One that cannot be read is not in force; whether the one before it asks for that, only the history tells.
    if (error instanceof GitpactError) return true;
    throw error;
  }
}

function leftOutBy(overlay: Overlay): LeftOut {
  const counts = new Map<string, number>();
  for (const [path, { against }] of overlay) {
    if (placeOf(path)?.kind === 'derived') continue;
    counts.set(against, (counts.get(against) ?? 0) + 1);
  }
  const of = [...counts].sort((a, b) => b[1] - a[1]).map(([email]) => email);
  return { facts: [...counts.values()].reduce((a, b) => a + b, 0), of };
}
