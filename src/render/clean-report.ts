import type { Cleaned } from '../decide/clean.ts';
import { groupBy } from '../domain/grouping.ts';
import type { Instant } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { CleanPlan } from '../query/retention/plan.ts';
import type { KeepSelector } from '../query/retention/rules.ts';
import { terminalTable } from './terminal-table.ts';
import { timeAgo } from './words/time-ago.ts';

/** A clean-up that was done, or with `dryRun` one that was only thought through. */
export interface CleanReport {
  readonly plan: CleanPlan;
  readonly cleaned: Cleaned;
  readonly dryRun: boolean;
  readonly at: Instant;
}

/**
 * The report as data: what the Pact Broker's dry run tells (ui.md §8.1), with the first and the newest version the right
 * way round, and how many of each kind go and stay.
 */
export function cleanReportDocument({ plan, cleaned, dryRun, at }: CleanReport): unknown {
  const { versionsToDelete, versionsToKeep, versionsLeftOver } = plan;
  const staying = [...versionsToKeep, ...versionsLeftOver];
  return {
    dryRun,
    counts: {
      totalVersions: staying.length + versionsToDelete.length,
      versionsToDelete: versionsToDelete.length,
      versionsNotToKeep: versionsToDelete.length + versionsLeftOver.length,
      versionsToKeep: versionsToKeep.length,
      versionsToKeepBySelector: plan.keptBy.map(({ selector, count }) => ({
        selector: brokerSelector(selector),
        count,
      })),
      versionsKeptForTheirResults: plan.needed,
      totalBranches: plan.branchesToDelete.length + plan.branchesToKeep.length,
      branchesToDelete: plan.branchesToDelete.length,
      branchesToKeep: plan.branchesToKeep.length,
    },
    versionSummary: Object.fromEntries(
      pacticipantsIn([...staying, ...versionsToDelete]).map((name) => [
        name,
        { toDelete: summary(versionsToDelete, name, at), toKeep: summary(staying, name, at) },
      ]),
    ),
    deletedBranches: plan.branchesToDelete.map(({ pacticipant, branch }) => ({
      pacticipant,
      name: branch.name,
    })),
    totals: cleaned,
  };
}

function summary(versions: readonly Version[], pacticipant: string, at: Instant): unknown {
  const own = ofPacticipant(versions, pacticipant);
  const [first, last] = [own[0], own.at(-1)];
  return {
    count: own.length,
    ...(first && last ? { firstVersion: briefly(first, at), latestVersion: briefly(last, at) } : {}),
  };
}

function briefly({ number, createdAt, tags }: Version, at: Instant): unknown {
  return { number, created: timeAgo(createdAt, at), tags: tags.map(({ name }) => name) };
}

function pacticipantsIn(versions: readonly Version[]): readonly string[] {
  return [...new Set(versions.map(({ pacticipant }) => pacticipant))].sort();
}

function ofPacticipant(versions: readonly Version[], pacticipant: string): readonly Version[] {
  return versions.filter((version) => version.pacticipant === pacticipant).sort((a, b) => a.order - b.order);
}

function brokerSelector({ maxAge, ...rest }: KeepSelector): unknown {
  return maxAge === undefined ? rest : { ...rest, max_age: maxAge };
}

/** The report for people: what goes of each pacticipant, what keeps the rest, and the totals. */
export function cleanReportText(report: CleanReport, columns: number): string {
  const { plan, cleaned, dryRun } = report;
  if (plan.versionsToDelete.length + cleaned.branches.deleted + cleaned.contents.deleted === 0) {
    return `There is nothing to clean: ${keptWords(report)}\n`;
  }
  const will = dryRun ? 'would be' : 'are';
  const gone = [
    counted(cleaned.versions.deleted, 'version'),
    counted(cleaned.branches.deleted, 'branch', 'branches'),
    counted(cleaned.publications.deleted, 'publication'),
    counted(cleaned.contents.deleted, 'content'),
    counted(cleaned.results.deleted, 'verification result'),
  ];
  const lines = [
    ...(plan.versionsToDelete.length > 0 ? [versionTable(report, columns), ''] : []),
    ...branchLines(plan),
    `${gone.slice(0, -1).join(', ')} and ${gone.at(-1)} ${will} deleted; ${keptWords(report)}`,
    ...leftOverLines(plan),
    ...(dryRun
      ? ['This was a dry run: nothing has been deleted.']
      : ['All of it stays in the history of the contract repository.']),
  ];
  return `${lines.join('\n')}\n`;
}

function versionTable({ plan, at }: CleanReport, columns: number): string {
  const staying = groupBy([...plan.versionsToKeep, ...plan.versionsLeftOver], (one) => one.pacticipant);
  const rows = pacticipantsIn(plan.versionsToDelete).map((name) => {
    const own = ofPacticipant(plan.versionsToDelete, name);
    const [first, last] = [own[0], own.at(-1)];
    return [
      name,
      `${own.length}`,
      first ? `${first.number} (${timeAgo(first.createdAt, at)})` : '',
      last ? `${last.number} (${timeAgo(last.createdAt, at)})` : '',
      `${staying.get(name)?.length ?? 0}`,
    ];
  });
  return terminalTable(['PACTICIPANT', 'DELETED', 'FROM', 'TO', 'KEPT'], rows, columns);
}

function branchLines({ branchesToDelete }: CleanPlan): readonly string[] {
  if (branchesToDelete.length === 0) return [];
  const shown = branchesToDelete
    .slice(0, 20)
    .map(({ pacticipant, branch }) => `  ${pacticipant} ${branch.name}`);
  const more = branchesToDelete.length - shown.length;
  return ['Branches nobody used for a while:', ...shown, ...(more > 0 ? [`  and ${more} more`] : []), ''];
}

function leftOverLines({ versionsLeftOver }: CleanPlan): readonly string[] {
  if (versionsLeftOver.length === 0) return [];
  const count = counted(versionsLeftOver.length, 'more version');
  return [`${count} could go, beyond the limit: run it again, or raise --version-deletion-limit.`];
}

function keptWords({ cleaned, plan }: CleanReport): string {
  const kept = `${counted(cleaned.versions.kept, 'version')} stay${cleaned.versions.kept === 1 ? 's' : ''}`;
  return plan.needed === 0 ? `${kept}.` : `${kept}, ${plan.needed} of them for their results only.`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
