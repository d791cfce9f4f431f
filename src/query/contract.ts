import { type JsonValue, parseJson } from '../domain/json.ts';
import type { VerificationResult, Webhook } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { both } from './both.ts';
import { findLatestPact, pactsOfPair } from './latest-pacts.ts';
import { type GridVersion, standingVersion } from './matrix-grid.ts';
import { standingOfPact } from './overview.ts';
import type { PublishedPact } from './publications.ts';
import type { VerificationStatus } from './verification-status.ts';
import { webhooksFor } from './webhooks.ts';

/** A result, and what its provider version is known by; without a version that was deleted since. */
export interface KnownResult {
  readonly result: VerificationResult;
  readonly provider?: GridVersion;
}

/** A content of a pair, who published it and who verified it. */
export interface Contract {
  readonly pact: PublishedPact;
  /** As submitted, without loss. */
  readonly document: JsonValue;
  /** Whether the newest pact of the pair has this content. */
  readonly isLatest: boolean;
  readonly status: VerificationStatus;
  /** The versions that published it, newest first; not more than were asked for. */
  readonly versions: readonly GridVersion[];
  readonly moreVersions: number;
  /** The newest results first; not more than were asked for. */
  readonly results: readonly KnownResult[];
  readonly moreResults: number;
  /** The webhooks for the pair. */
  readonly webhooks: readonly Webhook[];
}

/** Everything about the content of a pact, with the newest `most` of its versions and results. @throws NotLoaded */
export function contractOf(now: Snapshot, pact: PublishedPact, most = 20): Contract {
  const { consumer, provider, publication } = pact;
  const [[text, latest], [published, results]] = both(
    () =>
      both(
        () => now.content(consumer, provider, publication.sha),
        () => findLatestPact(now, pact),
      ),
    () =>
      both(
        () => pactsOfPair(now, pact).filter((other) => other.publication.sha === publication.sha),
        () => now.results(consumer, provider, publication.sha),
      ),
  );
  const [[versions, known], webhooks] = both(
    () =>
      both(
        () => gather(published.slice(-most), ({ consumerVersion }) => standingVersion(now, consumerVersion)),
        () => gather(results.slice(-most), (result) => knownResult(now, result)),
      ),
    () => webhooksFor(now, pact),
  );
  return {
    pact,
    document: parseJson(text ?? 'null', 'The pact'),
    isLatest: latest?.publication.sha === publication.sha,
    status: standingOfPact(now, pact).status,
    versions: versions.reverse(),
    moreVersions: published.length - versions.length,
    results: known.reverse(),
    moreResults: results.length - known.length,
    webhooks,
  };
}

function knownResult(now: Snapshot, result: VerificationResult): KnownResult {
  const version = now.version(result.provider, result.providerVersion);
  return version ? { result, provider: standingVersion(now, version) } : { result };
}
