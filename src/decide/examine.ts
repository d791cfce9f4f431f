import { byCodePoint } from '../domain/names.ts';
import { onceForEach } from '../domain/once-for-each.ts';
import { entriesOf, type Folder, gather, type Node, textOf } from '../domain/tree.ts';
import { nameClashes } from './examine-names.ts';
import { brokenReferences } from './examine-references.ts';
import { twins } from './examine-twins.ts';
import { areFactsWhole, type Finding } from './finding.ts';
import { rebuilt } from './rebuild.ts';
import { survey } from './survey.ts';

/**
 * Everything that breaks a rule of FORMAT.md ("What fsck checks"), in order of the paths. Derived files are looked at
 * only when the facts they follow from can all be read and are all there.
 * @throws NotLoaded
 */
export function examine(root: Folder): readonly Finding[] {
  const { known } = survey(root);
  const aboutFacts = findingsAboutFacts(root);
  const derived = areFactsWhole(aboutFacts) ? staleFiles(known, aboutFacts) : [];
  return [...aboutFacts, ...derived].sort((a, b) => byCodePoint(a.path, b.path));
}

const findingsAboutFacts = onceForEach((root: Folder): readonly Finding[] => {
  const { facts, findings } = survey(root);
  return [...findings, ...brokenReferences(facts), ...nameClashes(facts), ...twins(facts)];
});

/** Files of which nothing worse is known. */
function staleFiles(known: Folder, told: readonly Finding[]): Finding[] {
  const worse = new Set(told.filter(({ rule }) => rule !== 'unknown-field').map(({ path }) => path));
  return differences(known, rebuilt(known), '').filter(({ path }) => !worse.has(path));
}

function differences(before: Folder | undefined, after: Folder | undefined, at: string): Finding[] {
  if (before === after || (before?.oid !== undefined && before.oid === after?.oid)) return [];
  const old: ReadonlyMap<string, Node> = before ? entriesOf(before) : new Map();
  const made: ReadonlyMap<string, Node> = after ? entriesOf(after) : new Map();
  return gather(new Set([...old.keys(), ...made.keys()]), (entry) =>
    difference(old.get(entry), made.get(entry), at + entry),
  ).flat();
}

function difference(was: Node | undefined, is: Node | undefined, path: string): Finding[] {
  if (was === is) return [];
  if (was?.kind !== 'file' && is?.kind !== 'file') return differences(was, is, `${path}/`);
  if (was?.kind === 'file' && is?.kind === 'file' && textOf(was) === textOf(is)) return [];
  return [{ path, rule: 'stale', text: whatIsStale(was, is) }];
}

function whatIsStale(was: Node | undefined, is: Node | undefined): string {
  if (was === undefined) return 'is missing, and can be made from the facts';
  if (is === undefined) return 'has nothing to stand for';
  return 'does not say what the facts say';
}
