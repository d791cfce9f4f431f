import stringify from 'fast-json-stable-stringify';
import { displayNameOf } from '../domain/display-name.ts';
import type { BranchName, Instant, PacticipantName } from '../domain/names.ts';
import type { Pacticipant } from '../domain/records.ts';
import type { Draft } from '../format/draft.ts';
import { savePacticipant } from './upkeep.ts';
import { ensurePacticipant } from './versions.ts';

/** What may be said of a pacticipant; undefined says nothing, null or nothing but blanks clears (domain.md §0, §1.1). */
export interface PacticipantPatch {
  readonly displayName?: string | null | undefined;
  readonly mainBranch?: BranchName | null | undefined;
  readonly repositoryUrl?: string | null | undefined;
  readonly repositoryName?: string | null | undefined;
  readonly repositoryNamespace?: string | null | undefined;
}

const optional = ['mainBranch', 'repositoryUrl', 'repositoryName', 'repositoryNamespace'] as const;

/** Makes the pacticipant when it is not there, and changes just what the patch names (PATCH, domain.md §1.1). */
export function describePacticipant(
  draft: Draft,
  name: PacticipantName,
  patch: PacticipantPatch,
  at: Instant,
): { pacticipant: Pacticipant; created: boolean } {
  const before = draft.now.pacticipant(name);
  const start = before ?? ensurePacticipant(draft, name, at);
  const cleared = optional.filter((key) => patch[key] !== undefined && isBlank(patch[key]));
  const set = Object.fromEntries(optional.flatMap((key) => (isBlank(patch[key]) ? [] : [[key, patch[key]]])));
  const kept = Object.fromEntries(
    Object.entries(start).filter(([key]) => !cleared.some((gone) => gone === key)),
  );
  const displayName =
    patch.displayName === undefined
      ? start.displayName
      : isBlank(patch.displayName)
        ? displayNameOf(name)
        : patch.displayName;
  const described = { ...(kept as unknown as Pacticipant), ...set, displayName };
  const changed = stringify(described) !== stringify(start);
  const pacticipant = changed && before ? { ...described, updatedAt: at } : described;
  if (changed) savePacticipant(draft, pacticipant);
  return { pacticipant, created: before === undefined };
}

function isBlank(text: string | null | undefined): text is null | undefined {
  return text === null || text === undefined || text.trim() === '';
}

/** Makes a patch that replaces everything: what it does not name is cleared (PUT, domain.md §1.1). */
export function replacing(patch: PacticipantPatch): PacticipantPatch {
  return {
    displayName: patch.displayName ?? null,
    mainBranch: patch.mainBranch ?? null,
    repositoryUrl: patch.repositoryUrl ?? null,
    repositoryName: patch.repositoryName ?? null,
    repositoryNamespace: patch.repositoryNamespace ?? null,
  };
}

/** Puts a label on a pacticipant, which is made when it is not there (domain.md §1.5). */
export function addLabel(
  draft: Draft,
  name: PacticipantName,
  label: string,
  at: Instant,
): { created: boolean } {
  const pacticipant = ensurePacticipant(draft, name, at);
  if (pacticipant.labels.some((one) => one.name === label)) return { created: false };
  savePacticipant(draft, { ...pacticipant, labels: [...pacticipant.labels, { name: label, createdAt: at }] });
  return { created: true };
}

/** Takes a label off a pacticipant; false when it was not there. */
export function removeLabel(draft: Draft, name: PacticipantName, label: string): boolean {
  const pacticipant = draft.now.pacticipant(name);
  if (!pacticipant?.labels.some((one) => one.name === label)) return false;
  savePacticipant(draft, { ...pacticipant, labels: pacticipant.labels.filter((one) => one.name !== label) });
  return true;
}
