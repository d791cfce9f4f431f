import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a repository lies, its objects and branches in `commonDir`; two places for a linked work tree. */
interface Folders {
  readonly gitDir: string;
  readonly commonDir: string;
}

/** Settings that make git write files in another way than anybody would: for a group of users, with logs, in tables. */
const particular = /sharedrepository|logallrefupdates|refstorage|worktreeconfig|^\s*\[\s*include/im;

/**
 * Whether writing to a repository is nothing but making files that say what they should: it is bare, keeps no logs of its
 * branches, and nothing in its settings speaks of more. Everywhere else the git program writes.
 */
export async function isPlain({ gitDir, commonDir }: Folders): Promise<boolean> {
  if (gitDir !== commonDir || existsSync(join(commonDir, 'logs', 'refs'))) return false;
  const settings = await readFile(join(commonDir, 'config'), 'utf8').catch(() => '');
  return /^\s*bare\s*=\s*true\s*$/m.test(settings) && !particular.test(settings);
}
