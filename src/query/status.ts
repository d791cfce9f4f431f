import type {
  BranchName,
  EnvironmentName,
  Instant,
  PacticipantName,
  VersionNumber,
} from '../domain/names.ts';
import type { Environment, Pacticipant, Presence, Version } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { findHead } from './asked.ts';
import { both } from './both.ts';
import { canIDeploy } from './can-i-deploy.ts';
import type { Verdict } from './matrix/matrix.ts';
import type { Reason } from './matrix/reasons.ts';
import { type NetworkEdge, network } from './network.ts';

/** What a status is of; everything that there is where nothing is named. Names are as asked: they may name nothing. */
export interface StatusQuestion {
  readonly pacticipants?: readonly string[];
  readonly environments?: readonly string[];
}

/** A version that is in an environment now. */
export interface StatusPlace {
  readonly environment: EnvironmentName;
  readonly kind: Presence['kind'];
  readonly version: VersionNumber;
  /** The application instance; absent for the only one. */
  readonly target?: string;
  readonly since: Instant;
}

/** Whether the head of a main branch may go to an environment. */
export interface Clearance {
  readonly environment: EnvironmentName;
  readonly verdict: Verdict;
  /** Whether it is there already. */
  readonly isThere: boolean;
  /** The pacts in its way; none when nothing is. */
  readonly obstacles: readonly Obstacle[];
}

/** A pact that keeps a version from being deployed: it failed, or there is no result. */
export type Obstacle = Extract<Reason, { kind: 'no-verified-pact' | 'verification-failed' }>;

/** Where a pacticipant is, and where it could go. */
export interface PacticipantStatus {
  readonly name: PacticipantName;
  readonly mainBranch?: BranchName;
  /** The head of the main branch; the newest version where no main branch has one. */
  readonly head?: Version;
  readonly places: readonly StatusPlace[];
  /** One for each environment, in their order; none without a head. */
  readonly clearances: readonly Clearance[];
}

/** A pact that is not verified, or failed: of main branches, or of what is live in an environment. */
export interface Unverified {
  readonly environment?: EnvironmentName;
  readonly edge: NetworkEdge;
}

/** What is where, what is not verified, and what blocks what. */
export interface Status {
  /** In code point order of their names. */
  readonly environments: readonly Environment[];
  /** In code point order of their names. */
  readonly pacticipants: readonly PacticipantStatus[];
  /** Of the main branches, then of each environment. */
  readonly unverified: readonly Unverified[];
}

/** The status of a whole estate or a part of it. Looks at heads and at what is live, not at other versions. @throws NotLoaded */
export function status(now: Snapshot, question: StatusQuestion = {}): Status {
  const isAsked = (names: readonly string[] | undefined, name: string) => names?.includes(name) ?? true;
  const environments = now.environments().filter(({ name }) => isAsked(question.environments, name));
  const names = now.pacticipantNames().filter((name) => isAsked(question.pacticipants, name));
  const [pacticipants, unverified] = both(
    () => gather(names, (name) => statusOf(now, name, environments)),
    () => unverifiedIn(now, environments, question.pacticipants),
  );
  return { environments, pacticipants, unverified };
}

function statusOf(
  now: Snapshot,
  name: PacticipantName,
  environments: readonly Environment[],
): PacticipantStatus {
  const [pacticipant, places] = both(
    () => now.pacticipant(name),
    () => gather(environments, (environment) => placesIn(now, name, environment)).flat(),
  );
  const head = headOf(now, name, pacticipant);
  return {
    name,
    ...(pacticipant?.mainBranch === undefined ? {} : { mainBranch: pacticipant.mainBranch }),
    ...(head ? { head } : {}),
    places,
    clearances: head ? gather(environments, (environment) => clearance(now, head, environment, places)) : [],
  };
}

function headOf(
  now: Snapshot,
  name: PacticipantName,
  pacticipant: Pacticipant | undefined,
): Version | undefined {
  const { mainBranch } = pacticipant ?? {};
  return (mainBranch === undefined ? undefined : findHead(now, name, mainBranch)) ?? now.latestVersion(name);
}

function placesIn(now: Snapshot, name: PacticipantName, environment: Environment): readonly StatusPlace[] {
  return now
    .presences(environment.name)
    .filter(({ pacticipant }) => pacticipant === name)
    .map(({ kind, version, target, createdAt }) => ({
      environment: environment.name,
      kind,
      version,
      ...(target === undefined ? {} : { target }),
      since: createdAt,
    }));
}

function clearance(
  now: Snapshot,
  { pacticipant, number }: Version,
  { name: environment }: Environment,
  places: readonly StatusPlace[],
): Clearance {
  const { verdict, reasons } = canIDeploy(now, {
    selectors: [{ pacticipant, version: number }],
    destination: { environment },
  });
  return {
    environment,
    verdict,
    isThere: places.some((place) => place.environment === environment && place.version === number),
    obstacles: reasons.filter(isObstacle),
  };
}

function isObstacle(reason: Reason): reason is Obstacle {
  return reason.kind === 'no-verified-pact' || reason.kind === 'verification-failed';
}

function unverifiedIn(
  now: Snapshot,
  environments: readonly Environment[],
  pacticipants: readonly string[] | undefined,
): readonly Unverified[] {
  const around = pacticipants === undefined ? {} : { pacticipants, depth: 1 };
  const places = [undefined, ...environments.map(({ name }) => name)];
  return gather(places, (environment) => {
    const question = environment === undefined ? around : { ...around, environment };
    return network(now, question)
      .edges.filter(({ state }) => state !== 'verified')
      .map((edge) => ({ ...(environment === undefined ? {} : { environment }), edge }));
  }).flat();
}
