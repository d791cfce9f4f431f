import { canIDeploy } from '../../query/can-i-deploy.ts';
import type { Verdict } from '../../query/matrix/matrix.ts';
import { matrixJson, matrixTable } from '../../render/matrix-text.ts';
import { reasonNotices } from '../../render/words/reasons.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { complaintsAboutDeployOptions, deployOptions, deployQuestionIn } from '../deploy-question.ts';
import { noticeLines, paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact can-i-deploy` */
export const command: Command = {
  name: 'can-i-deploy',
  about: 'Ask whether a version may be deployed: exit code 0 is yes, 1 no, 3 not verified yet',
  options: {
    ...deployOptions,
    ...outputOption,
    ...storeOptions,
  },
  ownVersion: true,
  examples: [
    ['gitpact can-i-deploy -a Web -e 1.2.3 --to-environment production', 'before a deployment'],
    [
      'gitpact can-i-deploy -a Web --branch main -a Api --main-branch',
      'two latest versions against each other',
    ],
  ],
  check: complaintsAboutDeployOptions,
  run,
};

const exitCodeOf: Readonly<Record<Verdict, ExitCode>> = {
  yes: exitCodes.yes,
  no: exitCodes.no,
  unknown: exitCodes.unknown,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const answer = await withBroker(world, given, async (broker) => {
    const question = await deployQuestionIn(given, broker);
    return broker.ask((now) => canIDeploy(now, question), given.maybe('at'));
  });
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
