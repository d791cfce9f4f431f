import { GitpactError } from '../domain/failure.ts';
import { onceForText } from '../domain/once-for-each.ts';
import { type Author, isAllowed, type Policy } from '../domain/policy.ts';
import { type Folder, file, fileAt, gather, textOf, withNode } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { readPolicy } from '../format/policy.ts';
import { companions } from './companions.ts';
import { type FileDifference, fileDifferences } from './file-differences.ts';
import type { Overlay } from './overlay.ts';
import { type EnvironmentNames, environmentNames, type Needed, neededFor } from './policy-needs.ts';
import { withChange } from './three-way.ts';

/**
 * What is in force after a commit: its files, but those that the overlay has otherwise. It is the fold of the first-parent
 * history: of each commit, what its author may write by the policy that was in force before it.
 */
export interface Standing {
  /** What is in force where something else lies in the commit, by path. */
  readonly overlay: Overlay;
  /** The text of the policy in force; none without. */
  readonly policy: string | undefined;
}

/** What stands before the first commit. */
export const nothingStands: Standing = { overlay: new Map(), policy: undefined };

/** A change that its author may not make. */
export interface Breach {
  readonly path: string;
  /** What was done to it and what that needs, as the end of a sentence about the path. */
  readonly text: string;
}

/**
 * What stands where a history begins: nothing, or of one whose beginning cannot be had, all that lies there, with its policy.
 * @throws NotLoaded
 */
export function standingIn(beginning: Folder): Standing {
  const policy = fileAt(beginning, paths.policy);
  return policy ? { overlay: new Map(), policy: textOf(policy) } : nothingStands;
}

/** What one commit leads to. */
export interface Judged {
  readonly standing: Standing;
  readonly breaches: readonly Breach[];
}

/**
 * Judges one commit by the policy in force before it, and takes from it what its author may write. Where what is in force
 * is not what lies there, a change of a record is taken by itself, without what others wrote beside it.
 * @throws NotLoaded
 */
export function judge(before: Folder, after: Folder, author: Author, standing: Standing): Judged {
  const differences = fileDifferences(before, after);
  if (standing.policy === undefined && standing.overlay.size === 0) {
    const [made] = differences.filter(({ path }) => path === paths.policy);
    if (!made) return { standing, breaches: [] };
  }
  const policy = standing.policy === undefined ? undefined : policyIn(standing.policy);
  const names = namesInForce(before, after, standing);
  const settled = gather(differences, (difference): Settled => {
    const missing = policy ? missingFor(policy, author, difference, names) : [];
    return settle(difference, missing, standing);
  });
  return conclude(settled, after, author, standing);
}

/** What becomes of one change. */
interface Settled {
  readonly difference: FileDifference;
  /** Why it is not taken; undefined when it is. */
  readonly refused: string | undefined;
  /** The text in force from now on, where it is not simply what lies there. */
  readonly inForce: string | null | undefined;
}

function settle(difference: FileDifference, missing: Needed, { overlay, policy }: Standing): Settled {
  const { path } = difference;
  const [was, is] = gather(
    [difference.before, difference.after],
    (file) => () => (file ? textOf(file) : null),
  );
  const inForceBefore = () => overlay.get(path)?.text ?? (overlay.has(path) ? null : (was?.() ?? null));
  const refused = refusal(difference, missing, policy);
  if (refused !== undefined) return { difference, refused, inForce: inForceBefore() };
  if (!overlay.has(path)) return { difference, refused, inForce: undefined };
  const [base, theirs] = gather([was, is], (text) => text?.() ?? null);
  const inForce = withChange(path, { base: base ?? null, theirs: theirs ?? null, ours: inForceBefore() });
  return { difference, refused, inForce: inForce === theirs ? undefined : inForce };
}

function refusal({ path, before, after }: FileDifference, missing: Needed, policy: string | undefined) {
  if (missing.length > 0)
    return `was ${before ? (after ? 'changed' : 'removed') : 'added'}, which needs ${inWords(missing)}`;
  if (path !== paths.policy || !after || policyIn(textOf(after))) return undefined;
  return `is no policy and did not come into force${policy === undefined ? '' : ': the one before it did not end'}`;
}

function conclude(settled: readonly Settled[], after: Folder, { email }: Author, standing: Standing): Judged {
  const overlay = new Map(standing.overlay);
  for (const { difference, inForce, refused } of settled) {
    const { path } = difference;
    const before = refused === undefined ? standing.overlay.get(path)?.against : undefined;
    if (inForce === undefined) overlay.delete(path);
    else overlay.set(path, { text: inForce, against: before ?? email });
  }
  if (overlay.size > 0) {
    const taken = settled.filter(({ refused }) => refused === undefined).map(({ difference }) => difference);
    for (const path of gather(taken, (one) => companions(one, after, overlay)).flat()) overlay.delete(path);
  }
  const breaches = settled.flatMap(({ difference: { path }, refused }) =>
    refused === undefined ? [] : [{ path, text: refused }],
  );
  const change = settled.find(({ difference }) => difference.path === paths.policy);
  const policy = change && change.refused === undefined ? change.difference.after : undefined;
  const text = change && change.refused === undefined ? policy && textOf(policy) : standing.policy;
  return { standing: { overlay, policy: text }, breaches };
}

/** The policy that a text is; undefined for one that cannot be read, which never comes into force. */
function policyIn(text: string): Policy | undefined {
  return parsed(text).policy;
}

const parsed = onceForText((text): { readonly policy: Policy | undefined } => {
  try {
    return { policy: readPolicy(paths.policy, text) };
  } catch (error) {
    if (error instanceof GitpactError) return { policy: undefined };
    throw error;
  }
});

/** Names of environments as they are in force; of those that are new with the commit, as it has them. */
function namesInForce(before: Folder, after: Folder, { overlay }: Standing): EnvironmentNames {
  const touched = [...overlay].filter(([path]) => path.startsWith(`${paths.environments}/`));
  const inForce = touched.reduce(
    (root, [path, { text }]) => withNode(root, path, text === null ? undefined : file(text)),
    before,
  );
  return (uuid) => environmentNames(inForce)(uuid) ?? environmentNames(after)(uuid);
}

function missingFor(
  policy: Policy,
  author: Author,
  difference: FileDifference,
  names: EnvironmentNames,
): Needed {
  const needed = neededFor(difference, names) ?? [];
  return needed.filter((any) => !isAllowed(policy, author, difference.path, any));
}

function inWords(missing: Needed): string {
  const words = missing.map(([need]) => {
    if (!need) return 'nothing';
    const of = need.of === undefined ? '' : ` of ${need.of}`;
    return `${need.duty}${of}${need.in === undefined ? '' : ` in ${need.in}`}`;
  });
  return [...new Set(words)].join(' and ');
}
