import { groupBy } from '../../domain/grouping.ts';
import { type Overview, type OverviewRow, overview } from '../../query/overview.ts';
import { Chips, VersionNumber } from './chips.tsx';
import { Go } from './go.tsx';
import { Moment } from './moment.tsx';
import { OverviewFilters, type OverviewWish, overviewWish } from './overview-filters.tsx';
import { type Asked, type Frame, type Markup, page } from './page.ts';
import { markedState, State, stateMeanings, stateWords } from './state.tsx';

interface Model extends Overview {
  readonly wish: OverviewWish;
}

/** Every integration at a glance. */
export const overviewPage = page<Model>({
  path: '/',
  question: (now, { query }: Asked) => ({ ...overview(now), wish: overviewWish(query) }),
  title: () => 'gitpact',
  component: OverviewBody,
});

function OverviewBody({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { rows, pacticipants } = model;
  if (rows.length === 0) return <Welcome pacticipants={pacticipants} />;
  const shown = rows.filter((row) => fits(row, model.wish));
  return (
    <>
      <h1>
        {counted(rows.length, 'integration')} of {counted(pacticipants, 'pacticipant')}
      </h1>
      <Summary rows={rows} />
      <OverviewFilters model={model} wish={model.wish} shown={shown.length} />
      <table id="integrations" class="cards" data-sorts="">
        <caption class="only-heard">Every integration and how its contracts stand</caption>
        <thead>
          <tr>
            <th scope="col" data-sorts="">
              Consumer
            </th>
            <th scope="col" data-sorts="">
              Provider
            </th>
            <th scope="col" data-sorts="">
              Newest contract
            </th>
            <th scope="col">Version</th>
            <th scope="col" data-sorts="">
              Published
            </th>
            <th scope="col" data-sorts="">
              Verified
            </th>
            <th scope="col">Deployed</th>
          </tr>
        </thead>
        {grouped(rows, model.wish).map(([label, group]) => (
          <tbody>
            {label === undefined ? (
              ''
            ) : (
              <tr class="group" hidden={!group.some((row) => fits(row, model.wish))}>
                <th scope="rowgroup" colspan={7}>
                  {label === '' ? 'Without a label' : label}
                </th>
              </tr>
            )}
            {group.map((row) => (
              <Row row={row} isShown={fits(row, model.wish)} frame={frame} />
            ))}
          </tbody>
        ))}
      </table>
      <p id="nothing-shown" class="quiet" hidden={shown.length > 0}>
        No integration fits. Search for less, or choose “any”.
      </p>
      <SiteNote frame={frame} />
    </>
  );
}

function Row({
  row,
  isShown,
  frame: { links },
}: {
  readonly row: OverviewRow;
  readonly isShown: boolean;
  readonly frame: Frame;
}): Markup {
  const { consumer, provider, pact, standing, result, live, labels } = row;
  const state = markedState(row.status);
  return (
    <tr
      hidden={!isShown}
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
      </td>
    </tr>
  );
}

/** How many integrations are in each state. */
function Summary({ rows }: { readonly rows: readonly OverviewRow[] }): Markup {
  const byState = groupBy(rows, ({ status }) => markedState(status));
  return (
    <ul class="summary" aria-label="States">
      {Object.entries(stateWords).map(([state, words]) => {
        const count = byState.get(state)?.length ?? 0;
        const of = state as keyof typeof stateWords;
        return count === 0 ? (
          ''
        ) : (
          <li>
            <State of={of} words={`${count} ${words}`} title={stateMeanings[of]} />
          </li>
        );
      })}
    </ul>
  );
}

function Welcome({ pacticipants }: { readonly pacticipants: number }): Markup {
  return (
    <>
      <h1>No contracts yet</h1>
      <p>
        {pacticipants === 0
          ? 'Nobody has published a pact to this contract repository.'
          : `${counted(pacticipants, 'pacticipant')} known, but none has a pact.`}{' '}
        The tests of a consumer write pacts; publish them from its pipeline:
      </p>
      <pre>
        <code>gitpact publish pacts/*.json</code>
      </pre>
      <p>Then let the provider verify them:</p>
      <pre>
        <code>gitpact verify --provider-base-url http://localhost:8080 --publish</code>
      </pre>
    </>
  );
}

/** Which commit a whole site shows; only the overview says so, so that other pages change when they must. */
function SiteNote({ frame: { isLive, commit } }: { readonly frame: Frame }): Markup | '' {
  if (isLive || commit === undefined) return '';
  return (
    <p class="quiet">
      This site shows the contract repository at commit <code>{commit}</code>.
    </p>
  );
}

function fits(row: OverviewRow, { search, state, label, environment }: OverviewWish): boolean {
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

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
