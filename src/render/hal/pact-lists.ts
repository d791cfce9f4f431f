import type { Pair } from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { dayText, type HalDocument, timeText } from './document.ts';
import type { Links } from './links.ts';
import { pactLink, pactName } from './pact.ts';
import { versionSummary } from './version.ts';

/** Pacts of a provider; `title` says which (api.md §5.4). */
export function providerPactsDocument(
  links: Links,
  provider: string,
  pacts: readonly PublishedPact[],
  self: { readonly href: string; readonly title: string },
): HalDocument {
  const href = links.pacticipant(provider);
  const each = (prefix: string) =>
    pacts.map((pact) => ({
      ...pactLink(links, pact),
      title: prefix + pactName(pact),
      name: pact.consumer,
    }));
  return {
    _links: {
      self,
      'pb:provider': { href, name: provider },
      'pb:pacts': each(''),
      provider: { href, title: provider, name: 'DEPRECATED - please use the pb:provider relation' },
      pacts: each('DEPRECATED - please use the pb:pacts relation. '),
    },
  };
}

/** Pacts of a pair, in the order given (api.md §5.4). */
export function pairPactsDocument(
  links: Links,
  pair: Pair,
  pacts: readonly PublishedPact[],
  self: string,
): HalDocument {
  const title = `All versions of the pact between ${pair.consumer} and ${pair.provider}`;
  return {
    _embedded: { pacts: pacts.map((pact) => listedPact(links, pact)) },
    _links: {
      self: { href: self, title },
      ...sides(links, pair, ''),
      'pact-versions': pacts.map((pact) => versionLink(links, pact, 'Pact')),
    },
  };
}

/** Pacts of a pair whose versions have a tag, in the order given (api.md §5.4). */
export function taggedPactsDocument(
  links: Links,
  pair: Pair,
  tag: string,
  pacts: readonly PublishedPact[],
  self: string,
): HalDocument {
  const title = `All versions of the pact between ${pair.consumer} and ${pair.provider} with tag ${tag}`;
  return {
    _embedded: { pacts: pacts.map((pact) => listedPact(links, pact)) },
    _links: {
      self: { href: self, title },
      ...sides(links, pair, 'pb:'),
      'pb:pact-versions': pacts.map((pact) => versionLink(links, pact, 'Pact version')),
    },
  };
}

function sides(links: Links, { consumer, provider }: Pair, prefix: string) {
  return {
    [`${prefix}consumer`]: { href: links.pacticipant(consumer), title: 'Consumer', name: consumer },
    [`${prefix}provider`]: { href: links.pacticipant(provider), title: 'Provider', name: provider },
  };
}

function versionLink(links: Links, pact: PublishedPact, title: string) {
  const name = `Version ${pact.consumerVersion.number} - ${dayText(pact.publication.createdAt)}`;
  return { ...pactLink(links, pact), title, name };
}

function listedPact(links: Links, pact: PublishedPact): HalDocument {
  return {
    createdAt: timeText(pact.publication.createdAt),
    _embedded: { consumerVersion: versionSummary(links, pact.consumerVersion) },
    _links: { self: { ...pactLink(links, pact), title: pactName(pact) } },
  };
}

/** The latest pact of every pair (api.md §5.4). */
export function latestPactsDocument(
  links: Links,
  pacts: readonly PublishedPact[],
  self: string,
): HalDocument {
  const title = ({ consumer, provider }: PublishedPact) => `Latest pact between ${consumer} and ${provider}`;
  return {
    pacts: pacts.map((pact) => latestPact(links, pact)),
    _links: {
      self: { href: self },
      'pb:pacts': pacts.map((pact) => ({ href: links.latestPact(pact), title: title(pact) })),
      pacts: pacts.map((pact) => ({
        href: links.latestPact(pact),
        title: title(pact),
        name: 'DEPRECATED - please use the pb:pacts relation',
      })),
      curies: [{ name: 'pb', href: links.doc('pacts'), templated: true }],
    },
  };
}

function latestPact(links: Links, pact: PublishedPact): HalDocument {
  const { consumer, provider, consumerVersion, publication } = pact;
  return {
    createdAt: timeText(publication.createdAt),
    _embedded: {
      consumer: {
        name: consumer,
        _embedded: { version: versionSummary(links, consumerVersion) },
        _links: { self: { href: links.pacticipant(consumer) } },
      },
      provider: { name: provider, _links: { self: { href: links.pacticipant(provider) } } },
    },
    _links: { self: [{ href: links.latestPact(pact) }, pactLink(links, pact)] },
  };
}

/** What is left of a pair after pacts were deleted (domain.md §5.5). */
export function deletedPactsDocument(links: Links, pair: Pair, hasOthers: boolean): HalDocument {
  return {
    _links: {
      index: { href: links.base },
      ...(hasOthers
        ? { 'pb:latest-pact-version': { href: links.latestPact(pair), title: 'Latest pact' } }
        : {}),
    },
  };
}
