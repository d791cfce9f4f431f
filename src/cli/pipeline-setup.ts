import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Complaint, GitpactError } from '../domain/failure.ts';
import { diskFailure } from '../store/git-failure.ts';
import { findRepository } from '../store/repository.ts';
import type { Arguments } from './arguments.ts';
import { hasOneFile } from './more-pipelines.ts';
import { type Role, roles } from './pipeline-steps.ts';
import { isAnother, type PipelineFile, type PipelineKind, pipelineFiles } from './pipelines.ts';
import { programVersion } from './program-version.ts';
import { projectFileName } from './project-file.ts';
import type { World } from './world.ts';

/**
 * Writes the pipelines that `--ci` and `--role` name, and a `.gitpact.yaml` where the code base has none.
 * @returns the paths of what was written, from the top of the repository.
 * @throws GitpactError `bad-arguments` when something is missing or would be overwritten; then nothing is written.
 */
export async function writePipelines(world: World, given: Arguments): Promise<readonly string[]> {
  const top = await topOf(world.cwd);
  const wanted = given.has('role') ? (given.texts('role') as readonly Role[]) : roles;
  const kind = given.text('ci') as PipelineKind;
  if (wanted.length > 1 && isAnother(kind) && hasOneFile(kind)) throw needsOneRole(kind);
  const files = [...pipelineFiles(kind, wanted, programVersion())];
  const isCodeBase = wanted.some((role) => role !== 'contracts');
  if (isCodeBase && !(await isThere(join(top, projectFileName)))) files.push(projectFile(given, wanted));
  if (kind === 'gitlab' && !(await isThere(join(top, '.gitlab-ci.yml')))) files.push(includes(files));
  if (!given.flag('force')) await refuseToOverwrite(top, files);
  for (const { path, text } of files) {
    try {
      await mkdir(dirname(join(top, path)), { recursive: true });
      await writeFile(join(top, path), text);
    } catch (error) {
      throw diskFailure(error);
    }
  }
  return files.map(({ path }) => path);
}

function needsOneRole(kind: PipelineKind): GitpactError {
  return new GitpactError('bad-arguments', `A repository has one file of pipelines for ${kind}.`, {
    complaints: [{ where: '--role', text: `must be one of: ${roles.join(', ')}` }],
    hint: 'Say what the repository you are in is.',
  });
}

async function topOf(cwd: string): Promise<string> {
  const repository = await findRepository(cwd).catch(() => undefined);
  return repository?.workTree ?? cwd;
}

function projectFile(given: Arguments, wanted: readonly Role[]): PipelineFile {
  const complaints: Complaint[] = [];
  if (given.text('repo') === '.')
    complaints.push({ where: '--repo', text: 'is missing: where the contracts are' });
  if (!given.has('pacticipant'))
    complaints.push({ where: '--pacticipant', text: 'is missing: what this code base is called in pacts' });
  if (complaints.length > 0) {
    throw new GitpactError(
      'bad-arguments',
      `There is no ${projectFileName} yet, so its pipelines need to be told more.`,
      {
        complaints,
        hint: `With these, ${projectFileName} is written, too.`,
      },
    );
  }
  const settings = [
    ['repo', given.text('repo')],
    ['ref', given.maybe('ref')],
    ['prefix', given.maybe('prefix')],
    ['pacticipant', given.text('pacticipant')],
    ['pacts', wanted.includes('consumer') ? 'pacts/*.json' : undefined],
  ];
  const lines = settings.flatMap(([name, value]) => (value ? [`${name}: ${JSON.stringify(value)}\n`] : []));
  const head = '# What gitpact need not be told here; an option or an environment variable wins over it.\n';
  return { path: projectFileName, text: `${head}${lines.join('')}` };
}

function includes(files: readonly PipelineFile[]): PipelineFile {
  const locals = files.filter(({ path }) => path.startsWith('.gitlab/'));
  return {
    path: '.gitlab-ci.yml',
    text: `include:\n${locals.map(({ path }) => `  - local: ${path}\n`).join('')}`,
  };
}

async function refuseToOverwrite(top: string, files: readonly PipelineFile[]): Promise<void> {
  const there: string[] = [];
  for (const { path } of files) if (await isThere(join(top, path))) there.push(path);
  if (there.length === 0) return;
  throw new GitpactError('bad-arguments', 'Files that are there already would be overwritten.', {
    complaints: there.map((where) => ({ where, text: 'is there already' })),
    hint: 'Nothing was written. Give --force to replace them, or --role for some of them.',
  });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
