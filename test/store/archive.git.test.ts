import { describe, expect, it } from 'vitest';
import { archiveHistory } from '../../src/store/archive.ts';
import { git } from '../helpers/git-program.ts';
import { archives } from './archiving.ts';
import { counts } from './contract.ts';
import { env, openAt, servedRepository } from './places.ts';

describe.each(['git', 'isomorphic'])('an archive on a host over http, by the engine %s', (engine) => {
  const variables = { GITPACT_GIT: engine };

  archives(async () => ({ repository: (await servedRepository()).url, variables }));

  it('says why where the host lets nobody replace a branch', async () => {
    const { url, folder } = await servedRepository();
    const store = await openAt({ repository: url }, variables);
    for (const title of ['one', 'two']) await store.transact({ title }, counts('count'));
    git(folder, 'config', 'receive.denyNonFastForwards', 'true');
    const tip = await store.tip(true);
    await expect(
      archiveHistory({ repository: url, env: env(variables), cwd: '/', deadline: 1_000 }),
    ).rejects.toMatchObject({ kind: expect.stringMatching(/^(refused|busy)$/) });
    expect(await store.tip(true)).toBe(tip);
    await store.close();
  });
});
