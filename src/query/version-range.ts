import semver from 'semver';
import { GitpactError } from '../domain/failure.ts';
import type { PacticipantName } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';

/**
 * The newest version by semantic versioning within a range such as `^1.2`; of equal ones the last made. Versions whose
 * numbers are not semantic are passed over, and so are pre-releases that the range does not name.
 * @throws GitpactError `bad-arguments` when the range is none.
 * @throws NotLoaded
 */
export function findVersionInRange(
  now: Snapshot,
  pacticipant: PacticipantName,
  range: string,
): Version | undefined {
  if (semver.validRange(range) === null) {
    throw new GitpactError('bad-arguments', `"${range}" is not a range of semantic versions.`, {
      hint: 'Write it as in ^1.2.0, ~1.2 or ">=1.2 <2".',
    });
  }
  return now
    .versions(pacticipant)
    .filter(({ number }) => semver.satisfies(number, range))
    .reduce<Version | undefined>(
      (newest, version) => (newest && semver.gt(newest.number, version.number) ? newest : version),
      undefined,
    );
}
