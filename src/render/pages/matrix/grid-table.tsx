import type { GridRow, GridVersion, MatrixGrid } from '../../../query/matrix-grid.ts';
import { Go } from '../go.tsx';
import type { Frame, Markup } from '../page.ts';
import { type MarkedState, State } from '../state.tsx';
import { MarkedVersion } from './version-marks.tsx';

/** Consumer versions × provider versions: what is said of each pair, by colour, shape and word. */
export function GridTable({ grid, frame }: { readonly grid: MatrixGrid; readonly frame: Frame }): Markup {
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
        Rows are versions of <bdi>{consumer}</bdi>, columns are versions of <bdi>{provider}</bdi>, the newest
        first.
        {columns.length === 0 && ' No version of the provider has a result yet.'}
      </p>
      <section class="sideways" tabindex={0} aria-label="Versions against versions">
        <table class="grid">
          <thead>
            <tr>
              <td class="corner" />
              {columns.map((column) => (
                <th scope="col">
                  <MarkedVersion of={column} />
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
          Not shown: {leftOut.consumers} older versions of the consumer, {leftOut.providers} of the provider.
        </p>
      )}
    </>
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
        <MarkedVersion of={of} />{' '}
        <small>
          {of.isSameAsAbove ? (
            <span title={`Contract ${sha}`}>same contract</span>
          ) : (
            <Go to={frame.links.contract(grid, sha)} title={`Contract ${sha}`}>
              contract {sha.slice(0, 7)}
            </Go>
          )}
        </small>
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
      <td class="cell" title={`${pair}: no result`}>
        <span class="quiet" aria-hidden="true">
          –
        </span>
        <span class="only-heard">no result</span>
      </td>
    );
  }
  const state: MarkedState = result.success ? 'verified' : result.pending ? 'pending' : 'failed';
  const word = result.success ? 'passed' : 'failed';
  const when = `${result.createdAt.slice(0, 10)} ${result.createdAt.slice(11, 16)} UTC`;
  return (
    <td class={`cell ${state}`}>
      <Go to={frame.links.result(result)} title={`${pair}: ${word}, ${when}`}>
        <State of={state} words={word} title={`${pair}: ${word}, ${when}`} />
      </Go>
    </td>
  );
}
