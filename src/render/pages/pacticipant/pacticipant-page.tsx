import { type PacticipantFacts, pacticipantFacts } from '../../../query/pacticipant.ts';
import { ActionLinks } from '../actions/action-links.tsx';
import { Go, GoOutside, Ways } from '../go.tsx';
import { addresses, type PageLinks } from '../links.ts';
import { Moment } from '../moment.tsx';
import { type Frame, type Markup, page } from '../page.ts';
import { Branches } from './branches.tsx';
import { Integrations } from './integrations.tsx';
import { Places } from './places.tsx';
import { Versions } from './versions.tsx';

/** One pacticipant: what it consumes and provides, its versions, branches and tags. */
export const pacticipantPage = page<PacticipantFacts>({
  path: '/pacticipants/:pacticipant',
  question: (now, asked) => pacticipantFacts(now, asked.segment('pacticipant')),
  title: ({ pacticipant }) => pacticipant.name,
  component: PacticipantBody,
});

function PacticipantBody({
  model,
  frame,
}: {
  readonly model: PacticipantFacts;
  readonly frame: Frame;
}): Markup {
  const { pacticipant, consumes, provides } = model;
  const { links } = frame;
  return (
    <>
      <h1>{pacticipant.name}</h1>
      <Settings facts={model} links={links} />
      <Integrations title="Consumes" rows={consumes} other="provider" links={links} />
      <Integrations title="Provides for" rows={provides} other="consumer" links={links} />
      {consumes.length + provides.length === 0 && (
        <p>It has no contract with anybody yet: its consumer tests publish one, or those of its consumers.</p>
      )}
      <Places facts={model} links={links} />
      <Versions facts={model} frame={frame} />
      <Branches facts={model} frame={frame} />
      <p>
        <ActionLinks
          frame={frame}
          actions={[
            {
              action: 'delete-pacticipant',
              with: { pacticipant: pacticipant.name },
              words: `Delete ${pacticipant.name}`,
            },
          ]}
        />
      </p>
    </>
  );
}

function Settings({
  facts: { pacticipant, environments },
  links,
}: {
  readonly facts: PacticipantFacts;
  readonly links: PageLinks;
}): Markup {
  const { name, displayName, mainBranch, repositoryUrl, labels, createdAt } = pacticipant;
  const known: readonly (readonly [words: string, value: Markup | string | undefined])[] = [
    ['Display name', displayName === name ? undefined : displayName],
    ['Main branch', mainBranch ?? 'not known'],
    ['Repository', repositoryUrl === undefined ? undefined : <GoOutside to={repositoryUrl} />],
    [
      'Labels',
      labels.length === 0 ? undefined : (
        <span class="chips">
          {labels.map((label) => (
            <Go to={links.overview({ label: label.name })} className="chip">
              {label.name}
            </Go>
          ))}
        </span>
      ),
    ],
    ['Known since', <Moment at={createdAt} />],
    [
      'See also',
      <Ways
        to={[
          ['Network', links.networkOf(name)],
          ['Can it be deployed?', links.deploy({ pacticipant: name })],
          ['API browser', links.api(addresses.pacticipant(name))],
        ]}
      />,
    ],
    [
      'Badges',
      mainBranch === undefined ? undefined : (
        <span class="ways">
          <img src={links.mergeBadge(name)} alt={`Can the main branch of ${name} be merged?`} height="20" />
          {environments.map((environment) => (
            <Go to={links.deployAnswer(name, mainBranch, environment.name)}>
              <img
                src={links.deployBadge(name, mainBranch, environment.name)}
                alt={`Can the main branch of ${name} be deployed to ${environment.name}?`}
                height="20"
              />
            </Go>
          ))}
        </span>
      ),
    ],
  ];
  return (
    <dl class="facts">
      {known.map(([words, value]) =>
        value === undefined ? (
          ''
        ) : (
          <>
            <dt>{words}</dt>
            <dd>{value}</dd>
          </>
        ),
      )}
    </dl>
  );
}
