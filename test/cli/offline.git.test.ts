import { renameSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { desk, expectTold } from './cli.ts';

it('answers offline from the cache and says of when, and records nothing', async () => {
  const at = await desk();
  const remote = { GITPACT_REPO: pathToFileURL(at.repository).href };
  const asking = ['matrix', '--pacticipant=Web', '--pacticipant=Api'];
  await at.gitpactWith(remote, 'publish', at.pact('Web', 'Api'), '-a=1', '--branch=main');
  const online = await at.gitpactWith(remote, ...asking);
  expect(online).toMatchObject({ code: 0, err: '' });
  renameSync(at.repository, `${at.repository}.away`);
  const offline = await at.gitpactWith(remote, ...asking, '--offline');
  expect(offline).toMatchObject({ code: 0, out: online.out });
  expect(offline.err).toMatch(
    /^gitpact: offline: the contracts are those of \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/,
  );
  expect((await at.gitpactWith({ ...remote, GITPACT_OFFLINE: '1' }, ...asking)).out).toBe(online.out);
  expect((await at.gitpactWith({ ...remote, GITPACT_OFFLINE: '0' }, ...asking)).code).toBe(2);
  const writing = ['publish', 'pact.json', '-a=2', '--offline'];
  const refused = await at.gitpactWith(remote, ...writing);
  expect(refused.code).toBe(4);
  expectTold(
    { ...refused, err: refused.err.replace(/^gitpact: offline.*\n/, '') },
    { code: 4, says: ['Nothing can be recorded offline'], hint: 'without --offline' },
  );
});

it('writes to a repository of this machine, offline or not', async () => {
  const at = await desk();
  const ended = await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1', '--offline');
  expect(ended).toMatchObject({ code: 0, err: '' });
});
