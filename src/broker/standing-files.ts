import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Standing } from '../decide/standing.ts';
import type { CommitId } from '../domain/names.ts';
import type { StandingKeeper } from './standings.ts';

/** So many are kept; the oldest go first. */
const mostKept = 64;

/** Standings as files in a folder of the user's cache, named by their commits. What cannot be read or written is not kept. */
export function standingFiles(folder: string): StandingKeeper {
  const fileOf = (commit: string) => join(folder, `${commit}.json`);
  const names = async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  return {
    known: async () => new Set((await names()).map((name) => name.slice(0, -'.json'.length))),
    find: async (commit) => standingIn(await readFile(fileOf(commit), 'utf8').catch(() => '')),
    keep: async (commit: CommitId, standing) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const growing = `${fileOf(commit)}.${process.pid}`;
        await writeFile(growing, textOf(standing), { mode: 0o600 });
        await rename(growing, fileOf(commit));
        await forgetOld(folder, await names());
      } catch {
        // A cache that cannot be written costs time, and nothing else.
      }
    },
  };
}

function textOf({ overlay, policy }: Standing): string {
  return JSON.stringify({ overlay: [...overlay], policy });
}

function standingIn(text: string): Standing | undefined {
  try {
    const { overlay, policy } = JSON.parse(text);
    return { overlay: new Map(overlay), policy };
  } catch {
    return undefined;
  }
}

async function forgetOld(folder: string, names: readonly string[]): Promise<void> {
  if (names.length <= mostKept) return;
  const times = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = times.sort((a, b) => b.at - a.at).slice(mostKept);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
