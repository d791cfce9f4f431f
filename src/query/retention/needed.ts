import type { BranchName, PacticipantName, PactSha, VersionNumber } from '../../domain/names.ts';
import type { ResultPointer, VerificationResult, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { currentPublications } from '../../domain/version.ts';
import { isOnBranch } from '../asked.ts';

/** The versions of every pacticipant, by number. */
export type VersionsByNumber = ReadonlyMap<PacticipantName, ReadonlyMap<VersionNumber, Version>>;

interface Content {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
}

/**
 * The versions to spare although no selector keeps them: without the success of one of them, a pact of a version that is
 * kept would be pending again, and a provider that breaks it would not hear of it (selectors.md §6). For each content that
 * is one provider version at most: the newest that passed on the provider's main branch, else the newest that passed.
 * @throws NotLoaded
 */
export function versionsNeeded(
  now: Snapshot,
  versions: VersionsByNumber,
  isKept: (version: Version) => boolean,
): ReadonlySet<Version> {
  const needed = gather(contentsOf(versions, isKept), (content) => neededFor(now, versions, isKept, content));
  return new Set(needed.filter((version) => version !== undefined));
}

function contentsOf(versions: VersionsByNumber, isKept: (version: Version) => boolean): Iterable<Content> {
  const contents = new Map<string, Content>();
  for (const [consumer, byNumber] of versions) {
    for (const version of byNumber.values()) {
      if (!isKept(version)) continue;
      for (const { provider, sha } of currentPublications(version)) {
        contents.set(`${consumer}\n${provider}\n${sha}`, { consumer, provider, sha });
      }
    }
  }
  return contents.values();
}

function neededFor(
  now: Snapshot,
  versions: VersionsByNumber,
  isKept: (version: Version) => boolean,
  content: Content,
): Version | undefined {
  const { consumer, provider, sha } = content;
  const providerVersions = versions.get(provider);
  const newestFirst = now
    .resultPointers(consumer, provider, sha)
    .map((pointer) => ({ pointer, version: providerVersions?.get(pointer.providerVersion) }))
    .filter((by): by is Verifying => by.version !== undefined)
    .reverse();
  if (newestFirst.every(({ version }) => isKept(version))) return undefined;
  const keptFirst = newestFirst.sort((a, b) => Number(isKept(b.version)) - Number(isKept(a.version)));
  const mainBranch = now.pacticipant(provider)?.mainBranch;
  const success =
    firstSuccess(now, content, keptFirst, settlesFor(now, provider, mainBranch)) ??
    firstSuccess(now, content, keptFirst, () => true);
  return success && !isKept(success.version) ? success.version : undefined;
}

/** Whether the success of a version keeps a content from being pending for the main branch (selectors.md §6). */
function settlesFor(now: Snapshot, provider: PacticipantName, mainBranch: BranchName | undefined): Settles {
  if (mainBranch === undefined) return () => false;
  const began = now.branch(provider, mainBranch)?.createdAt;
  return (version, result) =>
    isOnBranch(version, mainBranch) ||
    (version.branches.length > 0 && (began === undefined || result.createdAt < began));
}

type Settles = (version: Version, result: VerificationResult) => boolean;

interface Verifying {
  readonly pointer: ResultPointer;
  readonly version: Version;
}

/** Looks at few to begin with: mostly the first passed. */
function firstSuccess(
  now: Snapshot,
  { consumer, provider, sha }: Content,
  candidates: readonly Verifying[],
  settles: Settles,
): Verifying | undefined {
  for (let start = 0, end = 1; start < candidates.length; start = end, end *= 4) {
    const passed = gather(candidates.slice(start, end), (by) => {
      const results = now.resultsBy(consumer, provider, sha, by.version.number);
      const result = results.find(({ number }) => number === by.pointer.number);
      return result?.success && settles(by.version, result) ? by : undefined;
    });
    const found = passed.find((by) => by !== undefined);
    if (found) return found;
  }
  return undefined;
}
