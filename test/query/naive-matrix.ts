import type { PacticipantName, VersionNumber } from '../../src/domain/names.ts';
import type { Presence, Publication, VerificationResult, Version } from '../../src/domain/records.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { MatrixQuestion } from '../../src/query/matrix/question.ts';
import type { VersionSelector } from '../../src/query/version-selectors.ts';

/** What the naive matrix tells of a question: counts, the verdict, and rows as `consumer version provider version success`. */
export interface NaiveAnswer {
  readonly deployable: boolean | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly string[];
  readonly ignoredRows: readonly string[];
}

/** A selector as it was resolved: to a version, to `all` of them, or to none. */
interface Meant {
  readonly selector: VersionSelector;
  readonly name: string;
  readonly version: Version | 'all' | undefined;
  readonly isKnown: boolean;
}

interface Published extends Publication {
  readonly consumer: PacticipantName;
  readonly version: Version;
}

interface Row {
  readonly pact: Published;
  readonly result: (VerificationResult & { readonly age: string }) | undefined;
  readonly by: Version | undefined;
}

interface Pair {
  readonly consumer: string;
  readonly provider: string;
  readonly isRequired: boolean;
}

/**
 * The matrix as matrix.md §4 and §5 write it down: every fact of the store in a table, joined, filtered, ordered. It is as
 * slow as it is plain, shares no code with the product's, and is what that is held against.
 */
export class NaiveMatrix {
  readonly #now: Snapshot;
  readonly #versions: readonly Version[];
  readonly #pacts: readonly Published[];
  readonly #results: readonly VerificationResult[];
  readonly #presences: ReadonlyMap<string, readonly Presence[]>;

