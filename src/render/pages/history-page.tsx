import { Moment } from './moment.tsx';
import { type Frame, type Markup, page } from './page.ts';

const usual = 100;
const most = 5_000;

interface Model {
  readonly limit: number;
}

function limitOf(query: URLSearchParams): number {
  const asked = Number(query.get('limit'));
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : usual;
}

/** The commits of the contract repository: who did what, and when. */
export const historyPage = page<Model>({
  path: '/history',
  commits: ({ query }) => limitOf(query),
  question: (_now, { query }) => ({ limit: limitOf(query) }),
  title: () => 'History',
  component: HistoryBody,
});

function HistoryBody({ model: { limit }, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { commits = [], links, isLive } = frame;
  return (
    <>
      <h1>History</h1>
      <p>Everything that was recorded is a commit of the contract repository. The newest is on top.</p>
      {commits.length === 0 ? <p>There is no commit yet.</p> : ''}
      <search>
        <form class="filters" method="get" data-filters="commits">
          <label>
            Search <input type="search" name="search" placeholder="Foo, deploy, production" />
          </label>
          <output />
        </form>
      </search>
      <table id="commits" class="cards">
        <caption class="only-heard">Commits, newest first</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Commit</th>
          </tr>
        </thead>
        <tbody>
          {commits.map(({ id, title, author, committedAt }) => (
            <tr>
              <td>{title}</td>
              <td>
                <Moment at={committedAt} />
              </td>
              <td data-is="by">{author.name}</td>
              <td>
                {isLive ? (
                  <a href={links.overview({ at: id })} title="Everything as of this commit">
                    <code>{id.slice(0, 12)}</code>
                  </a>
                ) : (
                  <code>{id.slice(0, 12)}</code>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p id="nothing-shown" class="quiet" hidden>
        No commit of these fits.
      </p>
      {isLive && commits.length === limit && limit < most ? (
        <p>
          <a href={links.to({ segments: ['history'] }, { limit: String(Math.min(limit * 5, most)) })}>
            Show more
          </a>
        </p>
      ) : (
        ''
      )}
    </>
  );
}
