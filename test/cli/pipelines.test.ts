import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { commands } from '../../src/cli/commands.ts';
import { judgeWords, readWords } from '../../src/cli/parsing.ts';
import { roles } from '../../src/cli/pipeline-steps.ts';
import { pipelineFiles, pipelineKinds } from '../../src/cli/pipelines.ts';
import { programVersion } from '../../src/cli/program-version.ts';
import { Desk, expectTold } from './cli.ts';

const atTop = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const silent = new NoOperationTraceWriter();

function wrongInWorkflow(content: string): string[] {
  const { context } = parseWorkflow({ name: 'workflow.yml', content }, silent);
  return context.errors.getErrors().map(({ message }) => message);
}

function wrongInAction(content: string): string[] {
  const { context } = parseAction({ name: 'action.yml', content }, silent);
  return context.errors.getErrors().map(({ message }) => message);
}

describe.each(roles)('the GitHub workflow of %s', (role) => {
  const [file] = pipelineFiles('github', [role], '1.2.3');

  it('is one, by GitHub’s own parser', () => {
    expect(file?.path).toBe(`.github/workflows/pact-${role}.yml`);
    expect(wrongInWorkflow(file?.text ?? '')).toEqual([]);
    expect(wrongInWorkflow((file?.text ?? '').replace('runs-on:', 'runs-at:'))).not.toEqual([]);
  });
});

describe.each(roles)('the GitLab pipeline of %s', (role) => {
  const [file] = pipelineFiles('gitlab', [role], '1.2.3');

  it('has jobs that run something, in stages and after jobs that there are', () => {
    const jobs = parse(file?.text ?? '') as Record<string, Record<string, unknown>>;
    expect(Object.keys(jobs).length).toBeGreaterThan(0);
    for (const job of Object.values(jobs)) {
      expect(job.script).toEqual(expect.arrayContaining([expect.any(String)]));
      expect(['test', 'deploy']).toContain(job.stage);
      for (const before of (job.needs ?? []) as string[]) expect(jobs).toHaveProperty([before]);
      const known = ['stage', 'image', 'script', 'needs', 'rules', 'resource_group', 'variables'];
      expect(Object.keys(job).filter((key) => !known.includes(key))).toEqual([]);
    }
  });
});

/** The calls of gitpact in a text, each as its words. */
function callsIn(text: string): string[][] {
  return [...text.matchAll(/gitpact(?:@\S+)? ((?:webhooks )?[a-z-]+(?: --?[a-z-]+(?:[ =][^\s-]\S*)?)*)/g)]
    .map(([, words = '']) => words.split(' '))
    .filter(([name = '']) => Object.hasOwn(commands, name));
}

it.each(pipelineKinds.flatMap((kind) => roles.map((role) => [kind, role] as const)))(
  'what %s runs for %s is said as gitpact takes it',
  async (kind, role) => {
    const [file] = pipelineFiles(kind, [role], programVersion());
    const calls = callsIn(file?.text ?? '');
    const sends = kind === 'github' || kind === 'gitlab';
    expect(calls.length).toBe(role === 'contracts' ? (sends ? 2 : 1) : 3);
    for (const [name = '', ...words] of calls) {
      const entry = commands[name];
      const member = entry?.members?.[words[0] ?? ''];
      const { command } = (await (member ?? entry?.load)?.()) ?? {};
      if (!command) throw new Error(name);
      const untold = ['missing', 'needed to publish'];
      const { complaints } = judgeWords(command, readWords(command, member ? words.slice(1) : words));
      expect(complaints.filter(({ text }) => !untold.some((word) => text.includes(word)))).toEqual([]);
    }
  },
);