  constructor(now: Snapshot) {
    this.#now = now;
    this.#versions = now.pacticipantNames().flatMap((name) => now.versions(name));
    this.#pacts = this.#versions.flatMap((version) =>
      version.pacts.map((pact) => ({ ...pact, consumer: version.pacticipant, version })),
    );
    const pairs = now
      .providerNames()
      .flatMap((provider) => now.consumersOf(provider).map((consumer) => ({ consumer, provider })));
    this.#results = pairs.flatMap(({ consumer, provider }) =>
      now.contentShas(consumer, provider).flatMap((sha) => now.results(consumer, provider, sha)),
    );
    this.#presences = new Map(now.environments().map(({ name }) => [name, now.presences(name)]));
  }

  ask(question: MatrixQuestion): NaiveAnswer {
    const { selectors, destination = {}, ignore = [], success } = question;
    const ignored = ignore.flatMap((selector) => this.#meaning(selector));
    const specified = selectors.flatMap((selector) => this.#meaning(selector));
    const isInferring = Object.values(destination).some(Boolean);
    const pairs = this.#pairs(specified, isInferring || specified.length === 1);
    const inferred = isInferring
      ? this.#neighbours(specified, pairs).flatMap((pacticipant) =>
          this.#meaning({ ...destination, pacticipant }),
        )
      : [];
    const all = this.#reduced(this.#rows(specified, inferred, question), question)
      .filter(({ result }) => !success || success.includes(result?.success ?? null))
      .sort(inOrderOfTheMatrix);
    const isOut = ({ pact, result }: Row) =>
      ignored.some(
        (one) =>
          means(one, pact.consumer, pact.version.number) ||
          means(one, pact.provider, result?.providerVersion),
      );
    const rows = all.filter((row) => !isOut(row));
    const uncovered = pairs.filter(
      (pair) =>
        pair.isRequired &&
        !all.some(({ pact }) => pact.consumer === pair.consumer && pact.provider === pair.provider),
    );
    const isMissing = specified.some(
      (one) => one.isKnown && one.version === undefined && !isIgnoredSelector(one, ignored),
    );
    const counted = (wanted: boolean | null) =>
      rows.filter(({ result }) => (result?.success ?? null) === wanted).length;
    const unknown = uncovered.length + counted(null);
    return {
      deployable: isMissing ? false : unknown > 0 ? null : counted(false) === 0,
      counts: {
        success: counted(true),
        failed: counted(false),
        unknown,
        ...(ignored.length > 0 ? { ignored: all.length - rows.length } : {}),
      },
      rows: rows.map(inWords),
      ignoredRows: all.filter(isOut).map(inWords),
    };
  }

  /** matrix.md §3.1, §4.1: what a selector stands for. */
  #meaning(selector: VersionSelector): Meant[] {
    const { pacticipant: name, ...rest } = selector;
    const isKnown = this.#now.pacticipantNames().some((known) => known === name);
    const meant = (version: Meant['version']): Meant => ({ selector, name, version, isKnown });
    if (!isKnown) return [meant(undefined)];
    if (!Object.values(rest).some(Boolean)) return [meant('all')];
    const found = this.#chosen(selector);
    return found.length === 0 ? [meant(undefined)] : found.map(meant);
  }

  #chosen({
    pacticipant,
    version,
    environment,
    tag,
    branch,
    mainBranch,
    latest,
  }: VersionSelector): Version[] {
    const name = pacticipant as PacticipantName;
    const main = this.#now.pacticipant(name)?.mainBranch;
    if (mainBranch && main === undefined) return [];
    const branches = [branch, mainBranch ? main : undefined].filter((one) => one !== undefined);
    const heads = branches.map((one) => this.#now.branches(name).find((known) => known.name === one)?.head);
    const found = this.#versions.filter(
      (one) =>
        one.pacticipant === pacticipant &&
        (!version || one.number === version) &&
        (!environment || this.#isIn(environment, one)) &&
        (!tag || one.tags.some((tagging) => tagging.name === tag)) &&
        branches.every((wanted) => one.branches.some((membership) => membership.name === wanted)) &&
        (!latest || heads.every((head) => head === one.number)),
    );
    const byOrder = found.sort((a, b) => a.order - b.order);
    return latest && branches.length === 0 ? byOrder.slice(-1) : byOrder;
  }

  #isIn(environment: string, { pacticipant, number }: Version): boolean {
    const there = this.#presences.get(environment) ?? [];
    return there.some((one) => one.pacticipant === pacticipant && one.version === number);
  }

  /** matrix.md §4.1: the pairs that are looked at, and of which there must be a row. */
  #pairs(specified: readonly Meant[], withNeighbours: boolean): Pair[] {
    const names = new Set(specified.map(({ name }) => name));
    const required = this.#newestRevisions().filter(
      ({ consumer, version, provider }) =>
        specified.some((one) => means(one, consumer, version.number)) &&
        (withNeighbours || names.has(provider)),
    );
    const pairs = new Map<string, Pair>();
    for (const { consumer, provider } of required)
      pairs.set(`${consumer}\n${provider}`, { consumer, provider, isRequired: true });
    for (const provider of withNeighbours ? names : []) {
      for (const consumer of this.#now.consumersOf(provider as PacticipantName)) {
        const key = `${consumer}\n${provider}`;
        if (!pairs.has(key)) pairs.set(key, { consumer, provider, isRequired: false });
      }
    }
    return [...pairs.values()];
  }

  #neighbours(specified: readonly Meant[], pairs: readonly Pair[]): string[] {
    const names = new Set(pairs.flatMap(({ consumer, provider }) => [consumer, provider]));
    for (const { name } of specified) names.delete(name);
    return [...names];
  }

  #newestRevisions(): readonly Published[] {
    return this.#pacts.filter(
      (pact) =>
        !this.#pacts.some(
          (other) =>
            other.version === pact.version &&
            other.provider === pact.provider &&
            other.revision > pact.revision,
        ),
    );
  }

  /** matrix.md §5.1, §5.2: pacts of the versions meant, each with every result of those meant, or without one. */
  #rows(specified: readonly Meant[], inferred: readonly Meant[], { latestBy, limit }: MatrixQuestion): Row[] {
    const meant = [...specified, ...inferred];
    const results = latestBy
      ? this.#newestResults()
      : this.#results.map((one) => ({ ...one, age: one.createdAt }));
    const cut = <T>(list: readonly T[]) => (limit === undefined ? [...list] : list.slice(0, limit));
    const pacts = [...(latestBy ? this.#newestRevisions() : this.#pacts)].sort(newestFirst);
    const joined = (pact: Published, of: typeof results): Row[] => {
      const found = of.filter(
        (one) => one.consumer === pact.consumer && one.provider === pact.provider && one.sha === pact.sha,
      );
      if (found.length === 0) return [{ pact, result: undefined, by: undefined }];
      return found.map((result) => ({ pact, result, by: this.#version(result) }));
    };
    const isMeant = (name: string, number: VersionNumber | undefined) =>
      meant.some((one) => means(one, name, number));
    const one = meant.length === 1;
    const isNamed = (name: string, among: readonly Meant[]) => among.some((other) => other.name === name);
    const rows = one
      ? cut(pacts)
          .flatMap((pact) => joined(pact, results))
          .filter(
            ({ pact, result }) =>
              isMeant(pact.consumer, pact.version.number) ||
              (result !== undefined && isMeant(pact.provider, result.providerVersion)),
          )
      : cut(
          pacts.filter(
            ({ consumer, provider, version }) =>
              isNamed(provider, meant) &&
              isMeant(consumer, version.number) &&
              (isNamed(consumer, specified) || isNamed(provider, specified)),
          ),
        ).flatMap((pact) =>
          joined(
            pact,
            results.filter(
              ({ consumer, provider, providerVersion }) =>
                isNamed(consumer, meant) && isMeant(provider, providerVersion),
            ),
          ),
        );
    return cut(rows.sort(newestRowFirst));
  }

  /** The newest result of each provider version for a content, as old as the first of them (matrix.md §5.3). */
  #newestResults() {
    const same = (a: VerificationResult, b: VerificationResult) =>
      a.consumer === b.consumer &&
      a.provider === b.provider &&
      a.sha === b.sha &&
      a.providerVersion === b.providerVersion;
    return this.#results
      .filter((one) => !this.#results.some((other) => same(one, other) && other.number > one.number))
      .map((one) => {
        const first = this.#results
          .filter((other) => same(one, other))
          .sort((a, b) => a.number - b.number)[0];
        return { ...one, age: first?.createdAt ?? one.createdAt };
      });
  }

  #version({ provider, providerVersion }: VerificationResult): Version | undefined {
    return this.#versions.find((one) => one.pacticipant === provider && one.number === providerVersion);
  }

  /** matrix.md §5.3: of the rows that say the same, the one of the newest provider version. */
  #reduced(rows: readonly Row[], { latestBy }: MatrixQuestion): Row[] {
    if (!latestBy) return [...rows];
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const { pact, by } = row;
      const parts: readonly unknown[] = [pact.consumer, pact.version.number, pact.provider, by?.number];
      const key = JSON.stringify({ cvpv: parts, cvp: parts.slice(0, 3), cp: [parts[0], parts[2]] }[latestBy]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    const orderOf = ({ by }: Row) => by?.order ?? 0;
    return [...groups.values()].flatMap(([first, ...others]) => {
      if (!first) return [];
      if (!first.by) return [first];
      return [others.reduce((best, row) => (orderOf(row) >= orderOf(best) ? row : best), first)];
    });
  }
}

function means({ name, version }: Meant, other: string, number: VersionNumber | undefined): boolean {
  if (name !== other || version === undefined) return false;
  return version === 'all' || (number !== undefined && version.number === number);
}

function isIgnoredSelector({ name, version }: Meant, ignored: readonly Meant[]): boolean {
  const number = version === undefined || version === 'all' ? undefined : version.number;
  return ignored.some((one) => means(one, name, number));
}

function newestFirst(a: Published, b: Published): number {
  return inOrder(b.createdAt, a.createdAt);
}

function newestRowFirst(a: Row, b: Row): number {
  const touched = ({ pact, result }: Row) =>
    result && result.age > pact.createdAt ? result.age : pact.createdAt;
  return (
    inOrder(touched(b), touched(a)) ||
    newestFirst(a.pact, b.pact) ||
    (b.result?.number ?? 0) - (a.result?.number ?? 0)
  );
}

/** matrix.md §6: by names, and of each the newest first. */
function inOrderOfTheMatrix(a: Row, b: Row): number {
  return (
    inOrder(a.pact.consumer, b.pact.consumer) ||
    b.pact.version.order - a.pact.version.order ||
    b.pact.revision - a.pact.revision ||
    inOrder(a.pact.provider, b.pact.provider) ||
    Number(Boolean(a.by)) - Number(Boolean(b.by)) ||
    (b.by?.order ?? 0) - (a.by?.order ?? 0) ||
    (b.result?.number ?? 0) - (a.result?.number ?? 0)
  );
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function inWords({ pact, result }: Row): string {
  const { consumer, version, provider } = pact;
  return [consumer, version.number, provider, result?.providerVersion, result?.success].join(' ');
}
