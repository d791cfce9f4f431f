import { byCodePoint } from '../domain/names.ts';
import { entriesOf, type File, type Folder, gather, textOf } from '../domain/tree.ts';
import { fold } from '../format/segment.ts';
import { contradictions } from './examine-facts.ts';
import { complaintAbout } from './examine-files.ts';
import type { Finding } from './finding.ts';
import { rebuilt } from './rebuild.ts';

/** Everything that breaks a rule of FORMAT.md, in order of the paths. @throws NotLoaded */
export function examine(root: Folder): readonly Finding[] {
  const files = filesBelow(root, '');
  const unreadable = gather(files, ([path, file]) => complaintAbout(root, path, file)).flat();
  const facts = [...unreadable, ...clashes(files.map(([path]) => path))];
  if (facts.some(({ derived }) => !derived)) return sorted(facts);
  return sorted([...facts, ...contradictions(root), ...staleFiles(root)]);
}

function sorted(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => byCodePoint(a.path, b.path));
}

function filesBelow(folder: Folder, at: string): [path: string, file: File][] {
  return gather(entriesOf(folder), ([name, node]): [string, File][] =>
    node.kind === 'folder' ? filesBelow(node, `${at}${name}/`) : [[at + name, node]],
  ).flat();
}

function clashes(all: readonly string[]): Finding[] {
  const seen = new Map<string, string>();
  return all.flatMap((path) => {
    const other = seen.get(fold(path));
    seen.set(fold(path), path);
    return other === undefined
      ? []
      : [
          {
            path,
            text: `cannot be told from ${other} where upper and lower case are the same`,
            derived: false,
          },
        ];
  });
}

function staleFiles(root: Folder): Finding[] {
  return differences(root, rebuilt(root), '');
}

function differences(before: Folder | undefined, after: Folder | undefined, at: string): Finding[] {
  if (before === after || (before?.oid !== undefined && before.oid === after?.oid)) return [];
  const old = before ? entriesOf(before) : new Map();
  const made = after ? entriesOf(after) : new Map();
  return gather(new Set<string>([...old.keys(), ...made.keys()]), (entry): Finding[] => {
    const was = old.get(entry);
    const is = made.get(entry);
    const path = at + entry;
    if (was === is) return [];
    if (was?.kind !== 'file' && is?.kind !== 'file') return differences(was, is, `${path}/`);
    if (was === undefined)
      return [{ path, text: 'is missing, and can be made from the facts', derived: true }];
    if (is === undefined) return [{ path, text: 'has nothing to stand for', derived: true }];
    if (was.kind === 'file' && is.kind === 'file' && textOf(was) === textOf(is)) return [];
    return [{ path, text: 'does not say what the facts say', derived: true }];
  }).flat();
}
