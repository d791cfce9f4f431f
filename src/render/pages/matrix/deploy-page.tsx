import { GitpactError } from '../../../domain/failure.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { canIDeploy, canIMerge } from '../../../query/can-i-deploy.ts';
import type { MatrixAnswer, Verdict } from '../../../query/matrix/matrix.ts';
import type { Destination } from '../../../query/matrix/question.ts';
import { type TableRow, tableRows } from '../../../query/matrix-table.ts';
import type { VersionSelector } from '../../../query/version-selectors.ts';
import { Choice, Field, type KnownNames, knownNames, SamePast, Suggestions } from '../form-fields.tsx';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { Complaints, Reasons, VerdictBanner } from './answer.tsx';
import { MatrixTable } from './matrix-table.tsx';

/** What was asked, as it came. */
interface DeployAsked {
  /** Which of the two questions. */
  readonly kind: 'deploy' | 'merge';
  readonly pacticipant?: string;
  readonly version?: string;
  /** The head of this branch, in place of a version. */
  readonly branch?: string;
  /** The newest with this tag, in place of a version. */
  readonly tag?: string;
  /** Where to: an environment, or where the versions with a tag are. */
  readonly environment?: string;
  readonly to?: string;
}

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
      {frame.isLive && <Question asked={asked} known={known} frame={frame} />}
      <Complaints of={complaints} />
      {answer && (
        <section aria-label="Answer">
          <VerdictBanner answer={answer} sentences={sentencesFor(asked)} />
          <h2>Why</h2>
          <Reasons answer={answer} />
          <h2>What was looked at</h2>
          <MatrixTable rows={rows} frame={frame} />
        </section>
      )}
    </>
  );
}

/** Both questions in one form: what is asked is chosen by the button. */
function Question({
  asked,
  known,
  frame,
}: {
  readonly asked: DeployAsked;
  readonly known: KnownNames;
  readonly frame: Frame;
}) {
  const environments = [
    ['', '(any: the newest versions)'],
    ...known.environments.map((name) => [name, name]),
  ] as const;
  return (
    <form method="get" action={frame.links.deploy()} class="question">
      <SamePast frame={frame} />
      <Suggestions known={known} />
      <fieldset>
        <legend>What</legend>
        <Field
          label="Pacticipant"
          name="pacticipant"
          value={asked.pacticipant}
          list="pacticipants"
          required
        />
        <Field label="Version (else the head of the branch)" name="version" value={asked.version} />
        <Field label="Branch (else the main branch)" name="branch" value={asked.branch} />
      </fieldset>
      <fieldset>
        <legend>Where to</legend>
        <Choice
          label="Environment"
          name="environment"
          value={asked.environment}
          options={environments as readonly (readonly [string, string])[]}
        />
      </fieldset>
      <p class="buttons">
        <button type="submit">Can I deploy?</button>
        <button type="submit" formaction={frame.links.merge()}>
          Can I merge?
        </button>
      </p>
    </form>
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
    unknown: `Not known yet: nobody has verified everything that must be known before ${what}.`,
  };
}
