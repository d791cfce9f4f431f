import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsOfCi } from '../../src/cli/ci-facts.ts';
import { Desk } from './cli.ts';

const [sha, merge] = ['1f3c2d4b5a69788796a5b4c3d2e1f00112233445', 'f00d'.repeat(10)];
const at = new Desk();
at.write('event.json', JSON.stringify({ pull_request: { number: 7, head: { sha }, base: { ref: 'main' } } }));
at.write('push.json', JSON.stringify({ ref: 'refs/heads/main' }));
const event = join(at.folder, 'event.json');

const gitHub = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/web',
  GITHUB_RUN_ID: '42',
};
const azure = {
  BUILD_BUILDURI: 'vstfs:///Build/Build/9',
  SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
  SYSTEM_TEAMPROJECT: 'The Shop',
  BUILD_BUILDID: '9',
};

interface Case {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly version?: readonly [value: string, from: string];
  readonly branch?: readonly [value: string, from: string];
  readonly url?: string;
}

const cases: readonly Case[] = [
  {
    name: 'a push on GitHub',
    env: {
      ...gitHub,
      GITHUB_SHA: sha,
      GITHUB_WORKFLOW_SHA: sha,
      GITHUB_REF: 'refs/heads/feat/x',
      GITHUB_REF_NAME: 'feat/x',
      GITHUB_EVENT_PATH: join(at.folder, 'push.json'),
    },
    version: [sha, 'GITHUB_SHA'],
    branch: ['feat/x', 'GITHUB_REF_NAME'],
    url: 'https://github.com/acme/web/actions/runs/42',
  },
  ...['pull_request', 'pull_request_target'].map((name) => ({
    name: `a ${name} on GitHub, whose GITHUB_SHA is a merge that is in no branch`,
    env: {
      ...gitHub,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: event,
      GITHUB_SHA: merge,
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_REF_NAME: '7/merge',
      GITHUB_HEAD_REF: 'feat/x',
      GITHUB_BASE_REF: 'main',
    },
    version: [sha, 'pull_request.head.sha in GITHUB_EVENT_PATH'] as const,
    branch: ['feat/x', 'GITHUB_HEAD_REF'] as const,
    url: 'https://github.com/acme/web/actions/runs/42',
  })),
  {
    name: 'a tag on GitHub, which is no branch',
    env: { ...gitHub, GITHUB_SHA: sha, GITHUB_REF: 'refs/tags/v1', GITHUB_REF_NAME: 'v1' },
    version: [sha, 'GITHUB_SHA'],
    url: 'https://github.com/acme/web/actions/runs/42',
  },
  {
    name: 'a push on GitLab',
    env: {
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: sha,
      CI_COMMIT_REF_NAME: 'main',
      CI_PROJECT_URL: 'https://gitlab.com/acme/web',
      CI_PIPELINE_ID: '5',
    },
    version: [sha, 'CI_COMMIT_SHA'],
    branch: ['main', 'CI_COMMIT_REF_NAME'],
    url: 'https://gitlab.com/acme/web/pipelines/5',
  },
  {
    name: 'a merged result on GitLab',
    env: {
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: sha,
      CI_MERGE_REQUEST_ID: '3',
      CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'feat/x',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    },
    version: [sha, 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'],
    branch: ['feat/x', 'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'],
  },
  {
    name: 'a tag on GitLab',
    env: { GITLAB_CI: 'true', CI_COMMIT_SHA: sha, CI_COMMIT_TAG: 'v1', CI_COMMIT_REF_NAME: 'v1' },
    version: [sha, 'CI_COMMIT_SHA'],
  },
  {
    name: 'a push on Azure Pipelines',
    env: {
      ...azure,
      BUILD_SOURCEVERSION: sha,
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_SOURCEBRANCHNAME: 'main',
    },
    version: [sha, 'BUILD_SOURCEVERSION'],
    branch: ['main', 'BUILD_SOURCEBRANCHNAME'],
    url: 'https://dev.azure.com/acme/The%20Shop/_build/results?buildId=9',
  },
  {
    name: 'a pull request on Azure Pipelines',
    env: {
      ...azure,
      BUILD_SOURCEVERSION: merge,
      BUILD_SOURCEBRANCH: 'refs/pull/7/merge',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: sha,
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/feat/x',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    },
    version: [sha, 'SYSTEM_PULLREQUEST_SOURCECOMMITID'],
    branch: ['feat/x', 'Azure Pipelines'],
    url: 'https://dev.azure.com/acme/The%20Shop/_build/results?buildId=9',
  },
  {
    name: 'Jenkins, which says origin/main',
    env: {
      JENKINS_URL: 'https://ci.acme.example',
      GIT_COMMIT: sha,
      GIT_BRANCH: 'origin/main',
      BUILD_URL: 'https://ci.acme.example/job/web/1/',
    },
    version: [sha, 'GIT_COMMIT'],
    branch: ['main', 'Jenkins'],
    url: 'https://ci.acme.example/job/web/1/',
  },
  {
    name: 'Bitbucket Pipelines',
    env: {
      BITBUCKET_BUILD_NUMBER: '1',
      BITBUCKET_COMMIT: sha,
      BITBUCKET_BRANCH: 'main',
      BITBUCKET_REPO_FULL_NAME: 'a/b',
    },
    version: [sha, 'BITBUCKET_COMMIT'],
    branch: ['main', 'BITBUCKET_BRANCH'],
    url: 'https://bitbucket.org/a/b/addon/pipelines/home#!/results/1',
  },
  {
    name: 'CircleCI',
    env: {
      CIRCLECI: 'true',
      CIRCLE_SHA1: sha,
      CIRCLE_BRANCH: 'main',
      CIRCLE_BUILD_URL: 'https://circleci.com/1',
    },
    version: [sha, 'CIRCLE_SHA1'],
    branch: ['main', 'CIRCLE_BRANCH'],
    url: 'https://circleci.com/1',
  },
  {
    name: 'a pull request on Travis CI',
    env: {
      TRAVIS: 'true',
      TRAVIS_COMMIT: merge,
      TRAVIS_PULL_REQUEST: '7',
      TRAVIS_PULL_REQUEST_SHA: sha,
      TRAVIS_PULL_REQUEST_BRANCH: 'feat/x',
      TRAVIS_BRANCH: 'main',
    },
    version: [sha, 'TRAVIS_PULL_REQUEST_SHA'],
    branch: ['feat/x', 'TRAVIS_PULL_REQUEST_BRANCH'],
  },
  {
    name: 'Buildkite',
    env: {
      BUILDKITE: 'true',
      BUILDKITE_COMMIT: sha,
      BUILDKITE_BRANCH: 'main',
      BUILDKITE_PULL_REQUEST: 'false',
    },
    version: [sha, 'BUILDKITE_COMMIT'],
    branch: ['main', 'BUILDKITE_BRANCH'],
  },
  {
    name: 'a pull request on Drone',
    env: {
      DRONE: 'true',
      DRONE_BUILD_EVENT: 'pull_request',
      DRONE_COMMIT_SHA: sha,
      DRONE_SOURCE_BRANCH: 'feat/x',
      DRONE_TARGET_BRANCH: 'main',
      DRONE_BUILD_LINK: 'https://drone.example/1',
    },
    version: [sha, 'DRONE_COMMIT_SHA'],
    branch: ['feat/x', 'DRONE_SOURCE_BRANCH'],
    url: 'https://drone.example/1',
  },
  { name: 'no CI', env: {} },
  { name: 'a CI that nobody knows', env: { CI: 'true' } },
];

describe('what a CI tells of the commit it builds', () => {
  it.each(cases)('$name', async ({ env, version, branch, url }) => {
    const facts = await factsOfCi({ env: { PATH: process.env.PATH, ...env }, cwd: at.folder });
    const said = (fact: { value: string; from: string } | undefined) => fact && [fact.value, fact.from];
    expect([said(facts.version), said(facts.branch), facts['build-url']?.value]).toEqual([
      version,
      branch,
      url,
    ]);
  });

  it('tells where the repository can be seen', async () => {
    const facts = await factsOfCi({ env: { ...gitHub, GITHUB_SHA: sha }, cwd: at.folder });
    expect(facts['repository-url']?.value).toBe('https://github.com/acme/web');
  });
});
