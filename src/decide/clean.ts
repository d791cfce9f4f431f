import { groupBy } from '../domain/grouping.ts';
import type { PacticipantName, VersionNumber } from '../domain/names.ts';
import type { ResultPointer, Version } from '../domain/records.ts';
import { gather, withoutPaths } from '../domain/tree.ts';
import type { Draft } from '../format/draft.ts';
import { paths } from '../format/paths.ts';
import type { CleanPlan } from '../query/retention/plan.ts';
import { rebuilt } from './rebuild.ts';

/** How many of a kind a clean-up deletes and leaves. */
export interface Tally {
  readonly deleted: number;
  readonly kept: number;
}

/** What a clean-up did, in the Pact Broker's terms (ui.md §8.1, step 4). */
export interface Cleaned {
  readonly branches: Tally;
  readonly versions: Tally;
  readonly publications: Tally;
  /** Distinct contents. */
  readonly contents: Tally;
  readonly results: Tally;
}

/**
 * Deletes what the plan says: branches, versions with all that hangs on them, and contents that then have neither a
 * publication nor a result. It comes to what the single deletions come to one after the other, at once.
 * @throws NotLoaded
 */
export function clean(draft: Draft, plan: CleanPlan): Cleaned {
  const { versionsToDelete, versionsToKeep, versionsLeftOver } = plan;
  const staying = [...versionsToKeep, ...versionsLeftOver];
  const leftovers = sortOutPairs(draft, versionsToDelete, staying);
  leaveBranches(draft, plan, staying);
  draft.reset(
    withoutPaths(draft.root, [
      ...plan.branchesToDelete.map(({ pacticipant, branch }) => paths.branch(pacticipant, branch.name)),
      ...versionsToDelete.map(({ pacticipant, number }) => paths.version(pacticipant, number)),
      ...leftovers.flatMap(({ paths: gone }) => gone),
    ]),
  );
  if (plan.branchesToDelete.length + versionsToDelete.length + sum(leftovers, 'goneContents') > 0) {
    draft.reset(rebuilt(draft.root));
  }
  return {
    branches: { deleted: plan.branchesToDelete.length, kept: plan.branchesToKeep.length },
    versions: { deleted: versionsToDelete.length, kept: staying.length },
    publications: { deleted: publicationsOf(versionsToDelete), kept: publicationsOf(staying) },
    contents: { deleted: sum(leftovers, 'goneContents'), kept: sum(leftovers, 'keptContents') },
    results: { deleted: sum(leftovers, 'goneResults'), kept: sum(leftovers, 'keptResults') },
  };
}

function publicationsOf(versions: readonly Version[]): number {
  return versions.reduce((total, { pacts }) => total + pacts.length, 0);
}

/** Takes the versions that stay off the branches that go. */
function leaveBranches(draft: Draft, { branchesToDelete }: CleanPlan, staying: readonly Version[]): void {
  const keyOf = (pacticipant: string, branch: string) => `${pacticipant}\n${branch}`;
  const gone = new Set(branchesToDelete.map(({ pacticipant, branch }) => keyOf(pacticipant, branch.name)));
  if (gone.size === 0) return;
  for (const version of staying) {
    const branches = version.branches.filter(({ name }) => !gone.has(keyOf(version.pacticipant, name)));
    if (branches.length < version.branches.length) draft.putVersion({ ...version, branches });
  }
}

/** What goes of the contents and results of one pair. */
interface Leftover {
  readonly paths: readonly string[];
  readonly goneContents: number;
  readonly keptContents: number;
  readonly goneResults: number;
  readonly keptResults: number;
}

function sum(leftovers: readonly Leftover[], of: Exclude<keyof Leftover, 'paths'>): number {
  return leftovers.reduce((total, leftover) => total + leftover[of], 0);
}

function sortOutPairs(
  draft: Draft,
  deleted: readonly Version[],
  staying: readonly Version[],
): readonly Leftover[] {
  const { now } = draft;
  const goneBy = groupBy(deleted, ({ pacticipant }) => pacticipant);
  const published = new Set(
    staying.flatMap(({ pacticipant, pacts }) =>
      pacts.map(({ provider, sha }) => `${pacticipant}\n${provider}\n${sha}`),
    ),
  );
  return gather(now.providerNames(), (provider) => {
    const gone = new Set((goneBy.get(provider) ?? []).map(({ number }) => number));
    return gather(now.consumersOf(provider), (consumer) =>
      sortOut(draft, consumer, provider, gone, (sha) => published.has(`${consumer}\n${provider}\n${sha}`)),
    );
  }).flat();
}

function sortOut(
  draft: Draft,
  consumer: PacticipantName,
  provider: PacticipantName,
  gone: ReadonlySet<VersionNumber>,
  isPublished: (sha: string) => boolean,
): Leftover {
  const contents = gather(draft.now.contentShas(consumer, provider), (sha) => {
    const pointers = draft.now.resultPointers(consumer, provider, sha);
    const results = pointers.filter(({ providerVersion }) => gone.has(providerVersion));
    return { sha, pointers, results, stays: isPublished(sha) || results.length < pointers.length };
  });
  const orphans = contents.filter(({ stays }) => !stays);
  const goneResults = contents.flatMap(({ results }) => results);
  return {
    paths: [
      ...goneResults.flatMap((pointer) => filesOf(consumer, provider, pointer)),
      ...orphans.flatMap(({ sha }) => [
        paths.content(consumer, provider, sha),
        paths.arrangement(consumer, provider, sha),
      ]),
    ],
    goneContents: orphans.length,
    keptContents: contents.length - orphans.length,
    goneResults: goneResults.length,
    keptResults: contents.flatMap(({ pointers }) => pointers).length - goneResults.length,
  };
}

function filesOf(consumer: PacticipantName, provider: PacticipantName, pointer: ResultPointer): string[] {
  const { sha, providerVersion, number } = pointer;
  const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
  const name = paths.resultName(providerVersion, number);
  return [`${folder}/${name}.json`, `${folder}/${name}.tests.json`];
}
