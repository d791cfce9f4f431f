/** The continuous integrations that pipelines are written for. */
export const pipelineKinds = ['github', 'gitlab'] as const;

/** One of {@link pipelineKinds}. */
export type PipelineKind = (typeof pipelineKinds)[number];

/** What a repository is: the code of a consumer or a provider, or the contract repository. */
export const roles = ['consumer', 'provider', 'contracts'] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

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
    const head = `# ${about[role]}\n`;
    return kind === 'github'
      ? { path: `.github/workflows/pact-${role}.yml`, text: `${head}${gitHub[role](version)}` }
      : { path: `.gitlab/pact-${role}.yml`, text: `${head}${gitLab[role](version)}` };
  });
}

const about: Readonly<Record<Role, string>> = {
  consumer:
    'Publishes the pacts that the tests write; from the main branch, deploys when no provider is broken.',
  provider: 'Verifies what consumers expect; from the main branch, deploys when no consumer is broken.',
  contracts: 'Checks the contract repository: whenever somebody wants to change it by hand, and once a week.',
};

const start = (version: string) => `npx --yes gitpact@${version}`;

const startVerifier = (version: string) =>
  `npx --yes --package=gitpact@${version} --package=@pact-foundation/pact-core@19 -- gitpact`;

const untilReady =
  "timeout 60 sh -c 'until curl --silent --output /dev/null http://localhost:8080; do sleep 1; done'";

const verification = (version: string) =>
  `${startVerifier(version)} verify --provider-base-url http://localhost:8080 --enable-pending --publish`;

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
      - run: ${start(version)} can-i-deploy --to-environment production
      - run: echo "Deploy here."
      - run: ${start(version)} record-deployment --environment production
`;
}

const gitHub: Readonly<Record<Role, (version: string) => string>> = {
  consumer: (version) =>
    gitHubService('pact-consumer', ['npm ci', 'npm test', `${start(version)} publish`], version),
  provider: (version) =>
    gitHubService('pact-provider', ['npm ci', `npm start & ${untilReady}`, verification(version)], version),
  contracts: (version) => `name: pact-contracts
on:
  pull_request:
  workflow_dispatch:
  schedule:
    - cron: '0 5 * * 1'
permissions:
  contents: read
jobs:
  fsck:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: ${start(version)} fsck
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
    - ${start(version)} can-i-deploy --to-environment production
    - echo "Deploy here."
    - ${start(version)} record-deployment --environment production
`;
}

const gitLab: Readonly<Record<Role, (version: string) => string>> = {
  consumer: (version) =>
    gitLabService('pact-consumer', ['npm ci', 'npm test', `${start(version)} publish`], version),
  provider: (version) =>
    gitLabService('pact-provider', ['npm ci', `npm start & ${untilReady}`, verification(version)], version),
  contracts: (version) => `pact-contracts:
  stage: test
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - ${start(version)} fsck
`,
};
