import type { Snapshot } from '../../../domain/snapshot.ts';
import { type Status, status } from '../../../query/status.ts';
import { SamePast } from '../form-fields.tsx';
import { type Asked, type Frame, type Markup, page } from '../page.ts';
import { commitIndex } from './place.tsx';
import { openClearances, PromotionCounts, promotions } from './promotion.tsx';
import { BoardRow } from './row.tsx';

/** How many commits are looked through for the one that recorded a deployment. */
const commitsSearched = 2_000;

/** Which rows somebody wants to see; an empty text is no wish. */
interface Wish {
  readonly search: string;
  readonly promotion: string;
}

interface Model {
  readonly status: Status;
  readonly wish: Wish;
}

/** What is deployed and released where, and what could be. */
export const environmentsPage = page<Model>({
  path: '/environments',
  commits: () => commitsSearched,
  question,
  title: () => 'Environments',
  component: EnvironmentsBody,
});

function question(now: Snapshot, { query }: Asked): Model {
  const wish = { search: query.get('search')?.trim() ?? '', promotion: query.get('promotion')?.trim() ?? '' };
  const { pacticipants, ...rest } = status(now);
  const words = wish.search.toLowerCase().split(/\s+/);
  const fitting = pacticipants.filter(
    (one) =>
      words.every((word) => one.name.toLowerCase().includes(word)) &&
      (wish.promotion === '' || openClearances(one).some(({ verdict }) => verdict === wish.promotion)),
  );
  return { status: { ...rest, pacticipants: fitting }, wish };
}

function EnvironmentsBody({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { environments, pacticipants } = model.status;
  if (environments.length === 0) return <NoEnvironment />;
  return (
    <>
      <h1>Environments</h1>
      <p>
        What is in each environment now, and whether the head of each main branch could be promoted there: it
        must work with everything that is there already.
      </p>
      <PromotionCounts of={pacticipants} />
      <Filters model={model} frame={frame} />
      <Board status={model.status} frame={frame} />
      <p id="nothing-shown" class="quiet" hidden={pacticipants.length > 0}>
        No pacticipant fits.
      </p>
    </>
  );
}

function NoEnvironment(): Markup {
  return (
    <>
      <h1>Environments</h1>
      <p>There is no environment yet. Make one, and record what is deployed there:</p>
      <pre tabindex={0}>
        <code>
          {
            'gitpact create-environment --name production --production\ngitpact record-deployment --pacticipant Foo --version 1 --environment production'
          }
        </code>
      </pre>
    </>
  );
}

/** The script follows the form while somebody types; else a button sends it, to a server. */
function Filters({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { wish, status } = model;
  return (
    <search>
      <form class="filters" method="get" data-filters="board">
        <SamePast frame={frame} />
        <label>
          Search <input type="search" name="search" value={wish.search} placeholder="pacticipant" />
        </label>
        <label>
          Show{' '}
          <select name="promotion" data-filter="promotion">
            <option value="">everything</option>
            {Object.entries(promotions).map(([verdict, [, words]]) => (
              <option value={verdict} selected={verdict === wish.promotion}>
                what {words} somewhere
              </option>
            ))}
          </select>
        </label>
        {frame.isLive && <button type="submit">Show</button>}
        <output>{status.pacticipants.length} shown</output>
      </form>
    </search>
  );
}

function Board({
  status: { environments, pacticipants },
  frame,
}: {
  readonly status: Status;
  readonly frame: Frame;
}): Markup {
  const commits = commitIndex(frame.commits ?? []);
  return (
    <section class="sideways tall" tabindex={0} aria-label="Pacticipants and environments">
      <table id="board" class="cards board">
        <caption class="only-heard">Pacticipants and environments</caption>
        <thead>
          <tr>
            <th scope="col">Pacticipant</th>
            {environments.map(({ displayName, production }) => (
              <th scope="col">
                <bdi>{displayName}</bdi> {production && <span class="chip">production</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pacticipants.map((one) => (
            <BoardRow of={one} environments={environments} commits={commits} links={frame.links} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
