import type { WebhookRequest } from '../domain/records.ts';

/** What a template needs to know. */
interface Blank {
  /** Where to: what that is, the template's `target` says. */
  readonly target: string;
  /** The branch whose pipeline is to run. */
  readonly branch: string;
  /** The environment variable that holds the secret. */
  readonly secret: string;
}

/** A ready-made webhook for a service. */
export interface WebhookTemplate {
  readonly about: string;
  /** What `--target` is, and one. */
  readonly target: string;
  readonly example: string;
  /** Why a text is no target. */
  readonly isTarget: RegExp;
  /** The environment variable that holds the secret, if no other is named. */
  readonly secret: string;
  readonly events: readonly string[];
  /** What else it takes over there. */
  readonly note?: string;
  readonly request: (blank: Blank) => WebhookRequest;
}

const verify = ['contract_requiring_verification_published'];
const news = ['contract_content_changed', 'provider_verification_failed'];
const json = { 'content-type': 'application/json' };

/** A parameter of the Pact Broker's, as definitions write it. */
const p = (name: string) => `\${pactbroker.${name}}`;
const env = (name: string) => `\${env:${name}}`;

const facts = {
  PACT_URL: p('pactUrl'),
  PACT_CONSUMER: p('consumerName'),
  PACT_CONSUMER_VERSION: p('consumerVersionNumber'),
  PACT_PROVIDER: p('providerName'),
  PACT_PROVIDER_VERSION: p('providerVersionNumber'),
  PACT_PROVIDER_BRANCH: p('providerVersionBranch'),
};

const lowerFacts = Object.fromEntries(
  Object.entries(facts).map(([name, value]) => [name.toLowerCase(), value]),
);

const sentence = `${p('eventName')}: ${p('consumerName')} ${p('consumerVersionNumber')} (${p('consumerVersionBranch')}) with ${p('providerName')} ${p('providerVersionNumber')}: verification ${p('githubVerificationStatus')}`;

const ownerAndName = /^[\w.-]+\/[\w.-]+$/;

