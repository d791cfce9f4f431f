import type { BranchName, PacticipantName, TagName } from './names.ts';
import type { Deployment, Publication, Release, Version } from './records.ts';

/** The pact of a version with a provider: its highest revision (domain.md §5.1). */
export function publicationOf(version: Version, provider: PacticipantName): Publication | undefined {
  return version.pacts.findLast((pact) => pact.provider === provider);
}

/** The pacts of a version: the highest revision for each provider, in order of first publication. */
export function currentPublications(version: Version): readonly Publication[] {
  const latest = new Map<PacticipantName, Publication>();
  for (const pact of version.pacts) latest.set(pact.provider, pact);
  return [...latest.values()];
}

/** Whether the version was added to the branch. */
export function isOnBranch(version: Version, branch: BranchName): boolean {
  return version.branches.some(({ name }) => name === branch);
}

/** Whether the version carries the tag. */
export function hasTag(version: Version, tag: TagName): boolean {
  return version.tags.some(({ name }) => name === tag);
}

/** Whether the deployment is current (domain.md §8). */
export function isDeployed(deployment: Deployment): boolean {
  return deployment.undeployedAt === undefined;
}

/** Whether the release is supported (domain.md §9). */
export function isSupported(release: Release): boolean {
  return release.supportEndedAt === undefined;
}
