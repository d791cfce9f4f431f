import type {
  BranchName,
  EnvironmentName,
  Instant,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import type {
  Branch,
  Environment,
  Integration,
  Pacticipant,
  Presence,
  Publication,
  TagIndex,
  VerificationResult,
  Version,
} from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { publicationOf } from '../domain/version.ts';
import type { Surroundings } from './events.ts';

/** A version in the states before and after a commit; absent where there is none. */
export interface Changed {
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** Right before which publication a state is meant. */
export interface Point {
  readonly at: Instant;
  /** The order of the consumer version that published. */
  readonly order: number;
  readonly revision: number;
}

/**
 * The state in the middle of a commit that records several things, right before one of its publications: what was there
 * before the commit, and what the commit adds that is not younger. Facts tell their moment, so that is as good as if each
 * had been committed by itself; but what a commit takes away counts as gone from its beginning.
 */
export class Moment implements Surroundings {
  readonly #before: Snapshot;
  readonly #after: Snapshot;
  readonly #changed: readonly Changed[];
  readonly #point: Point;

  /** @param changed every version that the commit changes */
  constructor(before: Snapshot, after: Snapshot, changed: readonly Changed[], point: Point) {
    this.#before = before;
    this.#after = after;
    this.#changed = changed;
    this.#point = point;
  }

  version(pacticipant: PacticipantName, number: VersionNumber): Version | undefined {
    const change = this.#changed.find(({ before, after }) => {
      const version = after ?? before;
      return version?.number === number && version.pacticipant === pacticipant;
    });
    return change ? this.#then(change) : this.#after.version(pacticipant, number);
  }

  versions(pacticipant: PacticipantName): readonly Version[] {
    const then = new Map(
      this.#changedOf(pacticipant).map((change) => [change.after?.number, this.#then(change)]),
    );
    return this.#after
      .versions(pacticipant)
      .map((version) => (then.has(version.number) ? then.get(version.number) : version))
      .filter((version) => version !== undefined);
  }

  integration(consumer: PacticipantName, provider: PacticipantName): Integration | undefined {
    const [known, anew] = gather([this.#before, this.#after], (state) =>
      state.integration(consumer, provider),
    );
    const integration = known ?? anew;
    if (!integration) return undefined;
    const newest = known?.latest === undefined ? undefined : this.version(consumer, known.latest);
    const latest = newestOf([
      newest,
      ...this.#changedThen(consumer).filter((version) => publicationOf(version, provider)),
    ]);
    const { latest: _, ...rest } = integration;
    return latest ? { ...rest, latest: latest.number } : rest;
  }

  tag(pacticipant: PacticipantName, name: TagName): TagIndex | undefined {
    const known = this.#before.tag(pacticipant, name);
    const uses = this.#changedThen(pacticipant).flatMap((version) =>
      version.tags.filter((tag) => tag.name === name).map(({ createdAt }) => ({ version, createdAt })),
    );
    const before = known && this.version(pacticipant, known.latest);
    const latest = newestOf([before, ...uses.map(({ version }) => version)]);
    const [createdAt] = [...(known ? [known] : []), ...uses].map((use) => use.createdAt).sort();
    return latest && createdAt ? { name, createdAt, latest: latest.number } : undefined;
  }

  branch(pacticipant: PacticipantName, name: BranchName): Branch | undefined {
    const added = this.#changedOf(pacticipant)
      .flatMap((change) => {
        const version = this.#then(change);
        const membership = version?.branches.find((branch) => branch.name === name);
        const isNew = !change.before?.branches.some((branch) => branch.name === name);
        return version && membership && isNew ? [{ version, at: membership.createdAt }] : [];
      })
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.version.order - b.version.order))
      .at(-1);
    const known = this.#before.branch(pacticipant, name);
    if (!added) return known;
    const { at, version } = added;
    return { name, createdAt: known?.createdAt ?? at, updatedAt: at, head: version.number };
  }

  pacticipant(name: PacticipantName): Pacticipant | undefined {
    const [before, after] = gather([this.#before, this.#after], (state) => state.pacticipant(name));
    const isLater = after?.updatedAt !== undefined && after.updatedAt > this.#point.at;
    return before && isLater ? before : after;
  }

  environments(): readonly Environment[] {
    return this.#after.environments();
  }

  presences(environment: EnvironmentName): readonly Presence[] {
    const [before = [], after = []] = gather([this.#before, this.#after], (state) =>
      state.presences(environment),
    );
    const uuid = this.#after.environments().find(({ name }) => name === environment)?.uuid;
    const left = new Set(after.map((presence) => presence.uuid));
    const known = new Set(before.map((presence) => presence.uuid));
    const anew = this.#changed.flatMap(({ after: version }) => staysOf(version, uuid));
    return [
      ...before.filter((presence) => left.has(presence.uuid) || this.#endsLater(presence)),
      ...anew.filter((stay) => !known.has(stay.uuid) && this.#isNow(stay)),
    ];
  }

  resultsBy(
    consumer: PacticipantName,
    provider: PacticipantName,
    sha: PactSha,
    providerVersion: VersionNumber,
  ): readonly VerificationResult[] {
    const [before = [], after = []] = gather([this.#before, this.#after], (state) =>
      state.resultsBy(consumer, provider, sha, providerVersion),
    );
    const known = new Set(before.map(({ number }) => number));
    return after.filter(({ number, createdAt }) => known.has(number) || createdAt < this.#point.at);
  }

  #changedOf(pacticipant: PacticipantName): readonly Changed[] {
    return this.#changed.filter(({ before, after }) => (after ?? before)?.pacticipant === pacticipant);
  }

  #changedThen(pacticipant: PacticipantName): readonly Version[] {
    return this.#changedOf(pacticipant)
      .map((change) => this.#then(change))
      .filter((version) => version !== undefined);
  }

  /** A version that the commit changes, as it was at the point. */
  #then({ before, after }: Changed): Version | undefined {
    const { at } = this.#point;
    if (!after) return before;
    if (!before && after.createdAt > at) return undefined;
    const sameName = (a: { name: string }, b: { name: string }) => a.name === b.name;
    return {
      ...after,
      tags: after.tags.filter((tag) => tag.createdAt <= at || before?.tags.some((was) => sameName(was, tag))),
      branches: after.branches.filter(
        (branch) => branch.createdAt <= at || before?.branches.some((was) => sameName(was, branch)),
      ),
      pacts: after.pacts.filter((pact) => this.#isPast(after, pact) || before?.pacts.some(isSamePact(pact))),
    };
  }

  #isPast({ order }: Version, { createdAt, revision }: Publication): boolean {
    const { at, order: ownOrder, revision: ownRevision } = this.#point;
    if (createdAt !== at) return createdAt < at;
    return order < ownOrder || (order === ownOrder && revision < ownRevision);
  }

  #isNow({ createdAt, end }: Stay): boolean {
    const { at } = this.#point;
    return createdAt <= at && (end === undefined || end > at);
  }

  /** Whether the commit takes this deployment or release back, but after the point. */
  #endsLater({ uuid, pacticipant, version }: Presence): boolean {
    const after = this.#after.version(pacticipant, version);
    return staysOf(after).some((stay) => stay.uuid === uuid && this.#isNow(stay));
  }
}

/** A deployment or release, and when it was over. */
interface Stay extends Presence {
  readonly end: Instant | undefined;
}

/** Where a version is or was; in one environment, or in all. */
function staysOf(version: Version | undefined, environment?: string): readonly Stay[] {
  if (!version) return [];
  const { pacticipant, number } = version;
  const all = [
    ...version.deployments.map((stay) => ({ kind: 'deployed' as const, stay, end: stay.undeployedAt })),
    ...version.releases.map((stay) => ({ kind: 'released' as const, stay, end: stay.supportEndedAt })),
  ];
  return all
    .filter(({ stay }) => environment === undefined || stay.environment === environment)
    .map(({ kind, stay, end }) => ({ ...stay, kind, pacticipant, version: number, end }));
}

/** Whether two publications are one: the same revision for the same provider. */
export function isSamePact(pact: Publication): (other: Publication) => boolean {
  return ({ provider, revision }) => provider === pact.provider && revision === pact.revision;
}

function newestOf(versions: readonly (Version | undefined)[]): Version | undefined {
  return versions.reduce((a, b) => (a && (!b || a.order >= b.order) ? a : b), undefined);
}
