/**
 * What the Pact Broker's command line does besides what stands in the table of all commands, by the same names, with the
 * same options; each is loaded when it is called.
 */
export const brokerCommands = {
  'record-deployment': {
    about: 'Record that a version is deployed to an environment',
    load: () => import('./commands/deployments/record-deployment.ts'),
  },
  'record-undeployment': {
    about: 'Record that a pacticipant is gone from an environment',
    load: () => import('./commands/deployments/record-undeployment.ts'),
  },
  'record-release': {
    about: 'Record that a version is released to an environment',
    load: () => import('./commands/deployments/record-release.ts'),
  },
  'record-support-ended': {
    about: 'Record that a released version is no longer supported',
    load: () => import('./commands/deployments/record-support-ended.ts'),
  },
  'can-i-merge': {
    about: 'Ask whether a version fits the main branches of its neighbours',
    load: () => import('./commands/can-i-merge.ts'),
  },
  'list-latest-pact-versions': {
    about: 'Show the latest pact of each consumer with each provider',
    load: () => import('./commands/pacts/list-latest-pact-versions.ts'),
  },
  'get-pacts': {
    about: 'Show or download the pacts of a provider',
    load: () => import('./commands/pacts/get-pacts.ts'),
  },
  'provider-states': {
    about: 'Show the states that a provider must be able to take',
    load: () => import('./commands/pacts/provider-states.ts'),
  },
  'create-environment': {
    about: 'Make an environment',
    load: () => import('./commands/environments/create-environment.ts'),
  },
  'update-environment': {
    about: 'Describe an environment anew',
    load: () => import('./commands/environments/update-environment.ts'),
  },
  'delete-environment': {
    about: 'Delete an environment, with what is recorded there',
    load: () => import('./commands/environments/delete-environment.ts'),
  },
  'describe-environment': {
    about: 'Show an environment',
    load: () => import('./commands/environments/describe-environment.ts'),
  },
  'list-environments': {
    about: 'Show all environments',
    load: () => import('./commands/environments/list-environments.ts'),
  },
  'create-or-update-pacticipant': {
    about: 'Make or describe a pacticipant',
    load: () => import('./commands/pacticipants/create-or-update-pacticipant.ts'),
  },
  'describe-pacticipant': {
    about: 'Show a pacticipant',
    load: () => import('./commands/pacticipants/describe-pacticipant.ts'),
  },
  'list-pacticipants': {
    about: 'Show all pacticipants',
    load: () => import('./commands/pacticipants/list-pacticipants.ts'),
  },
  'create-or-update-version': {
    about: 'Make a version known, on a branch, with tags',
    load: () => import('./commands/versions/create-or-update-version.ts'),
  },
  'describe-version': {
    about: 'Show a version, or the versions in an environment',
    load: () => import('./commands/versions/describe-version.ts'),
  },
  'create-version-tag': {
    about: 'Put a tag on a version',
    load: () => import('./commands/versions/create-version-tag.ts'),
  },
  'delete-version-tag': {
    about: 'Take a tag off a version',
    load: () => import('./commands/versions/delete-version-tag.ts'),
  },
  'delete-branch': {
    about: 'Delete a branch; its versions and pacts stay',
    load: () => import('./commands/versions/delete-branch.ts'),
  },
  'create-webhook': {
    about: 'Make a webhook',
    load: () => import('./commands/webhooks/create-webhook.ts'),
  },
  'create-or-update-webhook': {
    about: 'Make a webhook of a UUID, or describe it anew',
    load: () => import('./commands/webhooks/create-or-update-webhook.ts'),
  },
  'test-webhook': {
    about: 'Send the request of a webhook once',
    load: () => import('./commands/webhooks/test-webhook.ts'),
  },
  'delete-webhook': {
    about: 'Delete a webhook',
    load: () => import('./commands/webhooks/delete-webhook.ts'),
  },
  'generate-uuid': {
    about: 'Print a new UUID',
    load: () => import('./commands/generate-uuid.ts'),
  },
} as const;
