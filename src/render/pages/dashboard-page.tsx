import type { Snapshot } from '../../domain/snapshot.ts';
import { asPacticipantName } from '../../query/asked.ts';
import {
  type DashboardRow,
  type DashboardView,
  dashboard,
  type VersionStanding,
} from '../../query/dashboard.ts';
import type { Pair } from '../../query/latest-pacts.ts';
import { type ActionLink, ActionLinks } from './actions/action-links.tsx';
import { Chips, VersionNumber } from './chips.tsx';
import { Go } from './go.tsx';
import { Heads } from './heads.tsx';
import { Moment } from './moment.tsx';
import { type Asked, type Frame, type Markup, page } from './page.ts';
import { markedState, State } from './state.tsx';

type View = Exclude<DashboardView, 'latest' | 'api'>;

interface Model {
  readonly pair: Pair;
  readonly view: View;
  readonly rows: readonly DashboardRow[];
}

const views: Readonly<Record<View, string>> = {
  branch: 'by branch',
  tag: 'by tag',
  environment: 'in environments',
  all: 'all of these',
};

/** `/dashboard/provider/P/consumer/C`: the pacts of a pair that matter, and how each stands (ui.md §3). */
export const dashboardPage = page<Model>({
  path: '/dashboard/provider/:provider/consumer/:consumer',
  question,
  title: ({ pair }) => `${pair.consumer} and ${pair.provider}`,
  component: Dashboard,
});

function question(now: Snapshot, { segment, query }: Asked): Model | undefined {
  const [consumer, provider] = [segment('consumer'), segment('provider')].map(asPacticipantName);
  if (consumer === undefined || provider === undefined || !now.integration(consumer, provider)) {
    return undefined;
  }
  const pair = { consumer, provider };
  const asked = query.get('view') ?? '';
  const view = Object.hasOwn(views, asked) ? (asked as View) : undefined;
  if (view) return { pair, view, rows: dashboard(now, view, [pair]) };
  const rows = dashboard(now, 'all', [pair]);
  const usual = rows.some(({ consumer: { headBranches } }) => headBranches.length > 0) ? 'branch' : 'all';
  return { pair, view: usual, rows: usual === 'all' ? rows : dashboard(now, usual, [pair]) };
}

function Dashboard({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { pair, view, rows } = model;
  const { links } = frame;
  return (
    <>
      <h1>
        <Go to={links.pacticipant(pair.consumer)}>{pair.consumer}</Go> and{' '}
        <Go to={links.pacticipant(pair.provider)}>{pair.provider}</Go>
      </h1>
      <p>
        <Go to={links.latestContract(pair)}>The newest contract</Go> ·{' '}
        <Go to={links.matrixOfPair(pair)}>The matrix</Go> · <Go to={links.timeline(pair)}>What changed</Go>
      </p>
      <nav aria-label="Which pacts">
        <ul>
          {Object.entries(views).map(([name, words]) => (
            <li>
              {name === view ? (
                <strong aria-current="page">{words}</strong>
              ) : (
                <Go to={links.dashboard(pair, name)}>{words}</Go>
              )}
            </li>
          ))}
        </ul>
      </nav>
      {rows.length === 0 ? (
        <p class="quiet">There is no such pact.</p>
      ) : (
        <table class="cards" data-sorts>
          <Heads words={['Consumer version', 'Provider version', 'Pact published', 'Last verified']} sorts />
          <tbody>
            {rows.map((row) => (
              <Row of={row} view={view} frame={frame} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({
  of,
  view,
  frame,
}: {
  readonly of: DashboardRow;
  readonly view: View;
  readonly frame: Frame;
}): Markup {
  const { pact, consumer, provider, result, status } = of;
  const { links } = frame;
  return (
    <tr>
      <td data-is="Consumer version">
        <Standing of={consumer} />
      </td>
      <td data-is="Provider version">{provider ? <Standing of={provider} /> : ''}</td>
      <td data-is="Pact published" data-sort={pact.publication.createdAt}>
        <Go to={links.contract(pact, pact.publication.sha)}>
          <Moment at={pact.publication.createdAt} />
        </Go>
      </td>
      <td data-is="Last verified">
        <Go to={result && links.result(result)}>
          <State of={markedState(status)} />
        </Go>{' '}
        {result && <Moment at={result.createdAt} />}{' '}
        <ActionLinks frame={frame} actions={deletions(of, view)} />
      </td>
    </tr>
  );
}

/** The pacts of the branches and tags that a row is there for can be deleted (ui.md §3.3). */
function deletions({ pact, consumer }: DashboardRow, view: View): readonly ActionLink[] {
  const pair = { consumer: pact.consumer, provider: pact.provider };
  const branches = view === 'branch' || view === 'all' ? consumer.headBranches : [];
  const tags = view === 'tag' || view === 'all' ? consumer.latestTags : [];
  return [
    ...branches.map((branch) => ({
      action: 'delete-pacts-of-branch',
      with: { ...pair, branch },
      words: `Delete pacts from branch ${branch}`,
    })),
    ...tags.map((tag) => ({
      action: 'delete-pacts-of-tag',
      with: { ...pair, tag },
      words: `Delete pacts with tag ${tag}`,
    })),
  ];
}

function Standing({ of }: { readonly of: VersionStanding }): Markup {
  return (
    <>
      <VersionNumber number={of.version.number} /> <Chips branches={of.headBranches} tags={of.latestTags} />
    </>
  );
}
