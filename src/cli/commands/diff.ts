import { GitpactError } from '../../domain/failure.ts';
import { parseJson, prettyJson } from '../../domain/json.ts';
import {
  branchName,
  type PacticipantName,
  pacticipantName,
  versionNumber,
  whyNotAName,
} from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { diffPacts } from '../../query/diff.ts';
import { likelyGenerated } from '../../query/diff-generated.ts';
import { findPreviousDistinctPact } from '../../query/latest-pacts.ts';
import { findPact, type PublishedPact } from '../../query/publications.ts';
import { generatedText } from '../../render/diff/diff-generated-text.ts';
import { renderDiffJson } from '../../render/diff/diff-json.ts';
import { renderDiffMarkdown } from '../../render/diff/diff-markdown.ts';
import { renderDiffText } from '../../render/diff/diff-terminal.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, onlyOneOf, storeOptions } from '../command.ts';
import { type NamesMeant, requireKnown } from '../known-names.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact diff` */
export const command: Command = {
  name: 'diff',
  about: 'Show what changed in a pact, and whether it may break the provider',
  options: {
    consumer: { type: 'text', required: true, whyNot: whyNotAName, about: 'The consumer' },
    provider: { type: 'text', required: true, whyNot: whyNotAName, about: 'The provider' },
    version: {
      type: 'text',
      short: 'e',
      whyNot: whyNotAName,
      about: 'The consumer version to show (default: the latest)',
    },
    branch: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The head of this branch of the consumer, in place of a version',
    },
    'with-version': {
      type: 'text',
      whyNot: whyNotAName,
      about: 'What to compare with (default: the content before)',
    },
    'with-branch': { type: 'text', whyNot: whyNotAName, about: 'Compare with the head of this branch' },
    at: { type: 'text', about: 'Show the pact as of then: a date or a commit' },
    'with-at': { type: 'text', about: 'Compare with the pact as of then: a date or a commit' },
    generated: {
      type: 'flag',
      about: 'Point out values that look generated, such as dates and random numbers',
    },
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
  check: (given) => [
    ...onlyOneOf(given, ['version', 'branch'], 'each says which pact to show'),
    ...onlyOneOf(given, ['with-version', 'with-branch'], 'each says what to compare with'),
  ],
  run,
};

/** A pact to compare: whose it is, and its text. */
interface Compared {
  readonly version: string;
  readonly text: string;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const consumer = pacticipantName(given.text('consumer'));
  const provider = pacticipantName(given.text('provider'));
  const at = given.maybe('at');
  const [before, after] = await withBroker(world, given, async (broker) => {
    const isBefore = ['with-version', 'with-branch', 'with-at'].some((option) => given.has(option));
    const sides = given.has('with-at') ? ([''] as const) : (['', 'with-'] as const);
    await broker.ask((now) => requireKnown(now, namesMeant(consumer, provider, given, sides)), at);
    const after = await broker.ask((now) => compared(now, pactMeant(now, consumer, provider, given, '')), at);
    const before = isBefore
      ? await broker.ask((now) => {
          requireKnown(now, namesMeant(consumer, provider, given, ['with-']));
          return compared(now, pactMeant(now, consumer, provider, given, 'with-'));
        }, given.maybe('with-at') ?? at)
      : await broker.ask((now) => {
          const previous = findPreviousDistinctPact(now, pactMeant(now, consumer, provider, given, ''));
          return previous && compared(now, previous);
        }, at);
    return [before, after] as const;
  });
  world.out(
    before
      ? shown(world, given, `The pact of ${consumer} with ${provider}`, before, after)
      : nothingBefore(given, consumer, provider, after),
  );
  return exitCodes.yes;
}

/** What is told of a first pact, in the form that was asked for. */
function nothingBefore(given: Arguments, consumer: string, provider: string, { version }: Compared): string {
  if (given.text('output') === 'json')
    return `${JSON.stringify({ verdict: 'nothing-to-compare', version }, null, 2)}\n`;
  return `The pact of ${consumer} ${version} with ${provider} is the first: there is nothing to compare it with.\n`;
}

function shown(world: World, given: Arguments, what: string, before: Compared, after: Compared): string {
  const [was, is] = [parseJson(before.text), parseJson(after.text)];
  const diff = diffPacts(was, is);
  const output = given.text('output');
  const generated = given.flag('generated') ? likelyGenerated(was, is) : undefined;
  if (output === 'json') return `${prettyJson(renderDiffJson(diff, generated))}\n`;
  if (output === 'markdown') return renderDiffMarkdown(diff, generated);
  const { red, green, dim, bold } = paint(world);
  const text = renderDiffText(diff, { alarm: red, calm: green, faint: dim, strong: bold });
  const advice = generatedText(generated ?? []);
  return `${what}, version ${before.version} → ${after.version}\n${text}${advice && `\n${advice}`}`;
}

function compared(
  now: Snapshot,
  { consumer, provider, consumerVersion, publication }: PublishedPact,
): Compared {
  return {
    version: consumerVersion.number,
    text: now.content(consumer, provider, publication.sha) ?? 'null',
  };
}

function namesMeant(
  consumer: string,
  provider: string,
  given: Arguments,
  sides: readonly ('' | 'with-')[],
): NamesMeant {
  const asked = (option: string) => sides.flatMap((side) => given.texts(`${side}${option}`));
  return {
    pacticipants: [consumer, provider],
    versions: asked('version').map((number) => ({ pacticipant: consumer, number })),
    branches: asked('branch').map((name) => ({ pacticipant: consumer, name })),
  };
}

function pactMeant(
  now: Snapshot,
  consumer: PacticipantName,
  provider: PacticipantName,
  given: Arguments,
  prefix: '' | 'with-',
): PublishedPact {
  const branch = given.maybe(`${prefix}branch`);
  const asked = given.maybe(`${prefix}version`);
  const number =
    branch === undefined
      ? (asked ?? now.integration(consumer, provider)?.latest)
      : now.branch(consumer, branchName(branch))?.head;
  const pact =
    number === undefined ? undefined : findPact(now.version(consumer, versionNumber(number)), provider);
  if (pact) return pact;
  const version = asked === undefined ? consumer : `version ${asked} of ${consumer}`;
  const which = branch === undefined ? version : `branch ${branch} of ${consumer}`;
  throw new GitpactError('pact-missing', `No pact between ${which} and ${provider} found.`, {
    hint: `\`gitpact matrix --pacticipant "${consumer}" --pacticipant "${provider}"\` shows what there is.`,
  });
}
