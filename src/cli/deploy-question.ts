import type { Broker } from '../broker/broker.ts';
import type { CanIDeployQuestion } from '../query/can-i-deploy.ts';
import type { Destination } from '../query/matrix/question.ts';
import type { Arguments } from './arguments.ts';
import { selectorOptions, selectorsIn } from './version-arguments.ts';
import { withinRanges } from './version-ranges.ts';

/** The options of a can-i-deploy question, for the commands that ask one. */
export const deployOptions = {
  ...selectorOptions,
  'to-environment': { type: 'text', about: 'The environment to deploy to' },
  to: { type: 'text', about: 'The tag that marks what is deployed there' },
  'to-branch': { type: 'text', about: 'The branch whose latest versions it must fit' },
  'to-main-branch': { type: 'flag', about: 'It must fit the latest versions of the main branches' },
  strict: { type: 'flag', about: 'Count a live version without a result as not verified' },
  at: { type: 'text', about: 'Ask the state of then: a date or a commit' },
} as const;

/** The question that the arguments ask. @throws GitpactError `bad-arguments`, `version-missing` */
export async function deployQuestionIn(given: Arguments, broker: Broker): Promise<CanIDeployQuestion> {
  const asked = selectorsIn(given.argv);
  const selectors = await withinRanges(broker, asked.selectors, given.maybe('at'));
  const ignore = await withinRanges(broker, asked.ignore, given.maybe('at'));
  const destination = destinationIn(given);
  return {
    selectors,
    ignore,
    ...(destination ? { destination } : {}),
    ...(given.flag('strict') ? { strict: true } : {}),
  };
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
