import type { PacticipantName, PactSha, VersionNumber } from '../domain/names.ts';
import type { Environment, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findHead, findLatestTagged } from './asked.ts';

/** What of a state tells who has to verify a content. */
export type LiveState = Pick<
  Snapshot,
  'branch' | 'environments' | 'pacticipant' | 'presences' | 'resultsBy' | 'tag' | 'version'
>;

/** A provider version that should verify a content, and why: it is the main branch's head, or live somewhere. */
export interface RequiredVerification {
  readonly providerVersion: Version;
  /** The main branch for its head, else the branch the version was added to last. */
  readonly branch?: string;
  readonly mainBranch: boolean;
  /** By name, each once. */
  readonly deployedIn: readonly Environment[];
  readonly releasedIn: readonly Environment[];
}

/**
 * The provider versions that matter to a new content and have not said anything of it yet (webhooks.md §1.3): the head of
 * the main branch, or the newest version with a tag of that name where there is no such branch, and whatever is deployed
 * or released anywhere.
 * @throws NotLoaded
 */
export function requiredVerifications(
  now: LiveState,
  consumer: PacticipantName,
  provider: PacticipantName,
  sha: PactSha,
): readonly RequiredVerification[] {
  const mainBranch = now.pacticipant(provider)?.mainBranch;
  const head =
    mainBranch === undefined
      ? undefined
      : (findHead(now, provider, mainBranch) ?? findLatestTagged(now, provider, mainBranch));
  const live = gather(now.environments(), (environment) =>
    now
      .presences(environment.name)
      .filter(({ pacticipant }) => pacticipant === provider)
      .map(({ kind, version }) => ({ kind, version, environment })),
  ).flat();
  const numbers = new Set<VersionNumber>([
    ...(head ? [head.number] : []),
    ...live.map(({ version }) => version),
  ]);
  return gather(numbers, (number): readonly RequiredVerification[] => {
    const providerVersion = now.version(provider, number);
    if (!providerVersion || now.resultsBy(consumer, provider, sha, number).length > 0) return [];
    const isHead = head?.number === number;
    const branch = isHead ? mainBranch : providerVersion.branches.at(-1)?.name;
    const placesWhere = (kind: 'deployed' | 'released') => [
      ...new Set(
        live.flatMap((one) => (one.version === number && one.kind === kind ? [one.environment] : [])),
      ),
    ];
    return [
      {
        providerVersion,
        mainBranch: isHead,
        ...(branch === undefined ? {} : { branch }),
        deployedIn: placesWhere('deployed'),
        releasedIn: placesWhere('released'),
      },
    ];
  }).flat();
}
