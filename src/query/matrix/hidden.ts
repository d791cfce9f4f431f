import type { Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import type { MatrixRow } from './reduce.ts';
import { isVersion, type ResolvedSelector } from './selectors.ts';

/**
 * The provider versions that are live in the environment asked about and have no result for a pact, while another live
 * version of the same provider has one: the Pact Broker makes no row for them, so they block nothing (matrix.md §5.2,
 * example 9). As rows without a result.
 * @throws NotLoaded
 */
export function hiddenRows(
  now: Snapshot,
  rows: readonly MatrixRow[],
  selectors: readonly ResolvedSelector[],
): readonly MatrixRow[] {
  const live = liveVersions(selectors);
  const pacts = new Map(rows.filter((row) => row.result).map((row) => [row.publication, row]));
  return gather(pacts.values(), ({ consumer, consumerVersion, provider, publication }) =>
    gather(live.get(provider) ?? [], (providerVersion) => {
      const results = now.resultsBy(consumer, provider, publication.sha, providerVersion.number);
      return results.length > 0
        ? []
        : [{ consumer, consumerVersion, provider, publication, providerVersion }];
    }).flat(),
  ).flat();
}

/** The versions of each pacticipant that a selector found in an environment. */
function liveVersions(selectors: readonly ResolvedSelector[]): ReadonlyMap<string, readonly Version[]> {
  const live = new Map<string, Version[]>();
  for (const { asked, found } of selectors) {
    if (asked.environment === undefined || !isVersion(found)) continue;
    const versions = live.get(asked.pacticipant) ?? [];
    versions.push(found);
    live.set(asked.pacticipant, versions);
  }
  return live;
}
