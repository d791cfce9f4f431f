import { type JsonValue, parseJson } from '../domain/json.ts';
import type { PactSha } from '../domain/names.ts';
import type { VerificationResult } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { both } from './both.ts';
import { findPactWithContent, type Pair } from './latest-pacts.ts';
import { type GridVersion, standingVersion } from './matrix-grid.ts';
import type { PublishedPact } from './publications.ts';

/** A verification result with what it speaks of. */
export interface ResultFacts {
  readonly result: VerificationResult;
  /** The provider version; absent when it was deleted since. */
  readonly provider?: GridVersion;
  /** The newest pact with the content; absent when none has it any more. */
  readonly pact?: PublishedPact;
  /** The test results as the verifier sent them. */
  readonly tests?: JsonValue;
}

/** The result of a number for a content. @throws NotLoaded */
export function resultFacts(
  now: Snapshot,
  pair: Pair,
  sha: PactSha,
  number: string,
): ResultFacts | undefined {
  const pointer = now
    .resultPointers(pair.consumer, pair.provider, sha)
    .find((one) => String(one.number) === number);
  const result =
    pointer &&
    now
      .resultsBy(pair.consumer, pair.provider, sha, pointer.providerVersion)
      .find((one) => one.number === pointer.number);
  if (!result) return undefined;
  const [[version, tests], pact] = both(
    () =>
      both(
        () => now.version(result.provider, result.providerVersion),
        () => now.testResults(result),
      ),
    () => findPactWithContent(now, pair, sha),
  );
  return {
    result,
    ...(version ? { provider: standingVersion(now, version) } : {}),
    ...(pact ? { pact } : {}),
    ...(tests === undefined ? {} : { tests: parseJson(tests, 'The test results') }),
  };
}
