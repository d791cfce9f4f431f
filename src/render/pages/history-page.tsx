import { SamePast } from './form-fields.tsx';
import { Heads } from './heads.tsx';
import { Moment } from './moment.tsx';
import { type Frame, type Markup, type PageCommit, page } from './page.ts';

const usual = 100;
const most = 5_000;

interface Model {
  readonly limit: number;
  /** What every commit that is shown says. */
  readonly search: string;
}

function limitOf(query: URLSearchParams): number {
  const asked = Number(query.get('limit'));
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : usual;
}

/** The commits of the contract repository: who did what, and when. */
export const historyPage = page<Model>({
  path: '/history',
  commits: ({ query }) => limitOf(query),
  question: (_now, { query }) => ({ limit: limitOf(query), search: query.get('search')?.trim() ?? '' }),
  title: () => 'History',
  component: HistoryBody,
});

function HistoryBody({
  model: { limit, search },
  frame,
}: {
  readonly model: Model;
  readonly frame: Frame;
}): Markup {
  const { commits = [], links, isLive } = frame;
  return (
    <>
      <h1>History</h1>
      <p>Everything that was recorded is a commit of the contract repository. The newest is on top.</p>
      {commits.length === 0 ? <p>There is no commit yet.</p> : ''}
      <search>
        <form class="filters" method="get" data-filters="commits">
          <SamePast frame={frame} />
          {limit !== usual && <input type="hidden" name="limit" value={limit} />}
          <label>
            Search <input type="search" name="search" value={search} placeholder="Foo, deploy" />
          </label>
          {isLive && <button type="submit">Show</button>}
          <output>{commits.filter((commit) => fits(commit, search)).length} shown</output>
        </form>
      </search>
      <table id="commits" class="cards">
        <caption class="only-heard">Commits, newest first</caption>
        <Heads words={['What', 'When', 'Who', 'Commit']} />
        <tbody>
          {commits.map((commit) => (
            <Row of={commit} isShown={fits(commit, search)} frame={frame} />
          ))}
        </tbody>
      </table>
      <p
        id="nothing-shown"
        class="quiet"
        hidden={commits.length === 0 || commits.some((commit) => fits(commit, search))}
      >
        No commit of these fits.
      </p>
      {isLive && commits.length === limit && limit < most ? (
        <p>
          <a
            href={links.to(
              { segments: ['history'] },
              { limit: String(Math.min(limit * 5, most)), search: search || undefined },
            )}
          >
            Show older ones, too
          </a>
        </p>
      ) : (
        ''
      )}
    </>
  );
}

/** As the script searches: in what is to be seen. */
function fits({ id, title, author }: PageCommit, search: string): boolean {
  const said = `${title} ${author.name} ${briefId(id)}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

function briefId(id: string): string {
  return id.slice(0, 12);
}

function Row({
  of: { id, title, author, committedAt },
  isShown,
  frame: { links, isLive },
}: {
  readonly of: PageCommit;
  readonly isShown: boolean;
  readonly frame: Frame;
}): Markup {
  const words = <code title={id}>{briefId(id)}</code>;
  return (
    <tr hidden={!isShown}>
      <td>{title}</td>
      <td>
        <Moment at={committedAt} />
      </td>
      <td data-is="by">{author.name}</td>
      <td>
        {isLive ? (
          <a href={links.overview({ at: id })} title="Everything as of this commit">
            {words}
          </a>
        ) : (
          words
        )}
      </td>
    </tr>
  );
}
