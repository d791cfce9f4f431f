import type { Broker } from '../broker/broker.ts';
import type { Complaint } from '../domain/failure.ts';
import { whyNotAName, whyNotAnEnvironmentName } from '../domain/names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { asPacticipantName, findPresences, findVersion } from '../query/asked.ts';
import { both } from '../query/both.ts';
import type { CanIDeployQuestion } from '../query/can-i-deploy.ts';
import type { Destination } from '../query/matrix/question.ts';
import type { VersionSelector } from '../query/version-selectors.ts';
import type { Arguments } from './arguments.ts';
import { onlyOneOf } from './command.ts';
import { type NamesMeant, requireKnown } from './known-names.ts';
import { complaintsAboutSelectors, selectorOptions, selectorsIn } from './version-arguments.ts';
import { withinRanges } from './version-ranges.ts';

/** The options of every question whether versions fit others. */
export const commonQuestionOptions = {
  ...selectorOptions,
  ignore: { ...selectorOptions.ignore, env: ['PACT_BROKER_CAN_I_DEPLOY_IGNORE'] },
  'skip-main-branch': { type: 'flag', about: 'Not the main branch of it, which is so without it, too' },
  strict: { type: 'flag', about: 'Count a live version without a result as not verified' },
  at: { type: 'text', about: 'Ask the state of then: a date or a commit' },
} as const;

/** The options of a can-i-deploy question, for the commands that ask one. */
export const deployOptions = {
  ...commonQuestionOptions,
  'to-environment': {
    type: 'text',
    whyNot: whyNotAnEnvironmentName,
    about: 'The environment to deploy to',
  },
  to: { type: 'text', whyNot: whyNotAName, about: 'The tag that marks what is deployed there' },
  'to-branch': {
    type: 'text',
    whyNot: whyNotAName,
    about: 'The branch whose latest versions it must fit',
  },
  'to-main-branch': { type: 'flag', about: 'It must fit the latest versions of the main branches' },
} as const;

/** What is wrong with the options of a can-i-deploy question together. */
export function complaintsAboutDeployOptions(given: Arguments): readonly Complaint[] {
  return [
    ...complaintsAboutSelectors(given.argv),
    ...onlyOneOf(given, ['to-environment', 'to', 'to-branch', 'to-main-branch'], 'each says where it goes'),
  ];
}

/** The question that the arguments ask. @throws GitpactError for names that name nothing */
export function deployQuestionIn(given: Arguments, broker: Broker): Promise<CanIDeployQuestion> {
  return questionIn(given, broker, destinationIn(given));
}

/** The same with another destination than the arguments say. @throws GitpactError for names that name nothing */
export async function questionIn(
  given: Arguments,
  broker: Broker,
  destination: Destination | undefined,
): Promise<CanIDeployQuestion> {
  const asked = selectorsIn(given.argv);
  const names: NamesMeant = {
    pacticipants: asked.selectors.map(({ pacticipant }) => pacticipant),
    environments: destination?.environment === undefined ? [] : [destination.environment],
  };
  await broker.ask(
    (now) =>
      both(
        () => requireKnown(now, names),
        () => lookAhead(now, asked.selectors, destination),
      ),
    given.maybe('at'),
  );
  const selectors = await withinRanges(broker, asked.selectors, given.maybe('at'));
  const named = await withinRanges(broker, asked.ignore, given.maybe('at'));
  return {
    selectors,
    ignore: named.length > 0 ? named : ignoredByVariable(given),
    ...(destination ? { destination } : {}),
    ...(given.flag('strict') ? { strict: true } : {}),
  };
}

/** Looks at what every answer begins with, so that it comes together with what tells whether the names are known. */
function lookAhead(
  now: Snapshot,
  selectors: readonly VersionSelector[],
  destination: Destination | undefined,
): void {
  both(
    () =>
      gather(selectors, ({ pacticipant, version }) => {
        const name = version === undefined ? undefined : asPacticipantName(pacticipant);
        return name && version !== undefined && findVersion(now, name, version);
      }),
    () => destination?.environment !== undefined && findPresences(now, destination.environment),
  );
}

/** Where the arguments ignore nothing, a variable may have: names with commas between them. */
function ignoredByVariable(given: Arguments): readonly VersionSelector[] {
  const names = given.texts('ignore').flatMap((text) => text.split(','));
  return names.flatMap((name) => (name.trim() === '' ? [] : [{ pacticipant: name.trim() }]));
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
