import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { answerDeployQuestion, deployAnswerOptions } from '../deploy-answer.ts';
import { commonQuestionOptions, questionIn } from '../deploy-question.ts';
import { complaintsAboutSelectors } from '../version-arguments.ts';
import type { ExitCode, World } from '../world.ts';

/** `gitpact can-i-merge` */
export const command: Command = {
  name: 'can-i-merge',
  about:
    'Ask whether a version fits the main branches of its neighbours: exit code 0 is yes, 1 no, 3 unknown',
  options: { ...commonQuestionOptions, ...deployAnswerOptions, ...storeOptions },
  ownVersion: true,
  examples: [['gitpact can-i-merge -a Web -e 1.2.3', 'before a branch is merged']],
  check: (given) => complaintsAboutSelectors(given.argv),
  run,
};

function run(world: World, given: Arguments): Promise<ExitCode> {
  return answerDeployQuestion(world, given, (arguments_, broker) =>
    questionIn(arguments_, broker, { mainBranch: true }),
  );
}
