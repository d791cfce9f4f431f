import { byCodePoint } from '../../domain/names.ts';
import type { Environment, Publication, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { currentPublications, isDeployed, isSupported } from '../../domain/version.ts';
import { dayText, type HalDocument, type Link, timestamps } from './document.ts';
import { byDisplayName } from './environment.ts';
import type { Links } from './links.ts';

/** The number of a version and a link to it: how other documents embed it. */
export function versionSummary(links: Links, version: Version): HalDocument {
  return { number: version.number, _links: { self: versionLink(links, version) } };
}

function versionLink(links: Links, { pacticipant, number }: Version, href?: string): Link {
  return { title: 'Version', name: number, href: href ?? links.version(pacticipant, number) };
}

/** A version's membership of branches, each with whether the version is its head (api.md §5.2). @throws NotLoaded */
export function branchVersions(links: Links, now: Snapshot, version: Version): readonly HalDocument[] {
  const { pacticipant, number } = version;
  return gather(version.branches, ({ name }) => ({
    name,
    latest: now.branch(pacticipant, name)?.head === number,
    _links: {
      self: { title: 'Branch version', name, href: links.branchVersion(pacticipant, name, number) },
    },
  }));
}

/**
 * A version of a pacticipant, with everything that can be done to it; `self` is the URL that was asked (api.md §5.2).
 * @throws NotLoaded
 */
export function versionDocument(links: Links, now: Snapshot, version: Version, self: string): HalDocument {
  const environments = [...now.environments()].sort(byDisplayName);
  const { deployed, released } = environmentLinks(links, version, environments);
  const { pacticipant, number } = version;
  return described(links, now, version, self, {
    'pb:deployed-environments': deployed,
    'pb:released-environments': released,
    'pb:record-deployment': environments.map(({ name, displayName, uuid }) => ({
      title: `Record deployment to ${displayName}`,
      name,
      href: links.versionDeployments(pacticipant, number, uuid),
    })),
    'pb:record-release': environments.map(({ name, displayName, uuid }) => ({
      title: `Record release to ${displayName}`,
      name,
      href: links.versionReleases(pacticipant, number, uuid),
    })),
  });
}

function listedVersion(links: Links, now: Snapshot, version: Version): HalDocument {
  const { deployed, released } = environmentLinks(links, version, now.environments());
  return described(links, now, version, links.version(version.pacticipant, version.number), {
    ...(deployed.length > 0 ? { 'pb:deployed-environments': deployed } : {}),
    ...(released.length > 0 ? { 'pb:released-environments': released } : {}),
  });
}

function described(
  links: Links,
  now: Snapshot,
  version: Version,
  self: string,
  more: Readonly<Record<string, readonly Link[]>>,
): HalDocument {
  const { pacticipant, number, buildUrl, tags } = version;
  return {
    number,
    buildUrl,
    ...timestamps(version),
    _embedded: {
      branchVersions: branchVersions(links, now, version),
      tags: tags.map(({ name }) => ({
        name,
        _links: { self: { title: 'Tag', name, href: links.tag(pacticipant, number, name) } },
      })),
    },
    _links: {
      self: versionLink(links, version, self),
      'pb:pacticipant': { title: 'Pacticipant', name: pacticipant, href: links.pacticipant(pacticipant) },
      'pb:tag': {
        href: `${links.version(pacticipant, number)}/tags/{tag}`,
        title: 'Get, create or delete a tag for this pacticipant version',
        templated: true,
      },
      'pb:latest-verification-results-where-pacticipant-is-consumer': {
        title: 'Latest verification results for consumer version',
        href: links.latestVerifications(pacticipant, number),
      },
      'pb:pact-versions': currentPublications(version)
        .toSorted(byProvider)
        .map(({ provider }) => ({
          title: 'Pact',
          name: `Pact between ${pacticipant} (${number}) and ${provider}`,
          href: links.pact({ consumer: pacticipant, provider }, number),
        })),
      ...more,
      curies: [{ name: 'pb', href: links.doc('version'), templated: true }],
    },
  };
}

function byProvider(a: Publication, b: Publication): number {
  return byCodePoint(a.provider.toLowerCase(), b.provider.toLowerCase());
}

function environmentLinks(links: Links, version: Version, environments: readonly Environment[]) {
  const nameOf = (uuid: string) => environments.find((one) => one.uuid === uuid)?.displayName ?? uuid;
  const deployed = version.deployments.map((deployment): Link => {
    const name = nameOf(deployment.environment);
    return {
      title: `Version deployed to ${name}`,
      name,
      href: links.deployedVersion(deployment.uuid),
      currently_deployed: isDeployed(deployment),
      ...(deployment.target === undefined ? {} : { application_instance: deployment.target }),
    };
  });
  const released = version.releases.map((release): Link => {
    const name = nameOf(release.environment);
    return {
      title: `Version released to ${name}`,
      name,
      href: links.releasedVersion(release.uuid),
      currently_supported: isSupported(release),
    };
  });
  return { deployed, released };
}

/** A list of versions of a pacticipant, in the order given. @throws NotLoaded */
export function versionsDocument(
  links: Links,
  now: Snapshot,
  pacticipant: string,
  versions: readonly Version[],
  self: Link,
): HalDocument {
  const whose = { href: links.pacticipant(pacticipant) };
  const each = (title: (version: Version) => string) =>
    versions.map((version) => ({ href: links.version(pacticipant, version.number), title: title(version) }));
  return {
    _embedded: { versions: gather(versions, (version) => listedVersion(links, now, version)) },
    _links: {
      self,
      'pb:pacticipant': { ...whose, title: pacticipant },
      'pb:versions': each(({ number, createdAt }) => `Version ${number} - ${dayText(createdAt)}`),
      pacticipant: { ...whose, title: 'Deprecated - please use pb:pacticipant' },
      versions: each(() => 'Deprecated - please use pb:versions'),
    },
  };
}