describe('gitpact init --ci', () => {
  const consumer = ['init', '--ci=github', '--role=consumer'];
  const told = ['--pacticipant=Web', '--repo=https://git.example/contracts.git'];
  const here = { GITPACT_REPO: '' };
  const there = (at: Desk, path: string) => existsSync(join(at.folder, path));

  it('writes the workflow and the .gitpact.yaml of a code base, and no repository', async () => {
    const at = new Desk();
    const { code, out } = await at.gitpactWith(here, ...consumer, ...told);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Wrote .github/workflows/pact-consumer.yml\nWrote .gitpact.yaml\nNext: give the CI a secret GITPACT_TOKEN, which may push to the contract repository.\n',
    });
    expect(parse(readFileSync(join(at.folder, '.gitpact.yaml'), 'utf8'))).toEqual({
      repo: 'https://git.example/contracts.git',
      pacticipant: 'Web',
      pacts: 'pacts/*.json',
    });
    expect(there(at, 'contracts.git')).toBe(false);
  });

  it('overwrites nothing unless it is told to', async () => {
    const at = new Desk();
    at.write('.github/workflows/pact-consumer.yml', 'mine');
    const refused = await at.gitpactWith(here, 'init', '--ci=github', ...told);
    expectTold(refused, {
      code: 2,
      says: ['.github/workflows/pact-consumer.yml: is there already'],
      hint: 'Nothing was written.',
    });
    expect(there(at, '.github/workflows/pact-provider.yml')).toBe(false);
    expect(await at.gitpactWith(here, 'init', '--ci=github', ...told, '--force')).toMatchObject({ code: 0 });
    for (const role of roles) expect(there(at, `.github/workflows/pact-${role}.yml`)).toBe(true);
    expect(await at.gitpactWith(here, ...consumer, '--force')).toMatchObject({ code: 0 });
  });

  it('is told what a code base without .gitpact.yaml lacks', async () => {
    expectTold(await new Desk().gitpactWith(here, ...consumer), {
      code: 2,
      says: ['--repo: is missing', '--pacticipant: is missing'],
      hint: '.gitpact.yaml is written, too',
    });
    expect(await new Desk().gitpactWith(here, 'init', '--ci=github', '--role=contracts')).toMatchObject({
      code: 0,
    });
  });

  it('includes what it writes for GitLab where nothing else is', async () => {
    const at = new Desk();
    expect(await at.gitpactWith(here, 'init', '--ci=gitlab', '--role=provider', ...told)).toMatchObject({
      code: 0,
    });
    expect(parse(readFileSync(join(at.folder, '.gitlab-ci.yml'), 'utf8'))).toEqual({
      include: [{ local: '.gitlab/pact-provider.yml' }],
    });
  });
});

describe('action.yml', () => {
  const text = atTop('action.yml');

  it('is an action, by GitHub’s own parser', () => {
    expect(wrongInAction(text)).toEqual([]);
    expect(wrongInAction(text.replace('using: composite', 'using: nothing'))).not.toEqual([]);
  });

  it('installs this version, and puts no input into a script', () => {
    const action = parse(text) as {
      inputs: { version: { default: string } };
      runs: { steps: { run: string }[] };
    };
    expect(action.inputs.version.default).toBe(programVersion());
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });
});

describe('Dockerfile', () => {
  const text = atTop('Dockerfile');
  const instructions = DockerfileParser.parse(text).getInstructions();

  it('has instructions that there are, copies what there is, and runs gitpact as no superuser', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'USER', 'ENTRYPOINT'];
    expect(instructions.map((one) => one.getKeyword()).filter((word) => !known.includes(word))).toEqual([]);
    expect(instructions.at(-1)?.toString()).toBe('ENTRYPOINT ["gitpact"]');
    expect(instructions.some((one) => one.toString() === 'USER node')).toBe(true);
    for (const one of DockerfileParser.parse(text).getCOPYs()) {
      const words = one.getArguments().map((argument) => argument.getValue());
      if (one.getFlags().length > 0) continue;
      for (const name of words.slice(0, -1)) {
        expect(existsSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)))).toBe(true);
      }
    }
  });

  it('names its stages', () => {
    const froms = DockerfileParser.parse(text).getFROMs();
    const stages = froms.flatMap((from) => from.getBuildStage() ?? []);
    const used = [...text.matchAll(/--from=(\S+)/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(stages).toContain(name);
  });
});
