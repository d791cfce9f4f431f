import { readFile } from 'node:fs/promises';
import type { CommitFacts, Fact } from './commit-facts.ts';
import type { World } from './world.ts';

/** Variables with the head of a pull request, where the CI builds a merge that exists nowhere else. */
const pullRequestHeads: Readonly<Record<string, string>> = {
  appveyor: 'APPVEYOR_PULL_REQUEST_HEAD_COMMIT',
  azurePipelines: 'SYSTEM_PULLREQUEST_SOURCECOMMITID',
  gitlab: 'CI_MERGE_REQUEST_SOURCE_BRANCH_SHA',
  travis: 'TRAVIS_PULL_REQUEST_SHA',
};

/** What the CI that runs us tells of the commit it builds; nothing when it is none we know. */
export async function factsOfCi({ env, cwd }: Pick<World, 'env' | 'cwd'>): Promise<CommitFacts> {
  const { default: envCi } = await import('env-ci');
  const build = envCi({ env, cwd });
  const { name, service } = build;
  if (name === undefined || service === undefined) return {};
  const found = (value: string | undefined, like: RegExp): Fact | undefined =>
    value === undefined || value === '' || /\bundefined\b/.test(value)
      ? undefined
      : { value, from: variableWith(value, like, env) ?? name };
  const isGitHub = service === 'github';
  const head = isGitHub ? await gitHubHead(env) : undefined;
  const headVariable = env[pullRequestHeads[service] ?? ''];
  const ours = isGitHub ? env.GITHUB_HEAD_REF || build.branch : build.isPr ? build.prBranch : build.branch;
  return present({
    version: head ?? found(headVariable || build.commit, /sha|commit|version|revision|vcs/i),
    branch: found(branchIn(ours, build.tag), /branch|ref/i),
    'build-url': found(buildUrl(build.buildUrl, service, env), /url|link/i),
    'repository-url': found(repositoryUrl(service, env), /url/i),
  });
}

/** Of a pull request, GitHub builds a merge commit that is in no branch; its head is in the event. */
async function gitHubHead(env: World['env']): Promise<Fact | undefined> {
  try {
    const event: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8'));
    const { sha } = (event as { pull_request: { head: { sha: unknown } } }).pull_request.head;
    return typeof sha === 'string'
      ? { value: sha, from: 'pull_request.head.sha in GITHUB_EVENT_PATH' }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The short name of a branch; a tag, or a ref that is none, is no branch. */
function branchIn(ref: string | undefined, tag: string | undefined): string | undefined {
  const branch = ref?.replace(/^refs\/heads\/|^origin\//, '');
  return branch === undefined || branch === 'HEAD' || branch === tag || branch.startsWith('refs/')
    ? undefined
    : branch;
}

function buildUrl(told: string | undefined, service: string, env: World['env']): string | undefined {
  if (service !== 'azurePipelines') return told;
  const { SYSTEM_COLLECTIONURI: host, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
  return host && project && id
    ? `${host.replace(/\/$/, '')}/${encodeURIComponent(project)}/_build/results?buildId=${id}`
    : undefined;
}

function repositoryUrl(service: string, env: World['env']): string | undefined {
  const { GITHUB_SERVER_URL: host, GITHUB_REPOSITORY: name, CI_PROJECT_URL } = env;
  if (service === 'github') return host && name ? `${host}/${name}` : undefined;
  return service === 'gitlab' ? CI_PROJECT_URL : undefined;
}

/** The shortest of the variables that hold just this and are named like what holds such a thing. */
function variableWith(value: string, like: RegExp, env: World['env']): string | undefined {
  const names = Object.keys(env).filter((name) => env[name] === value && like.test(name));
  return names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

function present(facts: { readonly [K in keyof CommitFacts]: Fact | undefined }): CommitFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
