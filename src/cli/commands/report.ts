import { GitpactError } from '../../domain/failure.ts';
import { pacticipantName, whyNotAName, whyNotAnEnvironmentName } from '../../domain/names.ts';
import { type ContractReport, findContractReport } from '../../query/contract-report.ts';
import type { VersionMeant } from '../../query/version-meant.ts';
import { reportJson } from '../../render/report/report-json.ts';
import { reportJunit } from '../../render/report/report-junit.ts';
import { reportMarkdown } from '../../render/report/report-markdown.ts';
import { reportSarif } from '../../render/report/report-sarif.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, onlyOneOf, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { pacticipantOption } from '../naming-options.ts';
import { programVersion } from '../program-version.ts';
import { withBroker } from '../session.ts';
import { commitHere } from '../stand-ins.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact report` */
export const command: Command = {
  name: 'report',
  about: 'Report for a pull request: contract changes, who is affected, can it be merged and deployed',
  options: {
    ...pacticipantOption('Whose contracts'),
    version: {
      type: 'text',
      short: 'e',
      whyNot: whyNotAName,
      about: 'Its version (default: the commit, else the head of its branch)',
    },
    branch: {
      type: 'text',
      whyNot: whyNotAName,
      about: 'The head of this branch; with a version, where nobody knows that',
    },
    'with-version': { type: 'text', whyNot: whyNotAName, about: 'The version to compare with' },
    'with-branch': {
      type: 'text',
      whyNot: whyNotAName,
      about: 'Compare with the head of this branch (default: the main branch)',
    },
    'to-environment': {
      type: 'texts',
      whyNot: whyNotAnEnvironmentName,
      about: 'An environment it may have to be deployed to (default: all)',
    },
    format: {
      type: 'text',
      short: 'f',
      also: ['output'],
      about: 'What to print',
      choices: ['markdown', 'json', 'junit', 'sarif'],
      fallback: 'markdown',
    },
    at: { type: 'text', about: 'Report as of then: a date or a commit' },
    ...storeOptions,
  },
  examples: [
    ['gitpact report >> "$GITHUB_STEP_SUMMARY"', 'what a job on GitHub shows'],
    ['gitpact report -a Web --branch feat/x --to-environment production', 'what a branch changes'],
    ['gitpact report --format sarif > contracts.sarif', 'for code scanning'],
  ],
  check: (given) => onlyOneOf(given, ['with-version', 'with-branch'], 'each says what to compare with'),
  run,
};

const renderings: Readonly<Record<string, (report: ContractReport) => string>> = {
  markdown: reportMarkdown,
  json: (report) => `${reportJson(report)}\n`,
  junit: reportJunit,
  sarif: (report) => `${reportSarif(report, programVersion())}\n`,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const named = { version: given.maybe('version'), branch: given.maybe('branch') };
  const subject = (named.version ?? named.branch) ? named : await commitHere(world);
  const base = { version: given.maybe('with-version'), branch: given.maybe('with-branch') };
  const isBase = base.version !== undefined || base.branch !== undefined;
  const environments = given.texts('to-environment');
  const report = await withBroker(world, given, (broker) =>
    broker.ask((now) => {
      requireKnown(now, {
        pacticipants: [pacticipant],
        environments,
        ...knownIn(pacticipant, base),
      });
      return findContractReport(now, {
        pacticipant,
        subject,
        ...(isBase ? { base } : {}),
        ...(environments.length > 0 ? { environments } : {}),
      });
    }, given.maybe('at')),
  );
  if (!report) throw nothingPublished(pacticipant, subject);
  world.out(renderings[given.text('format')]?.(report) ?? '');
  return exitCodes.yes;
}

function knownIn(pacticipant: string, { version, branch }: VersionMeant) {
  return {
    versions: version === undefined ? [] : [{ pacticipant, number: version }],
    branches: branch === undefined ? [] : [{ pacticipant, name: branch }],
  };
}

function nothingPublished(pacticipant: string, { version, branch }: VersionMeant): GitpactError {
  const said = [
    ...(version === undefined ? [] : [`no version ${version}`]),
    ...(branch === undefined ? [] : [`no version on a branch ${branch}`]),
  ];
  if (said.length === 0) {
    return new GitpactError('bad-arguments', 'Nothing tells which version to report on.', {
      hint: 'Give --version or --branch, or run it in a Git repository.',
    });
  }
  return new GitpactError('version-missing', `There is ${said.join(' and ')} of ${pacticipant}.`, {
    hint: 'Publish its pacts or verification results first: that is what makes a version known.',
  });
}
