import { byCodePoint, type Instant, type PacticipantName } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Head, Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';

/** The heads of branches and tags as {@link Snapshot.heads} has them. @throws NotLoaded */
export function headsOf(now: Snapshot, pacticipant: PacticipantName): readonly Head[] {
  const branches = () =>
    now.branches(pacticipant).map(({ name, head }) => ({ kind: 'branch', name, number: head }) as const);
  const tags = () =>
    now.tags(pacticipant).map(({ name, latest }) => ({ kind: 'tag', name, number: latest }) as const);
  type Named = ReturnType<typeof branches> | ReturnType<typeof tags>;
  const named = gather<() => Named, Named>([branches, tags], (read) => read()).flat();
  return gather(named, ({ number, ...head }): readonly Head[] => {
    const version = number === undefined ? undefined : now.version(pacticipant, number);
    if (!version) return [];
    const publishedAt = lastPublished(version);
    return publishedAt === undefined ? [] : [{ ...head, version, publishedAt }];
  })
    .flat()
    .sort((a, b) => byCodePoint(b.publishedAt, a.publishedAt));
}

function lastPublished({ pacts }: Version): Instant | undefined {
  return pacts
    .map(({ createdAt }) => createdAt)
    .toSorted(byCodePoint)
    .at(-1);
}
