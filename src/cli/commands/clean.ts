import type { Broker } from '../../broker/broker.ts';
import { type Cleaned, clean } from '../../decide/clean.ts';
import { type Complaint, GitpactError } from '../../domain/failure.ts';
import { type CleanPlan, planClean } from '../../query/retention/plan.ts';
import {
  type ParsedSelectors,
  parseKeepBranchSelectors,
  parseKeepSelectors,
  type RetentionRules,
  usualBranchSelectors,
  usualVersionSelectors,
} from '../../query/retention/rules.ts';
import { type CleanReport, cleanReportDocument, cleanReportText } from '../../render/clean-report.ts';
import { cleanIntent } from '../../render/words/other-intents.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, writingOptions } from '../command.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

const usualLimit = 1000;

/** `gitpact clean` */
export const command: Command = {
  name: 'clean',
  about:
    'Delete branches that nobody used for a while, versions that no rule keeps, and the contents that only they had. What is deployed or released, heads of branches and what they need always stay. One commit; nothing is gone from the history',
  options: {
    'dry-run': { type: 'flag', about: 'Tell what would be deleted, and delete nothing' },
    'keep-version-selectors': {
      type: 'text',
      about:
        'Which versions to keep, as JSON: a list of objects with pacticipant, latest, tag, branch, mainBranch, environment, deployed, released, max_age (days); by default the latest of each pacticipant, tag and branch, what is deployed or released, and the last 90 days',
      env: ['GITPACT_CLEAN_KEEP_VERSION_SELECTORS', 'PACT_BROKER_DATABASE_CLEAN_KEEP_VERSION_SELECTORS'],
    },
    'keep-branch-selectors': {
      type: 'text',
      about:
        'Which branches to keep beside the main ones, as JSON: a list of objects with pacticipant, branch, max_age; by default those of the last 90 days; [] keeps all',
      env: ['GITPACT_CLEAN_KEEP_BRANCH_SELECTORS'],
    },
    'version-deletion-limit': {
      type: 'number',
      about: 'How many versions to delete at most, the oldest first',
      fallback: `${usualLimit}`,
      env: ['GITPACT_CLEAN_DELETION_LIMIT', 'PACT_BROKER_DATABASE_CLEAN_DELETION_LIMIT'],
    },
    'branch-deletion-limit': {
      type: 'number',
      about: 'How many branches to delete at most (default: as many as versions)',
    },
    ...outputOption,
    ...writingOptions,
  },
  examples: [
    ['gitpact clean --dry-run', 'what would go, and what keeps the rest'],
    ['gitpact clean --version-deletion-limit 100000', 'by the usual rules, all at once'],
    [
      `gitpact clean --keep-version-selectors '[{"branch":true,"latest":true},{"max_age":30}]'`,
      'by your own',
    ],
  ],
  check: (given) => [...selectorsIn(given).complaints],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const { rules, complaints } = selectorsIn(given);
  if (!rules) throw new GitpactError('bad-arguments', 'The selectors cannot be read.', { complaints });
  const dryRun = given.flag('dry-run');
  const cleaned = async (broker: Broker): Promise<CleanReport> => {
    const at = broker.now;
    const wish: Parameters<typeof broker.rehearse<{ plan: CleanPlan; cleaned: Cleaned }>>[0] = (draft) => {
      const plan = planClean(draft.now, rules, at);
      return { plan, cleaned: clean(draft, plan) };
    };
    const done = await (dryRun ? broker.rehearse(wish) : broker.change(cleanIntent(), wish));
    return { ...done, dryRun, at };
  };
  const report = await withBroker(world, given, cleaned, { asItLies: true });
  if (given.text('output') === 'json') world.out(`${JSON.stringify(cleanReportDocument(report))}\n`);
  else world.out(cleanReportText(report, world.columns));
  return exitCodes.yes;
}

interface Asked {
  readonly rules?: RetentionRules;
  readonly complaints: readonly Complaint[];
}

function selectorsIn(given: Arguments): Asked {
  const versions = read(given, 'keep-version-selectors', parseKeepSelectors, usualVersionSelectors);
  const branches = read(given, 'keep-branch-selectors', parseKeepBranchSelectors, usualBranchSelectors);
  const complaints = [versions, branches].flatMap((one) => ('complaints' in one ? one.complaints : []));
  if ('complaints' in versions || 'complaints' in branches) return { complaints };
  const versionLimit = given.number('version-deletion-limit') ?? usualLimit;
  return {
    rules: {
      versions: versions.selectors,
      branches: branches.selectors,
      versionLimit,
      branchLimit: given.number('branch-deletion-limit') ?? versionLimit,
    },
    complaints,
  };
}

function read<T>(
  given: Arguments,
  option: string,
  parse: (value: unknown) => ParsedSelectors<T>,
  usual: readonly T[],
): ParsedSelectors<T> {
  const text = given.maybe(option);
  if (text === undefined) return { selectors: usual };
  const parsed = parse(jsonIn(text));
  if (!('complaints' in parsed)) return parsed;
  return {
    complaints: parsed.complaints.map(({ where, text: said }) => ({
      where: where === '' ? `--${option}` : `--${option}, selector ${where}`,
      text: said,
    })),
  };
}

/** What the JSON says; undefined, which is no list, when it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
