import { createHash } from 'node:crypto';
import { type Folder, gather, nodeAt } from '../../domain/tree.ts';
import { paths } from '../../format/paths.ts';
import { snapshotOf } from '../../format/snapshot.ts';
import { allPairs, dashboard } from '../../query/dashboard.ts';
import type { Pair } from '../../query/latest-pacts.ts';
import { type Address, addresses, fileOf } from './links.ts';

/** A file of a site. */
export interface SiteFile {
  readonly address: Address;
  readonly file: string;
  /** Equal as long as nothing that the file shows has changed; undefined where that cannot be told. */
  readonly fingerprint: string | undefined;
}

interface Planned {
  readonly address: Address;
  /** The paths of the tree that it is made of. */
  readonly sources: readonly string[];
}

/**
 * Every file of the site of a contract repository: the pages of everything, of each pacticipant, and of each pair with the
 * contents that are newest, the newest of a branch or tag, or live. @throws NotLoaded
 */
export function siteFiles(root: Folder): readonly SiteFile[] {
  const now = snapshotOf(root);
  const pairs = allPairs(now);
  const [rows, pacticipants, environments] = [
    dashboard(now, 'all', pairs),
    gather(now.pacticipantNames(), (name) => now.pacticipant(name)),
    now.environments(),
  ];
  const everything = [''];
  const whole: readonly Planned[] = [[], ['environments'], ['history'], ['network'], ['network', 'all']].map(
    (segments) => ({ address: { segments }, sources: everything }),
  );
  const ofPairs = rows.flatMap(({ pact, result, isLatest }): Planned[] => {
    const found = [
      addresses.contract(pact, pact.publication.sha),
      ...(result ? [addresses.result(result)] : []),
      ...(isLatest
        ? [
            addresses.latestContract(pact),
            addresses.badge(pact),
            addresses.matrixOfPair(pact),
            addresses.timeline(pact),
          ]
        : []),
    ];
    return found.map((address) => ({ address, sources: sourcesOfPair(pact) }));
  });
  const ofPacticipants = pacticipants.flatMap((pacticipant): Planned[] => {
    if (!pacticipant) return [];
    const { name, mainBranch } = pacticipant;
    const around = pairs.filter((pair) => pair.consumer === name || pair.provider === name);
    const sources = [paths.pacticipantFolder(name), ...around.flatMap(sourcesOfPair)];
    const badges =
      mainBranch === undefined
        ? []
        : [
            addresses.mergeBadge(name),
            ...environments.map((environment) => addresses.deployBadge(name, mainBranch, environment.name)),
          ];
    return [
      { address: addresses.pacticipant(name), sources },
      ...badges.map((address) => ({ address, sources })),
    ];
  });
  const files = new Map([...whole, ...ofPacticipants, ...ofPairs].map((one) => [fileOf(one.address), one]));
  return gather(files, ([file, { address, sources }]) => ({
    address,
    file,
    fingerprint: fingerprint(root, sources),
  }));
}

/** What a page about a pair shows: the two, their pacts and results, and what environments are called. */
function sourcesOfPair({ consumer, provider }: Pair): readonly string[] {
  return [
    paths.settings,
    paths.environments,
    paths.pacticipantFolder(consumer),
    paths.pacticipantFolder(provider),
    paths.pair(consumer, provider),
    paths.resultsOfPair(consumer, provider),
  ];
}

/** A digest of the Git ids of what lies at the paths; undefined when something has none. @throws NotLoaded */
function fingerprint(root: Folder, sources: readonly string[]): string | undefined {
  const ids = gather(new Set(sources), (path) => {
    const node = nodeAt(root, path);
    return node ? node.oid : '-';
  });
  return ids.includes(undefined) ? undefined : createHash('sha1').update(ids.join(' ')).digest('hex');
}
