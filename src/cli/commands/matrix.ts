import { type MatrixAnswer, matrix } from '../../query/matrix/matrix.ts';
import type { LatestBy } from '../../query/matrix/question.ts';
import { matrixCsv } from '../../render/matrix/matrix-csv.ts';
import { matrixGrids } from '../../render/matrix/matrix-grid-text.ts';
import { matrixMarkdown } from '../../render/matrix/matrix-markdown.ts';
import { matrixJson, matrixTable } from '../../render/matrix-text.ts';
import { reasonNotices } from '../../render/words/reasons.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { requireKnown } from '../known-names.ts';
import { noticeLines, statePaint } from '../notices.ts';
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
    limit: {
      type: 'number',
      about: 'How many rows at the most, newest first (default: 100; of a grid 1000)',
    },
    at: { type: 'text', about: 'Show the state of then: a date or a commit' },
    output: {
      type: 'text',
      short: 'o',
      about: 'How to print it; grid: consumer versions × provider versions as a picture',
      choices: ['text', 'table', 'grid', 'json', 'csv', 'markdown'],
      fallback: 'text',
    },
    ...storeOptions,
  },
  examples: [
    ['gitpact matrix --pacticipant Web --pacticipant Api', 'all versions of a pair'],
    ['gitpact matrix -a Web -a Api --output grid', 'which versions work together, as a picture'],
    ['gitpact matrix -a Web --main-branch --output markdown >> "$GITHUB_STEP_SUMMARY"', 'for a job summary'],
  ],
  check: (given) => complaintsAboutSelectors(given.argv),
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const asked = selectorsIn(given.argv);
  const latestBy = given.text('latestby');
  const options = {
    limitWithin: 'answer' as const,
    limit: given.number('limit') ?? (given.text('output') === 'grid' ? 1_000 : 100),
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
  world.out(shown(world, given.text('output'), answer));
  return exitCodes.yes;
}

function shown(world: World, output: string, answer: MatrixAnswer): string {
  if (output === 'json') return `${JSON.stringify(matrixJson(answer), null, 2)}\n`;
  if (output === 'csv') return matrixCsv(answer);
  if (output === 'markdown') return matrixMarkdown(answer);
  const rows =
    output === 'grid'
      ? matrixGrids(answer, world.columns, statePaint(world))
      : matrixTable(answer, world.columns);
  return `${rows || 'No data.\n'}\n${noticeLines(world, reasonNotices(answer))}`;
}
