import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { initRepository } from '../../src/store/init.ts';
import { engines } from '../helpers/git-program.ts';
import { expectSound } from '../helpers/repository.ts';
import { counts, puts, textsOf } from './contract.ts';
import { bareRepository, env, newFolder, openAt } from './places.ts';

/** A place whose disk can be made as good as full, and how. */
interface SmallDisk {
  readonly folder: string;
  readonly engines: readonly string[];
  /** How much is left each time the test is run: bytes of the disk, or of any one file. */
  readonly rooms: readonly number[];
  readonly leave: (bytes: number) => void;
  readonly clear: () => void;
}

const disk = smallFileSystem() ?? smallFiles();

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

const { folder, rooms } = disk;
const cases = disk.engines.flatMap((engine) => rooms.map((room) => [engine, room] as const));

afterEach(() => {
  disk.clear();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

describe.each(cases)('the engine %s with %d bytes left', (engine, room) => {
  it('writes all or nothing, says so, and goes on when there is room', async () => {
    const repository = join(folder, 'contracts.git');
    cpSync(await bareRepository(), repository, { recursive: true });
    const store = await openAt({ repository }, { GITPACT_GIT: engine });
    await store.transact({ title: 'One' }, counts('n'));
    disk.leave(room);
    const write = await store
      .transact({ title: 'Two' }, puts({ a: 'x'.repeat(50), 'b/c': 'y' }))
      .catch((error) => error);
    disk.clear();
    const isIn = write === 'put';
    if (!isIn) {
      const full = { code: 'disk-failed', message: expect.stringContaining('disk is full') };
      expect(write).toMatchObject({ ...full, hint: expect.stringContaining('room') });
    }
    if (room === 0) expect(isIn).toBe(false);
    expect(Object.keys(await store.read(textsOf)).sort()).toEqual(isIn ? ['a', 'b/c', 'n'] : ['n']);
    await expectSound(repository, { unused: true, begun: engine === 'git' });
    expect(await store.transact({ title: 'Three' }, counts('n'))).toBe(2);
    await store.close();
  });

  it('makes a repository whole or not at all', async () => {
    const repository = join(folder, 'made.git');
    disk.leave(room);
    const made = await initRepository({ repository, cwd: '/', env: env({ GITPACT_GIT: engine }) }).catch(
      (error) => error,
    );
    disk.clear();
    if (room === 0) expect(made).toMatchObject({ code: 'disk-failed' });
    if (made !== 'made') {
      expect(made).toMatchObject({
        code: 'disk-failed',
        message: `A contract repository cannot be made at ${repository}: the disk is full.`,
      });
    }
    expect(readdirSync(folder)).toEqual(made === 'made' ? ['made.git'] : []);
  });
});
