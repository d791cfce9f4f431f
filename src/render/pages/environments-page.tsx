import {
  type Clearance,
  type PacticipantStatus,
  type Status,
  type StatusPlace,
  status,
} from '../../query/status.ts';
import { reasonNotice } from '../words/reasons.ts';
import { VersionNumber } from './chips.tsx';
import { Go } from './go.tsx';
import type { PageLinks } from './links.ts';
import { Moment } from './moment.tsx';
import { type Frame, type Markup, type PageCommit, page } from './page.ts';
import { State } from './state.tsx';

/** How many commits are looked through for the one that recorded a deployment. */
const commitsSearched = 2_000;

/** What is deployed and released where, and what could be. */
export const environmentsPage = page<Status>({
  path: '/environments',
  commits: () => commitsSearched,
  question: (now) => status(now),
  title: () => 'Environments',
  component: EnvironmentsBody,
});

function EnvironmentsBody({ model, frame }: { readonly model: Status; readonly frame: Frame }): Markup {
  const { environments, pacticipants } = model;
  if (environments.length === 0) {
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
  return (
    <>
      <h1>Environments</h1>
      <p>
        For each environment: what is there now, and whether the head of the main branch may come there: it
        must work with everything that is there already.
      </p>
      <search>
        <form class="filters" method="get" data-filters="board">
          <label>
            Search <input type="search" name="search" placeholder="pacticipant" />
          </label>
          <output />
        </form>
      </search>
      <div class="sideways">
        <table id="board" class="cards">
          <caption class="only-heard">Pacticipants and environments</caption>
          <thead>
            <tr>
              <th scope="col">Pacticipant</th>
              {environments.map(({ displayName, production }) => (
                <th scope="col">
                  {displayName} {production ? <span class="chip">production</span> : ''}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pacticipants.map((one) => (
              <Row of={one} environments={environments} frame={frame} />
            ))}
          </tbody>
        </table>
      </div>
      <p id="nothing-shown" class="quiet" hidden>
        No pacticipant fits.
      </p>
    </>
  );
}

function Row({
  of: { name, head, mainBranch, places, clearances },
  environments,
  frame,
}: {
  readonly of: PacticipantStatus;
  readonly environments: Status['environments'];
  readonly frame: Frame;
}): Markup {
  const { links, commits = [] } = frame;
  return (
    <tr>
      <th scope="row">
        <Go to={links.pacticipant(name)}>{name}</Go>
        {head === undefined ? (
          ''
        ) : (
          <div class="quiet">
            {mainBranch ?? 'newest'}: <VersionNumber number={head.number} />
          </div>
        )}
      </th>
      {environments.map((environment) => (
        <td data-is={environment.displayName}>
          {places
            .filter((place) => place.environment === environment.name)
            .map((place) => (
              <Place place={place} commit={commitOf(commits, name, place)} />
            ))}
          {clearances
            .filter((clearance) => clearance.environment === environment.name)
            .map((clearance) => (
              <Promotion clearance={clearance} name={name} version={head?.number ?? ''} links={links} />
            ))}
        </td>
      ))}
    </tr>
  );
}

function Place({
  place,
  commit,
}: {
  readonly place: StatusPlace;
  readonly commit: PageCommit | undefined;
}): Markup {
  return (
    <div>
      <VersionNumber number={place.version} /> {place.target === undefined ? '' : `(${place.target}) `}
      <span class="quiet">
        {place.kind} <Moment at={place.since} />
        {commit === undefined ? (
          ''
        ) : (
          <>
            {' '}
            by commit{' '}
            <code title={`${commit.title}, by ${commit.author.name}`}>{commit.id.slice(0, 10)}</code>
          </>
        )}
      </span>
    </div>
  );
}

const promotions = {
  yes: ['verified', 'may come here'],
  no: ['failed', 'may not come here'],
  unknown: ['unverified', 'is not verified for here'],
} as const;

/** Whether the head could go there; nothing when it is there. */
function Promotion({
  clearance: { verdict, isThere, obstacles, environment },
  name,
  version,
  links,
}: {
  readonly clearance: Clearance;
  readonly name: string;
  readonly version: string;
  readonly links: PageLinks;
}): Markup | '' {
  if (isThere) return '';
  const [state, words] = promotions[verdict];
  const why = obstacles.map((obstacle) => reasonNotice(obstacle).text).join('\n');
  return (
    <div>
      <Go to={links.deploy({ pacticipant: name, version, environment })}>
        <State of={state} words={`${version.slice(0, 13)} ${words}`} title={why} />
      </Go>
    </div>
  );
}

/** The commit that recorded that a version is in an environment, among the newest. */
function commitOf(commits: readonly PageCommit[], name: string, place: StatusPlace): PageCommit | undefined {
  const trailers = [
    `\nPacticipant: ${name}\n`,
    `\nVersion: ${place.version}\n`,
    `\nEnvironment: ${place.environment}\n`,
  ];
  const event = place.kind === 'deployed' ? '\nEvent: deployment_recorded\n' : '\nEvent: release_recorded\n';
  return commits.find(({ message }) => {
    const text = `${message}\n`;
    return text.includes(event) && trailers.every((trailer) => text.includes(trailer));
  });
}
