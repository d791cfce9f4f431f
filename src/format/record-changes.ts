import type { PacticipantName, PactSha } from '../domain/names.ts';
import type { VerificationResult, Version } from '../domain/records.ts';
import { entriesOf, type File, type Folder, gather, type Node, unlikeNames } from '../domain/tree.ts';
import { readIntegration, readResult } from './contracts.ts';
import { paths } from './paths.ts';
import { readOnce, recordAt } from './recall.ts';
import { decodeSegment } from './segment.ts';
import { readVersion } from './versions.ts';

/** A version's record in two states that follow one another; absent where there is none. */
export interface VersionChange {
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/** The facts that one state has otherwise than the one before: what events are made of. */
export interface RecordChanges {
  readonly versions: readonly VersionChange[];
  /** Those that were not there before, by rising number. */
  readonly results: readonly VerificationResult[];
}

/**
 * What of versions and results differs between two trees; costs what differs.
 * @throws NotLoaded, GitpactError `bad-record`
 */
export function recordChanges(before: Folder, after: Folder): RecordChanges {
  const [versions, results] = gather([changedVersions, newResults], (find) => find(before, after));
  return { versions: versions as VersionChange[], results: results as VerificationResult[] };
}

const versionFiles = ['pacticipants', '*', 'versions', '*', '*'];
const resultFiles = ['results', 'provider', '*', 'consumer', '*', '*', '*', '*', '*'];

/** A file that differs; absent in the state that has none. */
interface Difference {
  readonly path: string;
  readonly before: File | undefined;
  readonly after: File | undefined;
}

function changedVersions(before: Folder, after: Folder): VersionChange[] {
  const files = differences(before, after, versionFiles).filter(({ path }) => path.endsWith('.json'));
  return gather(files, (file) => {
    const [was, is] = gather(
      [file.before, file.after],
      (one) => one && readOnce(one, file.path, readVersion),
    );
    return { before: was, after: is };
  });
}

function newResults(before: Folder, after: Folder): VerificationResult[] {
  const files = differences(before, after, resultFiles).filter(
    ({ path, before: was }) => !was && /~\d+\.json$/.test(path),
  );
  return gather(files, ({ path, after: file }) => {
    const of = subjectOf(after, path);
    return file && of ? [readOnce(file, path, (at, text) => readResult(at, text, of))] : [];
  })
    .flat()
    .sort((a, b) => a.number - b.number);
}

/** Which content a result is for, by its path; the record of the pair knows the names that paths shorten. */
function subjectOf(
  root: Folder,
  path: string,
): { consumer: PacticipantName; provider: PacticipantName; sha: PactSha } | undefined {
  const [, , provider = '', , consumer = '', , sha = ''] = path.split('/');
  const names = { provider: decodeSegment(provider), consumer: decodeSegment(consumer) };
  const at = `${paths.providers}/${provider}/consumer/${consumer}/integration.json`;
  const isShort = names.provider === undefined || names.consumer === undefined;
  const told = isShort ? recordAt(root, at, readIntegration) : names;
  if (!told || !/^[0-9a-f]{40}$/.test(sha)) return undefined;
  return {
    consumer: told.consumer as PacticipantName,
    provider: told.provider as PacticipantName,
    sha: sha as PactSha,
  };
}

/** The files that differ at the places a pattern names, segment by segment; `*` is any. @throws NotLoaded */
function differences(
  before: Node | undefined,
  after: Node | undefined,
  pattern: readonly string[],
  at = '',
): Difference[] {
  if (before === after || (before?.oid !== undefined && before.oid === after?.oid)) return [];
  const [segment, ...rest] = pattern;
  if (segment === undefined) {
    const [was, is] = [fileOf(before), fileOf(after)];
    return was || is ? [{ path: at, before: was, after: is }] : [];
  }
  const [old, now] = [folderOf(before), folderOf(after)];
  const names = segment === '*' ? unlikeNames(old, now) : [segment];
  return gather(names, (name) => {
    const [was, is] = gather([old, now], (folder) => folder && entriesOf(folder).get(name));
    return differences(was, is, rest, at === '' ? name : `${at}/${name}`);
  }).flat();
}

function folderOf(node: Node | undefined): Folder | undefined {
  return node?.kind === 'folder' ? node : undefined;
}

function fileOf(node: Node | undefined): File | undefined {
  return node?.kind === 'file' ? node : undefined;
}
