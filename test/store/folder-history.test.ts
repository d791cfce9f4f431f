import { expect, it } from 'vitest';
import { archiveHistory } from '../../src/store/archive.ts';
import { engines, hasGit } from '../helpers/git-program.ts';
import { puts } from './contract.ts';
import { bareRepository, env, openAt, servedRepository } from './places.ts';

const kinds = hasGit ? ['local', 'served'] : ['local'];
const cases = engines.flatMap((engine) => kinds.map((kind) => [engine, kind] as const));

it.each(cases)(
  'engine %s, %s: the history of a folder is that of the commits that change it',
  async (engine, kind) => {
    const repository = kind === 'local' ? await bareRepository() : (await servedRepository()).url;
    const variables = { GITPACT_GIT: engine };
    const whole = await openAt({ repository }, variables);
    const folder = await openAt({ repository, prefix: 'some/where' }, variables);
    await whole.transact({ title: 'Before it is there' }, puts({ a: '1' }));
    await folder.transact({ title: 'Make it' }, puts({ a: '1' }));
    await whole.transact({ title: 'Beside it' }, puts({ 'some/a': '1' }));
    await folder.transact({ title: 'Change it' }, puts({ a: '2' }));
    await whole.transact({ title: 'Change it from outside' }, puts({ 'some/where/b/c': '1' }));
    for (let i = 0; i < 3; i += 1)
      await whole.transact({ title: `After it ${i}` }, puts({ a: `${i} again` }));
    const fresh = await openAt({ repository, prefix: 'some/where' }, variables);
    const titles = async (options = {}) => (await fresh.history(options)).map(({ title }) => title);
    expect(await titles()).toEqual(['Change it from outside', 'Change it', 'Make it']);
    expect(await titles({ limit: 2 })).toEqual(['Change it from outside', 'Change it']);
    expect(await titles({ from: await fresh.resolve('HEAD~4') })).toEqual(['Change it', 'Make it']);
    expect(await titles({ from: await fresh.resolve('HEAD~7') })).toEqual([]);
    await archiveHistory({ repository, env: env(variables), cwd: '/' });
    await folder.transact({ title: 'Change it after' }, puts({ a: '3' }));
    await fresh.tip(true);
    expect(await titles()).toEqual(['Change it after', 'Change it from outside', 'Change it', 'Make it']);
    for (const store of [whole, folder, fresh]) await store.close();
  },
);

it('looks at as many commits as it takes', async () => {
  const repository = await bareRepository();
  const folder = await openAt({ repository, prefix: 'x' }, { GITPACT_GIT: 'isomorphic' });
  const whole = await openAt({ repository }, { GITPACT_GIT: 'isomorphic' });
  await folder.transact({ title: 'First' }, puts({ a: '1' }));
  const others = Array.from({ length: 205 }, (_, i) => i);
  for (const i of others) await whole.transact({ title: 'Other' }, puts({ a: `${i}` }));
  await folder.transact({ title: 'Last' }, puts({ a: '2' }));
  expect((await folder.history()).map(({ title }) => title)).toEqual(['Last', 'First']);
  expect(await folder.history({ limit: 1 })).toHaveLength(1);
  await folder.close();
  await whole.close();
});
