import type { GridRow, GridVersion, MatrixGrid } from '../../../query/matrix-grid.ts';
import { Go } from '../go.tsx';
import type { Frame, Markup } from '../page.ts';
import { State } from '../state.tsx';
import { MarkedVersion } from './version-marks.tsx';

/** Consumer versions × provider versions: what is said of each pair, by colour, shape and word. */
export function GridTable({
  grid,
  more,
  frame,
}: {
  readonly grid: MatrixGrid;
  /** Where more of it is shown; undefined where no more is. */
  readonly more: string | undefined;
  readonly frame: Frame;
}): Markup {
  const { consumer, provider, rows, columns, leftOut } = grid;
  if (rows.length === 0) {
    return (
      <p class="quiet">
        <bdi>{consumer}</bdi> has no pact with <bdi>{provider}</bdi> any more.
      </p>
    );
  }
  return (
    <>
      <p>
        Each row is a version of <bdi>{consumer}</bdi>, each column one of <bdi>{provider}</bdi>, the newest
        first. A cell says what that provider version said of that consumer’s contract; it leads to the
        result.
        {columns.length === 0 && ' No version of the provider has a result yet.'}
      </p>
      <GridLegend />
      <section class="sideways tall" tabindex={0} aria-label="Versions against versions">
        <table class="grid">
          <thead>
            <tr>
              <td class="corner">
                <div class="axis">
                  <bdi>{consumer}</bdi> ↓ <bdi>{provider}</bdi> →
                </div>
              </td>
              {columns.map((column) => (
                <th scope="col">
                  <div class="axis">
                    <MarkedVersion of={column} />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row of={row} columns={columns} grid={grid} frame={frame} />
            ))}
          </tbody>
        </table>
      </section>
      {leftOut.consumers + leftOut.providers > 0 && (
        <p class="quiet">
          Not shown: {leftOut.consumers} older versions of the consumer, {leftOut.providers} of the provider.{' '}
          {more !== undefined && <a href={more}>Show more</a>}
        </p>
      )}
    </>
  );
}

/** Results that a cell can show, and their words. */
const cellWords = { verified: 'passed', failed: 'failed', pending: 'failed, pending' } as const;

function GridLegend(): Markup {
  return (
    <ul class="legend" aria-label="What cells say">
      <li>
        <State of="verified" words={cellWords.verified} title="" />
      </li>
      <li>
        <State of="failed" words={cellWords.failed} title="" />
      </li>
      <li>
        <State of="pending" words={cellWords.pending} title="" />: that did not fail the provider’s build
      </li>
      <li>– no result</li>
    </ul>
  );
}

function Row({
  of,
  columns,
  grid,
  frame,
}: {
  readonly of: GridRow;
  readonly columns: readonly GridVersion[];
  readonly grid: MatrixGrid;
  readonly frame: Frame;
}): Markup {
  const { sha } = of.pact.publication;
  return (
    <tr class={of.isSameAsAbove ? 'same' : undefined}>
      <th scope="row">
        <div class="axis">
          <MarkedVersion of={of} />
        </div>
        <div>
          <small>
            {of.isSameAsAbove ? (
              <span class="quiet" title={`Contract ${sha}`}>
                same contract
              </span>
            ) : (
              <Go to={frame.links.contract(grid, sha)} title={`Contract ${sha}`}>
                contract {sha.slice(0, 7)}
              </Go>
            )}
          </small>
        </div>
      </th>
      {columns.map((column, index) => (
        <Cell row={of} column={column} index={index} frame={frame} />
      ))}
    </tr>
  );
}

function Cell({
  row,
  column,
  index,
  frame,
}: {
  readonly row: GridRow;
  readonly column: GridVersion;
  readonly index: number;
  readonly frame: Frame;
}): Markup {
  const result = row.results[index];
  const pair = `${row.version.pacticipant} ${row.version.number} with ${column.version.pacticipant} ${column.version.number}`;
  if (!result) {
    return (
      <td class="cell" title={frame.isLive ? `${pair}: no result` : undefined}>
        –
      </td>
    );
  }
  const state = result.success ? 'verified' : result.pending ? 'pending' : 'failed';
  const word = cellWords[state];
  const when = `${result.createdAt.slice(0, 10)} ${result.createdAt.slice(11, 16)} UTC`;
  return (
    <td class={`cell ${state}`}>
      <Go to={frame.links.result(result)} title={`${pair}: ${word}, ${when}`}>
        <State of={state} words={word} title="" />
      </Go>
    </td>
  );
}
