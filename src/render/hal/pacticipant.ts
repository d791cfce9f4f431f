import type { Pacticipant } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { type HalDocument, type Link, timestamps } from './document.ts';
import type { Links } from './links.ts';
import { versionSummary } from './version.ts';

/**
 * A pacticipant, with where it is deployed now unless it is `listed` among others (api.md §5.3).
 * @throws NotLoaded
 */
export function pacticipantDocument(
  links: Links,
  now: Snapshot,
  pacticipant: Pacticipant,
  listed = false,
): HalDocument {
  const { name, displayName, repositoryUrl, repositoryName, repositoryNamespace, mainBranch } = pacticipant;
  const latest = now.latestVersion(name);
  const summary = latest && versionSummary(links, latest);
  const deprecated = 'DEPRECATED - please use latestVersion';
  return {
    name,
    displayName,
    repositoryUrl,
    repositoryName,
    repositoryNamespace,
    mainBranch,
    ...timestamps(pacticipant),
    _embedded: {
      latestVersion: summary,
      labels: pacticipant.labels.map((label) => ({
        name: label.name,
        _links: { self: { title: 'Label', name: label.name, href: links.label(name, label.name) } },
      })),
      'latest-version': summary && { ...summary, title: deprecated, name: deprecated },
    },
    _links: pacticipantLinks(links, name, listed ? undefined : deployedLinks(links, now, name)),
  };
}

function pacticipantLinks(
  links: Links,
  name: string,
  deployed: readonly Link[] | undefined,
): Record<string, Link | readonly Link[]> {
  const self = links.pacticipant(name);
  const template = (title: string, path: string) => ({ title, href: self + path, templated: true });
  return {
    self: { href: self },
    'pb:versions': { href: `${self}/versions` },
    'pb:branches': { href: `${self}/branches` },
    ...(deployed ? { 'pb:deployed-environments': deployed } : {}),
    'pb:version': template('Get, create or delete a pacticipant version', '/versions/{version}'),
    'pb:version-tag': template(
      `Get, create or delete a tag for a version of ${name}`,
      '/versions/{version}/tags/{tag}',
    ),
    'pb:branch-version': template(
      `Get or add/create a version for a branch of ${name}`,
      '/branches/{branch}/versions/{version}',
    ),
    'pb:label': template(`Get, create or delete a label for ${name}`, '/labels/{label}'),
    versions: { title: 'Deprecated - use pb:versions', href: `${self}/versions` },
    'pb:can-i-deploy-badge': template(
      `Can I Deploy ${name} badge`,
      '/latest-version/{tag}/can-i-deploy/to/{environmentTag}/badge',
    ),
    'pb:can-i-deploy-branch-to-environment-badge': template(
      `Can I Deploy ${name} from branch to environment badge`,
      '/branches/{branch}/latest-version/can-i-deploy/to-environment/{environment}/badge',
    ),
    curies: [{ name: 'pb', href: links.doc('pacticipant'), templated: true }],
  };
}

function deployedLinks(links: Links, now: Snapshot, name: string): readonly Link[] {
  return gather(now.environments(), (environment) =>
    now
      .presences(environment.name)
      .filter(({ kind, pacticipant }) => kind === 'deployed' && pacticipant === name)
      .map((presence) => ({ environment, presence })),
  )
    .flat()
    .sort((a, b) => (a.presence.createdAt < b.presence.createdAt ? -1 : 1))
    .map(({ environment: { displayName }, presence: { uuid } }) => ({
      title: `Version deployed to ${displayName}`,
      name: displayName,
      href: links.deployedVersion(uuid),
      currently_deployed: true,
    }));
}

/** All pacticipants, or a page of them; told twice, as clients of old expect (api.md §5.3). @throws NotLoaded */
export function pacticipantsDocument(
  links: Links,
  now: Snapshot,
  pacticipants: readonly Pacticipant[],
): HalDocument {
  const documents = gather(pacticipants, (pacticipant) => pacticipantDocument(links, now, pacticipant, true));
  const title = 'DEPRECATED - Please use the embedded pacticipants collection';
  return {
    ...labelledDocument(links, documents, pacticipants),
    pacticipants: documents.map((document) => ({ ...document, title })),
  };
}

/** The pacticipants that carry a label. @throws NotLoaded */
export function labelledPacticipantsDocument(
  links: Links,
  now: Snapshot,
  pacticipants: readonly Pacticipant[],
): HalDocument {
  const documents = gather(pacticipants, (pacticipant) => pacticipantDocument(links, now, pacticipant, true));
  return labelledDocument(links, documents, pacticipants);
}

function labelledDocument(
  links: Links,
  documents: readonly HalDocument[],
  pacticipants: readonly Pacticipant[],
): HalDocument {
  const each = (text: (name: string) => { readonly title: string; readonly name: string }) =>
    pacticipants.map(({ name }) => ({ href: links.pacticipant(name), ...text(name) }));
  return {
    _embedded: { pacticipants: documents },
    _links: {
      self: { href: links.pacticipants() },
      'pb:pacticipants-with-label': {
        title: 'Find pacticipants by label',
        href: links.template('/pacticipants/label/{label}'),
        templated: true,
      },
      'pb:pacticipants': each((name) => ({ title: 'Pacticipant', name })),
      pacticipants: each((title) => ({ title, name: 'DEPRECATED - please use pb:pacticipants' })),
    },
  };
}
