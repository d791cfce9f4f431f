import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { initRepository } from '../../src/store/init.ts';
import { expectSound } from '../helpers/repository.ts';
import { counts, puts, textsOf } from './contract.ts';
import { bareRepository, env, openAt } from './places.ts';
import { smallDisk } from './small-disk.ts';

const disk = smallDisk();
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
