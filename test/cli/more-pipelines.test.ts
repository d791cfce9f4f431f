import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasOneFile, type MoreKind, moreKinds } from '../../src/cli/more-pipelines.ts';
import { deployLines, linesOf, type Role, roles } from '../../src/cli/pipeline-steps.ts';
import { pipelineFiles } from '../../src/cli/pipelines.ts';
import { Desk, expectTold } from './cli.ts';

const version = '1.2.3';
const written = (kind: MoreKind, role: Role) => pipelineFiles(kind, [role], version)[0]?.text ?? '';
const each = (kinds: readonly MoreKind[]) =>
  kinds.flatMap((kind) => roles.map((role) => [kind, role] as const));
const inYaml = moreKinds.filter((kind) => kind !== 'jenkins');

type Mapping = Readonly<Record<string, unknown>>;

/** All mappings and texts in a document, at any depth. */
function* partsOf(value: unknown): Generator<Mapping | string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Mapping;
  for (const part of Object.values(value)) yield* partsOf(part);
}

const textsIn = (document: unknown) =>
  [...partsOf(document)].filter((part) => typeof part === 'string').join('\n');

it.each(each(inYaml))('the pipeline of %s for %s is YAML, and runs every line', (kind, role) => {
  const texts = textsIn(parse(written(kind, role)));
  const lines = [...linesOf(role, version), ...(role === 'contracts' ? [] : deployLines(version))];
  let at = 0;
  for (const line of lines) {
    expect(texts.slice(at)).toContain(line);
    at = texts.indexOf(line, at) + line.length;
  }
});

/** The fields of a continuous integration's pipelines that are used, by its documentation. */
const fields: Readonly<Record<string, string>> = {
  azure:
    'trigger pr branches include schedules cron displayName always pool vmImage stages stage dependsOn condition lockBehavior jobs job steps task inputs version bash env GITPACT_TOKEN',
  bitbucket:
    'image definitions steps step name script pipelines default branches main deployment pull-requests ** custom weekly',
  buildkite: 'secrets steps label commands if concurrency concurrency_group',
  circleci:
    'version jobs pact deploy fsck docker image steps run workflows pact-consumer pact-provider changes requires serial-group filters branches only',
};

it.each(each(inYaml))('the pipeline of %s for %s has only fields that there are', (kind, role) => {
  const names = [...partsOf(parse(written(kind, role)))].flatMap((part) =>
    typeof part === 'string' ? [] : Object.keys(part),
  );
  const known = fields[kind]?.split(' ') ?? [];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);
});

describe.each(['consumer', 'provider'] as const)('of %s', (role) => {
  it('CircleCI’s workflow is of jobs that there are', () => {
    const { jobs, workflows } = parse(written('circleci', role)) as Record<string, Mapping>;
    const [workflow] = Object.values(workflows ?? {}) as { jobs: (string | Mapping)[] }[];
    const named = (workflow?.jobs ?? []).map((job) => (typeof job === 'string' ? job : Object.keys(job)[0]));
    expect(named).toEqual(Object.keys(jobs ?? {}));
  });

  it.each(moreKinds)('%s deploys nothing but the main branch', (kind) => {
    const text = written(kind, role);
    const rule = /refs\/heads\/main|branches:\n {4}main:|pipeline\.default_branch|only: main|branch 'main'/;
    expect(text.indexOf('can-i-deploy')).toBeGreaterThan(text.search(/\bdeploy\b/));
    expect(text).toMatch(rule);
    expect(text).toContain(kind === 'bitbucket' || kind === 'circleci' ? '' : 'GITPACT_TOKEN');
  });
});

describe.each(roles)('the Jenkinsfile of %s', (role) => {
  const text = written('jenkins', role);
  const outside = text.replace(/'''[\s\S]*?'''|'[^'\n]*'/g, "''").replace(/^\/\/.*\n/, '');

  it('has directives that there are, and its braces in pairs', () => {
    const known =
      'pipeline agent any options disableConcurrentBuilds environment GITPACT_TOKEN credentials stages stage steps sh when branch triggers cron';
    expect((outside.match(/[A-Za-z_]+/g) ?? []).filter((word) => !known.split(' ').includes(word))).toEqual(
      [],
    );
    let depth = 0;
    for (const brace of outside.match(/[{}]/g) ?? []) {
      depth += brace === '{' ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
  });

  it('runs every line', () => {
    for (const line of linesOf(role, version)) expect(text).toContain(`          ${line}\n`);
  });
});

describe('gitpact init --ci of these', () => {
  const told = ['--pacticipant=Web', '--repo=https://git.example/contracts.git'];
  const here = { GITPACT_REPO: '' };

  it.each(moreKinds)('%s: writes the pipeline, and says what remains to be done', async (kind) => {
    const at = new Desk();
    const { code, out } = await at.gitpactWith(here, 'init', `--ci=${kind}`, '--role=consumer', ...told);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/\nNext: .*GITPACT_TOKEN/) });
    const [file] = pipelineFiles(kind, ['consumer'], version);
    expect(existsSync(join(at.folder, file?.path ?? ''))).toBe(true);
  });

  it.each(moreKinds)('%s: asks for one role where there is one file, and writes nothing', async (kind) => {
    const at = new Desk();
    const ended = await at.gitpactWith(here, 'init', `--ci=${kind}`, ...told);
    if (!hasOneFile(kind)) {
      expect(ended).toMatchObject({ code: 0 });
      return;
    }
    expectTold(ended, { code: 2, says: ['--role: must be one of: consumer'], hint: 'Say what' });
    expect(existsSync(join(at.folder, '.gitpact.yaml'))).toBe(false);
  });

  it('says that a pipeline cannot reach a folder of this machine', async () => {
    const at = new Desk();
    const call = ['init', '--ci=github', '--role=consumer', '--pacticipant=Web', '--repo=../contracts.git'];
    expect((await at.gitpactWith(here, ...call)).out).toContain('put its URL into .gitpact.yaml');
  });
});