/** Ready-made webhooks, by the name of the service they are for. */
export const webhookTemplates = {
  'github-dispatch': {
    about: 'Run a workflow of a GitHub repository (repository_dispatch)',
    target: 'the repository',
    example: 'acme/orders',
    isTarget: ownerAndName,
    secret: 'PACT_GITHUB_TOKEN',
    events: verify,
    note: `a workflow there runs on repository_dispatch, types: [${verify}]`,
    request: ({ target, secret }) => ({
      method: 'POST',
      url: `https://api.github.com/repos/${target}/dispatches`,
      headers: { ...json, accept: 'application/vnd.github+json', authorization: `Bearer ${env(secret)}` },
      body: { event_type: p('eventName'), client_payload: lowerFacts },
    }),
  },
  'github-status': {
    about: 'Show verifications as the status of the consumer’s commit on GitHub',
    target: 'the repository of the consumer',
    example: 'acme/web',
    isTarget: ownerAndName,
    secret: 'PACT_GITHUB_TOKEN',
    events: ['contract_published', 'provider_verification_published'],
    request: ({ target, secret }) => ({
      method: 'POST',
      url: `https://api.github.com/repos/${target}/statuses/${p('consumerVersionNumber')}`,
      headers: { ...json, accept: 'application/vnd.github+json', authorization: `Bearer ${env(secret)}` },
      body: {
        state: p('githubVerificationStatus'),
        context: `pact: ${p('providerName')}`,
        description: `Verification by ${p('providerName')} ${p('providerVersionNumber')}`,
      },
    }),
  },
  gitlab: {
    about: 'Run a pipeline of a GitLab project (trigger token)',
    target: 'the project, by its id or path, maybe after the host',
    example: 'gitlab.example.org:acme/orders',
    isTarget: /^([\w.-]+:)?[\w./-]+$/,
    secret: 'PACT_GITLAB_TOKEN',
    events: verify,
    request: ({ target, branch, secret }) => {
      const [, host = 'gitlab.com', project = ''] = /^(?:([\w.-]+):)?(.*)$/.exec(target) ?? [];
      return {
        method: 'POST',
        url: `https://${host}/api/v4/projects/${encodeURIComponent(project)}/trigger/pipeline`,
        headers: json,
        body: { token: env(secret), ref: branch, variables: facts },
      };
    },
  },
  slack: {
    about: 'Tell a Slack channel (incoming webhook)',
    target: 'nothing: the path of the webhook, T…/B…/…, is the secret',
    example: '',
    isTarget: /^$/,
    secret: 'PACT_SLACK_PATH',
    events: news,
    request: ({ secret }) => ({
      method: 'POST',
      url: `https://hooks.slack.com/services/${env(secret)}`,
      headers: json,
      body: { text: sentence },
    }),
  },
  teams: {
    about: 'Tell a Teams channel (a workflow that posts when a webhook request is received)',
    target: 'the host of the workflow’s URL; what follows the host is the secret',
    example: 'prod-12.westeurope.logic.azure.com',
    isTarget: /^[\w.-]+(:\d+)?$/,
    secret: 'PACT_TEAMS_PATH',
    events: news,
    request: ({ target, secret }) => ({
      method: 'POST',
      url: `https://${target}/${env(secret)}`,
      headers: json,
      body: {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.4',
              body: [{ type: 'TextBlock', text: sentence, wrap: true }],
            },
          },
        ],
      },
    }),
  },
  buildkite: {
    about: 'Run a Buildkite pipeline',
    target: 'the organization and the pipeline',
    example: 'acme/orders',
    isTarget: ownerAndName,
    secret: 'PACT_BUILDKITE_TOKEN',
    events: verify,
    request: ({ target, branch, secret }) => ({
      method: 'POST',
      url: `https://api.buildkite.com/v2/organizations/${target.replace('/', '/pipelines/')}/builds`,
      headers: { ...json, authorization: `Bearer ${env(secret)}` },
      body: { commit: 'HEAD', branch, message: sentence, env: facts },
    }),
  },
  circleci: {
    about: 'Run a CircleCI pipeline',
    target: 'the project slug',
    example: 'gh/acme/orders',
    isTarget: /^[\w-]+\/[\w.-]+\/[\w.-]+$/,
    secret: 'PACT_CIRCLECI_TOKEN',
    events: verify,
    note: `its configuration declares the parameters ${Object.keys(lowerFacts).join(', ')}, texts with a default`,
    request: ({ target, branch, secret }) => ({
      method: 'POST',
      url: `https://circleci.com/api/v2/project/${target}/pipeline`,
      headers: { ...json, 'circle-token': env(secret) },
      body: { branch, parameters: lowerFacts },
    }),
  },
  azure: {
    about: 'Run an Azure DevOps pipeline',
    target: 'organization, project and the number of the pipeline',
    example: 'acme/shop/42',
    isTarget: /^[\w.-]+\/[^/?#]+\/\d+$/,
    secret: 'PACT_AZURE_TOKEN',
    events: verify,
    note: `its configuration declares the parameters ${Object.keys(lowerFacts).join(', ')}, texts with a default`,
    request: ({ target, branch, secret }) => {
      const [organization = '', project = '', number = ''] = target.split('/');
      return {
        method: 'POST',
        url: `https://dev.azure.com/${organization}/${encodeURIComponent(project)}/_apis/pipelines/${number}/runs?api-version=7.1`,
        headers: json,
        body: {
          resources: { repositories: { self: { refName: `refs/heads/${branch}` } } },
          templateParameters: lowerFacts,
        },
        username: 'gitpact',
        password: env(secret),
      };
    },
  },
  jenkins: {
    about: 'Build a Jenkins job with parameters',
    target: 'the URL of the job',
    example: 'https://jenkins.example.org/job/orders',
    isTarget: /^https?:\/\/[^\s@?#$]+$/,
    secret: 'PACT_JENKINS_TOKEN',
    events: verify,
    note: `--user is whose API token it is, and the job has the parameters ${Object.keys(facts).join(', ')}`,
    request: ({ target, secret }) => ({
      method: 'POST',
      url: `${target.replace(/\/+$/, '')}/buildWithParameters?${Object.entries(facts)
        .map(([name, value]) => `${name}=${value}`)
        .join('&')}`,
      headers: {},
      body: '',
      username: 'gitpact',
      password: env(secret),
    }),
  },
} as const satisfies Record<string, WebhookTemplate>;

/** The name of a template. */
export type TemplateName = keyof typeof webhookTemplates;
