import { anotherPipeline, type MoreKind, moreKinds } from './more-pipelines.ts';
import { callOf, deployLines, linesOf, purposes, type Role } from './pipeline-steps.ts';

/** The continuous integrations that pipelines are written for. */
export const pipelineKinds = ['github', 'gitlab', ...moreKinds] as const;

/** One of {@link pipelineKinds}. */
export type PipelineKind = (typeof pipelineKinds)[number];

/** A file to be written. */
export interface PipelineFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly text: string;
}

/** The files that make a repository's pipeline do its part. `version`: of gitpact, which they run. */
export function pipelineFiles(
  kind: PipelineKind,
  wanted: readonly Role[],
  version: string,
): readonly PipelineFile[] {
  return wanted.map((role) => {
    if (kind === 'github') {
      return {
        path: `.github/workflows/pact-${role}.yml`,
        text: `# ${about[role]}\n${gitHub[role](version)}`,
      };
    }
    if (kind === 'gitlab') {
      return { path: `.gitlab/pact-${role}.yml`, text: `# ${about[role]}\n${gitLab[role](version)}` };
    }
    return anotherPipeline(kind, role, version);
  });
}

/** Whether a continuous integration is one of those that are written alike. */
export function isAnother(kind: PipelineKind): kind is MoreKind {
  return kind !== 'github' && kind !== 'gitlab';
}

const about: Readonly<Record<Role, string>> = {
  ...purposes,
  contracts:
    'Sends webhooks for what is pushed here, and checks the contract repository: when somebody wants to change it by hand, and weekly.',
};

function gitHubService(name: string, steps: readonly string[], version: string): string {
  return `name: ${name}
on: push
permissions:
  contents: read
env:
  # A token that may push to the contract repository: contents, read and write.
  GITPACT_TOKEN: \${{ secrets.GITPACT_TOKEN }}
jobs:
  pact:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
${steps.map((step) => `      - run: ${step}\n`).join('')}  deploy:
    needs: pact
    if: github.ref_name == github.event.repository.default_branch
    runs-on: ubuntu-latest
    concurrency: production
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
${deployLines(version)
  .map((line) => `      - run: ${line}\n`)
  .join('')}`;
}

const gitHub: Readonly<Record<Role, (version: string) => string>> = {
  consumer: (version) => gitHubService('pact-consumer', linesOf('consumer', version), version),
  provider: (version) => gitHubService('pact-provider', linesOf('provider', version), version),
  contracts: (version) => `name: pact-contracts
on:
  push:
    branches: [main]
  pull_request:
  workflow_dispatch:
  schedule:
    - cron: '*/15 * * * *'
    - cron: '0 5 * * 1'
permissions:
  contents: read
jobs:
  fsck:
    if: github.event_name != 'push' && github.event.schedule != '*/15 * * * *'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: ${callOf(version, 'fsck')}
  # Sends what pushes trigger, and what failed before. Add a secret for each \${env:NAME} in webhooks/, and its host to the list.
  webhooks:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: write
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: ${callOf(version, 'webhooks run --wait 60')}
        env:
          GITPACT_REPO: \${{ github.server_url }}/\${{ github.repository }}.git
          GITPACT_REF: \${{ github.event.repository.default_branch }}
          GITPACT_TOKEN: \${{ github.token }}
          GITPACT_WEBHOOK_HOSTS: api.github.com
          PACT_GITHUB_TOKEN: \${{ secrets.PACT_GITHUB_TOKEN }}
`,
};

function gitLabService(name: string, lines: readonly string[], version: string): string {
  return `# GITPACT_TOKEN, a masked variable of the project, may push to the contract repository: write_repository.
${name}:
  stage: test
  image: node:20
  script:
${lines.map((line) => `    - ${line}\n`).join('')}
${name}-deploy:
  stage: deploy
  image: node:20
  needs: [${name}]
  resource_group: production
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
${deployLines(version)
  .map((line) => `    - ${line}\n`)
  .join('')}`;
}

const gitLab: Readonly<Record<Role, (version: string) => string>> = {
  consumer: (version) => gitLabService('pact-consumer', linesOf('consumer', version), version),
  provider: (version) => gitLabService('pact-provider', linesOf('provider', version), version),
  contracts: (version) => `pact-contracts:
  stage: test
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - ${callOf(version, 'fsck')}
# Sends what pushes trigger, and what failed before: schedule a pipeline every 15 minutes for that. GITPACT_TOKEN, a masked
# variable, may push here: write_repository. Add a variable for each \${env:NAME} in webhooks/, and its host to the list.
pact-webhooks:
  stage: deploy
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    GITPACT_REPO: $CI_PROJECT_URL.git
    GITPACT_REF: $CI_DEFAULT_BRANCH
    GITPACT_WEBHOOK_HOSTS: gitlab.com
  script:
    - ${callOf(version, 'webhooks run --wait 60')}
`,
};
