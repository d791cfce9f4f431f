import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { answerDeployQuestion, deployAnswerOptions } from '../deploy-answer.ts';
import { complaintsAboutDeployOptions, deployOptions, deployQuestionIn } from '../deploy-question.ts';
import type { ExitCode, World } from '../world.ts';

/** `gitpact can-i-deploy` */
export const command: Command = {
  name: 'can-i-deploy',
  about: 'Ask whether a version may be deployed: exit code 0 is yes, 1 no, 3 not verified yet',
  options: { ...deployOptions, ...deployAnswerOptions, ...storeOptions },
  ownVersion: true,
  examples: [
    ['gitpact can-i-deploy -a Web -e 1.2.3 --to-environment production', 'before a deployment'],
    [
      'gitpact can-i-deploy -a Web --branch main -a Api --main-branch',
      'two latest versions against each other',
    ],
    [
      'gitpact can-i-deploy -a Web -e 1.2.3 --to-environment production --retry-while-unknown 12 --retry-interval 10',
      'waits two minutes for the provider to verify',
    ],
  ],
  check: complaintsAboutDeployOptions,
  run,
};

function run(world: World, given: Arguments): Promise<ExitCode> {
  return answerDeployQuestion(world, given, deployQuestionIn);
}
