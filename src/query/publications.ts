import type { PacticipantName, PactSha } from '../domain/names.ts';
import type { Publication, Version } from '../domain/records.ts';

/** A pact: what a consumer version has published for a provider. */
export interface Pact {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly consumerVersion: Version;
  readonly publication: Publication;
}

/** The pact of a version with a provider: its highest revision (domain.md §5.1). */
export function publicationFor(version: Version, provider: PacticipantName): Publication | undefined {
  return version.pacts.findLast((publication) => publication.provider === provider);
}

/** The highest revision of a version for each of its providers, in the order of first publication. */
export function publicationsOf(version: Version): readonly Publication[] {
  const byProvider = new Map<PacticipantName, Publication>();
  for (const publication of version.pacts) byProvider.set(publication.provider, publication);
  return [...byProvider.values()];
}

/** The pact of a version with a provider, if it has one. */
export function findPact(version: Version | undefined, provider: PacticipantName): Pact | undefined {
  const publication = version && publicationFor(version, provider);
  return publication && pactOf(version, publication);
}

/** A version's publication as a pact. */
export function pactOf(consumerVersion: Version, publication: Publication): Pact {
  return {
    consumer: consumerVersion.pacticipant,
    provider: publication.provider,
    consumerVersion,
    publication,
  };
}

/** Whether the version's pact with the provider has this content. */
export function publishes(version: Version, provider: PacticipantName, sha: PactSha): boolean {
  return publicationFor(version, provider)?.sha === sha;
}
