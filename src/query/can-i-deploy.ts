import type { Complaint } from '../domain/failure.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { knowsEnvironment, knowsPacticipant } from './asked.ts';
import { type MatrixAnswer, matrix } from './matrix/matrix.ts';
import type { Destination, LatestBy, MatrixQuestion } from './matrix/question.ts';
import type { VersionSelector } from './version-selectors.ts';

/** May these versions be deployed together, to a place? Without a place: do they fit the newest of their neighbours? */
export interface CanIDeployQuestion {
  /** The versions to deploy; the others are taken from the destination. */
  readonly selectors: readonly VersionSelector[];
  readonly destination?: Destination;
  readonly ignore?: readonly VersionSelector[];
  /** Makes a live version without a result count as unknown; the store's setting when absent. */
  readonly strict?: boolean;
}

/**
 * Whether the versions asked about may be deployed. A single version bound for an environment is held against every
 * version that is live there; for a tag or branch, against its newest (matrix.md §1, §3.2).
 * @throws GitpactError `bad-request` with every complaint.
 * @throws NotLoaded
 */
export function canIDeploy(now: Snapshot, question: CanIDeployQuestion): MatrixAnswer {
  return matrix(now, deployQuestion(question));
}

/** The question to the matrix that {@link canIDeploy} stands for. */
export function deployQuestion({ destination, ...question }: CanIDeployQuestion): MatrixQuestion {
  const alone = question.selectors.length === 1;
  const latestBy: LatestBy = alone && destination?.environment === undefined ? 'cvp' : 'cvpv';
  const newest = destination ? destination.environment === undefined : alone;
  return { ...question, latestBy, destination: { ...destination, ...(newest ? { latest: true } : {}) } };
}

/**
 * Whether a version (by default the head of the main branch) works with the heads of its neighbours' main branches.
 * @throws GitpactError `bad-request` with every complaint.
 * @throws NotLoaded
 */
export function canIMerge(now: Snapshot, pacticipant: string, version?: string): MatrixAnswer {
  const selector: VersionSelector =
    version === undefined ? { pacticipant, mainBranch: true, latest: true } : { pacticipant, version };
  return canIDeploy(now, { selectors: [selector], destination: { mainBranch: true } });
}

/** The parameters of `GET /can-i-deploy`, as they came. */
export interface CanIDeployParameters {
  readonly pacticipant?: string | undefined;
  readonly version?: string | undefined;
  readonly to?: string | undefined;
  readonly environment?: string | undefined;
}

/**
 * Every reason not to answer `GET /can-i-deploy`, by parameter; what concerns the whole has an empty `where` (matrix.md
 * §3.3). Blank parameters count as missing. @throws NotLoaded
 */
export function complaintsAboutDeploying(
  now: Snapshot,
  parameters: CanIDeployParameters,
): readonly Complaint[] {
  const { pacticipant, version, to, environment } = parameters;
  const complaints: Complaint[] = [];
  const complain = (where: string, text: string) => complaints.push({ where, text });
  if (isBlank(pacticipant)) complain('pacticipant', 'is missing');
  else if (!knowsPacticipant(now, pacticipant))
    complain('pacticipant', 'does not match an existing pacticipant');
  if (isBlank(version)) complain('version', 'is missing');
  if (!isBlank(environment) && !knowsEnvironment(now, environment)) {
    complain('environment', `with name '${environment}' does not exist`);
  }
  if (isBlank(to) && isBlank(environment)) complain('', "Must specify either an environment or a 'to' tag.");
  if (!isBlank(to) && !isBlank(environment)) {
    complain('', "Cannot specify both a 'to' tag and an environment.");
  }
  return complaints;
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === '';
}
