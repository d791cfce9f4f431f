import type { PacticipantName, PactSha } from '../../domain/names.ts';
import type { VerificationResult, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';

/** How many provider versions are looked up at once before asking whether the answer is known. */
const chunkSize = 64;

/** The successful results for a content, newest first. @throws NotLoaded */
export function successesOf(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  sha: PactSha,
): readonly VerificationResult[] {
  return now
    .results(consumer, provider, sha)
    .filter((result) => result.success)
    .toReversed();
}

/**
 * Whether `accept` holds for any of the results and its provider version. Looks at the newest first, some at a time,
 * since an answer is mostly found among them.
 * @throws NotLoaded
 */
export function anySuccess(
  now: Snapshot,
  newestFirst: readonly VerificationResult[],
  accept: (version: Version, result: VerificationResult) => boolean,
): boolean {
  for (let start = 0; start < newestFirst.length; start += chunkSize) {
    const accepted = gather(newestFirst.slice(start, start + chunkSize), (result) => {
      const version = now.version(result.provider, result.providerVersion);
      return version !== undefined && accept(version, result);
    });
    if (accepted.includes(true)) return true;
  }
  return false;
}
