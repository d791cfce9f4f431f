import type { Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findPacticipant, knowsPacticipant } from '../asked.ts';
import { both } from '../both.ts';
import { findVersions, isNameOnly, type VersionSelector } from '../version-selectors.ts';

/** One version that a selector turned out to mean; or all versions, or none (matrix.md §4.1). */
export interface ResolvedSelector {
  readonly asked: VersionSelector;
  /** `specified` by the question, or `inferred` from its destination for a neighbour. */
  readonly origin: 'specified' | 'inferred' | 'ignore';
  readonly found: Version | 'any' | 'none' | 'no-pacticipant';
  /** The branch asked for, by name or as the main branch of a version that was found. */
  readonly branch?: string;
  /** Whether the selector means other versions, too. */
  readonly oneOfMany: boolean;
  readonly ignored: boolean;
}

/** The versions every selector means, at least one entry for each. @throws NotLoaded */
export function resolveSelectors(
  now: Snapshot,
  selectors: readonly VersionSelector[],
  origin: ResolvedSelector['origin'],
  ignore: readonly ResolvedSelector[] = [],
): readonly ResolvedSelector[] {
  return gather(selectors, (selector) => resolve(now, selector, origin, ignore)).flat();
}

function resolve(
  now: Snapshot,
  asked: VersionSelector,
  origin: ResolvedSelector['origin'],
  ignore: readonly ResolvedSelector[],
): readonly ResolvedSelector[] {
  const [known, versions] = both(
    () => knowsPacticipant(now, asked.pacticipant),
    () => (isNameOnly(asked) ? [] : findVersions(now, asked)),
  );
  const one = (found: ResolvedSelector['found'], oneOfMany = false): ResolvedSelector => {
    const branch =
      asked.branch ??
      (asked.mainBranch && isVersion(found)
        ? findPacticipant(now, asked.pacticipant)?.mainBranch
        : undefined);
    const ignored = origin === 'specified' && isIgnoredSelector(asked.pacticipant, found, ignore);
    return { asked, origin, found, oneOfMany, ignored, ...(branch === undefined ? {} : { branch }) };
  };
  if (!known) return [one('no-pacticipant')];
  if (isNameOnly(asked)) return [one('any')];
  if (versions.length === 0) return [one('none')];
  return versions.map((version) => one(version, versions.length > 1));
}

/** Whether a selector means one certain version. */
export function isVersion(found: ResolvedSelector['found']): found is Version {
  return typeof found === 'object';
}

/** Whether an ignore selector covers a version of a pacticipant; without a version, only a name alone does (§4.3). */
export function isIgnored(
  pacticipant: string,
  version: Version | undefined,
  ignore: readonly ResolvedSelector[],
): boolean {
  return ignore.some(
    ({ asked, found }) =>
      asked.pacticipant === pacticipant &&
      (found === 'any' || (isVersion(found) && version !== undefined && found.number === version.number)),
  );
}

function isIgnoredSelector(
  pacticipant: string,
  found: ResolvedSelector['found'],
  ignore: readonly ResolvedSelector[],
): boolean {
  return isIgnored(pacticipant, isVersion(found) ? found : undefined, ignore);
}
