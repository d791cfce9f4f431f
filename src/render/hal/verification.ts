import { parseJson, plainOf } from '../../domain/json.ts';
import type { VerificationResult, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { findPactWithContent } from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { type HalDocument, timeText } from './document.ts';
import type { Links } from './links.ts';
import { metadataSegment } from './metadata.ts';

/** A result beside the consumer version it is told for. */
export interface ToldResult {
  readonly result: VerificationResult;
  readonly consumerVersion: string;
}

/** A verification result (domain.md §6). @throws NotLoaded */
export function verificationDocument(
  links: Links,
  now: Snapshot,
  { result, consumerVersion }: ToldResult,
): HalDocument {
  const { consumer, provider, sha, number, success, createdAt, buildUrl } = result;
  const pact = `Pact between ${consumer} (${consumerVersion}) and ${provider}`;
  const tests = result.hasTestResults ? now.testResults(result) : undefined;
  const self = links.verificationResult(result);
  return {
    providerName: provider,
    providerApplicationVersion: result.providerVersion,
    success,
    verificationDate: timeText(createdAt),
    buildUrl,
    testResults: tests === undefined ? undefined : plainOf(parseJson(tests)),
    verifiedBy: verifiedBy(result.verifiedBy),
    _links: {
      self: { title: 'Verification result', name: `Verification result ${number} for ${pact}`, href: self },
      'pb:pact-version': {
        title: 'Pact',
        name: pact,
        href: links.pactVersion(result, sha, metadataSegment(consumer, { consumerVersion })),
      },
      'pb:triggered-webhooks': {
        title: 'Webhooks triggered by the publication of this verification result',
        href: `${self}/triggered-webhooks`,
      },
    },
  };
}

/** The verifier's own words about itself, under the Pact Broker's names for them. */
function verifiedBy(said: unknown): Record<string, unknown> {
  if (typeof said !== 'object' || said === null) return {};
  const { implementation, version, clientLanguage } = said as Record<string, unknown>;
  const client = (typeof clientLanguage === 'object' && clientLanguage) || {};
  const { name, testFramework, version: clientVersion } = client as Record<string, unknown>;
  return {
    implementation,
    version,
    client_implementation: name,
    client_test_framework: testFramework,
    client_version: clientVersion,
  };
}

/** The pacts of a consumer version with the newest result for each content (api.md §3.2). @throws NotLoaded */
export function latestVerificationsDocument(
  links: Links,
  now: Snapshot,
  version: Version,
  pairs: readonly { readonly pact: PublishedPact; readonly result: VerificationResult | undefined }[],
  self: string,
): HalDocument {
  const providers = (said: boolean | undefined) =>
    pairs.flatMap(({ pact, result }) => (result?.success === said ? [pact.provider] : []));
  const results = pairs.flatMap(({ result }) => (result ? [result] : []));
  return {
    success: results.filter(({ success }) => success).length === pairs.length,
    providerSummary: {
      successful: providers(true),
      failed: providers(false),
      unknown: providers(undefined),
    },
    _embedded: {
      verificationResults: gather(results, (result) =>
        verificationDocument(links, now, {
          result,
          consumerVersion:
            findPactWithContent(now, result, result.sha)?.consumerVersion.number ?? version.number,
        }),
      ),
    },
    _links: {
      self: {
        href: self,
        title: `Latest verification results for consumer ${version.pacticipant} version ${version.number}`,
      },
    },
  };
}
