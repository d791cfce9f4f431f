import { deletePacts } from '../../decide/deletions.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import {
  byNames,
  findHeadPact,
  findLatestPact,
  findLatestTaggedPact,
  findMainHeadPact,
  latestPacts,
  type Pair,
  pactsOfPair,
  pactsOnBranch,
  pactsWithTag,
} from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import {
  deletedPactsDocument,
  latestPactsDocument,
  pairPactsDocument,
  providerPactsDocument,
  taggedPactsDocument,
} from '../../render/hal/pact-lists.ts';
import { deletionIntent } from '../../render/words/other-intents.ts';
import type { Exchange } from '../exchange.ts';
import { asked, askedPair } from '../names.ts';
import { answering, type Method, type Resource } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

type FindPacts = (x: Exchange, now: Snapshot, pair: Pair) => readonly (PublishedPact | undefined)[];

const everything: FindPacts = (_x, now, pair) => pactsOfPair(now, pair);
const ofBranch: FindPacts = (x, now, pair) => pactsOnBranch(now, pair, x.segment('branch'));
const ofTag: FindPacts = (x, now, pair) => pactsWithTag(now, pair, x.segment('tag'));
const ofMainBranch: FindPacts = (_x, now, pair) => {
  const mainBranch = now.pacticipant(pair.consumer)?.mainBranch;
  return mainBranch === undefined ? [] : pactsOnBranch(now, pair, mainBranch);
};
const headOfBranch: FindPacts = (x, now, pair) => [findHeadPact(now, pair, x.segment('branch'))];
const headOfMainBranch: FindPacts = (_x, now, pair) => [findMainHeadPact(now, pair)];

function found(x: Exchange, now: Snapshot, pair: Pair, find: FindPacts): readonly PublishedPact[] {
  return find(x, now, pair).filter((pact) => pact !== undefined);
}

/** The pacts of a pair; oldest first, or newest. */
function listing(find: FindPacts, order: 'oldest first' | 'newest first' = 'oldest first'): Method {
  return answering(async (x) => {
    const pair = askedPair(x);
    const pacts = await x.ask((now) => found(x, now, pair, find));
    const ordered = order === 'newest first' ? pacts.toReversed() : pacts;
    return x.document(pairPactsDocument(x.links, pair, ordered, x.self));
  });
}

const tagged: Method = answering(async (x) => {
  const pair = askedPair(x);
  const pacts = await x.ask((now) => found(x, now, pair, ofTag));
  return x.document(taggedPactsDocument(x.links, pair, x.segment('tag'), pacts.toReversed(), x.self));
});

/** Deletes the pacts of a pair; all of them are answered with 204, some with what is left (domain.md §12). */
function deleting(find: FindPacts, answer: 204 | 200): Method {
  return answering(async (x) => {
    const pair = askedPair(x);
    const intent = deletionIntent(`pacts between ${pair.consumer} and ${pair.provider}`);
    const document = await x.change(intent, (draft) => {
      const versions = found(x, draft.now, pair, find).map(({ consumerVersion }) => consumerVersion);
      deletePacts(draft, pair.provider, versions);
      return deletedPactsDocument(x.links, pair, findLatestPact(draft.now, pair) !== undefined);
    });
    return answer === 204 ? x.nothing() : x.document(document);
  });
}

const latest: FindPacts = (_x, now, pair) => [findLatestPact(now, pair)];
const latestTagged: FindPacts = (x, now, pair) => [findLatestTaggedPact(now, pair, x.segment('tag'))];

/** The pacts of a provider, by consumer; `kind` says which, in the title (api.md §5.4). */
function providerListing(
  kind: 'Latest pact versions' | 'All pact versions',
  find: FindPacts,
  by?: 'tag' | 'branch',
): Method {
  return answering(async (x) => {
    const provider = asked<PacticipantName>(x, 'provider');
    const pacts = await x.ask((now) => {
      if (!now.pacticipant(provider)) throw noPacticipant(provider, 'provider');
      const pairs = now.consumersOf(provider).map((consumer) => ({ consumer, provider }));
      return gather(pairs.sort(byNames), (pair) => found(x, now, pair, find)).flat();
    });
    const chosen = by === undefined ? '' : ` with consumer version ${by} '${x.segment(by)}'`;
    const title = `${kind} for the provider ${provider}${chosen}`;
    return x.document(providerPactsDocument(x.links, provider, pacts, { href: x.self, title }));
  });
}

const latestOfAll: Method = answering(async (x) => {
  const pacts = (await x.ask(latestPacts)).toSorted(byNames);
  return x.document(latestPactsDocument(x.links, pacts, x.self));
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const provider = '/pacts/provider/:provider';

/** Lists of pacts (api.md §3.1, §5.4). */
export const pactLists: readonly Resource[] = [
  { path: '/pacts/latest', GET: latestOfAll },
  { path: `${pair}/versions`, GET: listing(everything, 'newest first'), DELETE: deleting(everything, 204) },
  { path: `${pair}/tag/:tag`, GET: tagged, DELETE: deleting(ofTag, 200) },
  { path: `${pair}/branch/versions`, GET: listing(ofMainBranch), DELETE: deleting(ofMainBranch, 200) },
  {
    path: `${pair}/branch/latest/versions`,
    GET: listing(headOfMainBranch),
    DELETE: deleting(headOfMainBranch, 200),
  },
  {
    path: `${pair}/branch/:branch/latest/versions`,
    GET: listing(headOfBranch),
    DELETE: deleting(headOfBranch, 200),
  },
  { path: `${pair}/branch/:branch`, GET: listing(ofBranch), DELETE: deleting(ofBranch, 200) },
  { path: provider, GET: providerListing('All pact versions', everything) },
  { path: `${provider}/latest`, GET: providerListing('Latest pact versions', latest) },
  { path: `${provider}/latest/:tag`, GET: providerListing('Latest pact versions', latestTagged, 'tag') },
  { path: `${provider}/tag/:tag`, GET: providerListing('All pact versions', ofTag, 'tag') },
  { path: `${provider}/branch`, GET: providerListing('All pact versions', ofMainBranch) },
  { path: `${provider}/branch/latest`, GET: providerListing('Latest pact versions', headOfMainBranch) },
  {
    path: `${provider}/branch/:branch/latest`,
    GET: providerListing('Latest pact versions', headOfBranch, 'branch'),
  },
  { path: `${provider}/branch/:branch`, GET: providerListing('All pact versions', ofBranch, 'branch') },
];
