import type { PacticipantName, PactSha, VersionNumber } from '../../domain/names.ts';
import type { VerificationResult, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { currentPublications } from '../../domain/version.ts';
import { asPacticipantName } from '../asked.ts';
import { both } from '../both.ts';
import { type PublishedPact, pactOf } from '../publications.ts';
import { byNewestAction, type DatedResult, type Line, newestLines, newestPacts } from './limit.ts';
import { isVersion, type ResolvedSelector } from './selectors.ts';

/** What the rows are made of; see {@link MatrixQuestion}. */
export interface RowRules {
  /** Only the last revision of a pact, and the last result of a content and provider version (matrix.md §5.1). */
  readonly lastOnly: boolean;
  readonly limit: number | undefined;
  readonly limitWithin: 'store' | 'answer';
}

/** The lines found, and whether the limit may have left out others. */
export interface FoundLines {
  readonly lines: readonly Line[];
  readonly isCut: boolean;
}

/**
 * The pacts of the selected versions, each beside every result it has from the selected provider versions; a pact
 * without one stands alone (matrix.md §5.2). The newest action first.
 * @throws NotLoaded
 */
export function linesFor(now: Snapshot, selectors: readonly ResolvedSelector[], rules: RowRules): FoundLines {
  const [single] = selectors;
  const { lines, isCut } =
    selectors.length === 1 && single ? linesOfOne(now, single, rules) : linesOfMany(now, selectors, rules);
  return {
    lines: [...lines].sort(byNewestAction).slice(0, rules.limit),
    isCut: isCut || lines.length >= (rules.limit ?? Infinity),
  };
}

type Wanted = 'any' | ReadonlyMap<VersionNumber, Version>;

/** The versions that the selectors of each pacticipant mean; every name is there, be it with nothing. */
function wantedVersions(selectors: readonly ResolvedSelector[]): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, 'any' | Map<VersionNumber, Version>>();
  for (const { asked, found } of selectors) {
    const before = wanted.get(asked.pacticipant) ?? new Map<VersionNumber, Version>();
    if (isVersion(found) && before !== 'any') before.set(found.number, found);
    wanted.set(asked.pacticipant, found === 'any' ? 'any' : before);
  }
  return wanted;
}

function linesOfMany(now: Snapshot, selectors: readonly ResolvedSelector[], rules: RowRules): FoundLines {
  const wanted = wantedVersions(selectors);
  const specified = new Set(
    selectors.filter(({ origin }) => origin === 'specified').map(({ asked }) => asked.pacticipant),
  );
  const pacts = gather(wanted, ([name, versions]) => pactsOf(now, name, versions, rules))
    .flat()
    .filter(
      ({ consumer, provider }) =>
        wanted.has(provider) && (specified.has(consumer) || specified.has(provider)),
    );
  const kept = newestPacts(pacts, rules.limit);
  const lines = withResults(now, kept, (provider) => wanted.get(provider) ?? new Map(), rules);
  return { lines, isCut: kept.length < pacts.length };
}

/**
 * With a single selector, everybody counts on the other side, but as a provider it shows verified pacts only. The
 * limit is taken of the pacts of the whole store, as in the Pact Broker, unless it is to be taken of the answer.
 */
function linesOfOne(now: Snapshot, selector: ResolvedSelector, rules: RowRules): FoundLines {
  const name = selector.asked.pacticipant;
  const wanted = wantedVersions([selector]).get(name) ?? new Map();
  const isKept = keptByLimit(now, rules);
  const [consumed, provided] = both(
    () => pactsOf(now, name, wanted, rules),
    () => verifiedPacts(now, name, wanted, rules),
  );
  const [asConsumer, asProvider] = both(
    () => withResults(now, consumed.filter(isKept), () => 'any', rules),
    () => withResults(now, provided.filter(isKept), () => wanted, rules),
  );
  const itself = (line: Line) =>
    line.consumer === line.provider && asConsumer.some((other) => same(line, other));
  return {
    lines: [...asConsumer, ...asProvider.filter((line) => !itself(line))],
    isCut: ![...consumed, ...provided].every(isKept),
  };
}

