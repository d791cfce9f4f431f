import type { BranchName, VersionNumber } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import { paths } from '../format/paths.ts';
import { encodeSegment, fanOut } from '../format/segment.ts';
import { type Facts, factsOf, type Located, pacticipantFolder, pairFolder } from './fact.ts';
import type { Finding } from './finding.ts';

/** What facts refer to and is not there, and uuids that two things share. */
export function brokenReferences(facts: Facts): Finding[] {
  const hasEnvironment = environmentTest(facts);
  return [
    ...missingOwners(facts),
    ...factsOf(facts, 'version').flatMap((version) => versionReferences(facts, version, hasEnvironment)),
    ...headReferences(facts),
    ...resultReferences(facts),
    ...besideNothing(facts),
    ...sharedUuids(facts),
    ...idleWebhooks(facts),
  ];
}

function missing(path: string, text: string): Finding {
  return { path, rule: 'missing', text };
}

/** Pacticipants and integrations that others hang on. */
function missingOwners(facts: Facts): Finding[] {
  const owners = new Map<string, string>();
  for (const path of facts.paths) {
    const [area] = path.split('/');
    if (area === 'pacticipants') {
      owners.set(
        `${pacticipantFolder(path)}/pacticipant.yaml`,
        'though something of that pacticipant is there',
      );
    } else if (path.startsWith('pacts/') || path.startsWith('results/provider/')) {
      owners.set(`pacts/${pairFolder(path)}/integration.json`, 'though something of that pair is there');
    }
  }
  for (const { record } of factsOf(facts, 'integration')) {
    for (const name of [record.consumer, record.provider]) {
      owners.set(
        paths.pacticipant(name),
        `though ${record.consumer} and ${record.provider} have an integration`,
      );
    }
  }
  return [...owners].flatMap(([path, why]) =>
    facts.paths.has(path) ? [] : [missing(path, `is missing, ${why}`)],
  );
}

function versionReferences(
  facts: Facts,
  { path, record }: Located<'version'>,
  hasEnvironment: (uuid: string) => boolean,
): Finding[] {
  const { pacticipant, pacts, branches, deployments, releases } = record;
  const isThere = (place: string) => facts.paths.has(place);
  const integrations = new Set(pacts.map(({ provider }) => provider));
  const environments = new Set([...deployments, ...releases].map(({ environment }) => environment));
  return [
    ...pacts
      .filter(({ provider, sha }) => !isThere(paths.content(pacticipant, provider, sha)))
      .map(({ provider, sha }) => `has published a pact with ${provider} whose content ${sha} is missing`),
    ...[...integrations]
      .filter((provider) => !isThere(paths.integration(pacticipant, provider)))
      .map((provider) => `has published a pact with ${provider}, but their integration.json is missing`),
    ...branches
      .filter(({ name }) => !isThere(branchPlace(path, name)))
      .map(({ name }) => `is on the branch ${name}, which is missing`),
    ...[...environments]
      .filter((uuid) => !hasEnvironment(uuid))
      .map((uuid) => `was deployed or released to the environment ${uuid}, which is missing`),
  ].map((text) => missing(path, text));
}

/** Whether an environment has this uuid, or may have: one of them cannot be read. */
function environmentTest(facts: Facts): (uuid: string) => boolean {
  const readable = factsOf(facts, 'environment');
  const files = [...facts.paths].filter((path) => path.startsWith(`${paths.environments}/`));
  const known = new Set(readable.map(({ record }) => record.uuid));
  return (uuid) => readable.length < files.length || known.has(uuid);
}

function branchPlace(path: string, name: BranchName): string {
  return `${pacticipantFolder(path)}/branches/${fanOut(name)}/${encodeSegment(name)}.json`;
}

function versionPlace(folder: string, number: VersionNumber): string {
  return `${folder}/versions/${fanOut(number)}/${encodeSegment(number)}.json`;
}

function headReferences(facts: Facts): Finding[] {
  const versions = new Map(factsOf(facts, 'version').map(({ path, record }) => [path, record]));
  const withVersions = new Set(
    [...versions].flatMap(([path, { branches }]) => branches.map(({ name }) => branchPlace(path, name))),
  );
  return factsOf(facts, 'branch').flatMap(({ path, record: { name, head } }) => {
    if (head === undefined) {
      return withVersions.has(path) ? [missing(path, 'has no head, though there are versions on it')] : [];
    }
    const place = versionPlace(pacticipantFolder(path), head);
    const version = versions.get(place);
    return isOn(version, name) || (!version && facts.paths.has(place))
      ? []
      : [missing(path, `has the head ${head}, which is not on it`)];
  });
}

function isOn(version: Version | undefined, branch: BranchName): boolean {
  return version?.branches.some(({ name }) => name === branch) ?? false;
}

function resultReferences(facts: Facts): Finding[] {
  return factsOf(facts, 'result').flatMap(({ path, record }) => {
    const { provider, providerVersion, sha, hasTestResults } = record;
    const [, , segment = ''] = path.split('/');
    const isThere = (place: string) => facts.paths.has(place);
    const by = versionPlace(`pacticipants/${segment}`, providerVersion);
    const of = `pacts/${pairFolder(path)}/content/${sha.slice(0, 2)}/${sha}.json`;
    const tests = isThere(path.replace(/\.json$/, '.tests.json'));
    return [
      ...(isThere(by)
        ? []
        : [missing(path, `is by version ${providerVersion} of ${provider}, which is missing`)]),
      ...(isThere(of) ? [] : [missing(path, `is about the content ${sha}, which is missing`)]),
      ...(hasTestResults && !tests ? [missing(path, 'has test results, which are missing')] : []),
      ...(!hasTestResults && tests
        ? [missing(path, 'does not say that it has the test results beside it')]
        : []),
    ];
  });
}

/** What lies beside a content or a result that is gone. */
function besideNothing({ paths: all }: Facts): Finding[] {
  return [...all].flatMap((path) => {
    const owner = path.replace(/\.(order|tests)\.json$/, '.json');
    if (owner === path || all.has(owner) || path.startsWith('pacticipants/')) return [];
    return [missing(path, `belongs to ${owner}, which is missing`)];
  });
}

function sharedUuids(facts: Facts): Finding[] {
  const seen = new Map<string, string>();
  const share = (uuid: string, path: string): Finding[] => {
    const other = seen.get(uuid);
    seen.set(uuid, path);
    if (other === undefined || other === path) return [];
    return [{ path, rule: 'repeated', text: `has the uuid ${uuid}, as ${other} has` }];
  };
  const presences = factsOf(facts, 'version').flatMap(({ path, record }) =>
    [...record.deployments, ...record.releases].flatMap(({ uuid }) => share(uuid, path)),
  );
  return [
    ...presences,
    ...factsOf(facts, 'environment').flatMap(({ path, record }) => share(record.uuid, path)),
  ];
}

function idleWebhooks(facts: Facts): Finding[] {
  return factsOf(facts, 'webhook').flatMap(({ path, record: { consumer, provider } }) =>
    [consumer, provider].flatMap((side): Finding[] => {
      if (side === undefined || !('name' in side) || facts.paths.has(paths.pacticipant(side.name))) return [];
      return [{ path, rule: 'idle-webhook', text: `is for ${side.name}, and there is no such pacticipant` }];
    }),
  );
}
