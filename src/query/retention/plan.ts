import { byCodePoint, type Instant, type PacticipantName } from '../../domain/names.ts';
import type { Branch, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { allPacticipants } from '../asked.ts';
import { reachEveryFact } from '../every-fact.ts';
import { type Kin, keepsBranch, keepsVersion, kinOf } from './kept.ts';
import { versionsNeeded } from './needed.ts';
import type { KeepSelector, RetentionRules } from './rules.ts';

/** A branch of a pacticipant. */
export interface BranchOf {
  readonly pacticipant: PacticipantName;
  readonly branch: Branch;
}

/** What a clean-up deletes and what it keeps, and why. */
export interface CleanPlan {
  /** Least recently used first. */
  readonly branchesToDelete: readonly BranchOf[];
  readonly branchesToKeep: readonly BranchOf[];
  /** Oldest first. */
  readonly versionsToDelete: readonly Version[];
  /** Those that no selector keeps and that the limit spares this time; oldest first. */
  readonly versionsLeftOver: readonly Version[];
  /** By pacticipant and rising order. */
  readonly versionsToKeep: readonly Version[];
  /** How many versions each selector keeps, each version counted for every selector that does. */
  readonly keptBy: readonly { readonly selector: KeepSelector; readonly count: number }[];
  /** Kept for their results only. */
  readonly needed: number;
}

/**
 * What a clean-up at `today` does: first branches that nobody used for a while, then versions that no selector keeps, the
 * oldest first, up to the limits (ui.md §8.1). What is deployed or released and heads of branches that stay are kept
 * whatever the selectors say, and so are the versions that {@link versionsNeeded} names. @throws NotLoaded
 */
export function planClean(now: Snapshot, rules: RetentionRules, today: Instant): CleanPlan {
  reachEveryFact(now);
  const branches = sortOutBranches(now, rules, today);
  const environments = new Map(now.environments().map(({ name, uuid }) => [name, uuid]));
  const kin = gather(allPacticipants(now), (pacticipant) => {
    const stay = branches.keep.filter((kept) => kept.pacticipant === pacticipant.name);
    return kinOf(
      now,
      pacticipant,
      stay.map(({ branch }) => branch),
      environments,
    );
  });
  const chosen = chooseVersions(kin, withLiveAndHeads(rules.versions), today);
  const byNumber = new Map(
    kin.map(({ pacticipant, versions }) => [
      pacticipant.name,
      new Map(versions.map((version) => [version.number, version])),
    ]),
  );
  const needed = versionsNeeded(now, byNumber, (version) => chosen.kept.has(version));
  const all = kin.flatMap(({ versions }) => versions);
  const isKept = (version: Version) => chosen.kept.has(version) || needed.has(version);
  const unwanted = all.filter((version) => !isKept(version)).sort(oldestFirst);
  return {
    branchesToDelete: branches.delete,
    branchesToKeep: branches.keep,
    versionsToDelete: unwanted.slice(0, rules.versionLimit),
    versionsLeftOver: unwanted.slice(rules.versionLimit),
    versionsToKeep: all.filter(isKept),
    keptBy: chosen.keptBy,
    needed: needed.size,
  };
}

function sortOutBranches(
  now: Snapshot,
  rules: RetentionRules,
  today: Instant,
): { delete: readonly BranchOf[]; keep: readonly BranchOf[] } {
  const pacticipants = allPacticipants(now);
  const all = gather(pacticipants, (pacticipant) =>
    now.branches(pacticipant.name).map((branch) => ({
      pacticipant: pacticipant.name,
      branch,
      stays:
        rules.branches.length === 0 ||
        branch.name === pacticipant.mainBranch ||
        rules.branches.some((selector) => keepsBranch(selector, pacticipant, branch, today)),
    })),
  ).flat();
  const stale = all
    .filter(({ stays }) => !stays)
    .sort((a, b) => byCodePoint(a.branch.updatedAt, b.branch.updatedAt));
  const gone = new Set(stale.slice(0, rules.branchLimit));
  const plain = ({ pacticipant, branch }: BranchOf) => ({ pacticipant, branch });
  return { delete: [...gone].map(plain), keep: all.filter((one) => !gone.has(one)).map(plain) };
}

/** What is always kept is added where no selector speaks of it. */
function withLiveAndHeads(selectors: readonly KeepSelector[]): readonly KeepSelector[] {
  const always = [{ deployed: true }, { released: true }, { branch: true, latest: true }] as const;
  const same = (a: KeepSelector, b: KeepSelector) =>
    Object.keys(a).length === Object.keys(b).length &&
    Object.entries(a).every(([name, value]) => b[name as keyof KeepSelector] === value);
  return [...selectors, ...always.filter((one) => !selectors.some((selector) => same(selector, one)))];
}

function chooseVersions(
  kin: readonly Kin[],
  selectors: readonly KeepSelector[],
  today: Instant,
): { kept: ReadonlySet<Version>; keptBy: CleanPlan['keptBy'] } {
  const kept = new Set<Version>();
  const keptBy = selectors.map((selector) => {
    const matching = kin.flatMap((one) =>
      one.versions.filter((version) => keepsVersion(selector, one, version, today)),
    );
    for (const version of matching) kept.add(version);
    return { selector, count: matching.length };
  });
  return { kept, keptBy };
}

function oldestFirst(a: Version, b: Version): number {
  return (
    byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.pacticipant, b.pacticipant) || a.order - b.order
  );
}
