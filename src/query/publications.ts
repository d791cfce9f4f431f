import type { PacticipantName } from '../domain/names.ts';
import type { Publication, Version } from '../domain/records.ts';
import { publicationOf } from '../domain/version.ts';

/** A pact: what a consumer version has published for a provider. */
export interface PublishedPact {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly consumerVersion: Version;
  readonly publication: Publication;
}

/** The pact of a version with a provider, if it has one. */
export function findPact(version: Version | undefined, provider: PacticipantName): PublishedPact | undefined {
  const publication = version && publicationOf(version, provider);
  return publication && pactOf(version, publication);
}

/** A version's publication as a pact. */
export function pactOf(consumerVersion: Version, publication: Publication): PublishedPact {
  return {
    consumer: consumerVersion.pacticipant,
    provider: publication.provider,
    consumerVersion,
    publication,
  };
}
