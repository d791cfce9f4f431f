import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { puts, textAt } from './contract.ts';
import { openAt, servedRepository } from './places.ts';
import { smallDisk } from './small-disk.ts';

const disk = smallDisk();

afterEach(() => disk.clear());

it.each(disk.engines)(
  'a full disk under the cache is told as such, and passes (%s)',
  async (engine) => {
    const { folder, url } = await servedRepository();
    const theirs = await openAt({ repository: folder });
    const noise = Array.from({ length: 4_000 }, () => Math.random().toString(36)).join('');
    await theirs.transact({ title: 'One' }, puts({ 'a/b': 'small', large: noise }));
    await theirs.close();
    const cacheDir = mkdtempSync(join(disk.folder, 'cache-'));
    const store = await openAt({ repository: url, cacheDir }, { GITPACT_GIT: engine });
    const read = () => store.read((root) => textAt(root, 'large'));
    disk.leave(engine === 'git' ? 24_576 : 8_192);
    await expect(read()).rejects.toMatchObject({
      code: 'disk-failed',
      message: `The cache of remote repositories cannot be kept in ${cacheDir}: the disk is full.`,
      hint: expect.stringContaining('GITPACT_CACHE'),
    });
    disk.clear();
    expect(await read()).toBe(noise);
    await store.close();
  },
  60_000,
);
