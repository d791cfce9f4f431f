import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveHistory } from '../../src/store/archive.ts';
import { engines } from '../helpers/git-program.ts';
import { refsOf, statusOf } from '../helpers/repository.ts';
import { archives } from './archiving.ts';
import { counts } from './contract.ts';
import { bareRepository, env, openAt, workTree } from './places.ts';

describe.each(engines)('an archive by the engine %s', (engine) => {
  const variables = { GITPACT_GIT: engine };

  describe('in a bare repository', () => {
    archives(async () => ({ repository: await bareRepository(), variables }));
  });

  it('leaves a work tree in step', async () => {
    const repository = await workTree();
    const store = await openAt({ repository }, variables);
    for (const title of ['one', 'two']) await store.transact({ title }, counts('count'));
    await archiveHistory({ repository, env: env(variables), cwd: '/' });
    expect(await statusOf(repository)).toEqual([]);
    expect(await store.history()).toHaveLength(3);
    await store.close();
  });

  it('goes on after it was killed between keeping the old and beginning anew', async () => {
    const repository = await bareRepository();
    const store = await openAt({ repository }, variables);
    for (const title of ['one', 'two']) await store.transact({ title }, counts('count'));
    const tip = (await store.tip()) ?? '';
    const clock = () => new Date('2026-11-23T12:00:00Z');
    mkdirSync(join(repository, 'refs', 'archive'));
    writeFileSync(join(repository, 'refs', 'archive', `2026-11-23-${tip.slice(0, 8)}`), `${tip}\n`);
    const archived = await archiveHistory({ repository, env: env(variables), cwd: '/', clock });
    expect(archived?.archived).toBe(tip);
    expect(await refsOf(repository)).toContain(archived?.ref.slice('refs/'.length));
    await store.close();
  });
});
