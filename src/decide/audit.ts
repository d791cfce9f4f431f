import { GitpactError } from '../domain/failure.ts';
import type { Version } from '../domain/records.ts';
import { entriesOf, type File, type Folder, gather, type Node, textOf } from '../domain/tree.ts';
import { readVersion } from '../format/versions.ts';
import { placeOf } from './examine-places.ts';

/** A fact that a commit took back or changed, though facts are written once. */
export interface Tampering {
  readonly path: string;
  /** What was done to it, as the end of a sentence about the path. */
  readonly text: string;
}

/** Events that may take facts out: a clean-up, a deletion that somebody asked for. */
const takingOut = ['cleaned', 'deleted'];

/** The event of a repair: it may write facts in another form, and number them anew. */
const repairing = 'repaired';

/**
 * What a commit did to facts that no command does (FORMAT.md: contents, results and what a version has published or was
 * deployed to are written once): removed them without being a clean-up or a deletion, or edited them. `events` are those
 * that the commit names. Costs what differs.
 * @throws NotLoaded
 */
export function tamperings(before: Folder, after: Folder, events: ReadonlySet<string>): readonly Tampering[] {
  if (events.has(repairing)) return [];
  const mayTakeOut = takingOut.some((event) => events.has(event));
  return gather(differences(before, after, ''), (difference) => judge(difference, mayTakeOut)).flat();
}

interface Difference {
  readonly path: string;
  readonly before: File;
  readonly after: File | undefined;
}

function judge({ path, before, after }: Difference, mayTakeOut: boolean): Tampering[] {
  const kind = kindOf(path);
  if (kind === undefined) return [];
  if (!after) return mayTakeOut ? [] : [{ path, text: 'was removed, and not by a clean-up or a deletion' }];
  if (kind === 'once') return [{ path, text: 'was edited: it is written once' }];
  const [was, is] = gather([before, after], (file) => versionIn(path, textOf(file)));
  if (!was) return [];
  if (!is) return [{ path, text: 'was edited, and cannot be read any more' }];
  return editsOf(was, is, mayTakeOut).map((text) => ({ path, text }));
}

/** How a path is written: once; as a version, of which some may change; or undefined, by people or derived. */
function kindOf(path: string): 'once' | 'version' | undefined {
  const place = placeOf(path);
  if (!place || place.kind === 'derived') return undefined;
  if (place.kind !== 'record') return 'once';
  if (path.startsWith('results/provider/')) return 'once';
  return /^pacticipants\/[^/]+\/versions\//.test(path) ? 'version' : undefined;
}

function versionIn(path: string, text: string): Version | undefined {
  try {
    return readVersion(path, text);
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}

function editsOf(was: Version, is: Version, mayTakeOut: boolean): string[] {
  const edits: string[] = [];
  if (was.number !== is.number || was.pacticipant !== is.pacticipant) edits.push('was made another version');
  if (was.order !== is.order) edits.push(`was given the order ${is.order} in place of ${was.order}`);
  if (was.createdAt !== is.createdAt) edits.push(`was dated ${is.createdAt} in place of ${was.createdAt}`);
  for (const pact of was.pacts) {
    const now = is.pacts.find(
      ({ provider, revision }) => provider === pact.provider && revision === pact.revision,
    );
    if (!now && !mayTakeOut) edits.push(`lost its pact with ${pact.provider}, revision ${pact.revision}`);
    if (now && (now.sha !== pact.sha || now.createdAt !== pact.createdAt)) {
      edits.push(`has another pact with ${pact.provider} as revision ${pact.revision}`);
    }
  }
  return [
    ...edits,
    ...presenceEdits('deployment', was.deployments, is.deployments, mayTakeOut),
    ...presenceEdits('release', was.releases, is.releases, mayTakeOut),
  ];
}

interface Recorded {
  readonly uuid: string;
  readonly environment: string;
  readonly createdAt: string;
}

function presenceEdits(
  what: string,
  before: readonly Recorded[],
  after: readonly Recorded[],
  mayTakeOut: boolean,
): string[] {
  return before.flatMap((was) => {
    const is = after.find(({ uuid }) => uuid === was.uuid);
    if (!is) return mayTakeOut ? [] : [`lost its ${what} ${was.uuid}`];
    const same = is.environment === was.environment && is.createdAt === was.createdAt;
    return same ? [] : [`had its ${what} ${was.uuid} edited`];
  });
}

/** The files of the state before that the state after has otherwise, or not at all. @throws NotLoaded */
function differences(before: Node, after: Node | undefined, at: string): Difference[] {
  if (before === after || (before.oid !== undefined && before.oid === after?.oid)) return [];
  if (before.kind === 'file') {
    return [{ path: at, before, after: after?.kind === 'file' ? after : undefined }];
  }
  const [old = none, now = none] = gather([before, after], (node) =>
    node?.kind === 'folder' ? entriesOf(node) : none,
  );
  return gather(old, ([name, node]) =>
    differences(node, now.get(name), at === '' ? name : `${at}/${name}`),
  ).flat();
}

const none: ReadonlyMap<string, Node> = new Map();
