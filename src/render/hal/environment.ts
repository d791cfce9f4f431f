import { byCodePoint } from '../../domain/names.ts';
import type { Environment } from '../../domain/records.ts';
import { type HalDocument, timestamps } from './document.ts';
import type { Links } from './links.ts';

/** What an environment says of itself, with a link to it alone: how versions tell where they are. */
export function environmentSummary(links: Links, environment: Environment): HalDocument {
  return {
    ...properties(environment),
    _links: { self: selfLink(links, environment) },
  };
}

function properties(environment: Environment) {
  const { uuid, name, displayName, production, contacts } = environment;
  return {
    uuid,
    name,
    displayName,
    production,
    contacts: contacts.length > 0 ? contacts : undefined,
    ...timestamps(environment),
  };
}

function selfLink(links: Links, { name, uuid }: Environment) {
  return { title: 'Environment', name, href: links.environment(uuid) };
}

/** An environment (domain.md §7, api.md §5.6). */
export function environmentDocument(links: Links, environment: Environment): HalDocument {
  const { uuid, displayName } = environment;
  return {
    ...properties(environment),
    _links: {
      self: selfLink(links, environment),
      'pb:currently-deployed-deployed-versions': {
        title: `Versions currently deployed to ${displayName} environment`,
        href: `${links.environment(uuid)}/deployed-versions/currently-deployed`,
      },
      'pb:currently-supported-released-versions': {
        title: `Versions released and supported in ${displayName} environment`,
        href: `${links.environment(uuid)}/released-versions/currently-supported`,
      },
      'pb:environments': { title: 'Environments', href: links.environments() },
    },
  };
}

/** A list of environments; `self` is the URL that was asked. */
export function environmentsDocument(
  links: Links,
  environments: readonly Environment[],
  self: string,
): HalDocument {
  return {
    _embedded: { environments: environments.map((environment) => environmentDocument(links, environment)) },
    _links: {
      self: { title: 'Environments', href: self },
      'pb:environments': environments.map((environment) => selfLink(links, environment)),
    },
  };
}

/** The order in which environments are listed: by display name, whatever its case, then by age (domain.md §7). */
export function byDisplayName(a: Environment, b: Environment): number {
  return (
    byCodePoint(a.displayName.toLowerCase(), b.displayName.toLowerCase()) ||
    byCodePoint(a.createdAt, b.createdAt)
  );
}
