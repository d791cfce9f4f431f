import type { Deployment, Environment, Release, Version } from '../../domain/records.ts';
import { isDeployed, isSupported } from '../../domain/version.ts';
import { type HalDocument, timeText } from './document.ts';
import { environmentDocument } from './environment.ts';
import type { Links } from './links.ts';

/** What a deployment or release can tell beside itself: nothing, whose it is, or also where. */
export interface Around {
  readonly version?: Version;
  readonly environment?: Environment;
}

/** A version recorded as deployed (domain.md §8.3). */
export function deployedVersionDocument(links: Links, deployment: Deployment, around: Around): HalDocument {
  const { uuid, target, undeployedAt, createdAt } = deployment;
  return {
    uuid,
    currentlyDeployed: isDeployed(deployment),
    target,
    applicationInstance: target,
    undeployedAt: undeployedAt && timeText(undeployedAt),
    createdAt: timeText(createdAt),
    _embedded: embedded(links, around),
    _links: { self: { href: links.deployedVersion(uuid) } },
  };
}

/** A version recorded as released (domain.md §9). */
export function releasedVersionDocument(links: Links, release: Release, around: Around): HalDocument {
  const { uuid, createdAt, updatedAt, supportEndedAt } = release;
  return {
    uuid,
    currentlySupported: isSupported(release),
    updatedAt: updatedAt && isSupported(release) ? timeText(updatedAt) : undefined,
    createdAt: timeText(createdAt),
    supportEndedAt: supportEndedAt && timeText(supportEndedAt),
    _embedded: embedded(links, around),
    _links: { self: { href: links.releasedVersion(uuid) } },
  };
}

function embedded(links: Links, { version, environment }: Around): HalDocument | undefined {
  if (!version) return undefined;
  const { pacticipant, number } = version;
  return {
    pacticipant: { name: pacticipant, _links: { self: { href: links.pacticipant(pacticipant) } } },
    version: {
      number,
      _links: { self: { title: 'Version', name: number, href: links.version(pacticipant, number) } },
    },
    environment: environment && environmentDocument(links, environment),
  };
}

/** A list of deployments or releases. */
export function deploymentsDocument(
  rel: 'deployedVersions' | 'releasedVersions',
  documents: readonly HalDocument[],
  self: { readonly href: string; readonly title: string },
): HalDocument {
  return { _embedded: { [rel]: documents }, _links: { self } };
}
