import type { CommitId } from '../domain/names.ts';
import { snapshotOf } from '../format/snapshot.ts';
import { eventsBetween, type HistoryEvent } from '../query/history-events.ts';
import type { Store } from '../store/port.ts';
import { changesIn, type Range, walk } from './walk.ts';

/** An event, and the commit that it lies in. */
export interface CommittedEvent {
  readonly commit: CommitId;
  readonly event: HistoryEvent;
}

/**
 * The events of a range of the history, oldest first, commit by commit. @throws GitpactError `commit-missing`, `bad-record`
 */
export async function* historyEvents(store: Store, range: Range): AsyncGenerator<readonly CommittedEvent[]> {
  const commits = walk(store, range, (passage) =>
    eventsBetween(snapshotOf(passage.before), snapshotOf(passage.after), changesIn(passage)),
  );
  for await (const { step, derived } of commits) {
    if (derived) yield derived.map((event) => ({ commit: step.id, event }));
  }
}
