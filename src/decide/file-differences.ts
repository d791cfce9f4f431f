import { entriesOf, type File, gather, type Node } from '../domain/tree.ts';

/** A file that two trees do not have alike; undefined where one has none. */
export interface FileDifference {
  readonly path: string;
  readonly before: File | undefined;
  readonly after: File | undefined;
}

/** Every file that is not the same in both; costs what differs. @throws NotLoaded */
export function fileDifferences(
  before: Node | undefined,
  after: Node | undefined,
  at = '',
): readonly FileDifference[] {
  if (before === after || (before?.oid !== undefined && before.oid === after?.oid)) return [];
  const [was, is] = [before, after].map((node) => (node?.kind === 'file' ? node : undefined));
  const here = was || is ? [{ path: at, before: was, after: is }] : [];
  const [old = none, now = none] = gather([before, after], (node) =>
    node?.kind === 'folder' ? entriesOf(node) : none,
  );
  const names = [...new Set([...old.keys(), ...now.keys()])].filter((name) => {
    const [a, b] = [old.get(name), now.get(name)];
    return a !== b && (a?.oid === undefined || a.oid !== b?.oid);
  });
  return gather(names, (name) =>
    fileDifferences(old.get(name), now.get(name), at === '' ? name : `${at}/${name}`),
  ).reduce((all, some) => all.concat(some), here);
}

const none: ReadonlyMap<string, Node> = new Map();
