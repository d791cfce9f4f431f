import type { PublishRequest } from '../../decide/publish.ts';
import type { Notice } from '../words/publishing.ts';
import type { HalDocument } from './document.ts';
import type { Links } from './links.ts';

/** What was published, with what there is to say of it; `logs` is for clients of old (domain.md §5.4). */
export function publishedDocument(
  links: Links,
  request: PublishRequest,
  notices: readonly Notice[],
): HalDocument {
  const { consumer, version } = request;
  const pacticipantHref = links.pacticipant(consumer);
  const versionHref = links.version(consumer, version);
  return {
    logs: notices.map(({ type, text }) => ({
      level: type,
      message: text,
      deprecationWarning: 'Replaced by notices',
    })),
    notices,
    _embedded: {
      pacticipant: { name: consumer, _links: { self: { href: pacticipantHref } } },
      version: {
        number: version,
        _links: { self: { title: 'Version', name: version, href: versionHref } },
      },
    },
    _links: {
      'pb:pacticipant': { title: 'Pacticipant', name: consumer, href: pacticipantHref },
      'pb:pacticipant-version': { title: 'Pacticipant version', name: version, href: versionHref },
      'pb:pacticipant-version-tags': request.tags.map((name) => ({
        title: 'Tag',
        name,
        href: links.tag(consumer, version, name),
      })),
      'pb:contracts': request.contracts.map(({ provider }) => ({
        title: 'Pact',
        name: `Pact between ${consumer} (${version}) and ${provider}`,
        href: links.pact({ consumer, provider }, version),
      })),
    },
  };
}

/** Why nothing was published (domain.md §5.4). */
export function refusedDocument(notices: readonly Notice[]): HalDocument {
  return {
    notices,
    errors: { contracts: notices.filter(({ type }) => type === 'error').map(({ text }) => text) },
  };
}
