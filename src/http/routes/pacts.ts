import { deletePacts } from '../../decide/deletions.ts';
import { conflictingContent, similarPacticipants, storePact } from '../../decide/publish.ts';
import { GitpactError } from '../../domain/failure.ts';
import { isJsonObject, type JsonValue, jsonAt, parseJson } from '../../domain/json.ts';
import { type PactSha, type VersionNumber, whyNotAName } from '../../domain/names.ts';
import { mergeConflicts } from '../../domain/pact-merge.ts';
import { similarNamesMessage } from '../../domain/similar-names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { publicationOf } from '../../domain/version.ts';
import type { Draft } from '../../format/draft.ts';
import { findVersion } from '../../query/asked.ts';
import {
  findLatestPact,
  findLatestPactOnBranch,
  findLatestTaggedPact,
  findLatestUntaggedPact,
  findPactOfVersion,
  findPactWithContent,
  findPreviousDistinctPact,
  type Pair,
} from '../../query/latest-pacts.ts';
import { findPact, type PublishedPact } from '../../query/publications.ts';
import { latestMetadataSegment, metadataOf } from '../../render/hal/metadata.ts';
import { extendedPactText, type Purpose, pactText } from '../../render/hal/pact.ts';
import { deletedPactsDocument } from '../../render/hal/pact-lists.ts';
import { publishIntent } from '../../render/words/intents.ts';
import { deletionIntent } from '../../render/words/other-intents.ts';
import { changedContentText } from '../../render/words/publishing.ts';
import { pactIn } from '../bodies.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { askedPair, named } from '../names.ts';
import { answering, type Method, type Resource, refuseIf } from '../resource.ts';

/** What a single pact can be had as (api.md §1.3). */
const types = [
  'application/hal+json',
  'application/json',
  'application/vnd.pactbrokerextended.v1+json',
] as const;

interface Found {
  readonly pact: PublishedPact;
  readonly purpose?: Purpose;
}

/** A method that tells one pact, and in a header which consumer version it is of. */
function telling(find: (x: Exchange, now: Snapshot, pair: Pair) => Found | undefined): Method {
  return answering(async (x) => {
    const pair = askedPair(x);
    const { text, version } = await x.find((now) => {
      const found = find(x, now, pair);
      if (!found) return undefined;
      const render = x.type === types[2] ? extendedPactText : pactText;
      return {
        text: render(x.links, now, found.pact, found.purpose),
        version: found.pact.consumerVersion.number,
      };
    });
    const response = x.text(text);
    response.headers.set('x-pact-consumer-version', encodeURI(version));
    return response;
  });
}

/** A pact found as the latest of its kind; its results will say for which consumer version. */
function asLatest(pact: PublishedPact | undefined, tag?: string): Found | undefined {
  if (!pact) return undefined;
  const { consumer, consumerVersion } = pact;
  return { pact, purpose: { metadata: latestMetadataSegment(consumer, consumerVersion.number, tag) } };
}

function plainly(pact: PublishedPact | undefined): Found | undefined {
  return pact && { pact };
}

const ofVersion = telling((x, now, pair) => plainly(findPactOfVersion(now, pair, x.segment('version'))));

const previousDistinct = telling((x, now, pair) => {
  const pact = findPactOfVersion(now, pair, x.segment('version'));
  return plainly(pact && findPreviousDistinctPact(now, pact));
});

/** A content: as the pact of the version its metadata names, else of the newest version that has it (api.md §3.1). */
const ofContent = telling((x, now, pair) => {
  const sha = x.segment<PactSha>('sha');
  const metadata = x.segment('metadata');
  if (metadata === '') return plainly(findPactWithContent(now, pair, sha));
  const versions = versionsTold(x, now, pair, sha);
  const [newest] = versions;
  const pact = newest ? findPact(newest, pair.provider) : findPactWithContent(now, pair, sha);
  if (!pact) return undefined;
  const consumerVersions = versions.map(({ number }) => number);
  return { pact, purpose: { metadata, ...(versions.length > 0 ? { consumerVersions } : {}) } };
});

/** The versions the metadata speaks of that have the content, newest first. @throws NotLoaded */
function versionsTold(x: Exchange, now: Snapshot, pair: Pair, sha: string) {
  const { selectors = [], consumerVersion } = metadataOf(pair.consumer, x.segment('metadata'));
  const numbers = new Set([...selectors.map((selector) => selector.consumerVersion), consumerVersion]);
  return [...numbers]
    .map((number) => (number === undefined ? undefined : findVersion(now, pair.consumer, number)))
    .filter((version) => version !== undefined && publicationOf(version, pair.provider)?.sha === sha)
    .filter((version) => version !== undefined)
    .sort((a, b) => b.order - a.order);
}

interface Names {
  readonly [name: string]: string;
  readonly consumer: Pair['consumer'];
  readonly provider: Pair['provider'];
  readonly version: VersionNumber;
}

