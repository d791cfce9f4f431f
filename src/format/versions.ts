import type { BranchName, PacticipantName, PactSha, TagName, VersionNumber } from '../domain/names.ts';
import type {
  BranchMembership,
  Deployment,
  Publication,
  Release,
  Tagging,
  Version,
} from '../domain/records.ts';
import { readJsonFields } from './reading.ts';
import { present, unlessEmpty, writeRecord } from './writing.ts';

/** Reads a version. @throws GitpactError `bad-record` */
export function readVersion(path: string, text: string): Version {
  const fields = readJsonFields(path, text);
  return present<Version>({
    pacticipant: fields.text<PacticipantName>('pacticipant'),
    number: fields.text<VersionNumber>('number'),
    order: fields.whole('order'),
    createdAt: fields.instant('createdAt'),
    updatedAt: fields.maybeInstant('updatedAt'),
    buildUrl: fields.maybeText('buildUrl'),
    branches: fields.list('branches', (branch) =>
      present<BranchMembership>({
        name: branch.text<BranchName>('name'),
        createdAt: branch.instant('createdAt'),
        auto: branch.flag('auto') || undefined,
      }),
    ),
    tags: fields.list<Tagging>('tags', (tag) => ({
      name: tag.text<TagName>('name'),
      createdAt: tag.instant('createdAt'),
    })),
    pacts: fields.list('pacts', (pact) =>
      present<Publication>({
        provider: pact.text<PacticipantName>('provider'),
        revision: pact.whole('revision'),
        sha: pact.text<PactSha>('sha'),
        createdAt: pact.instant('createdAt'),
        againAt: pact.maybeInstant('againAt'),
      }),
    ),
    deployments: fields.list('deployments', (deployment) =>
      present<Deployment>({
        uuid: deployment.text('uuid'),
        environment: deployment.text('environment'),
        target: deployment.maybeText('target'),
        createdAt: deployment.instant('createdAt'),
        undeployedAt: deployment.maybeInstant('undeployedAt'),
        auto: deployment.flag('auto') || undefined,
      }),
    ),
    releases: fields.list('releases', (release) =>
      present<Release>({
        uuid: release.text('uuid'),
        environment: release.text('environment'),
        createdAt: release.instant('createdAt'),
        updatedAt: release.maybeInstant('updatedAt'),
        supportEndedAt: release.maybeInstant('supportEndedAt'),
      }),
    ),
  });
}

/** Writes a version. */
export function writeVersion(version: Version): string {
  const { pacticipant, number, order, createdAt, updatedAt, buildUrl } = version;
  return writeRecord({
    pacticipant,
    number,
    order,
    createdAt,
    updatedAt,
    buildUrl,
    branches: unlessEmpty(version.branches.map(({ name, createdAt, auto }) => ({ name, createdAt, auto }))),
    tags: unlessEmpty(version.tags.map(({ name, createdAt }) => ({ name, createdAt }))),
    pacts: unlessEmpty(
      version.pacts.map(({ provider, revision, sha, createdAt, againAt }) => ({
        provider,
        revision,
        sha,
        createdAt,
        againAt,
      })),
    ),
    deployments: unlessEmpty(
      version.deployments.map(({ uuid, environment, target, createdAt, undeployedAt, auto }) => ({
        uuid,
        environment,
        target,
        createdAt,
        undeployedAt,
        auto,
      })),
    ),
    releases: unlessEmpty(
      version.releases.map(({ uuid, environment, createdAt, updatedAt, supportEndedAt }) => ({
        uuid,
        environment,
        createdAt,
        updatedAt,
        supportEndedAt,
      })),
    ),
  });
}
