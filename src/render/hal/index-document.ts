import type { HalDocument, Link } from './document.ts';
import type { Links } from './links.ts';

const pair = '/pacts/provider/{provider}/consumer/{consumer}';
const ofProvider = '/pacts/provider/{provider}';
const ofPacticipant = '/pacticipants/{pacticipant}';

/** Relation, path and title of everything the index leads to, in order (api.md §2). */
const entries: readonly (readonly [rel: string, path: string, title: string])[] = [
  ['pb:publish-pact', `${pair}/version/{consumerApplicationVersion}`, 'Publish a pact'],
  ['pb:publish-contracts', '/contracts/publish', 'Publish contracts'],
  ['pb:latest-pact-versions', '/pacts/latest', 'Latest pact versions'],
  [
    'pb:tagged-pact-versions',
    `${pair}/tag/{tag}`,
    'All versions of a pact for a given consumer, provider and consumer version tag',
  ],
  [
    'pb:branch-pact-versions',
    `${pair}/branch/{branch}`,
    'All versions of pacts for a provider, for a named consumers branch',
  ],
  [
    'pb:latest-branch-pact-versions',
    `${pair}/branch/{branch}/latest/versions`,
    'Latest version of pact for a provider, for a named consumers branch',
  ],
  [
    'pb:main-branch-pact-versions',
    `${pair}/branch/versions`,
    'All versions of pacts for a provider, for a named consumers main branch',
  ],
  [
    'pb:latest-main-branch-pact-versions',
    `${pair}/branch/latest/versions`,
    'Latest version of pact for a provider, for a named consumers main branch',
  ],
  [
    'pb:provider-pacts-with-main-branch',
    `${ofProvider}/branch`,
    'All pacts for a provider, for any consumers main branch',
  ],
  [
    'pb:provider-pacts-with-branch',
    `${ofProvider}/branch/{branch}`,
    'All pacts for a provider, for any consumers named branch',
  ],
  [
    'pb:latest-provider-pacts-with-main-branch',
    `${ofProvider}/branch/latest`,
    'Latest pact for a provider, for any consumers main branch',
  ],
  [
    'pb:latest-provider-pacts-with-branch',
    `${ofProvider}/branch/{branch}/latest`,
    'Latest pacts for a provider, for any consumers named branch',
  ],
  ['pb:pacticipants', '/pacticipants', 'Pacticipants'],
  ['pb:pacticipant', ofPacticipant, 'Fetch pacticipant by name'],
  ['pb:latest-provider-pacts', `${ofProvider}/latest`, 'Latest pacts by provider'],
  [
    'pb:latest-provider-pacts-with-tag',
    `${ofProvider}/latest/{tag}`,
    'Latest pacts for provider with the specified tag',
  ],
  [
    'pb:provider-pacts-with-tag',
    `${ofProvider}/tag/{tag}`,
    'All pact versions for the provider with the specified consumer version tag',
  ],
  ['pb:provider-pacts', ofProvider, 'All pact versions for the specified provider'],
  ['pb:latest-version', `${ofPacticipant}/latest-version`, 'Latest pacticipant version'],
  [
    'pb:latest-tagged-version',
    `${ofPacticipant}/latest-version/{tag}`,
    'Latest pacticipant version with the specified tag',
  ],
  ['pb:webhooks', '/webhooks', 'Webhooks'],
  ['pb:webhook', '/webhooks/{uuid}', 'Webhook'],
  ['pb:integrations', '/integrations', 'Integrations'],
  [
    'pb:pacticipant-version-tag',
    `${ofPacticipant}/versions/{version}/tags/{tag}`,
    'Get, create or delete a tag for a pacticipant version',
  ],
  ['pb:pacticipant-branch', `${ofPacticipant}/branches/{branch}`, 'Get or delete a pacticipant branch'],
  [
    'pb:pacticipant-branch-version',
    `${ofPacticipant}/branches/{branch}/versions/{version}`,
    'Get or add/create a pacticipant version for a branch',
  ],
  [
    'pb:pacticipant-version',
    `${ofPacticipant}/versions/{version}`,
    'Get, create or delete a pacticipant version',
  ],
  ['pb:metrics', '/metrics', 'Get Pact Broker metrics'],
  [
    'pb:can-i-deploy-pacticipant-version-to-tag',
    '/can-i-deploy?pacticipant={pacticipant}&version={version}&to={tag}',
    'Determine if an application version can be safely deployed to an environment identified by the given tag',
  ],
  [
    'pb:can-i-deploy-pacticipant-version-to-environment',
    '/can-i-deploy?pacticipant={pacticipant}&version={version}&environment={environment}',
    'Determine if an application version can be safely deployed to an environment',
  ],
  [
    'pb:provider-pacts-for-verification',
    `${ofProvider}/for-verification`,
    'Pact versions to be verified for the specified provider',
  ],
];

/** What a relation of the index leads to, by its name without `pb:`; undefined for any other. */
export function relationText(rel: string): string | undefined {
  return entries.find(([known]) => known === `pb:${rel}`)?.[2];
}

/** The index of the API: what clients discover its features from (api.md §2). */
export function indexDocument(links: Links): HalDocument {
  return {
    _links: {
      self: { href: links.base, title: 'Index', templated: false },
      ...Object.fromEntries(entries.map(([rel, path, title]) => [rel, entry(links, rel, path, title)])),
      'beta:provider-pacts-for-verification': {
        name: 'beta',
        href: links.template(`${ofProvider}/for-verification`),
        title: 'DEPRECATED - please use pb:provider-pacts-for-verification',
        templated: true,
      },
      curies: ['pb', 'beta'].map((name) => ({ name, href: links.doc('index'), templated: true })),
      'pb:environments': { title: 'Environments', href: links.environments(), templated: false },
      'pb:environment': {
        title: 'Environment',
        href: links.template('/environments/{uuid}'),
        templated: true,
      },
    },
  };
}

/** The Pact Broker says of the tagged pacts that they are no template, and of the metrics nothing. */
function entry(links: Links, rel: string, path: string, title: string): Link {
  const link = { href: links.template(path), title };
  if (rel === 'pb:metrics') return link;
  return { ...link, templated: rel !== 'pb:tagged-pact-versions' && path.includes('{') };
}
