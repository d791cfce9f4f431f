import type { PacticipantName } from '../domain/names.ts';
import type { Head, Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';

/** The heads of all branches of a pacticipant, then of all tags; a branch without one is left out. @throws NotLoaded */
export function headsOf(now: Snapshot, pacticipant: PacticipantName): readonly Head[] {
  const branches = () =>
    now.branches(pacticipant).map(({ name, head }) => ({ kind: 'branch', name, number: head }) as const);
  const tags = () =>
    now.tags(pacticipant).map(({ name, latest }) => ({ kind: 'tag', name, number: latest }) as const);
  type Named = ReturnType<typeof branches> | ReturnType<typeof tags>;
  const named = gather<() => Named, Named>([branches, tags], (read) => read()).flat();
  return gather(named, ({ number, ...head }): readonly Head[] => {
    const version = number === undefined ? undefined : now.version(pacticipant, number);
    return version ? [{ ...head, version }] : [];
  }).flat();
}
