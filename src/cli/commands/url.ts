import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GitpactError } from '../../domain/failure.ts';
import {
  branchName,
  environmentName,
  pacticipantName,
  tagName,
  versionNumber,
  whyNotAName,
  whyNotAnEnvironmentName,
} from '../../domain/names.ts';
import { paths } from '../../format/paths.ts';
import { type HostKind, hostedRepository, hostKinds, kindOfHost, rawUrl } from '../../render/raw-url.ts';
import { parseLocation } from '../../store/location.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, onlyOneOf, storeOptions } from '../command.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact url` */
export const command: Command = {
  name: 'url',
  about: 'Print the raw URL of a pact on its Git host, for a script or a verifier without gitpact',
  options: {
    consumer: { type: 'text', required: true, whyNot: whyNotAName, about: 'The consumer' },
    provider: { type: 'text', required: true, whyNot: whyNotAName, about: 'The provider' },
    'main-branch': {
      type: 'flag',
      about: 'The pact at the head of the consumer’s main branch (default: the latest)',
    },
    branch: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The pact at the head of this branch of the consumer',
    },
    tag: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The pact of the newest consumer version with this tag',
    },
    environment: {
      type: 'text',
      whyNot: whyNotAnEnvironmentName,
      about: 'The pact of a consumer --version that is in this environment',
    },
    version: { type: 'text', whyNot: whyNotAName, about: 'The consumer version in the environment' },
    host: { type: 'text', about: 'The kind of Git host, when its name does not tell', choices: hostKinds },
    ...storeOptions,
  },
  examples: [
    ['gitpact url --consumer Web --provider Api --repo https://github.com/acme/contracts', 'the newest pact'],
  ],
  check: (given) => [
    ...onlyOneOf(given, ['main-branch', 'branch', 'tag', 'environment'], 'each says which pact is meant'),
    ...(given.has('environment') && !given.has('version')
      ? [{ where: '--version', text: 'is missing: it says which version in the environment' }]
      : []),
    ...(given.has('version') && !given.has('environment')
      ? [{ where: '--environment', text: 'is missing: --version says which version in it' }]
      : []),
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const file = [given.maybe('prefix')?.replace(/^\/+|\/+$/g, ''), fileMeant(given)].filter(Boolean).join('/');
  const repo = given.text('repo');
  const repository = hostedRepository(repo);
  if (!repository) {
    world.out(`${await fileUrl(world, repo, file)}\n`);
    return exitCodes.yes;
  }
  const kind = (given.maybe('host') as HostKind | undefined) ?? kindOfHost(repository);
  if (!kind) {
    throw new GitpactError(
      'bad-arguments',
      `It is not clear what kind of Git host ${repository.origin} is.`,
      {
        hint: `Say it with --host: ${hostKinds.join(', ')}.`,
      },
    );
  }
  world.out(`${rawUrl(kind, repository, given.maybe('ref') ?? 'main', file)}\n`);
  return exitCodes.yes;
}

async function fileUrl(world: World, repo: string, file: string): Promise<string> {
  const { path: folder = repo } = parseLocation(repo, world.cwd);
  const path = join(folder, file);
  try {
    await access(path);
  } catch (cause) {
    throw new GitpactError('pact-missing', `There is no file ${path}.`, {
      cause,
      hint: `What is not checked out, such as a bare repository, has no files: \`git -C <repository> show <branch>:${file}\` prints one.`,
    });
  }
  return pathToFileURL(path).href;
}

function fileMeant(given: Arguments): string {
  const pair = paths.pair(pacticipantName(given.text('consumer')), pacticipantName(given.text('provider')));
  const environment = given.maybe('environment');
  if (environment !== undefined) {
    const version = versionNumber(given.text('version'));
    return `${pair}/${paths.rawEnvironment(environmentName(environment), version)}`;
  }
  const branch = given.maybe('branch');
  const tag = given.maybe('tag');
  if (branch !== undefined) return `${pair}/${paths.rawBranch(branchName(branch))}`;
  if (tag !== undefined) return `${pair}/${paths.rawTag(tagName(tag))}`;
  return `${pair}/${given.flag('main-branch') ? paths.rawMainBranch : paths.rawLatest}`;
}
