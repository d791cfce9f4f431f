import { GitpactError } from '../domain/failure.ts';
import type { CommitId } from '../domain/names.ts';
import { onceForEach } from '../domain/once-for-each.ts';
import { emptyFolder, type Folder, gather } from '../domain/tree.ts';
import { type RecordChanges, recordChanges } from '../format/record-changes.ts';
import type { Commit, Store } from '../store/port.ts';

/** One commit of a walk. */
export type Step = Pick<
  Commit,
  'id' | 'parent' | 'committedAt' | 'title' | 'message' | 'author' | 'committer' | 'signed'
>;

/** The commits after `since` (default: all) up to `until` (default: the tip). */
export interface Range {
  readonly since?: CommitId;
  readonly until?: CommitId;
}

/** How many commits are looked at together, at first and at the most: what they need is loaded in one go. */
const [firstStride, longestStride] = [16, 256];

/** How many commits are listed at once, at first and at the most. */
const [firstPage, largestPage] = [64, 4096];

/** The states that a commit leads from and to. */
export interface Passage {
  readonly step: Step;
  readonly before: Folder;
  readonly after: Folder;
}

/** The records that a commit changed. @throws NotLoaded, GitpactError `bad-record` */
export const changesIn = onceForEach(
  ({ before, after }: Passage): RecordChanges => recordChanges(before, after),
);

/**
 * What `derive` makes of each commit, in the order of the first-parent history. Costs what the commits of the range
 * changed, however long the history before it is.
 * `isWanted` may tell from the state after it that nothing can come of a commit: then it is passed over.
 * @throws GitpactError `commit-missing` when `since` is not in the history
 */
export async function* walk<T>(
  store: Store,
  range: Range,
  derive: (passage: Passage) => T,
  isWanted: (after: Folder) => boolean = () => true,
): AsyncGenerator<{ readonly step: Step; readonly derived: T | undefined }> {
  let stride = firstStride;
  for await (const steps of pagesOf(store, range)) {
    for (let from = 0; from < steps.length; ) {
      const some = steps.slice(from, from + stride);
      from += stride;
      stride = Math.min(stride * 2, longestStride);
      const states = await statesAt(store, some);
      const passages = some.map((step): Passage => {
        const after = states.get(step.id) ?? emptyFolder;
        const before = step.parent === undefined ? emptyFolder : (states.get(step.parent) ?? after);
        return { step, before, after };
      });
      const once = onceForEach((passage: Passage) => (isWanted(passage.after) ? derive(passage) : undefined));
      const derived = await store.read(() => gather(passages, once), some.at(-1)?.id);
      for (const [index, step] of some.entries()) yield { step, derived: derived[index] };
    }
  }
}

/**
 * The states that the commits of a stride lead from and to; none of a commit that cannot be had. Nothing of them is
 * loaded yet.
 */
async function statesAt(
  store: Store,
  steps: readonly Step[],
): Promise<ReadonlyMap<CommitId, Folder | undefined>> {
  const ids = new Set(steps.flatMap(({ id, parent }) => (parent === undefined ? [id] : [parent, id])));
  const stateAt = (id: CommitId) => unlessMissing(store.read((root) => root, id));
  return new Map(await Promise.all([...ids].map(async (id) => [id, await stateAt(id)] as const)));
}

/** Undefined for what lies in a commit that cannot be had: an archive that was left on the host. */
async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof GitpactError && error.code === 'commit-missing') return undefined;
    throw error;
  }
}

/** So many commits from one on, newest first. */
interface Page {
  readonly from: CommitId;
  readonly size: number;
}

/**
 * The commits of the range, oldest first, some thousands at a time. Git tells them newest first: of a long range, where the
 * pages begin is all that is remembered on the way back.
 */
async function* pagesOf(store: Store, { since, until }: Range): AsyncGenerator<readonly Step[]> {
  // Of a folder's store, a commit that leaves the folder alone stands for the last one that did not.
  const [stop] = since === undefined ? [] : await store.history({ from: since, limit: 1 });
  const pages: Page[] = [];
  let found: readonly Commit[] = [];
  let from = until ?? (await store.tip());
  let isEnd = false;
  for (let size = firstPage; from !== undefined && !isEnd; size = Math.min(size * 2, largestPage)) {
    const listed = store.history({ from, limit: size, ...(stop ? { back: stop.id } : {}) });
    const page: readonly Commit[] = pages.length === 0 ? await listed : ((await unlessMissing(listed)) ?? []);
    const end = stop ? page.findIndex(({ id }) => id === stop.id) : -1;
    isEnd = end >= 0;
    const wanted = isEnd ? page.slice(0, end) : page;
    if (wanted.length > 0) {
      pages.push({ from, size: wanted.length });
      found = wanted;
    }
    from = page.length < size ? undefined : page.at(-1)?.parent;
  }
  if (stop && !isEnd) throw notBefore(stop.id);
  const [oldest, ...rest] = pages.reverse();
  if (oldest) yield stepsOf(found);
  for (const { from: start, size } of rest) yield stepsOf(await store.history({ from: start, limit: size }));
}

/** The steps of commits that come newest first, oldest first. */
function stepsOf(commits: readonly Commit[]): readonly Step[] {
  return commits
    .map(({ id, parent, committedAt, title, message, author, committer, signed }) => ({
      id,
      committedAt,
      title,
      message,
      author,
      committer,
      ...(parent === undefined ? {} : { parent }),
      ...(signed === undefined ? {} : { signed }),
    }))
    .reverse();
}

function notBefore(since: CommitId): GitpactError {
  return new GitpactError(
    'commit-missing',
    `The commit ${since.slice(0, 8)} is not in the history of the contracts: it was rewritten, or is one of a merged branch.`,
    { hint: 'Name a commit that `gitpact log` lists, or a date.' },
  );
}
