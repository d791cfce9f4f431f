import { deployLines, linesOf, purposes, type Role } from './pipeline-steps.ts';

/** A continuous integration whose pipelines are much alike. */
interface Ci {
  /** Where it looks for a role's pipeline, from the top of the repository. */
  readonly path: (role: Role) => string;
  /** Of a service: builds every branch, and deploys the main one. */
  readonly service: (role: Role, build: readonly string[], deploy: readonly string[]) => string;
  /** Of the contract repository: checks it. */
  readonly contracts: (check: readonly string[]) => string;
  /** What remains to be done by hand, as a sentence. */
  readonly next: string;
}

/** The pipeline of a role for one of {@link moreKinds}. `version`: of gitpact, which it runs. */
export function anotherPipeline(
  kind: MoreKind,
  role: Role,
  version: string,
): { readonly path: string; readonly text: string } {
  const ci = more[kind];
  const lines = linesOf(role, version);
  const text = role === 'contracts' ? ci.contracts(lines) : ci.service(role, lines, deployLines(version));
  const comment = kind === 'jenkins' ? '//' : '#';
  return { path: ci.path(role), text: `${comment} ${about[role]}\n${text}` };
}

/** What remains to be done by hand once the pipelines are written, as a sentence. */
export function stepsLeft(kind: MoreKind): string {
  return more[kind].next;
}

/** Whether there is room for the pipeline of one role only. */
export function hasOneFile(kind: MoreKind): boolean {
  return more[kind].path('consumer') === more[kind].path('provider');
}

const about: Readonly<Record<Role, string>> = {
  ...purposes,
  contracts: 'Checks the contract repository.',
};

const listed = (lines: readonly string[], indent: string) =>
  lines.map((line) => `${indent}- ${line}\n`).join('');

/** Lines of one script: what one of them starts in the background is there for the others. */
const script = (lines: readonly string[], indent: string) =>
  lines.map((line) => `${indent}${line}\n`).join('');

const azureSteps = (lines: readonly string[], secrets = '') =>
  `          - task: UseNode@1
            inputs:
              version: 20.x
          - bash: |
${script(['set -e', ...lines], '              ')}${secrets}`;

const azureToken = `            env:
              GITPACT_TOKEN: $(GITPACT_TOKEN)
`;

const azure: Ci = {
  path: (role) => `.azure-pipelines/pact-${role}.yml`,
  next: 'make a pipeline of each file, with a secret variable GITPACT_TOKEN.',
  service: (_role, build, deploy) => `trigger:
  branches:
    include: ['*']
pool:
  vmImage: ubuntu-latest
stages:
  - stage: pact
    jobs:
      - job: pact
        steps:
${azureSteps(build, azureToken)}  - stage: deploy
    dependsOn: pact
    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
    lockBehavior: sequential
    jobs:
      - job: deploy
        steps:
${azureSteps(deploy, azureToken)}`,
  contracts: (check) => `trigger: none
# Of a repository on Azure itself, changes are checked by a branch policy in place of these lines.
pr:
  branches:
    include: ['*']
schedules:
  - cron: '0 5 * * 1'
    displayName: once a week
    branches:
      include: [main]
    always: true
pool:
  vmImage: ubuntu-latest
stages:
  - stage: fsck
    jobs:
      - job: fsck
        steps:
${azureSteps(check)}`,
};

const bitbucket: Ci = {
  path: () => 'bitbucket-pipelines.yml',
  next: 'give the repository a secured variable GITPACT_TOKEN, which may push to the contract repository.',
  service: (role, build, deploy) => `image: node:20
definitions:
  steps:
    - step: &pact
        name: pact-${role}
        script:
${listed(build, '          ')}pipelines:
  default:
    - step: *pact
  branches:
    main:
      - step: *pact
      - step:
          name: deploy
          deployment: production
          script:
${listed(deploy, '            ')}`,
  contracts: (check) => `image: node:20
definitions:
  steps:
    - step: &fsck
        name: fsck
        script:
${listed(check, '          ')}pipelines:
  pull-requests:
    '**':
      - step: *fsck
  custom:
    # Schedule this one, weekly, in the settings of the repository.
    weekly:
      - step: *fsck
`,
};

const buildkite: Ci = {
  path: (role) => `.buildkite/pact-${role}.yml`,
  next: 'have a pipeline upload each file, on agents with Node 20, with a secret GITPACT_TOKEN.',
  service: (role, build, deploy) => `secrets:
  - GITPACT_TOKEN
steps:
  - label: pact-${role}
    commands:
${listed(build, '      ')}  - wait
  - label: deploy
    if: build.branch == pipeline.default_branch
    concurrency: 1
    concurrency_group: production
    commands:
${listed(deploy, '      ')}`,
  contracts: (check) => `steps:
  - label: fsck
    commands:
${listed(check, '      ')}`,
};

const circleci: Ci = {
  path: () => '.circleci/config.yml',
  next: 'give the project a variable GITPACT_TOKEN, which may push to the contract repository.',
  service: (role, build, deploy) => `version: 2.1
jobs:
  pact:
    docker:
      - image: cimg/node:20.19
    steps:
      - checkout
      - run: |
${script(build, '          ')}  deploy:
    docker:
      - image: cimg/node:20.19
    steps:
      - checkout
      - run: |
${script(deploy, '          ')}workflows:
  pact-${role}:
    jobs:
      - pact
      - deploy:
          requires: [pact]
          serial-group: << pipeline.project.slug >>/production
          filters:
            branches:
              only: main
`,
  contracts: (check) => `version: 2.1
jobs:
  fsck:
    docker:
      - image: cimg/node:20.19
    steps:
      - checkout
      - run: |
${script(check, '          ')}workflows:
  changes:
    jobs:
      - fsck
`,
};

const shellStep = (lines: readonly string[]) => `        sh '''\n${script(lines, '          ')}        '''\n`;

const jenkins: Ci = {
  path: (role) => `pact-${role}.Jenkinsfile`,
  next: 'make a multibranch pipeline of each file, with a secret text GITPACT_TOKEN and agents with Node 20.',
  service: (role, build, deploy) => `pipeline {
  agent any
  options { disableConcurrentBuilds() }
  environment {
    GITPACT_TOKEN = credentials('GITPACT_TOKEN')
  }
  stages {
    stage('pact-${role}') {
      steps {
${shellStep(build)}      }
    }
    stage('deploy') {
      when { branch 'main' }
      steps {
${shellStep(deploy)}      }
    }
  }
}
`,
  contracts: (check) => `pipeline {
  agent any
  triggers { cron('H 5 * * 1') }
  stages {
    stage('fsck') {
      steps {
${shellStep(check)}      }
    }
  }
}
`,
};

const more = { azure, bitbucket, buildkite, circleci, jenkins } as const satisfies Record<string, Ci>;

/** The continuous integrations besides those whose pipelines do more than these. */
export const moreKinds = ['azure', 'bitbucket', 'buildkite', 'circleci', 'jenkins'] as const;

/** One of {@link moreKinds}. */
export type MoreKind = keyof typeof more;
