import { setTimeout } from 'node:timers/promises';
import type { Broker } from '../broker/broker.ts';
import { type CanIDeployQuestion, canIDeploy } from '../query/can-i-deploy.ts';
import type { MatrixAnswer, Verdict } from '../query/matrix/matrix.ts';
import type { MatrixRow } from '../query/matrix/reduce.ts';
import type { HalDocument } from '../render/hal/document.ts';
import { matrixDocument, resultAddress } from '../render/hal/matrix.ts';
import { matrixWithResults } from '../render/matrix-text.ts';
import { reasonNotices } from '../render/words/reasons.ts';
import { answerOption, linksFor, printDocument, wantsDocument } from './answers.ts';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';
import { noticeLines, paint } from './notices.ts';
import { withBroker } from './session.ts';
import { type ExitCode, exitCodes, type World } from './world.ts';

/** The options about how a can-i-deploy question is answered, for the commands that ask one. */
export const deployAnswerOptions = {
  'retry-while-unknown': {
    type: 'text',
    whyNot: whyNotACount,
    about: 'How often to ask again while something is not verified yet',
    fallback: '0',
  },
  'retry-interval': {
    type: 'text',
    whyNot: whyNotACount,
    about: 'How many seconds to wait before',
    fallback: '10',
  },
  'dry-run': {
    type: 'flag',
    about: 'Exit with 0 whatever the answer is',
    env: ['PACT_BROKER_CAN_I_DEPLOY_DRY_RUN'],
  },
  ...answerOption,
  'exit-code': {
    type: 'flag',
    about:
      'Let the exit code be the answer with --output json, too; else it is 0 there, as in the Pact Broker’s',
  },
} as const satisfies Record<string, Option>;

function whyNotACount(text: string): string | undefined {
  return /^\d{1,6}$/.test(text) ? undefined : 'must be a whole number';
}

const exitCodeOf: Readonly<Record<Verdict, ExitCode>> = {
  yes: exitCodes.yes,
  no: exitCodes.no,
  unknown: exitCodes.unknown,
};

interface Answered {
  readonly answer: MatrixAnswer;
  /** What the API would reply, where it is asked for. */
  readonly document: HalDocument | undefined;
}

/**
 * Asks what the arguments ask until it is known, as long as they say, and prints the answer.
 * @throws GitpactError for names that name nothing
 */
export async function answerDeployQuestion(
  world: World,
  given: Arguments,
  questionIn: (given: Arguments, broker: Broker) => Promise<CanIDeployQuestion>,
): Promise<ExitCode> {
  const ask = () =>
    withBroker(world, given, async (broker): Promise<Answered> => {
      const question = await questionIn(given, broker);
      return broker.ask((now) => {
        const answer = canIDeploy(now, question);
        const document = wantsDocument(given) ? matrixDocument(linksFor(world), now, answer) : undefined;
        return { answer, document };
      }, given.maybe('at'));
    });
  const seconds = Number(given.text('retry-interval'));
  const times = Number(given.text('retry-while-unknown'));
  let answered = await ask();
  for (let time = 1; time <= times && answered.answer.verdict === 'unknown'; time += 1) {
    world.err(`gitpact: not verified yet; asking again in ${seconds} s (${time} of ${times})\n`);
    await setTimeout(seconds * 1_000);
    answered = await ask();
  }
  return tell(world, given, answered);
}

function tell(world: World, given: Arguments, { answer, document }: Answered): ExitCode {
  const { verdict } = answer;
  if (document) {
    printDocument(world, given, document);
    return given.flag('exit-code') && !given.flag('dry-run') ? exitCodeOf[verdict] : exitCodes.yes;
  }
  const links = linksFor(world);
  const addressOf = (row: MatrixRow) => (row.result ? resultAddress(links, row, row.result) : '');
  const table = matrixWithResults(answer, addressOf, world.columns);
  if (table) world.out(`${table}\n`);
  world.out(noticeLines(world, reasonNotices(answer)));
  const colours = paint(world);
  if (verdict === 'yes') {
    world.out(colours.green('\n✅ Computer says yes \\o/\n'));
    return exitCodes.yes;
  }
  const why = verdict === 'unknown' ? ' (nobody has verified it yet)' : '';
  world.out(colours.red(`\n❌ Computer says no ¯\\_(ツ)_/¯${why}\n`));
  if (!given.flag('dry-run')) return exitCodeOf[verdict];
  world.out('📌 Dry run enabled, suppressing failing exit code\n');
  return exitCodes.yes;
}
