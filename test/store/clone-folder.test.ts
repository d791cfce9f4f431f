import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneFolder, makeCloneFolder } from '../../src/store/clone-folder.ts';
import { asOrdinaryUser, newFolder } from './places.ts';

const fillNothing = async () => undefined;

/** That a clone in this cache fails as it should. */
async function expectCannotBeKept(cache: string, why: string): Promise<void> {
  const clone = cloneFolder(cache, 'https://example.org/x.git', undefined, 'git');
  await expect(makeCloneFolder(clone, fillNothing)).rejects.toMatchObject({
    code: 'disk-failed',
    message: `The cache of remote repositories cannot be kept in ${cache}: ${why}.`,
    hint: expect.stringContaining('GITPACT_CACHE'),
  });
}

it('a cache beneath a file is named', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  await expectCannotBeKept(join(file, 'cache'), 'there is a file where a folder must be');
  await expectCannotBeKept(file, 'there is a file where a folder must be');
});

it('a cache that this user may not write is named', async () => {
  const closed = join(newFolder(), 'closed');
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  await asOrdinaryUser(() => expectCannotBeKept(join(closed, 'cache'), 'this user may not write there'));
  chmodSync(closed, 0o700);
});
