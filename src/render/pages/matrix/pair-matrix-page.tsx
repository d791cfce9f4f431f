import type { Snapshot } from '../../../domain/snapshot.ts';
import { asPacticipantName } from '../../../query/asked.ts';
import { matrix } from '../../../query/matrix/matrix.ts';
import { type MatrixGrid, matrixGrid } from '../../../query/matrix-grid.ts';
import { type TableRow, tableRows } from '../../../query/matrix-table.ts';
import { Go } from '../go.tsx';
import { type Asked, type Frame, type Markup, page } from '../page.ts';
import { GridTable } from './grid-table.tsx';
import { MatrixTable } from './matrix-table.tsx';

/** How many versions of each side the grid shows when more are asked for. */
const many = 200;

/** How much a file of a site shows: versions of each side, and rows of the table. */
const frozen = { versions: 20, rows: 25 } as const;

interface Model {
  readonly grid: MatrixGrid;
  /** Whether as many are shown as ever are. */
  readonly isMany: boolean;
  readonly rows: readonly TableRow[];
}

/** `/matrix/provider/P/consumer/C`: the grid and the table of a pair. */
export const pairMatrixPage = page<Model>({
  path: '/matrix/provider/:provider/consumer/:consumer',
  question,
  title: ({ grid }) => `Matrix of ${grid.consumer} and ${grid.provider}`,
  component: PairMatrix,
});

function question(now: Snapshot, { segment, query, isLive }: Asked): Model | undefined {
  const [consumer, provider] = [
    asPacticipantName(segment('consumer')),
    asPacticipantName(segment('provider')),
  ];
  if (consumer === undefined || provider === undefined || !now.integration(consumer, provider))
    return undefined;
  const answer = matrix(now, {
    selectors: [{ pacticipant: consumer }, { pacticipant: provider }],
    latestBy: 'cvpv',
    limit: isLive ? 100 : frozen.rows,
    limitWithin: 'answer',
  });
  const isMany = query.get('versions') === String(many);
  const most = isMany ? many : undefined;
  const grid = matrixGrid(now, { consumer, provider }, isLive ? most : frozen.versions);
  return { grid, isMany, rows: tableRows(now, answer) };
}

function PairMatrix({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { grid, isMany, rows } = model;
  const { links } = frame;
  return (
    <>
      <h1>
        Matrix of <Go to={links.pacticipant(grid.consumer)}>{grid.consumer}</Go> and{' '}
        <Go to={links.pacticipant(grid.provider)}>{grid.provider}</Go>
      </h1>
      <p>
        <Go to={links.latestContract(grid)}>The newest contract</Go> ·{' '}
        <Go to={links.timeline(grid)}>What changed from content to content</Go> ·{' '}
        <Go to={links.deploy({ pacticipant: grid.consumer })}>Can {grid.consumer} be deployed?</Go>
      </p>
      <h2>Versions against versions</h2>
      <GridTable
        grid={grid}
        more={isMany ? undefined : links.matrixOfPair(grid, { versions: String(many) })}
        frame={frame}
      />
      <h2>The newest results</h2>
      <MatrixTable rows={rows} frame={frame} />
    </>
  );
}
