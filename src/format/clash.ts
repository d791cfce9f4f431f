import { GitpactError } from '../domain/failure.ts';
import { entriesOf, type Folder, fileAt, gather, textOf } from '../domain/tree.ts';
import { decodeSegment, fold } from './segment.ts';
import { parseYaml } from './yaml.ts';

/**
 * Refuses a new name in a folder of records where one lies that file systems or people cannot tell from it. `what` it
 * names stands in the sentence: `branch`.
 * @throws GitpactError `name-clash`
 */
export function refuseClash(folder: Folder, what: string, name: string): void {
  const mine = fold(name);
  const other = namesIn(folder).find((one) => fold(one) === mine);
  if (other === undefined) return;
  throw new GitpactError(
    'name-clash',
    `The ${what} "${name}" cannot be told from "${other}": they differ only in upper and lower case or in Unicode form.`,
    { hint: `Use "${other}", or choose a name that differs in more than that.` },
  );
}

/** The names of the records in a folder; one too long for its file's name is read from the file. */
function namesIn(folder: Folder): string[] {
  return gather(entriesOf(folder), ([entry, node]) => {
    const name = decodeSegment(node.kind === 'file' ? entry.replace(/\.(json|yaml)$/, '') : entry);
    if (name !== undefined) return [name];
    const record = node.kind === 'file' ? node : fileAt(node, 'pacticipant.yaml');
    return record ? nameIn(entry, textOf(record)) : [];
  }).flat();
}

/** The name that a record gives itself; JSON is YAML, too. */
function nameIn(path: string, text: string): string[] {
  const { name, number } = parseYaml(path, text) as { readonly name?: unknown; readonly number?: unknown };
  return [name, number].filter((value) => typeof value === 'string');
}
