import { GitpactError } from '../../../domain/failure.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { canIDeploy, canIMerge } from '../../../query/can-i-deploy.ts';
import type { MatrixAnswer, Verdict } from '../../../query/matrix/matrix.ts';
import type { Destination } from '../../../query/matrix/question.ts';
import { type TableRow, tableRows } from '../../../query/matrix-table.ts';
import type { VersionSelector } from '../../../query/version-selectors.ts';
import { type KnownNames, knownNames } from '../form-fields.tsx';
import type { PageLinks } from '../links.ts';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { Complaints, Reasons, VerdictBanner } from './answer.tsx';
import { type DeployAsked, DeployForm } from './deploy-form.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { NextSteps } from './next-steps.tsx';

interface Model {
  readonly asked: DeployAsked;
  readonly known: KnownNames;
  readonly complaints: readonly string[];
  readonly answer?: MatrixAnswer;
  readonly rows: readonly TableRow[];
}

/** `/can-i-deploy`, `/can-i-merge`, and the same with everything in the path (ui.md §5). */
export const deployPages: readonly Page[] = [
  deployPage('/can-i-deploy', ({ query }) => ({
    kind: 'deploy',
    ...given({
      pacticipant: query.get('pacticipant'),
      version: query.get('version'),
      branch: query.get('branch'),
      tag: query.get('tag'),
      environment: query.get('environment'),
      to: query.get('to'),
    }),
  })),
  deployPage('/can-i-merge', ({ query }) => ({
    kind: 'merge',
    ...given({ pacticipant: query.get('pacticipant'), version: query.get('version') }),
  })),
  deployPage('/pacticipants/:pacticipant/latest-version/:tag/can-i-deploy/to/:to', ({ segment }) => ({
    kind: 'deploy',
    pacticipant: segment('pacticipant'),
    tag: segment('tag'),
    to: segment('to'),
  })),
  deployPage(
    '/pacticipants/:pacticipant/branches/:branch/latest-version/can-i-deploy/to-environment/:environment',
    ({ segment }) => ({
      kind: 'deploy',
      pacticipant: segment('pacticipant'),
      branch: segment('branch'),
      environment: segment('environment'),
    }),
  ),
];

type Given = Omit<DeployAsked, 'kind'>;

/** Parameters that were given; blank ones were not. */
function given(parameters: Readonly<Record<string, string | null>>): Given {
  const filled = Object.entries(parameters).filter(([, value]) => value !== null && value.trim() !== '');
  return Object.fromEntries(filled) as Given;
}

function deployPage(path: string, askedIn: (asked: Asked) => DeployAsked): Page {
  return page<Model>({
    path,
    question: (now, asked) => answered(now, askedIn(asked)),
    title: ({ asked: { kind, pacticipant = 'something' } }) =>
      kind === 'deploy' ? `May ${pacticipant} be deployed?` : `May ${pacticipant} be merged?`,
    component: Deploy,
  });
}

function answered(now: Snapshot, asked: DeployAsked): Model {
  const known = knownNames(now);
  const { kind, pacticipant, version, environment, to } = asked;
  if (pacticipant === undefined) return { asked, known, complaints: [], rows: [] };
  try {
    const destination: Destination | undefined =
      environment === undefined ? (to === undefined ? undefined : { tag: to }) : { environment };
    const answer =
      kind === 'merge'
        ? canIMerge(now, pacticipant, version)
        : canIDeploy(now, {
            selectors: [selectorOf(asked, pacticipant)],
            ...(destination ? { destination } : {}),
          });
    return { asked, known, complaints: [], answer, rows: tableRows(now, answer) };
  } catch (error) {
    if (!(error instanceof GitpactError) || error.kind !== 'usage') throw error;
    return { asked, known, complaints: error.complaints.map(({ text }) => text), rows: [] };
  }
}

/** The version that is meant; without one, the head of the main branch. */
function selectorOf({ version, branch, tag }: DeployAsked, pacticipant: string): VersionSelector {
  if (version !== undefined) return { pacticipant, version };
  if (branch !== undefined) return { pacticipant, branch, latest: true };
  return tag === undefined
    ? { pacticipant, mainBranch: true, latest: true }
    : { pacticipant, tag, latest: true };
}

function Deploy({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { asked, known, complaints, answer, rows } = model;
  return (
    <>
      <h1>{asked.kind === 'deploy' ? 'Can I deploy?' : 'Can I merge?'}</h1>
      {frame.isLive && <DeployForm asked={asked} known={known} frame={frame} />}
      <Complaints of={complaints} />
      {asked.pacticipant === undefined && <Introduction known={known} />}
      {answer && (
        <section aria-label="Answer">
          <VerdictBanner answer={answer} sentences={sentencesFor(asked)} />
          <h2>Why</h2>
          <Reasons answer={answer} />
          <NextSteps asked={asked} answer={answer} links={frame.links} />
          <h2>What was looked at</h2>
          <MatrixTable rows={rows} frame={frame} />
          <Badge asked={asked} links={frame.links} />
        </section>
      )}
    </>
  );
}

function Introduction({ known }: { readonly known: KnownNames }): Markup {
  if (known.pacticipants.length === 0) {
    return (
      <p>
        There is no pacticipant yet, so there is nothing to ask about. Publish a pact first:{' '}
        <code>gitpact publish pacts/*.json --consumer-app-version 1 --branch main</code>
      </p>
    );
  }
  return (
    <p class="quiet">
      A version may be deployed where it works with everything that is there already; it may be merged when it
      works with the heads of the main branches. The answer comes with its reasons, and what to do next.
    </p>
  );
}

function sentencesFor(asked: DeployAsked): Readonly<Record<Verdict, string>> {
  const { kind, pacticipant, version, branch, tag, environment, to } = asked;
  const which =
    version !== undefined
      ? `version ${version}`
      : branch !== undefined
        ? `the head of branch ${branch}`
        : tag !== undefined
          ? `the newest version with tag ${tag}`
          : 'the head of the main branch';
  const where =
    environment !== undefined
      ? ` to ${environment}`
      : to !== undefined
        ? ` beside the newest versions with tag ${to}`
        : ' beside the newest versions of its neighbours';
  const what = `${which} of ${pacticipant} may be ${kind === 'deploy' ? `deployed${where}` : 'merged'}`;
  return {
    yes: `Yes: ${what}.`,
    no: `No: ${what.replace(' may be ', ' must not be ')}.`,
    unknown: `Not known yet: nobody has verified whether ${what}.`,
  };
}

/** The answer as a badge, for questions that have one (ui.md §5). */
function Badge({ asked, links }: { readonly asked: DeployAsked; readonly links: PageLinks }): Markup | null {
  const source = badgeOf(asked, links);
  return source === undefined ? null : (
    <p>
      <img src={source} alt="The answer as a badge" height="20" />
    </p>
  );
}

function badgeOf(
  { kind, pacticipant = '', version, branch, tag, environment, to }: DeployAsked,
  links: PageLinks,
): string | undefined {
  if (version !== undefined) return undefined;
  if (kind === 'merge') return links.mergeBadge(pacticipant);
  if (branch !== undefined && environment !== undefined) {
    return links.deployBadge(pacticipant, branch, environment);
  }
  return tag !== undefined && to !== undefined ? links.tagBadge(pacticipant, tag, to) : undefined;
}
