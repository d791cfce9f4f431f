import { GitpactError } from '../../domain/failure.ts';
import { parseJson, prettyJson } from '../../domain/json.ts';
import { branchName, type PacticipantName, pacticipantName, versionNumber } from '../../domain/names.ts';
import type { Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { publicationOf } from '../../domain/version.ts';
import { diffPacts } from '../../query/diff.ts';
import { renderDiffJson } from '../../render/diff/diff-json.ts';
import { renderDiffMarkdown } from '../../render/diff/diff-markdown.ts';
import { renderDiffText } from '../../render/diff/diff-terminal.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact diff` */
export const command: Command = {
  name: 'diff',
  about: 'Show what changed in a pact, and whether it may break the provider',
  options: {
    consumer: { type: 'text', required: true, about: 'The consumer' },
    provider: { type: 'text', required: true, about: 'The provider' },
    version: { type: 'text', short: 'e', about: 'The consumer version to show (default: the latest)' },
    branch: { type: 'text', about: 'The head of this branch of the consumer, in place of a version' },
    'with-version': { type: 'text', about: 'What to compare with (default: the content before)' },
    'with-branch': { type: 'text', about: 'Compare with the head of this branch' },
    output: {
      type: 'text',
      short: 'o',
      about: 'How to print the answer',
      choices: ['text', 'markdown', 'json'],
      fallback: 'text',
    },
    ...storeOptions,
  },
  examples: [
    [
      'gitpact diff --consumer Web --provider Api --branch feat/x --with-branch main',
      'what a branch changes',
    ],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const consumer = pacticipantName(given.text('consumer'));
  const provider = pacticipantName(given.text('provider'));
  const { after, before, texts } = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      const after = versionMeant(now, consumer, provider, given, '');
      const before = comparison(now, consumer, provider, after, given);
      const contentOf = (version: Version | undefined) => {
        const sha = version && publicationOf(version, provider)?.sha;
        return sha && now.content(consumer, provider, sha);
      };
      return { after, before, texts: [contentOf(before), contentOf(after)] as const };
    }),
  );
  const [was, is] = texts;
  if (!before || was === undefined || is === undefined) {
    world.out(
      `The pact of ${consumer} ${after.number} with ${provider} is the first: there is nothing to compare it with.\n`,
    );
    return exitCodes.yes;
  }
  const diff = diffPacts(parseJson(was), parseJson(is));
  const output = given.text('output');
  if (output === 'json') world.out(`${prettyJson(renderDiffJson(diff))}\n`);
  else if (output === 'markdown') world.out(renderDiffMarkdown(diff));
  else {
    const colours = paint(world);
    world.out(`The pact of ${consumer} with ${provider}, version ${before.number} → ${after.number}\n`);
    world.out(
      renderDiffText(diff, {
        alarm: colours.red,
        calm: colours.green,
        faint: colours.dim,
        strong: colours.bold,
      }),
    );
  }
  return exitCodes.yes;
}

function versionMeant(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  given: Arguments,
  prefix: '' | 'with-',
): Version {
  const branch = given.maybe(`${prefix}branch`);
  const number =
    branch === undefined
      ? (given.maybe(`${prefix}version`) ?? now.integration(consumer, provider)?.latest)
      : now.branch(consumer, branchName(branch))?.head;
  const version = number === undefined ? undefined : now.version(consumer, versionNumber(number));
  if (version && publicationOf(version, provider)) return version;
  const which =
    branch === undefined
      ? number === undefined
        ? consumer
        : `${consumer} ${number}`
      : `branch ${branch} of ${consumer}`;
  throw new GitpactError('pact-missing', `No pact between ${which} and ${provider} found.`, {
    hint: `\`gitpact matrix --pacticipant "${consumer}" --pacticipant "${provider}"\` shows what there is.`,
  });
}

function comparison(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  after: Version,
  given: Arguments,
): Version | undefined {
  if (given.has('with-version') || given.has('with-branch'))
    return versionMeant(now, consumer, provider, given, 'with-');
  const sha = publicationOf(after, provider)?.sha;
  return now.versions(consumer).findLast((version) => {
    const publication = publicationOf(version, provider);
    return version.order < after.order && publication !== undefined && publication.sha !== sha;
  });
}
