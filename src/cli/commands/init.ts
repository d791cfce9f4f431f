import { whyNotAName } from '../../domain/names.ts';
import { shellWord } from '../../render/shell-word.ts';
import { initRepository } from '../../store/init.ts';
import { parseLocation, withoutSecrets } from '../../store/location.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, writingOptions } from '../command.ts';
import { stepsLeft } from '../more-pipelines.ts';
import { paint } from '../notices.ts';
import { roles } from '../pipeline-steps.ts';
import { isAnother, type PipelineKind, pipelineKinds } from '../pipelines.ts';
import { projectFileName } from '../project-file.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact init` */
export const command: Command = {
  name: 'init',
  about: 'Make a contract repository, or with --ci write the pipelines that use one',
  options: {
    ci: {
      type: 'text',
      choices: pipelineKinds,
      about: 'Write pipelines for this CI into the repository you are in, and make no contract repository',
    },
    role: {
      type: 'texts',
      choices: roles,
      about: 'What the repository you are in is; may be repeated (default: write all, to choose from)',
    },
    pacticipant: {
      type: 'text',
      short: 'a',
      standIn: 'pacticipant',
      whyNot: whyNotAName,
      about: 'What this code base is called in pacts',
    },
    force: { type: 'flag', about: 'Overwrite pipelines that are there' },
    ...writingOptions,
  },
  examples: [
    ['gitpact init --repo contracts.git', 'a new repository'],
    ['gitpact init --repo . --ref contracts', 'a branch of its own in the repository you are in'],
    [
      'gitpact init --ci github --role consumer -a Web --repo https://github.com/acme/contracts.git',
      'the workflow of a consumer, and its .gitpact.yaml',
    ],
  ],
  check: (given) =>
    ['role', 'force'].flatMap((name) =>
      given.has(name) && !given.has('ci')
        ? [{ where: `--${name}`, text: 'means something with --ci only' }]
        : [],
    ),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  if (given.has('ci')) return writeOut(world, given);
  const repo = given.text('repo');
  const made = await initRepository({
    repository: repo,
    env: world.env,
    cwd: world.cwd,
    part: given.has('prefix'),
  });
  await withBroker(world, given, (broker) => broker.init(), { asItLies: true });
  const what = made === 'made' ? 'Created the contract repository' : 'There is a contract repository now at';
  world.out(paint(world).green(`${what} ${withoutSecrets(repo)}.\n`));
  const where = ['repo', 'ref', 'prefix'].flatMap((option) =>
    given.has(option) ? [`--${option} ${shellWord(withoutSecrets(given.text(option)))}`] : [],
  );
  world.out(`Next: gitpact publish pacts/*.json -a <version> ${where.join(' ')}\n`);
  return exitCodes.yes;
}

async function writeOut(world: World, given: Arguments): Promise<ExitCode> {
  const { writePipelines } = await import('../pipeline-setup.ts');
  const written = await writePipelines(world, given);
  world.out(written.map((path) => paint(world).green(`Wrote ${path}\n`)).join(''));
  const kind = given.text('ci') as PipelineKind;
  const next = (text: string) => world.out(`Next: ${text}\n`);
  if (isAnother(kind)) next(stepsLeft(kind));
  else if (written.some((path) => !/contracts/.test(path)))
    next('give the CI a secret GITPACT_TOKEN, which may push to the contract repository.');
  if (kind === 'gitlab' && !written.includes('.gitlab-ci.yml'))
    next('include what was written under .gitlab/ in .gitlab-ci.yml.');
  if (written.includes(projectFileName) && parseLocation(given.text('repo'), world.cwd).kind === 'local')
    next(`push the contract repository to your Git host, and put its URL into ${projectFileName}.`);
  return exitCodes.yes;
}
