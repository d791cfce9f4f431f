import type { Version } from '../../domain/records.ts';
import type { IntegrationRow } from '../../query/overview.ts';
import { type PacticipantFacts, pacticipantFacts } from '../../query/pacticipant.ts';
import { ActionLinks } from './actions/action-links.tsx';
import { Chips, VersionNumber } from './chips.tsx';
import { Go, GoOutside } from './go.tsx';
import type { PageLinks } from './links.ts';
import { MarkedVersion } from './matrix/version-marks.tsx';
import { Moment } from './moment.tsx';
import { type Frame, type Markup, page } from './page.ts';
import { markedState, State } from './state.tsx';

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
      {consumes.length + provides.length === 0 ? <p>It has no contract with anybody.</p> : ''}
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
  facts: { pacticipant },
  links,
}: {
  readonly facts: PacticipantFacts;
  readonly links: PageLinks;
}): Markup {
  const { name, displayName, mainBranch, repositoryUrl, labels, createdAt } = pacticipant;
  const badge = links.mergeBadge(name);
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
      <span class="chips">
        <Go to={links.networkOf(name)}>Network</Go>
        <Go to={links.deploy({ pacticipant: name })}>Can it be deployed?</Go>
      </span>,
    ],
    [
      'Badge',
      badge === undefined || mainBranch === undefined ? undefined : (
        <img src={badge} alt={`Can the main branch of ${name} be merged?`} height="20" />
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

function Integrations({
  title,
  rows,
  other,
  links,
}: {
  readonly title: string;
  readonly rows: readonly IntegrationRow[];
  readonly other: 'consumer' | 'provider';
  readonly links: PageLinks;
}): Markup | '' {
  if (rows.length === 0) return '';
  return (
    <>
      <h2>{title}</h2>
      <table class="cards" data-sorts="">
        <caption class="only-heard">{title}</caption>
        <thead>
          <tr>
            <th scope="col" data-sorts="">
              {other === 'provider' ? 'Provider' : 'Consumer'}
            </th>
            <th scope="col" data-sorts="">
              Newest contract
            </th>
            <th scope="col">Version of the consumer</th>
            <th scope="col" data-sorts="">
              Published
            </th>
            <th scope="col">Newest result</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <Go to={links.pacticipant(row[other])}>{row[other]}</Go>
              </th>
              <td>
                <Go to={links.latestContract(row)}>
                  <State of={markedState(row.status)} />
                </Go>
              </td>
              <td>
                <VersionNumber number={row.pact.consumerVersion.number} />{' '}
                <Chips branches={row.standing.headBranches} tags={row.standing.latestTags} />
              </td>
              <td data-is="published" data-sort={row.pact.publication.createdAt}>
                <Moment at={row.pact.publication.createdAt} />
              </td>
              <td data-is={row.result ? 'result' : undefined}>
                {row.result === undefined ? (
                  ''
                ) : (
                  <>
                    <Go to={links.result(row.result)}>
                      {row.provider} <VersionNumber number={row.result.providerVersion} />
                    </Go>{' '}
                    {row.result.success ? 'passed' : 'failed'}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** The versions along a line of time, the newest on top. */
function Versions({
  facts: { pacticipant, versions, moreVersions },
  frame,
}: {
  readonly facts: PacticipantFacts;
  readonly frame: Frame;
}): Markup {
  const { links } = frame;
  return (
    <>
      <h2>Versions</h2>
      {versions.length === 0 ? <p>It has no version yet.</p> : ''}
      <ol class="time-line">
        {versions.map((version) => (
          <li>
            <Go to={links.matrixOfVersion(pacticipant.name, version.version.number)}>
              <MarkedVersion of={version} />
            </Go>{' '}
            <span class="quiet">
              <Moment at={version.version.createdAt} />
              {pactsWords(version.version.pacts)}
            </span>
            <VersionActions version={version.version} frame={frame} />
            {version.version.buildUrl === undefined ? (
              ''
            ) : (
              <>
                {' '}
                <GoOutside to={version.version.buildUrl} />
              </>
            )}
          </li>
        ))}
      </ol>
      {moreVersions > 0 ? <p class="quiet">And {moreVersions} older.</p> : ''}
    </>
  );
}

/** What a person who may write can do with a version: put a tag on it, take one off, delete it. */
function VersionActions({
  version: { pacticipant, number, tags },
  frame,
}: {
  readonly version: Version;
  readonly frame: Frame;
}): Markup | '' {
  const of = { pacticipant, version: number };
  return (
    <ActionLinks
      frame={frame}
      actions={[
        { action: 'tag', with: of, words: 'Tag', about: `version ${number}` },
        ...tags.map(({ name }) => ({
          action: 'delete-tag',
          with: { ...of, tag: name },
          words: `Untag ${name}`,
        })),
        { action: 'delete-version', with: of, words: 'Delete', about: `version ${number}` },
      ]}
    />
  );
}

function pactsWords(pacts: readonly { readonly provider: string }[]): string {
  const providers = [...new Set(pacts.map(({ provider }) => provider))];
  if (providers.length === 0) return '';
  return `, published for ${providers.length > 3 ? `${providers.length} providers` : providers.join(', ')}`;
}

function Branches({
  facts: { pacticipant, branches, tags },
  frame,
}: {
  readonly facts: PacticipantFacts;
  readonly frame: Frame;
}): Markup | '' {
  if (branches.length + tags.length === 0) return '';
  const rows = [
    ...branches.map(({ name, head, updatedAt }) => ({ kind: 'branch', name, newest: head, at: updatedAt })),
    ...tags.map(({ name, latest, createdAt }) => ({ kind: 'tag', name, newest: latest, at: createdAt })),
  ];
  return (
    <>
      <h2>Branches and tags</h2>
      <table class="cards" data-sorts="">
        <caption class="only-heard">Branches and tags</caption>
        <thead>
          <tr>
            <th scope="col" data-sorts="">
              Name
            </th>
            <th scope="col">Head</th>
            <th scope="col" data-sorts="">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, name, newest, at }) => (
            <tr>
              <th scope="row">
                <span class={`chip ${kind}`}>
                  <b>{kind}</b> {name}
                </span>
                {kind === 'branch' && (
                  <>
                    {' '}
                    <ActionLinks
                      frame={frame}
                      actions={[
                        {
                          action: 'delete-branch',
                          with: { pacticipant: pacticipant.name, branch: name },
                          words: 'Delete',
                          about: `branch ${name}`,
                        },
                      ]}
                    />
                  </>
                )}
              </th>
              <td>{newest === undefined ? '' : <VersionNumber number={newest} />}</td>
              <td data-sort={at}>
                <Moment at={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
