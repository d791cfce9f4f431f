import type { PacticipantName, VersionNumber } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { currentPublications } from '../../domain/version.ts';
import { findBranch, findTag, numbersInEnvironment, usualMainBranches } from '../asked.ts';
import { both } from '../both.ts';
import type { Destination } from './question.ts';
import { isVersion, type ResolvedSelector } from './selectors.ts';

/**
 * Looks at the results for the contracts of the versions asked about by what is at the destination: where they lie is
 * known before the versions that are there have been read, so that one round loads both. @throws NotLoaded
 */
export function foreseeResults(
  now: Snapshot,
  specified: readonly ResolvedSelector[],
  destination: Destination,
): void {
  gather(specified, ({ found }) => {
    if (!isVersion(found)) return;
    gather(currentPublications(found), ({ provider, sha }) =>
      gather(numbersAt(now, provider, destination), (number) =>
        now.resultsBy(found.pacticipant, provider, sha, number),
      ),
    );
  });
}

/** The numbers of what a pacticipant has at the destination, or of more. */
function numbersAt(
  now: Snapshot,
  pacticipant: PacticipantName,
  { environment, branch, mainBranch, tag }: Destination,
): Iterable<VersionNumber> {
  if (environment !== undefined) return numbersInEnvironment(now, pacticipant, environment);
  if (tag !== undefined) return only(findTag(now, pacticipant, tag)?.latest);
  const name = branch ?? (mainBranch ? mainBranchOf(now, pacticipant) : undefined);
  return name === undefined ? [] : only(findBranch(now, pacticipant, name)?.head);
}

/** What the main branch is called is in one file, its head in another; that one is likely to be the right one. */
function mainBranchOf(now: Snapshot, pacticipant: PacticipantName): string | undefined {
  const [known] = both(
    () => now.pacticipant(pacticipant),
    () => gather(usualMainBranches, (name) => now.branch(pacticipant, name)),
  );
  return known?.mainBranch;
}

function only(number: VersionNumber | undefined): readonly VersionNumber[] {
  return number === undefined ? [] : [number];
}
