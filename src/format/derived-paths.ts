import { entriesOf, type Folder, folderAt, gather } from '../domain/tree.ts';
import { paths } from './paths.ts';

const inPacticipant = ['latest.json', 'tags'];
const inPair = [paths.rawLatest, paths.rawMainBranch, 'branch', 'tag', 'environment'];

/**
 * Where everything derived lies in a tree, files and whole folders. The counter of results is not among them: it never
 * falls, so it cannot be made from what is left. @throws NotLoaded
 */
export function derivedPaths(root: Folder): string[] {
  const pacticipants = foldersIn(root, paths.pacticipants).flatMap((folder) =>
    existing(root, folder, inPacticipant),
  );
  const consumers = gather(foldersIn(root, paths.providers), (provider) =>
    foldersIn(root, `${provider}/consumer`),
  );
  const pairs = gather(consumers.flat(), (pair) => existing(root, pair, inPair));
  return [...pacticipants, ...pairs.flat(), ...existing(root, '', ['deployments'])];
}

function foldersIn(root: Folder, path: string): string[] {
  const folder = folderAt(root, path);
  if (!folder) return [];
  return [...entriesOf(folder)]
    .filter(([, node]) => node.kind === 'folder')
    .map(([name]) => `${path}/${name}`);
}

function existing(root: Folder, path: string, names: readonly string[]): string[] {
  const folder = folderAt(root, path);
  const entries = folder && entriesOf(folder);
  return names.filter((name) => entries?.has(name)).map((name) => (path === '' ? name : `${path}/${name}`));
}
