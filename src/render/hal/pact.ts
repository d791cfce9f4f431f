import { compactJson, isJsonObject, type JsonValue, jsonOf, parseJson } from '../../domain/json.ts';
import { onceForText } from '../../domain/once-for-each.ts';
import { withInteractionIds } from '../../domain/pact.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { type HalDocument, type Link, timeText } from './document.ts';
import type { Links } from './links.ts';

/** What a pact was handed out for: the segment of its metadata, and the consumer versions that tells of. */
export interface Purpose {
  /** As it goes into the URL for results. */
  readonly metadata?: string;
  /** The versions a verifier was sent here for, newest first. */
  readonly consumerVersions?: readonly string[];
}

/** `Pact between C (V) and P`. */
export function pactName({ consumer, consumerVersion, provider }: PublishedPact): string {
  return `Pact between ${consumer} (${consumerVersion.number}) and ${provider}`;
}

/** Where a pact can be had, by the consumer version it was published with. */
export function pactLink(links: Links, pact: PublishedPact): { readonly href: string } {
  return { href: links.pact(pact, pact.consumerVersion.number) };
}

/** A pact as it was published, with an id for each interaction. @throws NotLoaded */
export function pactContent(now: Snapshot, { consumer, provider, publication }: PublishedPact): JsonValue {
  return identified(now.content(consumer, provider, publication.sha) ?? '{}');
}

const identified = onceForText((text) => withInteractionIds(parseJson(text)));

/**
 * A pact as JSON text: its content as it was published, without loss, then when and its links (api.md §5.1).
 * @throws NotLoaded
 */
export function pactText(links: Links, now: Snapshot, pact: PublishedPact, purpose: Purpose = {}): string {
  const content = pactContent(now, pact);
  const members: readonly (readonly [string, JsonValue])[] = isJsonObject(content) ? [...content] : [];
  return compactJson(
    new Map([
      ...members,
      ['createdAt', timeText(pact.publication.createdAt)],
      ['_links', jsonOf(pactLinks(links, pact, purpose))],
    ]),
  );
}

/** The same in the extended form, the content under `contract` (api.md §1.3). @throws NotLoaded */
export function extendedPactText(
  links: Links,
  now: Snapshot,
  pact: PublishedPact,
  purpose: Purpose = {},
): string {
  const { pacticipant, number, tags } = pact.consumerVersion;
  const embedded = tags.map(({ name }) => ({
    name,
    _links: { self: { title: 'Tag', name, href: links.tag(pacticipant, number, name) } },
  }));
  return compactJson(
    new Map([
      ['createdAt', timeText(pact.publication.createdAt)],
      ['contract', pactContent(now, pact)],
      ['_embedded', jsonOf({ tags: embedded })],
      ['_links', jsonOf(pactLinks(links, pact, purpose))],
    ] as readonly (readonly [string, JsonValue])[]),
  );
}

function pactLinks(
  links: Links,
  pact: PublishedPact,
  { metadata, consumerVersions }: Purpose,
): HalDocument['_links'] {
  const { consumer, provider, publication } = pact;
  const { number } = pact.consumerVersion;
  const { sha } = publication;
  const content = links.pactVersion(pact, sha);
  const byVersion = links.pact(pact, number);
  const version = links.version(consumer, number);
  return {
    self: { title: 'Pact', name: pactName(pact), href: byVersion },
    'pb:consumer': { title: 'Consumer', name: consumer, href: links.pacticipant(consumer) },
    'pb:consumer-version': { title: 'Consumer version', name: number, href: version },
    ...(consumerVersions
      ? {
          'pb:consumer-versions': consumerVersions.map((name) => ({
            title: 'Consumer version',
            name,
            href: links.version(consumer, name),
          })),
        }
      : {}),
    'pb:provider': { title: 'Provider', name: provider, href: links.pacticipant(provider) },
    'pb:pact-version': { title: 'Pact content version permalink', name: sha, href: content },
    ...otherVersions(links, pact, byVersion, content),
    'pb:pact-webhooks': {
      title: `Webhooks for the pact between ${consumer} and ${provider}`,
      href: links.webhooksOfPair(pact),
    },
    'pb:consumer-webhooks': {
      title: `Webhooks for all pacts with provider ${provider}`,
      href: links.webhooksOfConsumer(provider),
    },
    'pb:tag-prod-version': {
      title: "PUT to this resource to tag this consumer version as 'production'",
      href: `${version}/tags/prod`,
    },
    'pb:tag-version': {
      title: 'PUT to this resource to tag this consumer version',
      href: `${version}/tags/{tag}`,
    },
    'pb:publish-verification-results': {
      title: 'Publish verification results',
      href: `${links.pactVersion(pact, sha, metadata)}/verification-results`,
    },
    'pb:latest-verification-results': { href: `${content}/verification-results/latest` },
    'pb:triggered-webhooks': {
      title: 'Webhooks triggered by the publication of this pact',
      href: `${byVersion}/triggered-webhooks`,
    },
    'pb:matrix-for-consumer-version': {
      title: 'View matrix rows for the consumer version to which this pact belongs',
      href: links.matrixOfVersion(consumer, number),
    },
    curies: [{ name: 'pb', href: links.doc('pact'), templated: true }],
  };
}

function otherVersions(
  links: Links,
  pact: PublishedPact,
  byVersion: string,
  content: string,
): Record<string, Link> {
  const pair = links.pair(pact);
  return {
    'pb:latest-pact-version': { title: 'Latest version of this pact', href: `${pair}/latest` },
    'pb:all-pact-versions': { title: 'All versions of this pact', href: `${pair}/versions` },
    'pb:latest-untagged-pact-version': {
      title: 'Latest untagged version of this pact',
      href: `${pair}/latest-untagged`,
    },
    'pb:latest-tagged-pact-version': {
      title: 'Latest tagged version of this pact',
      href: `${pair}/latest/{tag}`,
      templated: true,
    },
    'pb:previous-distinct': {
      title: 'Previous distinct version of this pact',
      href: `${byVersion}/previous-distinct`,
    },
    'pb:diff-previous-distinct': {
      title: 'Diff with previous distinct version of this pact',
      href: `${byVersion}/diff/previous-distinct`,
    },
    'pb:diff': {
      title: 'Diff with another specified version of this pact',
      href: `${content}/diff/pact-version/{pactVersion}`,
      templated: true,
    },
  };
}
