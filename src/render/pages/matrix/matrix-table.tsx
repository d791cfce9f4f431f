import type { TableRow } from '../../../query/matrix-table.ts';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import { Moment } from '../moment.tsx';
import type { Frame, Markup } from '../page.ts';
import { State } from '../state.tsx';
import { MarkedVersion } from './version-marks.tsx';

const columns = ['Consumer', 'Its version', 'Pact published', 'Provider', 'Its version', 'Verified'] as const;

/** The rows of the matrix, as the Pact Broker shows them (ui.md §5). */
export function MatrixTable({
  rows,
  frame,
}: {
  readonly rows: readonly TableRow[];
  readonly frame: Frame;
}): Markup {
  if (rows.length === 0) return <p class="quiet">No pact and no result fits.</p>;
  return (
    <table class="cards" data-sorts>
      <caption>
        {rows.length} row{rows.length === 1 ? '' : 's'}
      </caption>
      <Heads words={columns} sorts />
      <tbody>
        {rows.map((row) => (
          <Row of={row} frame={frame} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ of, frame }: { readonly of: TableRow; readonly frame: Frame }): Markup {
  const { row, consumer, provider, isIgnored } = of;
  const { links } = frame;
  const { sha, createdAt, revision } = row.publication;
  return (
    <tr class={isIgnored ? 'ignored' : undefined} data-content={sha}>
      <td data-is="Consumer">
        <Go to={links.pacticipant(row.consumer)}>{row.consumer}</Go>
      </td>
      <td data-is="version">
        <MarkedVersion of={consumer} />
      </td>
      <td data-is="Pact published" data-sort={createdAt}>
        <Go to={links.contract(row, sha)} title={`Contract ${sha}`}>
          <Moment at={createdAt} />
        </Go>
        {revision > 1 && <small> revision {revision}</small>}
      </td>
      <td data-is="Provider">
        <Go to={links.pacticipant(row.provider)}>{row.provider}</Go>
      </td>
      <td data-is="version">
        {provider ? <MarkedVersion of={provider} /> : <span class="quiet">none</span>}
      </td>
      <td data-is="Verified">
        <Verified of={row} frame={frame} />
        {isIgnored && <small> ignored</small>}
      </td>
    </tr>
  );
}

function Verified({ of, frame }: { readonly of: TableRow['row']; readonly frame: Frame }): Markup {
  const { result, publication } = of;
  if (!result) return <State of="unverified" />;
  return (
    <>
      <Go to={frame.links.result(result)} title={`Result ${result.number}`}>
        <State of={result.success ? 'verified' : 'failed'} />
      </Go>{' '}
      <Moment at={result.createdAt} />
      {result.createdAt < publication.createdAt && (
        <small title="This pact has the content of one that was verified before it was published.">
          {' '}
          pre-verified
        </small>
      )}
    </>
  );
}
