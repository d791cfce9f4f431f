import type { Branch, BranchMembership, Label, Tagging, Version } from '../../domain/records.ts';
import { type HalDocument, timeText } from './document.ts';
import type { Links } from './links.ts';

/*
 * The small documents: a tag of a version, a label of a pacticipant, a branch, and a version on a branch (api.md §5.5).
 */

/** A tag on a version. */
export function tagDocument(links: Links, { pacticipant, number }: Version, tag: Tagging): HalDocument {
  const { name, createdAt } = tag;
  return {
    name,
    createdAt: timeText(createdAt),
    _links: {
      self: { title: 'Tag', name, href: links.tag(pacticipant, number, name) },
      version: { title: 'Version', name: number, href: links.version(pacticipant, number) },
      pacticipant: { title: 'Pacticipant', name: pacticipant, href: links.pacticipant(pacticipant) },
    },
  };
}

/** A label on a pacticipant. */
export function labelDocument(links: Links, pacticipant: string, { name, createdAt }: Label): HalDocument {
  return {
    name,
    createdAt: timeText(createdAt),
    _links: {
      self: { title: 'Label', name, href: links.label(pacticipant, name) },
      pacticipant: { title: 'Pacticipant', name: pacticipant, href: links.pacticipant(pacticipant) },
    },
  };
}

/** All labels in use. */
export function labelsDocument(names: readonly string[], self: string): HalDocument {
  return {
    _embedded: { labels: names.map((name) => ({ name })) },
    _links: { self: { title: 'Labels', href: self } },
  };
}

/** A branch of a pacticipant. */
export function branchDocument(links: Links, pacticipant: string, branch: Branch): HalDocument {
  const { name, createdAt } = branch;
  const href = links.branch(pacticipant, name);
  return {
    name,
    createdAt: timeText(createdAt),
    _links: {
      self: { title: 'Branch', href },
      'pb:latest-version': { title: 'Latest version for branch', href: `${href}/latest-version` },
    },
  };
}

/** Branches of a pacticipant, in the order given. */
export function branchesDocument(
  links: Links,
  pacticipant: string,
  branches: readonly Branch[],
  self: string,
): HalDocument {
  return {
    _embedded: { branches: branches.map((branch) => branchDocument(links, pacticipant, branch)) },
    _links: {
      self: { title: `${pacticipant} branches`, href: self },
      'pb:branches': branches.map(({ name }) => ({ name, href: links.branch(pacticipant, name) })),
    },
  };
}

/** A version's membership of a branch. */
export function branchVersionDocument(
  links: Links,
  { pacticipant, number }: Version,
  { name, createdAt }: BranchMembership,
): HalDocument {
  return {
    createdAt: timeText(createdAt),
    _links: {
      self: { title: 'Branch version', href: links.branchVersion(pacticipant, name, number) },
      'pb:branch': { title: 'Branch', name, href: links.branch(pacticipant, name) },
      'pb:version': { title: 'Version', name: number, href: links.version(pacticipant, number) },
    },
  };
}