function same(a: Line, b: Line): boolean {
  return a.publication === b.publication && a.result === b.result;
}

/** The pacts whose content one of the wanted versions of the provider has verified, well or not. */
function verifiedPacts(
  now: Snapshot,
  name: string,
  wanted: Wanted,
  rules: RowRules,
): readonly PublishedPact[] {
  const provider = asPacticipantName(name);
  if (provider === undefined) return [];
  return gather(now.consumersOf(provider), (consumer) => {
    const verified = gather(now.contentShas(consumer, provider), (sha) =>
      resultsFor(now, { consumer, provider, sha }, wanted, rules).length > 0 ? [sha] : [],
    );
    const contents = new Set(verified.flat());
    if (contents.size === 0) return [];
    return pactsOf(now, consumer, 'any', rules).filter(
      (pact) => pact.provider === provider && contents.has(pact.publication.sha),
    );
  }).flat();
}

function keptByLimit(now: Snapshot, rules: RowRules): (pact: PublishedPact) => boolean {
  if (rules.limit === undefined || rules.limitWithin === 'answer') return () => true;
  const all = gather(now.pacticipantNames(), (name) => pactsOf(now, name, 'any', rules)).flat();
  if (all.length <= rules.limit) return () => true;
  const kept = new Set(newestPacts(all, rules.limit).map((pact) => pact.publication));
  return (pact) => kept.has(pact.publication);
}

function pactsOf(now: Snapshot, name: string, wanted: Wanted, rules: RowRules): readonly PublishedPact[] {
  const pacts: PublishedPact[] = [];
  for (const version of versionsWanted(now, name, wanted)) {
    if (version.pacts.length === 0) continue;
    const publications = rules.lastOnly ? currentPublications(version) : version.pacts;
    for (const publication of publications) pacts.push(pactOf(version, publication));
  }
  return pacts;
}

function versionsWanted(now: Snapshot, name: string, wanted: Wanted): readonly Version[] {
  if (wanted !== 'any') return [...wanted.values()];
  const known = asPacticipantName(name);
  return known === undefined ? [] : now.versions(known);
}

function withResults(
  now: Snapshot,
  pacts: readonly PublishedPact[],
  wantedOf: (provider: PacticipantName) => Wanted,
  rules: RowRules,
): readonly Line[] {
  const contents = new Map<string, Content>();
  for (const { consumer, provider, publication } of pacts) {
    contents.set(contentKey({ consumer, provider, sha: publication.sha }), {
      consumer,
      provider,
      sha: publication.sha,
    });
  }
  const results = new Map(
    gather(
      contents,
      ([key, content]) => [key, resultsFor(now, content, wantedOf(content.provider), rules)] as const,
    ),
  );
  const resultsOf = ({ consumer, provider, publication: { sha } }: PublishedPact) =>
    results.get(contentKey({ consumer, provider, sha })) ?? [];
  return newestLines(pacts, resultsOf, rules.limit);
}

interface Content {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
}

function contentKey({ consumer, provider, sha }: Content): string {
  return `${consumer}\n${provider}\n${sha}`;
}

/** By rising number. */
function resultsFor(
  now: Snapshot,
  { consumer, provider, sha }: Content,
  wanted: Wanted,
  rules: RowRules,
): readonly DatedResult[] {
  const results =
    wanted === 'any'
      ? now.results(consumer, provider, sha)
      : gather(wanted.keys(), (number) => now.resultsBy(consumer, provider, sha, number)).flat();
  const dated = rules.lastOnly
    ? lastOfEach(results)
    : results.map((result) => ({ result, at: result.createdAt }));
  return dated.sort((a, b) => a.result.number - b.result.number);
}

/** The last result of each provider version, as old as its first one: a repeated result is no newer (matrix.md §5.1). */
function lastOfEach(results: readonly VerificationResult[]): DatedResult[] {
  const last = new Map<VersionNumber, DatedResult>();
  for (const result of results) {
    const at = last.get(result.providerVersion)?.at ?? result.createdAt;
    last.set(result.providerVersion, { result, at });
  }
  return [...last.values()];
}
