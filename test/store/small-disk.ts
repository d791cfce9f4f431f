import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { engines } from '../helpers/git-program.ts';
import { newFolder } from './places.ts';

/** A place whose disk can be made as good as full, and how. */
export interface SmallDisk {
  readonly folder: string;
  readonly engines: readonly string[];
  /** How much is left each time the test is run: bytes of the disk, or of any one file. */
  readonly rooms: readonly number[];
  readonly leave: (bytes: number) => void;
  readonly clear: () => void;
}

/** The smallest disk that can be had here. */
export function smallDisk(): SmallDisk {
  return smallFileSystem() ?? smallFiles();
}

/** A file system of its own in memory, where this user may mount one. */
function smallFileSystem(): SmallDisk | undefined {
  const folder = newFolder();
  const filler = join(folder, 'filler');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  afterAll(() => void execFileSync('umount', ['--lazy', folder]));
  const clear = () => rmSync(filler, { force: true });
  return {
    folder,
    engines,
    rooms: [0, 1, 2, 3, 4, 6, 8, 12, 16, 24].map((pages) => pages * 4096),
    clear,
    leave: (bytes) => {
      clear();
      const words = execFileSync('df', ['--output=avail', '-B1', folder], { encoding: 'utf8' }).split('\n');
      writeFileSync(filler, Buffer.alloc(Math.max(0, Number(words[1]) - bytes), 1));
    },
  };
}

/**
 * Where none may be mounted, this process is forbidden files beyond a size: the system refuses to write on in the same
 * way. The git program would be killed by that and not be refused.
 */
function smallFiles(): SmallDisk {
  const limit = (bytes: number | string) =>
    execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:unlimited`]);
  return {
    folder: newFolder(),
    engines: ['isomorphic'],
    rooms: [0, 60, 100, 150],
    leave: limit,
    clear: () => limit('unlimited'),
  };
}
