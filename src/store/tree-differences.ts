import { GitpactError } from '../domain/failure.ts';
import type { Engine } from './engine.ts';
import { emptyTreeId, isFolderMode, parseTree, type TreeEntry } from './objects.ts';

/** A file that differs between two trees: what was there, and what is there now. */
export interface Difference {
  readonly path: string;
  readonly was?: { readonly mode: string; readonly oid: string };
  readonly now?: { readonly mode: string; readonly oid: string };
}

/** The files that differ between two trees, named by id. Submodules are left out. */
export async function differencesBetween(engine: Engine, from: string, to: string): Promise<Difference[]> {
  return compare(engine, '', from, to);
}

async function compare(
  engine: Engine,
  at: string,
  from: string | undefined,
  to: string | undefined,
): Promise<Difference[]> {
  if (from === to) return [];
  const [old, now] = await Promise.all([entriesOf(engine, from), entriesOf(engine, to)]);
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const parts = names.map(async (name) => {
    const [before, after] = [old.get(name), now.get(name)];
    if (before?.oid === after?.oid && before?.mode === after?.mode) return [];
    const path = at + name;
    const below = await compare(engine, `${path}/`, folderOf(before), folderOf(after));
    const [was, is] = [fileOf(before), fileOf(after)];
    return was || is ? [{ path, ...(was && { was }), ...(is && { now: is }) }, ...below] : below;
  });
  return (await Promise.all(parts)).flat();
}

async function entriesOf(engine: Engine, tree: string | undefined): Promise<Map<string, TreeEntry>> {
  if (tree === undefined || tree === emptyTreeId) return new Map();
  const [found = 'missing'] = await engine.readObjects([tree]);
  if (typeof found === 'string') {
    throw new GitpactError('store-damaged', `The contract repository lacks the folder ${tree}.`, {
      hint: 'Run git fsck in it, and fetch what is missing from another clone.',
    });
  }
  return new Map(parseTree(found.data).map((entry) => [entry.name, entry]));
}

function folderOf(entry: TreeEntry | undefined): string | undefined {
  return entry && isFolderMode(entry.mode) ? entry.oid : undefined;
}

function fileOf(entry: TreeEntry | undefined): { mode: string; oid: string } | undefined {
  if (!entry || isFolderMode(entry.mode) || entry.mode === '160000') return undefined;
  return { mode: entry.mode, oid: entry.oid };
}
