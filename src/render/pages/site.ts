import type { PacticipantName } from '../../domain/names.ts';
import type { Pacticipant } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { type Folder, gather } from '../../domain/tree.ts';
import { digestOf, type PartNames, partOf } from '../../format/part.ts';
import { snapshotOf } from '../../format/snapshot.ts';
import { both } from '../../query/both.ts';
import { contentShasByAge } from '../../query/content-timeline.ts';
import { allPairs } from '../../query/dashboard.ts';
import type { Pair } from '../../query/latest-pacts.ts';
import type { Address } from './address.ts';
import { addresses } from './links.ts';

/*
 * A site is made part by part: a pair, a pacticipant, and last what tells of everything. The pages of a part are made of a
 * tree that holds nothing but the part (partOf), so as long as the digest of the part is the same, so are its pages: what a
 * page shows cannot depend on anything that the digest does not know.
 *
 * Whether a page can be linked to depends on the part it is of. So a page may only link to pages whose existence follows
 * from its own part: those of its pacticipants and pairs, and those that every site has.
 */

/** A part of a site. */
export interface SitePart {
  /** What it is called from one time to the next. */
  readonly key: string;
  readonly about:
    | { readonly kind: 'everything' }
    | { readonly kind: 'pacticipant'; readonly name: PacticipantName; readonly names: PartNames }
    | { readonly kind: 'pair'; readonly pair: Pair; readonly names: PartNames };
}

/** A part, and what its pages are made of: equal as long as they are; undefined where that cannot be told. */
export interface PlannedPart extends SitePart {
  readonly digest: string | undefined;
}

/** The parts of the site of a contract repository; those of one consumer stand beside each other. @throws NotLoaded */
export function siteParts(root: Folder): readonly PlannedPart[] {
  const now = snapshotOf(root);
  const [names, pairs] = both(
    () => now.pacticipantNames(),
    () => allPairs(now),
  );
  const around = new Map<PacticipantName, Pair[]>(names.map((name) => [name, []]));
  for (const pair of pairs) {
    for (const name of new Set([pair.consumer, pair.provider])) around.get(name)?.push(pair);
  }
  const parts = names.flatMap((name): readonly SitePart[] => {
    const own = around.get(name) ?? [];
    const consumed = own.filter(({ consumer }) => consumer === name);
    const ofPairs = consumed.map((pair) => pairPart(pair, [...own, ...(around.get(pair.provider) ?? [])]));
    return [...ofPairs, pacticipantPart(name, own)];
  });
  return gather([...parts, { key: 'everything', about: { kind: 'everything' } } as const], (part) => ({
    ...part,
    digest: part.about.kind === 'everything' ? root.oid : digestOf(root, part.about.names),
  }));
}

/** Of the pairs `around` the two, those between them: their matrix is of both directions. */
function pairPart(pair: Pair, around: readonly Pair[]): SitePart {
  const { consumer, provider } = pair;
  const pacticipants = [...new Set([consumer, provider])];
  const isAmong = (name: PacticipantName) => pacticipants.includes(name);
  const pairs = [...new Set(around)].filter((one) => isAmong(one.consumer) && isAmong(one.provider));
  const about = { kind: 'pair', pair, names: { pacticipants, pairs } } as const;
  return { key: JSON.stringify(['pair', provider, consumer]), about };
}

function pacticipantPart(name: PacticipantName, pairs: readonly Pair[]): SitePart {
  const beside = pairs.flatMap(({ consumer, provider }) => [consumer, provider]);
  const names = { pacticipants: [...new Set([name, ...beside])], pairs };
  return { key: JSON.stringify(['pacticipant', name]), about: { kind: 'pacticipant', name, names } };
}

/** The tree that the pages of a part are made of. @throws NotLoaded */
export function rootOfPart(root: Folder, { about }: SitePart): Folder {
  return about.kind === 'everything' ? root : partOf(root, about.names);
}

/** What the files of a part show. `root` is the tree of the part. @throws NotLoaded */
export function addressesOfPart(root: Folder, { about }: SitePart): readonly Address[] {
  const now = snapshotOf(root);
  switch (about.kind) {
    case 'everything':
      return wholePages;
    case 'pacticipant':
      return ofPacticipant(now, now.pacticipant(about.name));
    case 'pair':
      return ofPair(now, about.pair);
  }
}

const wholePages: readonly Address[] = [
  [],
  ['environments'],
  ['history'],
  ['network'],
  ['network', 'all'],
].map((segments) => ({ segments }));

function ofPacticipant(now: Snapshot, pacticipant: Pacticipant | undefined): readonly Address[] {
  if (!pacticipant) return [];
  const { name, mainBranch } = pacticipant;
  const pages = [addresses.pacticipant(name), addresses.networkOf(name)];
  if (mainBranch === undefined) return pages;
  const environments = now.environments().map((environment) => environment.name);
  return [
    ...pages,
    addresses.mergeBadge(name),
    ...environments.flatMap((environment) => [
      addresses.deployAnswer(name, mainBranch, environment),
      addresses.deployBadge(name, mainBranch, environment),
    ]),
  ];
}

/** Every content, each with what changed since the one before, and its newest result where there is more to say of it. */
function ofPair(now: Snapshot, pair: Pair): readonly Address[] {
  const shas = contentShasByAge(now, pair);
  if (shas.length === 0) return [];
  const results = gather(shas, (sha) => {
    const pointer = now.resultPointers(pair.consumer, pair.provider, sha).at(-1);
    const result =
      pointer &&
      now
        .resultsBy(pair.consumer, pair.provider, sha, pointer.providerVersion)
        .find(({ number }) => number === pointer.number);
    const isTelling = result && (!result.success || now.testResults(result) !== undefined);
    return isTelling ? [addresses.result(result)] : [];
  }).flat();
  return [
    addresses.latestContract(pair),
    addresses.badge(pair),
    addresses.matrixOfPair(pair),
    addresses.timeline(pair),
    ...shas.map((sha) => addresses.contract(pair, sha)),
    ...shas.slice(1).map((sha, index) => addresses.diff(pair, sha, shas[index] ?? sha)),
    ...results,
  ];
}
