import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { knowsEnvironment, knowsPacticipant } from '../asked.ts';
import { both } from '../both.ts';
import type { VersionSelector } from '../version-selectors.ts';

/**
 * What the matrix keeps of rows that say the same: the newest provider version for each consumer version and provider
 * version (`cvpv`), consumer version and provider (`cvp`), consumer and provider (`cp`) (matrix.md §5.3).
 */
export type LatestBy = 'cvpv' | 'cvp' | 'cp';

/** Which versions of the neighbours are meant when only one side is named; at most one of the four places. */
export interface Destination {
  readonly environment?: string;
  readonly tag?: string;
  readonly branch?: string;
  readonly mainBranch?: boolean;
  /** The newest of the tag or branch; alone, the newest version of all. */
  readonly latest?: boolean;
}

/** A question to the matrix (matrix.md §3.1). Texts are as asked: they may name nothing. */
export interface MatrixQuestion {
  readonly selectors: readonly VersionSelector[];
  readonly destination?: Destination;
  readonly ignore?: readonly VersionSelector[];
  readonly latestBy?: LatestBy;
  /** Keeps the rows whose result is one of these; `null` stands for no result. */
  readonly success?: readonly (boolean | null)[];
  /** How many pacts and rows, newest first, the database of a Pact Broker would look at (matrix.md §5.2). */
  readonly limit?: number;
  /**
   * What the limit is taken of with a single selector: the pacts of the whole `store` as in the Pact Broker (the default),
   * so that newer pacts of others displace its own; or those of the `answer` alone.
   */
  readonly limitWithin?: 'store' | 'answer';
  /** Makes a live version without a result count as unknown; the store's setting when absent. */
  readonly strict?: boolean;
}

/** Every reason not to answer the question, in the Pact Broker's words and order (matrix.md §3.3). @throws NotLoaded */
export function complaintsAbout(now: Snapshot, question: MatrixQuestion): readonly string[] {
  const { selectors, destination = {}, ignore = [], limit } = question;
  const [unknown, misplaced] = both(
    () =>
      gather(selectors, ({ pacticipant }) =>
        knowsPacticipant(now, pacticipant) ? [] : [pacticipant],
      ).flat(),
    () => complaintsAboutDestination(now, destination),
  );
  const complaints: string[] = [];
  for (const selector of selectors) {
    if (selector.pacticipant === '') complaints.push('Please specify the pacticipant name');
  }
  for (const selector of selectors) {
    if (saysVersionTwice(selector)) complaints.push(twice(selector, ''));
  }
  for (const name of unknown) if (name !== '') complaints.push(`Pacticipant ${name} not found`);
  if (selectors.length === 0) complaints.push('Please provide 1 or more version selectors.');
  for (const selector of ignore) {
    if (selector.pacticipant === '') complaints.push('Please specify the pacticipant name to ignore');
    else if (saysVersionTwice(selector)) complaints.push(twice(selector, ' to ignore'));
  }
  complaints.push(...misplaced);
  if (limit !== undefined && !(limit >= 1)) complaints.push('The limit must be 1 or greater.');
  return complaints;
}

function complaintsAboutDestination(now: Snapshot, destination: Destination): readonly string[] {
  const { environment, tag, branch, mainBranch, latest } = destination;
  const complaints: string[] = [];
  if ([environment, tag, branch, mainBranch].filter((place) => place !== undefined).length > 1) {
    complaints.push('Cannot specify more than one of tag, environment and mainBranch.');
  }
  if (environment !== undefined) {
    if (latest) complaints.push('Cannot specify both latest=true and an environment.');
    if (!knowsEnvironment(now, environment)) {
      complaints.push(`Environment with name '${environment}' does not exist`);
    }
  }
  return complaints;
}

function saysVersionTwice(selector: VersionSelector): boolean {
  return selector.version !== undefined && selector.latest === true;
}

function twice(selector: VersionSelector, ending: string): string {
  return `A version number and latest flag cannot both be specified for ${selector.pacticipant}${ending}`;
}
