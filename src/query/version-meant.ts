import type { PacticipantName } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { findHead, findVersion } from './asked.ts';

/** A version by its number; where nobody knows that, the head of a branch. */
export interface VersionMeant {
  readonly version?: string | undefined;
  readonly branch?: string | undefined;
}

/** The version that is meant, and the branch where it was found by that. */
export interface MeantVersion {
  readonly version: Version;
  readonly branch?: string;
}

/** The version of a pacticipant that somebody means. @throws NotLoaded */
export function findVersionMeant(
  now: Snapshot,
  pacticipant: PacticipantName,
  meant: VersionMeant,
): MeantVersion | undefined {
  const known = meant.version === undefined ? undefined : findVersion(now, pacticipant, meant.version);
  if (known) return { version: known };
  const { branch } = meant;
  const head = branch === undefined ? undefined : findHead(now, pacticipant, branch);
  return head && branch !== undefined ? { version: head, branch } : undefined;
}
