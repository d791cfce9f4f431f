import { groupBy } from '../../domain/grouping.ts';
import type { OverviewRow } from '../../query/overview.ts';
import { Chips, VersionNumber } from './chips.tsx';
import { Go } from './go.tsx';
import { Heads } from './heads.tsx';
import { Moment } from './moment.tsx';
import { mostDrawn, type OverviewWish } from './overview-filters.tsx';
import type { Frame, Markup } from './page.ts';
import { markedState, State, stateWords } from './state.tsx';

/** Every integration, those hidden that do not fit. */
export function OverviewTable({
  rows,
  wish,
  frame,
}: {
  readonly rows: readonly OverviewRow[];
  readonly wish: OverviewWish;
  readonly frame: Frame;
}): Markup {
  let found = 0;
  const groups = grouped(rows, wish).map(([label, group]) => ({
    label,
    before: found,
    rows: group.map((row) => {
      const place = fits(row, wish) ? found : undefined;
      if (place !== undefined) found += 1;
      return { row, place };
    }),
  }));
  return (
    <table id="integrations" class="cards" data-sorts="" data-first={mostDrawn}>
      <caption class="only-heard">Every integration and how its contracts stand</caption>
      <Heads
        words={['Consumer', 'Provider', 'Newest contract', 'Version', 'Published', 'Verified', 'Deployed']}
        sorts
      />
      {groups.map((group) => (
        <tbody>
          {group.label !== undefined && (
            <tr
              class={group.before >= mostDrawn ? 'group later' : 'group'}
              hidden={group.rows.every(({ place }) => place === undefined)}
            >
              <th scope="rowgroup" colspan={7}>
                {group.label === '' ? 'Without a label' : group.label}
              </th>
            </tr>
          )}
          {group.rows.map(({ row, place }) => (
            <Row row={row} place={place} frame={frame} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Row({
  row,
  place,
  frame: { links },
}: {
  readonly row: OverviewRow;
  /** The how many-th it is of those that fit, from 0; undefined when it does not fit. */
  readonly place: number | undefined;
  readonly frame: Frame;
}): Markup {
  const { consumer, provider, pact, standing, result, live, labels } = row;
  const state = markedState(row.status);
  return (
    <tr
      hidden={place === undefined}
      class={place !== undefined && place >= mostDrawn ? 'later' : undefined}
      data-state={state}
      data-consumer-label={labels.consumer.join('\n')}
      data-provider-label={labels.provider.join('\n')}
      data-label={[...labels.consumer, ...labels.provider].join('\n')}
      data-environment={live.map(({ environment }) => environment.name).join('\n')}
    >
      <th scope="row">
        <Go to={links.pacticipant(consumer)}>{consumer}</Go>
      </th>
      <td data-is="consumes">
        <Go to={links.pacticipant(provider)}>{provider}</Go>
      </td>
      <td data-sort={state}>
        <Go to={links.latestContract(row)}>
          <State of={state} />
        </Go>
      </td>
      <td>
        <VersionNumber number={pact.consumerVersion.number} />{' '}
        <Chips branches={standing.headBranches} tags={standing.latestTags} />
      </td>
      <td data-is="published" data-sort={pact.publication.createdAt}>
        <Moment at={pact.publication.createdAt} />
      </td>
      <td data-is={result ? 'result' : undefined} data-sort={result?.createdAt ?? ''}>
        {result === undefined ? (
          ''
        ) : (
          <Go to={links.result(result)} title={`${provider} ${result.providerVersion}`}>
            <Moment at={result.createdAt} />
          </Go>
        )}
      </td>
      <td data-is={live.length > 0 ? 'deployed' : undefined}>
        {live.length > 0 && (
          <span class="chips">
            {live.map(({ environment, edge }) => (
              <Go to={links.contract(edge, edge.pact.publication.sha)}>
                <State
                  of={edge.state}
                  words={environment.name}
                  title={`${consumer} ${edge.pact.consumerVersion.number} in ${environment.displayName}: ${stateWords[edge.state]}`}
                />
              </Go>
            ))}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Whether a row is what somebody wants to see. */
export function fits(row: OverviewRow, { search, state, label, environment }: OverviewWish): boolean {
  const text = `${row.consumer} ${row.provider}`.toLowerCase();
  const labels = [...row.labels.consumer, ...row.labels.provider];
  return (
    search.split(/\s+/).every((word) => text.includes(word.toLowerCase())) &&
    (state === '' || markedState(row.status) === state) &&
    (label === '' || labels.includes(label)) &&
    (environment === '' || row.live.some((live) => live.environment.name === environment))
  );
}

/** The rows by label of one side; a row with several labels stands in the group of each. */
function grouped(
  rows: readonly OverviewRow[],
  { group }: OverviewWish,
): readonly (readonly [label: string | undefined, rows: readonly OverviewRow[]])[] {
  if (group === '') return [[undefined, rows]];
  const labelled = rows.flatMap((row) => {
    const labels = row.labels[group];
    return (labels.length === 0 ? [''] : labels).map((label) => ({ label, row }));
  });
  const groups = [...groupBy(labelled, ({ label }) => label)];
  return groups
    .sort(([a], [b]) => Number(a === '') - Number(b === '') || (a < b ? -1 : 1))
    .map(([label, items]) => [label, items.map(({ row }) => row)]);
}
