import { matrix } from '../../query/matrix/matrix.ts';
import type { LatestBy } from '../../query/matrix/question.ts';
import { matrixJson, matrixTable } from '../../render/matrix-text.ts';
import { reasonNotices } from '../../render/words/reasons.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { noticeLines } from '../notices.ts';
import { withBroker } from '../session.ts';
import { complaintsAboutSelectors, selectorOptions, selectorsIn } from '../version-arguments.ts';
import { withinRanges } from '../version-ranges.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact matrix` */
export const command: Command = {
  name: 'matrix',
  about: 'Show which versions work together',
  options: {
    ...selectorOptions,
    latestby: {
      type: 'text',
      about:
        'Keep the newest result for each consumer version and provider version (cvpv), provider (cvp), pair (cp)',
      choices: ['cvpv', 'cvp', 'cp', 'all'],
      fallback: 'cvpv',
    },
    limit: { type: 'number', about: 'How many rows at the most, newest first', fallback: '100' },
    at: { type: 'text', about: 'Show the state of then: a date or a commit' },
    ...outputOption,
    ...storeOptions,
  },
  examples: [['gitpact matrix --pacticipant Web --pacticipant Api', 'all versions of a pair']],
  check: (given) => complaintsAboutSelectors(given.argv),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const asked = selectorsIn(given.argv);
  const latestBy = given.text('latestby');
  const options = {
    limitWithin: 'answer' as const,
    limit: given.number('limit') ?? 100,
    ...(latestBy === 'all' ? {} : { latestBy: latestBy as LatestBy }),
  };
  const at = given.maybe('at');
  const answer = await withBroker(world, given, async (broker) => {
    const pacticipants = asked.selectors.map(({ pacticipant }) => pacticipant);
    await broker.ask((now) => requireKnown(now, { pacticipants }), at);
    const selectors = await withinRanges(broker, asked.selectors, at);
    const ignore = await withinRanges(broker, asked.ignore, at);
    return broker.ask((now) => matrix(now, { ...options, selectors, ignore }), at);
  });
  if (given.text('output') === 'json') {
    world.out(`${JSON.stringify(matrixJson(answer), null, 2)}\n`);
    return exitCodes.yes;
  }
  world.out(matrixTable(answer, world.columns) || 'No data.\n');
  world.out(`\n${noticeLines(world, reasonNotices(answer))}`);
  return exitCodes.yes;
}
