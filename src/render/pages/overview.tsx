import { groupBy } from '../../domain/grouping.ts';
import { type Overview, type OverviewRow, overview } from '../../query/overview.ts';
import { Go } from './go.tsx';
import type { PageLinks } from './links.ts';
import { OverviewFilters, type OverviewWish, overviewWish } from './overview-filters.tsx';
import { fits, OverviewTable } from './overview-table.tsx';
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
  const { rows, pacticipants, alone } = model;
  if (rows.length === 0) return <Welcome alone={alone} links={frame.links} />;
  const shown = rows.filter((row) => fits(row, model.wish));
  return (
    <>
      <h1>
        {counted(rows.length, 'integration')} of {counted(pacticipants, 'pacticipant')}
      </h1>
      <Summary rows={rows} links={frame.links} />
      <OverviewFilters model={model} wish={model.wish} shown={shown.length} frame={frame} />
      <OverviewTable rows={rows} wish={model.wish} frame={frame} />
      <p id="nothing-shown" class="quiet" hidden={shown.length > 0}>
        No integration fits. Search for less, or choose “any”.
      </p>
      {alone.length > 0 && (
        <details>
          <summary>{counted(alone.length, 'pacticipant')} without a contract</summary>
          <Alone names={alone} links={frame.links} />
        </details>
      )}
      <SiteNote frame={frame} />
    </>
  );
}

/** How many integrations are in each state, and the way to them. */
function Summary({
  rows,
  links,
}: {
  readonly rows: readonly OverviewRow[];
  readonly links: PageLinks;
}): Markup {
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
            <Go to={links.overview({ state })}>
              <State of={of} words={`${count} ${words}`} title={stateMeanings[of]} />
            </Go>
          </li>
        );
      })}
    </ul>
  );
}

/** Pacticipants that no contract leads to. */
function Alone({ names, links }: { readonly names: readonly string[]; readonly links: PageLinks }): Markup {
  return (
    <ul class="contents">
      {names.map((name) => (
        <li>
          <Go to={links.pacticipant(name)}>{name}</Go>
        </li>
      ))}
    </ul>
  );
}

function Welcome({ alone, links }: { readonly alone: readonly string[]; readonly links: PageLinks }): Markup {
  return (
    <>
      <h1>No contracts yet</h1>
      {alone.length > 0 && (
        <>
          <p>{counted(alone.length, 'pacticipant')} known, but there is no pact between any two:</p>
          <Alone names={alone} links={links} />
        </>
      )}
      <p>
        {alone.length === 0 && 'Nobody has published a pact to this contract repository. '}
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

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