/** Reads a pact that is put, and complains of names that do not fit (domain.md §5.5). */
async function submitted(x: Exchange): Promise<{ names: Names; content: JsonValue }> {
  const content = pactIn(await x.bytes());
  if (!isJsonObject(content)) {
    throw new GitpactError('bad-pact', 'A pact must be a JSON object.', {
      complaints: [{ where: 'pact', text: 'must be a JSON object' }],
    });
  }
  const version = whyNotAName(x.segment('version'));
  const inside = (['consumer', 'provider'] as const).flatMap((role) => {
    const name = jsonAt(content, role, 'name');
    if (typeof name !== 'string' || name === x.segment(role)) return [];
    const text = `name in pact '${name}' does not match name in URL path '${x.segment(role)}'.`;
    return [{ where: `${role}.name`, text }];
  });
  refuseIf([
    ...(version === undefined
      ? []
      : [
          {
            where: 'consumer_version_number',
            text: version === 'must be filled' ? 'cannot be blank' : version,
          },
        ]),
    ...inside,
  ]);
  return { names: named<Names>(x, 'consumer', 'provider', 'version'), content };
}

interface Stored {
  readonly existed: boolean;
  readonly text: string;
}

/** A method that stores a pact unless `refusal` says why not. */
function storing(
  onConflict: 'overwrite' | 'merge',
  refusal: (x: Exchange, draft: Draft, names: Names, content: JsonValue) => (() => Response) | undefined,
): Method {
  return async (x) => {
    const { names, content } = await submitted(x);
    const { consumer, provider, version: number } = names;
    return async () => {
      const intent = publishIntent({ consumer, version: number, providers: [provider] });
      const outcome = await x.change(intent, (draft, at): Stored | (() => Response) => {
        const refused = similarRefusal(x, draft, names) ?? refusal(x, draft, names, content);
        if (refused) return refused;
        if (!x.sendsJson) return () => unsupported(x);
        const existed = findPactOfVersion(draft.now, names, number) !== undefined;
        storePact(draft, { consumer, provider, version: number, content, onConflict, at });
        const pact = findPactOfVersion(draft.now, names, number);
        if (!pact) throw notFound();
        return { existed, text: pactText(x.links, draft.now, pact) };
      });
      return 'text' in outcome ? x.text(outcome.text, outcome.existed ? 200 : 201) : outcome();
    };
  };
}

function unsupported(x: Exchange): Response {
  return new Response(null, { status: 415, headers: { 'content-type': `${x.type};charset=utf-8` } });
}

function similarRefusal(x: Exchange, draft: Draft, { consumer, provider }: Names) {
  const similar = similarPacticipants(draft, [consumer, provider]);
  if (similar.length === 0) return undefined;
  const text = similar
    .map(({ name, existing }) => similarNamesMessage(name, existing, x.links.base))
    .join('\n');
  return () => new Response(text, { status: 409, headers: { 'content-type': 'text/plain' } });
}

const put = storing('overwrite', (x, draft, { consumer, provider, version }, content) => {
  if (!conflictingContent(draft, consumer, version, provider, content)) return undefined;
  return () => {
    x.type = 'application/hal+json';
    return x.document({ error: changedContentText(consumer, version, provider) }, 409);
  };
});

const patch = storing('merge', (_x, draft, names, content) => {
  const pact = findPactOfVersion(draft.now, names, names.version);
  const text = pact && draft.now.content(names.consumer, names.provider, pact.publication.sha);
  if (text === undefined || !mergeConflicts(parseJson(text), content)) return undefined;
  return () =>
    new Response(null, { status: 409, headers: { 'content-type': 'application/hal+json;charset=utf-8' } });
});

const remove: Method = answering(async (x) => {
  const pair = askedPair(x);
  const number = x.segment('version');
  const intent = deletionIntent(`pact between ${pair.consumer} ${number} and ${pair.provider}`);
  const document = await x.change(intent, (draft) => {
    const pact = findPactOfVersion(draft.now, pair, number);
    if (!pact) throw notFound();
    deletePacts(draft, pair.provider, [pact.consumerVersion]);
    return deletedPactsDocument(x.links, pair, findLatestPact(draft.now, pair) !== undefined);
  });
  return x.document(document);
});

const pair = '/pacts/provider/:provider/consumer/:consumer';
const whole = { types, GET: ofVersion, PUT: put, PATCH: patch, DELETE: remove };
const latest = { types, GET: telling((_x, now, names) => asLatest(findLatestPact(now, names))) };

/** Single pacts (domain.md §5.5, api.md §3.1). */
export const pacts: readonly Resource[] = [
  { path: `${pair}/version/:version`, ...whole },
  { path: `${pair}/versions/:version`, ...whole },
  { path: '/pact/provider/:provider/consumer/:consumer/version/:version', ...whole },
  { path: `${pair}/latest`, ...latest },
  { path: '/pact/provider/:provider/consumer/:consumer/latest', ...latest },
  {
    path: `${pair}/latest/:tag`,
    types,
    GET: telling((x, now, names) =>
      asLatest(findLatestTaggedPact(now, names, x.segment('tag')), x.segment('tag')),
    ),
  },
  {
    path: `${pair}/latest-untagged`,
    types,
    GET: telling((_x, now, names) => asLatest(findLatestUntaggedPact(now, names), 'untagged')),
  },
  {
    path: `${pair}/branch/:branch/latest`,
    types,
    GET: telling((x, now, names) => asLatest(findLatestPactOnBranch(now, names, x.segment('branch')))),
  },
  { path: `${pair}/version/:version/previous-distinct`, types, GET: previousDistinct },
  { path: `${pair}/pact-version/:sha`, types, GET: ofContent },
  { path: `${pair}/pact-version/:sha/metadata/:metadata`, types, GET: ofContent },
];
