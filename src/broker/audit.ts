import { type Tampering, tamperings } from '../decide/audit.ts';
import type { CommitId } from '../domain/names.ts';
import type { Store } from '../store/port.ts';
import { type Range, type Step, walk } from './walk.ts';

/** A commit that took facts back or changed them. */
export interface Suspect {
  readonly step: Step;
  readonly tamperings: readonly Tampering[];
}

/** What an audit of a range of the history found. */
export interface Audit {
  /** How many commits were looked at. */
  readonly commits: number;
  /** Oldest first. */
  readonly suspects: readonly Suspect[];
  /** The newest commit of what was archived and cannot be had here, so that it was not looked at. */
  readonly unseen: CommitId | undefined;
}

/** Looks for facts that were taken back or changed by other means than gitpact. @throws GitpactError `commit-missing` */
export async function audit(store: Store, range: Range): Promise<Audit> {
  const suspects: Suspect[] = [];
  let commits = 0;
  let unseen: CommitId | undefined;
  const found = walk(store, range, ({ before, after, step }) =>
    tamperings(before, after, eventsIn(step.message)),
  );
  for await (const { step, derived = [] } of found) {
    if (commits === 0 && range.since === undefined) unseen = step.parent;
    commits += 1;
    if (derived.length > 0) suspects.push({ step, tamperings: derived });
  }
  return { commits, suspects, unseen };
}

function eventsIn(message: string): ReadonlySet<string> {
  return new Set([...message.matchAll(/^Event: (.+)$/gm)].map(([, event = '']) => event));
}
