import { type Turn, whyAnswered } from '../../broker/why.ts';
import { matrixJson } from '../../render/matrix-text.ts';
import { reasonNotices } from '../../render/words/reasons.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { commitJson } from '../commit-json.ts';
import { complaintsAboutDeployOptions, deployOptions, deployQuestionIn } from '../deploy-question.ts';
import { noticeLines, paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact why` */
export const command: Command = {
  name: 'why',
  about:
    'Find the commit that made the answer of can-i-deploy what it is: exact among the newest 10,000, by halving before them',
  options: { ...deployOptions, ...outputOption, ...storeOptions },
  ownVersion: true,
  examples: [
    ['gitpact why -a Web -e 1.2.3 --to-environment production', 'who turned the yes into a no, and when'],
  ],
  check: complaintsAboutDeployOptions,
  run,
};

const words = { yes: 'yes', no: 'no', unknown: 'not verified yet', none: 'not to be asked' } as const;

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const turn = await withBroker(world, given, async (broker) =>
    whyAnswered(broker, await deployQuestionIn(given, broker), given.maybe('at')),
  );
  if (given.text('output') === 'json') {
    const said = turn && {
      before: turn.before,
      commit: commitJson(turn.commit),
      answer: matrixJson(turn.answer),
    };
    world.out(`${JSON.stringify({ turn: said ?? null }, null, 2)}\n`);
  } else {
    world.out(turn ? story(world, turn) : 'The answer was never another.\n');
  }
  return exitCodes.yes;
}

function story(world: World, { commit, before, answer }: Turn): string {
  const colours = paint(world);
  const { author, committedAt, title, id } = commit;
  return [
    `The answer is ${colours.bold(words[answer.verdict])}; it was ${colours.bold(words[before])} until\n\n`,
    `  ${colours.yellow(id.slice(0, 8))} ${title}\n`,
    `  by ${author.name} <${author.email}>, ${committedAt.slice(0, 16).replace('T', ' ')} UTC\n\n`,
    noticeLines(world, reasonNotices(answer)),
  ].join('');
}
