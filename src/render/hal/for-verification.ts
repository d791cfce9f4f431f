import { metadataFor, type PactToVerify } from '../../query/for-verification/pacts-for-verification.ts';
import type { VerificationRequest } from '../../query/for-verification/request.ts';
import { betaNotice, verificationNotices, wipUrlMetadata } from '../words/for-verification.ts';
import { shortDescription } from '../words/selectors.ts';
import type { HalDocument } from './document.ts';
import type { Links } from './links.ts';
import { metadataSegment } from './metadata.ts';
import { pactName } from './pact.ts';

/** The pacts a provider is to verify, and why (selectors.md §5). */
export function forVerificationDocument(
  links: Links,
  pacts: readonly PactToVerify[],
  request: VerificationRequest,
  asked: { readonly self: string; readonly deprecated: boolean },
): HalDocument {
  return {
    _embedded: { pacts: pacts.map((pact) => pactDocument(links, pact, request, asked.deprecated)) },
    _links: { self: { href: asked.self, title: 'Pacts to be verified' } },
  };
}

function pactDocument(
  links: Links,
  pact: PactToVerify,
  request: VerificationRequest,
  deprecated: boolean,
): HalDocument {
  const { sha } = pact.publication;
  const shown = links.pactVersion(pact, sha, pact.wip ? wipUrlMetadata : undefined);
  const notices = verificationNotices(pact, request, shown);
  const metadata = metadataSegment(pact.consumer, metadataFor(pact, request.includePendingStatus));
  return {
    shortDescription: shortDescription(pact.selectors),
    verificationProperties: {
      pending: request.includePendingStatus ? pact.pending : undefined,
      wip: pact.wip ? true : undefined,
      notices: deprecated ? [betaNotice, ...notices] : notices,
    },
    _links: { self: { href: links.pactVersion(pact, sha, metadata), name: pactName(pact) } },
  };
}
