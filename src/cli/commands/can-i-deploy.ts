import { canIDeploy } from '../../query/can-i-deploy.ts';
import type { Verdict } from '../../query/matrix/matrix.ts';
import type { Destination } from '../../query/matrix/question.ts';
import { matrixJson, matrixTable } from '../../render/matrix-text.ts';
import { reasonNotices } from '../../render/words/reasons.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { noticeLines, paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { selectorOptions, selectorsIn } from '../version-arguments.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact can-i-deploy` */
export const command: Command = {
  name: 'can-i-deploy',
  about: 'Ask whether a version may be deployed: exit code 0 is yes, 1 no, 3 not verified yet',
  options: {
    ...selectorOptions,
    'to-environment': { type: 'text', about: 'The environment to deploy to' },
    to: { type: 'text', about: 'The tag that marks what is deployed there' },
    'to-branch': { type: 'text', about: 'The branch whose latest versions it must fit' },
    'to-main-branch': { type: 'flag', about: 'It must fit the latest versions of the main branches' },
    strict: { type: 'flag', about: 'Count a live version without a result as not verified' },
    at: { type: 'text', about: 'Ask the state of then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact can-i-deploy -a Web -e 1.2.3 --to-environment production', 'before a deployment'],
    [
      'gitpact can-i-deploy -a Web --branch main -a Api --main-branch',
      'two latest versions against each other',
    ],
  ],
  run,
};

const exitCodeOf: Readonly<Record<Verdict, ExitCode>> = {
  yes: exitCodes.yes,
  no: exitCodes.no,
  unknown: exitCodes.unknown,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const destination = destinationIn(given);
  const { selectors, ignore } = selectorsIn(given.argv);
  const question = {
    selectors,
    ignore,
    ...(destination ? { destination } : {}),
    ...(given.flag('strict') ? { strict: true } : {}),
  };
  const answer = await withBroker(world, given, (broker) =>
    broker.ask((now) => canIDeploy(now, question), given.maybe('at')),
  );
  if (given.text('output') === 'json') {
    world.out(`${JSON.stringify(matrixJson(answer), null, 2)}\n`);
    return exitCodeOf[answer.verdict];
  }
  const table = matrixTable(answer);
  if (table) world.out(`${table}\n`);
  world.out(noticeLines(world, reasonNotices(answer)));
  const colours = paint(world);
  world.out(
    answer.verdict === 'yes'
      ? colours.green('\n✅ Computer says yes \\o/\n')
      : colours.red(
          `\n❌ Computer says no ¯\\_(ツ)_/¯${answer.verdict === 'unknown' ? ' (nobody has verified it yet)' : ''}\n`,
        ),
  );
  return exitCodeOf[answer.verdict];
}

function destinationIn(given: Arguments): Destination | undefined {
  const environment = given.maybe('to-environment');
  const tag = given.maybe('to');
  const branch = given.maybe('to-branch');
  const destination: Destination = {
    ...(environment === undefined ? {} : { environment }),
    ...(tag === undefined ? {} : { tag }),
    ...(branch === undefined ? {} : { branch }),
    ...(given.flag('to-main-branch') ? { mainBranch: true } : {}),
  };
  return Object.keys(destination).length > 0 ? destination : undefined;
}
