import type { FileHandle } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { counts, puts, textsOf } from './contract.ts';
import { bareRepository, git, openAt } from './places.ts';

/** How many bytes the disk still takes. */
const disk = vi.hoisted(() => ({ free: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> => {
    const handle = await real.open(...args);
    const write = handle.writeFile.bind(handle);
    handle.writeFile = async (data) => {
      const bytes = Buffer.from(data as Uint8Array | string);
      await write(bytes.subarray(0, disk.free));
      disk.free -= bytes.length;
      if (disk.free < 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    return handle;
  };
  return { ...real, open };
});

it.each([0, 60, 150, 250, 400, 500, 600])(
  'with %d bytes left on the disk, isomorphic-git writes all or nothing',
  async (free) => {
    const repository = await bareRepository();
    const store = await openAt({ repository }, { GITPACT_GIT: 'isomorphic' });
    await store.transact({ title: 'One' }, counts('n'));
    disk.free = free;
    const write = await store
      .transact({ title: 'Two' }, puts({ a: 'x'.repeat(50), 'b/c': 'y' }))
      .catch((error) => error);
    disk.free = Number.POSITIVE_INFINITY;
    const isIn = write === 'put';
    if (!isIn) expect(write).toMatchObject({ code: 'disk-failed', hint: expect.stringContaining('room') });
    expect(Object.keys(await store.read(textsOf)).sort()).toEqual(isIn ? ['a', 'b/c', 'n'] : ['n']);
    expect(git(repository, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(git(repository, 'count-objects', '-v')).toContain('garbage: 0');
    expect(await store.transact({ title: 'Three' }, counts('n'))).toBe(2);
    await store.close();
  },
);
