import { type Tampering, tamperings } from '../decide/audit.ts';
import { type Breach, nothingStands, type Standing } from '../decide/standing.ts';
import type { CommitId } from '../domain/names.ts';
import type { Store } from '../store/port.ts';
import type { World } from '../store/world.ts';
import { judged } from './judging.ts';
import type { Signer } from './signers.ts';
import type { Passage, Range, Step } from './walk.ts';

/** A commit that took facts back or changed them, or that its author may not have made. */
export interface Suspect {
  readonly step: Step;
  /** Who made it, where a policy was in force. */
  readonly signer: Signer | undefined;
  readonly tamperings: readonly Tampering[];
  /** What breaks the policy that was in force before it. */
  readonly breaches: readonly Breach[];
}

/** What an audit of a range of the history found. */
export interface Audit {
  /** How many commits were looked at. */
  readonly commits: number;
  /** Oldest first. */
  readonly suspects: readonly Suspect[];
  /** The newest commit of what was archived and cannot be had here, so that it was not looked at. */
  readonly unseen: CommitId | undefined;
  /** How many commits were judged by a policy. */
  readonly judged: number;
}

/**
 * Looks for facts that were taken back or changed by other means than gitpact, and for commits that break the policy.
 * @param start what stood before the first commit
 * @throws GitpactError `commit-missing`
 */
export async function audit(
  store: Store,
  range: Range,
  world: Pick<World, 'env'>,
  start: Standing = nothingStands,
): Promise<Audit> {
  const suspects: Suspect[] = [];
  let [commits, judgedCommits] = [0, 0];
  let unseen: CommitId | undefined;
  const look = ({ before, after, step }: Passage) => tamperings(before, after, eventsIn(step.message));
  for await (const { step, signer, breaches, looked } of judged(store, range, { world, start, look })) {
    if (commits === 0 && range.since === undefined) unseen = step.parent;
    commits += 1;
    if (signer) judgedCommits += 1;
    if (looked.length + breaches.length > 0) suspects.push({ step, signer, tamperings: looked, breaches });
  }
  return { commits, suspects, unseen, judged: judgedCommits };
}

function eventsIn(message: string): ReadonlySet<string> {
  return new Set([...message.matchAll(/^Event: (.+)$/gm)].map(([, event = '']) => event));
}
