import type { PacticipantName } from '../../domain/names.ts';
import type { VerificationResult } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { findEnvironment, findHead, findLatestTagged } from '../../query/asked.ts';
import { canIMerge } from '../../query/can-i-deploy.ts';
import {
  findLatestPact,
  findLatestTaggedPact,
  findLatestUntaggedPact,
  type Pair,
} from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import {
  findLatestResult,
  findLatestResultBetweenTags,
  findLatestResultFor,
  findLatestResultForTag,
  findLatestUntaggedResult,
  verificationStatus,
} from '../../query/verification-status.ts';
import {
  type Badge,
  type BadgeNames,
  deployableBadge,
  mergeableBadge,
  missingBadge,
  pactBadge,
} from '../../render/badge-text.ts';
import { shieldUrl } from '../../render/hal/links.ts';
import type { Exchange } from '../exchange.ts';
import { askedPair } from '../names.ts';
import { rawPath } from '../paths.ts';
import { answering, type Method, type Resource } from '../resource.ts';
import { deployBranchToEnvironment, deployTagToTag } from './matrix.ts';

const shields = 'https://img.shields.io';

/**
 * A method that sends the client to a shields server for the picture of a badge, as the Pact Broker does (api.md §7); under
 * a path that ends in `.svg` it answers with the picture itself, so that pages show nothing from elsewhere. As pages can, it
 * shows how things were `at` a date or commit. A badge that `isKept` says yes to may be shown again for half a minute.
 */
function showing(
  badge: (x: Exchange, now: Snapshot) => Badge,
  isKept: (badge: Badge) => boolean = () => false,
): Method {
  return answering(async (x) => {
    const at = x.options.site?.commit ?? (x.parameters.get('at') || undefined);
    const shown = await x.ask((now) => badge(x, now), at);
    const response = await pictureOf(x, shown);
    if (isKept(shown)) response.headers.set('cache-control', 'max-age=30');
    return response;
  });
}

async function pictureOf(x: Exchange, { left, right, colour }: Badge): Promise<Response> {
  if (rawPath(x.request.url).endsWith('.svg')) {
    const { makeBadge } = await import('badge-maker');
    return x.text(makeBadge({ label: left, message: right, color: colour }));
  }
  const location = shieldUrl(x.options.shieldsUrl ?? shields, left, right, colour);
  return new Response(null, {
    status: 307,
    headers: { location, 'content-type': 'image/svg+xml;charset=utf-8' },
  });
}

type FindResult = (
  x: Exchange,
  now: Snapshot,
  pair: Pair,
  pact: PublishedPact,
) => VerificationResult | undefined;

/** The newest result for the very content, else the one that is found instead. */
function ofContentElse(instead: FindResult): FindResult {
  return (x, now, pair, pact) => findLatestResultFor(now, pact) ?? instead(x, now, pair, pact);
}

/** The badge of the pact and the result that are found for a pair. */
function showingPact(
  find: (x: Exchange, now: Snapshot, pair: Pair) => PublishedPact | undefined,
  result: FindResult,
  tags: (x: Exchange) => Pick<BadgeNames, 'consumerTag' | 'providerTag'> = () => ({}),
): Method {
  return showing((x, now) => {
    const pair = askedPair(x);
    const pact = find(x, now, pair);
    if (!pact) return missingBadge('pact not found', 'unknown');
    const status = verificationStatus(pact.publication, result(x, now, pair, pact));
    const label = x.parameters.get('label');
    return pactBadge(pair, status, {
      only: label === 'consumer' || label === 'provider' ? label : undefined,
      initials: x.parameters.get('initials') === 'true',
      ...tags(x),
    });
  });
}

const tagToTag = showing((x, now) => {
  const name = x.segment<PacticipantName>('pacticipant');
  if (!now.pacticipant(name)) return missingBadge('pacticipant');
  if (!findLatestTagged(now, name, x.segment('tag'))) return missingBadge('version');
  const answer = deployTagToTag(x, now);
  const right = `${x.segment('tag')} to ${x.segment('to')}`;
  return deployableBadge(x.parameters.get('label') ?? 'can-i-deploy', right, answer?.deployable ?? null);
});

const branchToEnvironment = showing((x, now) => {
  const name = x.segment<PacticipantName>('pacticipant');
  const [branch, environment] = [x.segment('branch'), x.segment('environment')];
  if (!now.pacticipant(name)) return missingBadge('pacticipant');
  if (!findHead(now, name, branch)) return missingBadge('branch');
  if (!findEnvironment(now, environment)) return missingBadge('environment');
  const answer = deployBranchToEnvironment(x, now);
  const left = x.parameters.get('label') ?? 'can-i-deploy';
  return deployableBadge(left, `${branch} to ${environment}`, answer?.deployable ?? null);
});

const isYes = ({ colour }: Badge) => colour === 'brightgreen';

const mergeable = showing((x, now) => {
  const pacticipant = now.pacticipant(x.segment<PacticipantName>('pacticipant'));
  if (!pacticipant) return missingBadge('pacticipant');
  const { name, mainBranch } = pacticipant;
  const head = mainBranch === undefined ? undefined : findHead(now, name, mainBranch);
  if (!head) return missingBadge('main branch version');
  const { deployable } = canIMerge(now, name, head.number);
  return mergeableBadge(x.parameters.get('label') ?? 'can-i-merge', deployable);
}, isYes);

const pair = '/pacts/provider/:provider/consumer/:consumer';
const types = ['image/svg+xml'] as const;

/** Badges (api.md §7). */
export const badges: readonly Resource[] = [
  {
    path: `${pair}/latest/badge`,
    types,
    GET: showingPact(
      (_x, now, names) => findLatestPact(now, names),
      ofContentElse((_x, now, names) => findLatestResult(now, names)),
    ),
  },
  {
    path: `${pair}/latest-untagged/badge`,
    types,
    GET: showingPact(
      (_x, now, names) => findLatestUntaggedPact(now, names),
      ofContentElse((_x, now, names) => findLatestUntaggedResult(now, names)),
    ),
  },
  {
    path: `${pair}/latest/:tag/badge`,
    types,
    GET: showingPact(
      (x, now, names) => findLatestTaggedPact(now, names, x.segment('tag')),
      ofContentElse((x, now, names) => findLatestResultForTag(now, names, x.segment('tag'))),
    ),
  },
  {
    path: '/matrix/provider/:provider/latest/:providerTag/consumer/:consumer/latest/:tag/badge',
    types,
    GET: showingPact(
      (x, now, names) => findLatestTaggedPact(now, names, x.segment('tag')),
      (x, now, names) => findLatestResultBetweenTags(now, names, x.segment('tag'), x.segment('providerTag')),
      (x) => ({ consumerTag: x.segment('tag'), providerTag: x.segment('providerTag') }),
    ),
  },
  { path: '/pacticipants/:pacticipant/latest-version/:tag/can-i-deploy/to/:to/badge', types, GET: tagToTag },
  {
    path: '/pacticipants/:pacticipant/branches/:branch/latest-version/can-i-deploy/to-environment/:environment/badge',
    types,
    GET: branchToEnvironment,
  },
  { path: '/pacticipants/:pacticipant/main-branch/can-i-merge/badge', types, GET: mergeable },
];
