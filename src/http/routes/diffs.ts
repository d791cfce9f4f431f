import { parseJson } from '../../domain/json.ts';
import type { PactSha } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { brokerDiff } from '../../query/diff-broker.ts';
import {
  findPactOfVersion,
  findPactWithContent,
  findPreviousDistinctPact,
  type Pair,
  pactsOfPair,
} from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { brokerDiffDocument, noPreviousDistinctVersion } from '../../render/diff/broker-document.ts';
import { pactLink } from '../../render/hal/pact.ts';
import type { Exchange } from '../exchange.ts';
import { askedPair } from '../names.ts';
import { answering, type Method, type Resource } from '../resource.ts';

interface Compared {
  readonly pact: PublishedPact;
  /** What it is compared with; nothing where there is no previous distinct one. */
  readonly comparison?: PublishedPact;
}

/** A method that tells the difference of two pacts (api.md §6). */
function comparing(find: (x: Exchange, now: Snapshot, pair: Pair) => Compared | undefined): Method {
  return answering(async (x) => {
    const pair = askedPair(x);
    const { now: at } = x;
    const text = await x.find((now) => {
      const found = find(x, now, pair);
      if (!found) return undefined;
      const { pact, comparison } = found;
      const version = pact.consumerVersion.number;
      if (!comparison) return noPreviousDistinctVersion(pact.consumer, version, pact.provider);
      return brokerDiffDocument({
        ...pair,
        pact: { version, url: pactLink(x.links, pact).href },
        comparison: {
          version: comparison.consumerVersion.number,
          url: pactLink(x.links, comparison).href,
        },
        changedAt: (following(now, comparison) ?? pact).publication.createdAt,
        now: at,
        diff: brokerDiff(contentOf(now, comparison), contentOf(now, pact)),
      });
    });
    return x.text(text);
  });
}

function contentOf(now: Snapshot, { consumer, provider, publication }: PublishedPact) {
  return parseJson(now.content(consumer, provider, publication.sha) ?? '{}');
}

/** The pact published next after another. */
function following(now: Snapshot, { consumerVersion, ...pact }: PublishedPact): PublishedPact | undefined {
  return pactsOfPair(now, pact).find((other) => other.consumerVersion.order > consumerVersion.order);
}

const withPrevious = comparing((x, now, pair) => {
  const pact = findPactOfVersion(now, pair, x.segment('version'));
  const comparison = pact && findPreviousDistinctPact(now, pact);
  return pact && { pact, ...(comparison ? { comparison } : {}) };
});

/** The two versions that are named, the older as the one compared with. */
const ofVersions = comparing((x, now, pair) => {
  const one = findPactOfVersion(now, pair, x.segment('version'));
  const other = findPactOfVersion(now, pair, x.segment('other'));
  return one && other && { pact: one, comparison: other };
});

const ofContents = comparing((x, now, pair) => {
  const one = findPactWithContent(now, pair, x.segment<PactSha>('sha'));
  const other = findPactWithContent(now, pair, x.segment<PactSha>('other'));
  return one && other && { pact: one, comparison: other };
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const types = ['text/plain'] as const;

/** Differences between pacts, as text (api.md §6). */
export const diffs: readonly Resource[] = [
  { path: `${pair}/version/:version/diff/previous-distinct`, types, GET: withPrevious },
  { path: `${pair}/version/:version/diff/version/:other`, types, GET: ofVersions },
  { path: `${pair}/pact-version/:sha/diff/pact-version/:other`, types, GET: ofContents },
];
