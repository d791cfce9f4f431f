import { type Folder, fileAt, gather } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { snapshotOf } from '../format/snapshot.ts';
import type { Finding } from './finding.ts';

/** Facts that contradict each other: orders given twice, and references to what is not there. */
export function contradictions(root: Folder): Finding[] {
  const now = snapshotOf(root);
  const names = now.pacticipantNames();
  const findings: Finding[] = [];
  const complain = (path: string, text: string) => findings.push({ path, text, derived: false });
  gather(names, (pacticipant) => [
    now.versions(pacticipant),
    now.branches(pacticipant),
    now.pacticipant(pacticipant),
  ]);
  for (const pacticipant of names) {
    const versions = now.versions(pacticipant);
    const orders = new Map<number, string>();
    if (!now.pacticipant(pacticipant)) complain(paths.pacticipant(pacticipant), 'is missing');
    for (const version of versions) {
      const path = paths.version(pacticipant, version.number);
      const twin = orders.get(version.order);
      if (twin !== undefined) complain(path, `has the same order (${version.order}) as version ${twin}`);
      orders.set(version.order, version.number);
      for (const { provider, sha } of version.pacts) {
        if (!fileAt(root, paths.content(pacticipant, provider, sha))) {
          complain(path, `has published a pact with ${provider} whose content ${sha} is missing`);
        }
      }
      for (const { name: branch } of version.branches) {
        if (!now.branch(pacticipant, branch)) complain(path, `is on the branch ${branch}, which is missing`);
      }
    }
    for (const { name: branch, head } of now.branches(pacticipant)) {
      const version = head === undefined ? undefined : now.version(pacticipant, head);
      if (head !== undefined && !version?.branches.some((membership) => membership.name === branch)) {
        complain(paths.branch(pacticipant, branch), `has the head ${head}, which is not on it`);
      }
    }
  }
  return [...findings, ...danglingResults(root)];
}

function danglingResults(root: Folder): Finding[] {
  const now = snapshotOf(root);
  const pairs = gather(now.providerNames(), (provider) =>
    now.consumersOf(provider).map((consumer) => ({ consumer, provider })),
  ).flat();
  const results = gather(pairs, ({ consumer, provider }) =>
    gather(now.contentShas(consumer, provider), (sha) => now.results(consumer, provider, sha)).flat(),
  ).flat();
  const numbers = new Map<number, string>();
  return results.flatMap((result) => {
    const { consumer, provider, sha, providerVersion, number } = result;
    const folder = paths.resultsBy(consumer, provider, sha, providerVersion);
    const path = `${folder}/${paths.resultName(providerVersion, number)}.json`;
    const twin = numbers.get(number);
    numbers.set(number, path);
    const findings: Finding[] = [];
    if (twin !== undefined) findings.push({ path, text: `has the same number as ${twin}`, derived: false });
    if (!fileAt(root, paths.version(provider, providerVersion))) {
      findings.push({
        path,
        text: `is by version ${providerVersion} of ${provider}, which is missing`,
        derived: false,
      });
    }
    return findings;
  });
}
