import { type ResultToRecord, recordResult, removeResult } from '../../decide/verification.ts';
import { GitpactError } from '../../domain/failure.ts';
import { compactJson, jsonAt, plainOf } from '../../domain/json.ts';
import { byCodePoint, type PacticipantName, type PactSha, type VersionNumber } from '../../domain/names.ts';
import type { VerificationResult } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import {
  findLatestPact,
  findLatestTaggedPact,
  findPactOfVersion,
  findPactWithContent,
  type Pair,
} from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { findLatestResultFor, latestResultsOfVersion } from '../../query/verification-status.ts';
import { metadataOf } from '../../render/hal/metadata.ts';
import { latestVerificationsDocument, verificationDocument } from '../../render/hal/verification.ts';
import { verificationIntent } from '../../render/words/intents.ts';
import { deletionIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { Fields, oneLine, wellFormed } from '../fields.ts';
import { asked, askedPair } from '../names.ts';
import { answering, type Method, type Resource, refuseIf, takingJson } from '../resource.ts';

type Said = Pick<ResultToRecord, 'success' | 'providerVersion' | 'buildUrl' | 'testResults' | 'verifiedBy'>;

/** What a body says of a verification, all complaints at once (domain.md §6). @throws GitpactError `bad-request` */
async function verification(x: Exchange): Promise<Said> {
  const json = await x.json();
  const fields = new Fields(plainOf(json));
  const success = fields.value('success');
  if (!fields.has('success')) fields.complain('success', 'is missing');
  else if (typeof success !== 'boolean') fields.complain('success', 'must be boolean');
  const providerVersion = fields.required('providerApplicationVersion', oneLine, wellFormed) as VersionNumber;
  const buildUrl = fields.blankable('buildUrl', oneLine, httpUrl, wellFormed);
  refuseIf(fields.complaints);
  const tests = jsonAt(json, 'testResults');
  const verifiedBy = fields.value('verifiedBy') ?? undefined;
  return {
    success: success === true,
    providerVersion,
    buildUrl,
    testResults: tests === undefined || tests === null ? undefined : compactJson(tests),
    verifiedBy,
  };
}

function httpUrl(text: string): string | undefined {
  return /^https?:\/\/[^\s/]+/i.test(text) ? undefined : 'is not a valid URL eg. http://example.org';
}

/** The consumer version a result is told for: the newest that has the content. @throws NotLoaded */
function toldFor(now: Snapshot, pair: Pair, sha: PactSha): string {
  return findPactWithContent(now, pair, sha)?.consumerVersion.number ?? '';
}

const record: Method = async (x) => {
  const said = await verification(x);
  return async () => {
    const pair = askedPair(x);
    const sha = x.segment<PactSha>('sha');
    const { wip, pending, selectors } = metadataOf(pair.consumer, x.segment('metadata'));
    const intent = verificationIntent({
      provider: pair.provider,
      version: said.providerVersion,
      results: [{ consumer: pair.consumer, success: said.success }],
    });
    const { document, result } = await x.change(intent, (draft, at) => {
      if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound();
      const result = recordOrNotFound(() =>
        recordResult(draft, { ...pair, ...said, sha, wip, pending, selectors, at }),
      );
      const consumerVersion = toldFor(draft.now, pair, sha);
      return { result, document: verificationDocument(x.links, draft.now, { result, consumerVersion }) };
    });
    return x.document(document, 201, x.links.verificationResult(result));
  };
};

function recordOrNotFound(record: () => VerificationResult): VerificationResult {
  try {
    return record();
  } catch (error) {
    if (error instanceof GitpactError && error.code === 'pact-missing') throw notFound();
    throw error;
  }
}

/** The result with the number in the path. @throws GitpactError `not-found` @throws NotLoaded */
export function askedResult(x: Exchange, now: Snapshot, pair: Pair): VerificationResult {
  const number = x.segment('number');
  if (number === 'all') {
    throw new GitpactError('not-found', 'To see all the verifications for a pact, use the Matrix page');
  }
  const sha = x.segment<PactSha>('sha');
  const results = /^[0-9a-f]{40}$/.test(sha) ? now.results(pair.consumer, pair.provider, sha) : [];
  const found = results.find((result) => String(result.number) === number);
  if (!found) throw notFound();
  return found;
}

const read: Method = answering(async (x) => {
  const pair = askedPair(x);
  const document = await x.ask((now) => {
    const result = askedResult(x, now, pair);
    const consumerVersion = toldFor(now, pair, result.sha);
    return verificationDocument(x.links, now, { result, consumerVersion });
  });
  return x.document(document);
});

const remove: Method = answering(async (x) => {
  const pair = askedPair(x);
  await x.change(deletionIntent(`verification result ${x.segment('number')}`), (draft) =>
    removeResult(draft, askedResult(x, draft.now, pair)),
  );
  return x.nothing();
});

/** The newest result for the content of a pact. */
function latestFor(find: (x: Exchange, now: Snapshot, pair: Pair) => PublishedPact | undefined): Method {
  return answering(async (x) => {
    const pair = askedPair(x);
    const document = await x.find((now) => {
      const pact = find(x, now, pair);
      const result = pact && findLatestResultFor(now, pact);
      if (!pact || !result) return undefined;
      return verificationDocument(x.links, now, { result, consumerVersion: pact.consumerVersion.number });
    });
    return x.document(document);
  });
}

function byProvider({ pact: a }: { readonly pact: Pair }, { pact: b }: { readonly pact: Pair }): number {
  return byCodePoint(a.provider.toLowerCase(), b.provider.toLowerCase());
}

const latestOfVersion: Method = answering(async (x) => {
  const consumer = asked<PacticipantName>(x, 'consumer');
  const document = await x.find((now) => {
    const version = now.version(consumer, asked<VersionNumber>(x, 'version'));
    return (
      version &&
      latestVerificationsDocument(
        x.links,
        now,
        version,
        latestResultsOfVersion(now, version).toSorted(byProvider),
        x.self,
      )
    );
  });
  return x.document(document);
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const content = `${pair}/pact-version/:sha`;
const latest = 'verification-results/latest';

/** Verification results (domain.md §6, api.md §3.2). */
export const verificationResults: readonly Resource[] = [
  { path: `${content}/verification-results`, POST: takingJson(record) },
  { path: `${content}/metadata/:metadata/verification-results`, POST: takingJson(record) },
  {
    path: `${content}/${latest}`,
    GET: latestFor((x, now, names) => findPactWithContent(now, names, x.segment<PactSha>('sha'))),
  },
  { path: `${content}/verification-results/:number`, GET: read, DELETE: remove },
  { path: `${content}/metadata/:metadata/verification-results/:number`, GET: read, DELETE: remove },
  {
    path: `${pair}/version/:version/${latest}`,
    GET: latestFor((x, now, names) => findPactOfVersion(now, names, x.segment('version'))),
  },
  { path: `${pair}/latest/${latest}`, GET: latestFor((_x, now, names) => findLatestPact(now, names)) },
  {
    path: `${pair}/latest/:tag/${latest}`,
    GET: latestFor((x, now, names) => findLatestTaggedPact(now, names, x.segment('tag'))),
  },
  { path: '/verification-results/consumer/:consumer/version/:version/latest', GET: latestOfVersion },
];
