import { relationText } from './index-document.ts';

/** What relations mean that the index does not have, by their names without `pb:`. */
const others: Readonly<Record<string, string>> = {
  'all-pact-versions': 'All pacts of this consumer with this provider, of every version of the consumer.',
  branch: 'A branch of a pacticipant. PUT it to make it, DELETE it to remove it; its versions stay.',
  'branch-version': 'A version on a branch. PUT {} to put the version there.',
  branches: 'The branches of a pacticipant.',
  consumer: 'The pacticipant that expects something.',
  'consumer-version': 'The version of the consumer that published the pact.',
  'consumer-versions': 'The versions of the consumer that have this content and were asked for.',
  'consumer-webhooks': 'The webhooks for all pacts of a consumer.',
  contracts: 'The contracts that were published.',
  create: 'POST a description here to make another one.',
  'currently-deployed-deployed-versions': 'What is deployed to an environment now.',
  'currently-supported-released-versions': 'What is released and supported in an environment now.',
  dashboard: 'The pacts of two pacticipants that matter: of branches, tags and environments.',
  'deployed-environments': 'The environments that a version is deployed to.',
  diff: 'What changed between two contents of a pact, as text.',
  'diff-previous-distinct': 'What changed since the content before this one, as text.',
  'error-logs': 'What was sent by webhooks in vain, and what came back.',
  execute: 'POST here to send the request of a webhook once, now, with the newest pact it is for.',
  group: 'A pacticipant with everything it has to do with, as CSV.',
  label: 'A label of a pacticipant. PUT {} to put it there, DELETE it to take it off.',
  'latest-pact-version': 'The newest pact of this consumer with this provider.',
  'latest-tagged-pact-version': 'The newest pact of a consumer version with a tag.',
  'latest-untagged-pact-version': 'The newest pact of a consumer version without a tag.',
  'latest-verification-results': 'The newest result for this content.',
  'latest-verification-results-where-pacticipant-is-consumer':
    'The newest results for all pacts that a version of a consumer published.',
  logs: 'What a webhook sent, and what came back.',
  'matrix-for-consumer-version': 'Every result for the pacts of a version of a consumer.',
  'pact-version': 'A content of a pact: what stays the same while versions change.',
  'pact-versions': 'Contents of pacts.',
  'pact-webhooks': 'The webhooks for a pact. POST here to make one for this consumer and this provider.',
  pacts: 'Pacts of a provider.',
  'previous-distinct': 'The newest pact with another content before this one.',
  provider: 'The pacticipant that is expected to deliver.',
  'publish-verification-results':
    'POST {"success": true, "providerApplicationVersion": "1"} here to say how verifying this content went.',
  'record-deployment': 'POST {} here to say that a version is deployed to an environment.',
  'record-release': 'POST {} here to say that a version is released in an environment.',
  'released-environments': 'The environments that a version is released in.',
  tag: 'A tag of a version. PUT {} to put it there, DELETE it to take it off.',
  'tag-prod-version': 'PUT {} here to tag the version of the consumer with prod.',
  'tag-version': 'PUT {} here to tag the version of the consumer.',
  'triggered-webhooks': 'The requests that this triggered, and what became of them.',
  version: 'A version of a pacticipant. PUT it with its branch, tags or build URL, DELETE it to remove it.',
  'version-tag': 'A tag of a version. PUT {} to put it there, DELETE it to take it off.',
  versions: 'The versions of a pacticipant.',
  webhook: 'A webhook: a request that is sent when something happens to a pact.',
  'webhook-status': 'How the newest requests of webhooks went.',
};

/**
 * What a relation leads to and what may be sent there, by its name without `pb:`, or as the documents of
 * webhooks name it, `webhooks-create`; undefined for one that nobody knows.
 */
export function aboutRelation(rel: string): string | undefined {
  const name = rel.replace(/^webhooks-/, '');
  return relationText(name) ?? (Object.hasOwn(others, name) ? others[name] : undefined);
}
